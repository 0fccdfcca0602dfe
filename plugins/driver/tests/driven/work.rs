//! What drivers do well.

use std::time::Duration;

use runsheet_driver::driver::{Program, ProgramDriver};
use runsheet_driver::launch::Limits;
use runsheet_step::driver::{Driver, ReadRequest, Reply};
use runsheet_step::request::Verb;
use runsheet_step::{Answer, Value};

use crate::bench::{
    Heard, LIMITS, act, ask, ask_for, driver, key, launch, program, request, until, value,
};

#[tokio::test]
async fn it_is_asked_and_answers() {
    let driver = driver(&["8"], LIMITS);
    let absent = Reply::Answer(Answer::Absent);
    assert_eq!(ask(&driver, "a", Verb::Get).await, absent);
    assert_eq!(ask(&driver, "a", Verb::Put(7.into())).await, absent);
    assert_eq!(ask(&driver, "a", Verb::Get).await, value(7));
    let read = ReadRequest::new(request("a", Verb::Get)).expect("a look");
    let reader = driver.reader().expect("it looks");
    assert_eq!(reader.read(&read).await, Answer::Value(7.into()));
}

#[tokio::test]
async fn options_of_a_host_come_with_each_question() {
    let program = program(&["1"], LIMITS);
    for default in [1, 2] {
        let options = Value::map([("default", Value::from(default))]);
        let driver = ProgramDriver::new(program.clone(), options);
        assert_eq!(ask(&driver, "a", Verb::Get).await, value(default));
    }
}

#[tokio::test]
async fn output_comes_before_the_answer() {
    let (driver, heard) = (driver(&["1"], LIMITS), Heard::default());
    let slice = Duration::from_secs(30);
    ask_for(&driver, "a", act("write"), slice, &heard).await;
    assert_eq!(*heard.0.lock().expect("nobody panics"), b"one two");
}

#[tokio::test]
async fn a_wait_ends_with_its_slice_or_with_what_it_waits_for() {
    let driver = driver(&["8"], LIMITS);
    let (slice, heard) = (Duration::from_millis(20), Heard::default());
    let reply = ask_for(&driver, "a", until(7), slice, &heard).await;
    assert!(matches!(reply, Reply::NotYet(_)), "{reply:?}");
    let (waited, _) = tokio::join!(
        ask(&driver, "a", until(7)),
        ask(&driver, "a", Verb::Put(7.into()))
    );
    assert_eq!(waited, value(Value::list([7.into()])));
}

#[tokio::test]
async fn no_more_is_asked_at_once_than_it_takes() {
    let driver = driver(&["1"], LIMITS);
    let (slice, heard) = (Duration::from_millis(200), Heard::default());
    let (waited, put) = tokio::join!(
        ask_for(&driver, "a", until(7), slice, &heard),
        ask(&driver, "a", Verb::Put(7.into()))
    );
    assert!(matches!(waited, Reply::NotYet(_)), "{waited:?}");
    assert_eq!(put, Reply::Answer(Answer::Absent));
}

#[tokio::test]
async fn an_act_that_is_interrupted_answers() {
    let driver = driver(&["8"], LIMITS);
    assert_eq!(
        ask(&driver, "a", Verb::Get).await,
        Reply::Answer(Answer::Absent)
    );
    let (key, heard) = (key("a"), Heard::default());
    let hold = ask_for(&driver, "a", act("hold"), Duration::from_secs(30), &heard);
    let (reply, ()) = tokio::join!(hold, driver.interrupt(&key));
    let Reply::Answer(Answer::Fault(fault)) = reply else {
        panic!("it was asked to end: {reply:?}");
    };
    assert_eq!(fault.form.to_string(), "interrupted");
}

#[tokio::test]
async fn who_cannot_look_without_acting_says_so_and_a_plan_does_not_know() {
    let driver = driver(&["1", "blind"], LIMITS);
    let read = ReadRequest::new(request("a", Verb::Get)).expect("a look");
    let answer = driver.reader().expect("it is asked").read(&read).await;
    let Answer::Unknown(why) = answer else {
        panic!("it is not known: {answer:?}");
    };
    assert_eq!(
        why.to_string(),
        "a look that this driver can take in a run only"
    );
}

#[tokio::test]
async fn a_wait_that_nobody_waits_for_costs_the_driver_nothing() {
    let driver = driver(&["1"], LIMITS);
    let (slice, heard) = (Duration::from_millis(400), Heard::default());
    assert_eq!(
        ask(&driver, "a", Verb::Get).await,
        Reply::Answer(Answer::Absent)
    );
    let wait = ask_for(&driver, "a", until(7), slice, &heard);
    assert!(
        tokio::time::timeout(Duration::from_millis(20), wait)
            .await
            .is_err()
    );
    assert_eq!(
        ask(&driver, "a", Verb::Get).await,
        Reply::Answer(Answer::Absent)
    );
}

#[tokio::test]
async fn what_nobody_waits_for_any_more_gives_its_place_back() {
    let grace = Duration::from_millis(300);
    let driver = driver(&["1"], Limits { grace, ..LIMITS });
    ask(&driver, "a", Verb::Put(7.into())).await;
    let heard = Heard::default();
    let silence = ask_for(&driver, "b", act("silence"), Duration::ZERO, &heard);
    let forgotten = tokio::time::timeout(Duration::from_millis(20), silence).await;
    assert!(forgotten.is_err());
    // It is the same process still: what it has in hand does not cost it its life.
    assert_eq!(ask(&driver, "a", Verb::Get).await, value(7));
}

#[tokio::test]
async fn it_hears_goodbye_and_may_be_asked_again() {
    let log = std::env::temp_dir().join(format!("goodbye-{}.log", std::process::id()));
    let program = program(&["1", &log.display().to_string()], LIMITS);
    let driver = ProgramDriver::new(program.clone(), Value::map::<&str>([]));
    for _ in 0..2 {
        assert_eq!(
            ask(&driver, "a", Verb::Get).await,
            Reply::Answer(Answer::Absent)
        );
        program.close().await;
    }
    let said = std::fs::read_to_string(&log).expect("it wrote it down");
    std::fs::remove_file(&log).expect("it is there");
    assert_eq!(said, "goodbye\ngoodbye\n");
}

#[tokio::test]
async fn one_that_has_not_said_hello_yet_hears_goodbye_too() {
    let log = std::env::temp_dir().join(format!("early-{}.log", std::process::id()));
    let hears = "while read -r line; do case $line in *goodbye*) echo bye >\"$0\"; esac; done";
    let program = Program::new(
        launch(&["sh", "-c", hears, &log.display().to_string()]),
        LIMITS,
    );
    let driver = ProgramDriver::new(program.clone(), Value::map::<&str>([]));
    let asked = tokio::time::timeout(Duration::from_millis(20), ask(&driver, "a", Verb::Get));
    assert!(asked.await.is_err());
    program.close().await;
    let said = std::fs::read_to_string(&log).expect("it wrote it down");
    std::fs::remove_file(&log).expect("it is there");
    assert_eq!(said, "bye\n");
}
