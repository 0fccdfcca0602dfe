//! Servers whose names nobody looks up in time.

use std::time::Duration;

use runsheet_guest::step::Answer;
use runsheet_guest::step::driver::{Driver, Reply};
use runsheet_http::request::Http;

use crate::{ask, driver_in, here, key, question, told_by};

#[tokio::test]
async fn a_look_up_of_names_that_comes_to_no_end_is_left_in_time() {
    let python = here().join("tests/endless_names").display().to_string();
    let path = ("PYTHONPATH".to_owned(), python);
    let environment = || std::env::vars().chain([path.clone()]).collect();
    let driver = driver_in("http://shop", environment());
    let soon = r#"{"url": "/", "timeout": {"$": "duration", "v": 100}}"#;
    let told = told_by(&driver, &Http, soon).await;
    let late = "no-connection: http://shop/: the server took too long";
    assert!(told.starts_with(late), "{told}");
    // Nobody who wants it to stop waits for it either, and nothing was sent.
    let post = question(&Http, r#"{"url": "/", "method": "POST"}"#);
    let asked = ask(&driver, post, Duration::ZERO);
    let key = key();
    let interrupt = async {
        // The driver takes its messages in order: this answer comes after that question was heard.
        told_by(&driver, &Http, soon).await;
        driver.interrupt(&key).await;
    };
    let (reply, ()) = tokio::join!(asked, interrupt);
    let Reply::Answer(Answer::Fault(fault)) = reply else {
        panic!("nothing was sent: {reply:?}");
    };
    assert_eq!(&*fault.message, "http://shop/: interrupted");
}
