//! A process of its own answers as a library here does, and starts anew when it has died.

use std::thread;

use runsheet_host::line::{Line, Trouble};
use runsheet_host::process::{Limits, Process};
use runsheet_messages::method::Method;

use crate::desk::{example, in_process, limits, lines, program};

#[test]
fn it_answers_as_a_library_here_does() {
    let [(_, here), (_, apart)] = lines(&example("shelf"));
    let long = format!(r#"{{"kind":"{}","input":{{}}}}"#, "x".repeat(1 << 20));
    let messages = [
        "{}",
        "",
        "{",
        r#"{"kind":"add-books","input":{"host":null,"with":{"count":0}}}"#,
        r#"{"kind":"fall","input":{"host":null,"with":null},"transcript":[]}"#,
        r#"{"facility":"shelf","of":{"show":[1]}}"#,
        &long,
    ];
    for method in Method::ALL {
        assert_eq!(here.answers(method), apart.answers(method), "{method}");
        for message in messages {
            let said = here.say(method, message.as_bytes());
            let again = apart.say(method, message.as_bytes());
            let begin = message.get(..80).unwrap_or(message);
            assert_eq!(said, again, "{method} {begin}");
        }
    }
}

#[test]
fn several_threads_may_speak_at_once() {
    let process = in_process(&example("shelf"));
    let said = process.say(Method::Describe, b"{}");
    thread::scope(|scope| {
        for _ in 0..8 {
            scope.spawn(|| {
                for _ in 0..50 {
                    assert_eq!(process.say(Method::Describe, b"{}"), said);
                }
            });
        }
    });
}

#[test]
fn what_is_no_plugin_is_refused_in_words() {
    let this = std::env::current_exe().expect("a test has a path");
    let refused = Process::start(program(), &this, limits()).err();
    let refused = refused.expect("a test is no plugin");
    assert!(refused.starts_with("it cannot be loaded: "), "{refused}");
    let refused = Process::start(program(), "libshelf.so".as_ref(), limits()).err();
    assert_eq!(
        refused.as_deref(),
        Some("a plugin is loaded by its whole path only")
    );
}

#[test]
fn a_program_that_is_no_child_host_is_told_apart() {
    let of = |path: &str| {
        let mut program = program();
        program.path = path.into();
        Process::start(program, &example("shelf"), limits()).err()
    };
    let ended = of("/bin/true");
    assert_eq!(
        ended.as_deref(),
        Some("its process ended itself with code 0")
    );
    let missing = of("/nowhere/runsheet").expect("there is no such file");
    assert!(
        missing.starts_with("its process cannot be started: "),
        "{missing}"
    );
}

#[test]
fn a_library_that_does_not_fit_into_the_memory_is_refused() {
    let limits = Limits {
        memory: Some(1 << 20),
        ..limits()
    };
    assert!(Process::start(program(), &example("shelf"), limits).is_err());
}

#[test]
fn a_message_that_is_too_long_is_not_sent() {
    let process = in_process(&example("shelf"));
    let long = vec![b' '; (64 << 20) + 1];
    let refused = process.say(Method::Turn, &long);
    assert!(matches!(refused, Err(Trouble::Nonsense(_))), "{refused:?}");
    assert!(process.say(Method::Describe, b"{}").is_ok());
}
