//! What comes of drivers that do not do well: the call is lost, and the next one is answered.

use std::sync::{Arc, Mutex};
use std::time::Duration;

use runsheet_driver::driver::{Program, ProgramDriver};
use runsheet_driver::launch::Limits;
use runsheet_step::driver::{Driver, Reply};
use runsheet_step::request::Verb;
use runsheet_step::{Answer, Value};

use crate::bench::{Heard, LIMITS, act, ask, ask_for, driver, key, launch, lost, value};

/// Of a driver that is not waited for long.
const BRIEF: Limits = Limits {
    grace: Duration::from_millis(300),
    patience: Duration::from_secs(3),
    ..LIMITS
};

/// Loses one act, and is asked something else, which a new process answers.
async fn loses(name: &str, limits: Limits) -> String {
    let driver = driver(&["8"], limits);
    ask(&driver, "a", Verb::Put(7.into())).await;
    assert_eq!(ask(&driver, "a", Verb::Get).await, value(7));
    let why = lost(ask(&driver, "a", act(name)).await);
    let anew = Reply::Answer(Answer::Absent);
    assert_eq!(
        ask(&driver, "a", Verb::Get).await,
        anew,
        "a new one knows nothing"
    );
    why
}

#[tokio::test]
async fn one_that_exits_says_how_and_what_it_wrote_last() {
    assert_eq!(
        loses("exit", LIMITS).await,
        "the driver shelf: it ended with exit status: 3, and wrote last: the shelf is gone"
    );
}

#[tokio::test]
async fn what_it_writes_beside_is_told_without_secrets() {
    let driver = driver(&["8"], LIMITS);
    assert_eq!(
        lost(ask(&driver, "a", act("spill")).await),
        "the driver shelf: it ended with exit status: 1, and wrote last: the word is ***"
    );
}

#[tokio::test]
async fn one_that_crashes_is_started_anew() {
    let why = loses("abort", LIMITS).await;
    assert!(
        why.starts_with("the driver shelf: it ended with signal: 6"),
        "{why}"
    );
}

#[tokio::test]
async fn one_that_prints_is_told_where_prints_belong() {
    assert_eq!(
        loses("chatter", LIMITS).await,
        "the driver shelf: it said `here I am`, which is no such message; what is no message \
         belongs on its error output"
    );
}

#[tokio::test]
async fn one_that_floods_is_ended() {
    assert_eq!(
        loses("flood", LIMITS).await,
        "the driver shelf: it said more than 1048576 bytes in one line"
    );
}

#[tokio::test]
async fn one_that_falls_silent_is_ended() {
    assert_eq!(
        loses("silence", BRIEF).await,
        "the driver shelf: it did not answer in time"
    );
}

#[tokio::test]
async fn one_that_answers_another_question_is_ended_at_once() {
    assert_eq!(
        loses("mistake", LIMITS).await,
        "the driver shelf: it answered question 10, which it was not asked; it has question 3 in \
         hand"
    );
    assert_eq!(
        loses("stray", LIMITS).await,
        "the driver shelf: it wrote output of question 10, which it was not asked; it has question \
         3 in hand"
    );
}

#[tokio::test]
async fn one_that_puts_off_what_is_no_wait_is_ended() {
    assert_eq!(
        loses("not-yet", LIMITS).await,
        "the driver shelf: it said `not_yet` to question 3, which is no wait"
    );
}

#[tokio::test]
async fn one_that_answers_once_more_is_ended() {
    let driver = driver(&["8"], LIMITS);
    ask(&driver, "a", Verb::Put(7.into())).await;
    assert_eq!(ask(&driver, "a", act("twice")).await, value(3));
    let anew = Reply::Answer(Answer::Absent);
    // What it is asked meanwhile is lost with it.
    let lost = lost(ask(&driver, "a", act("silence")).await);
    assert!(lost.contains("answered question 2 once more"), "{lost}");
    assert_eq!(ask(&driver, "a", Verb::Get).await, anew);
}

#[tokio::test]
async fn what_was_given_up_may_be_answered_late() {
    let grace = Duration::from_millis(100);
    let driver = driver(&["1"], Limits { grace, ..LIMITS });
    ask(&driver, "a", Verb::Put(7.into())).await;
    let heard = Heard::default();
    let late = ask_for(&driver, "b", act("late"), Duration::ZERO, &heard);
    let forgotten = tokio::time::timeout(Duration::from_millis(20), late).await;
    assert!(forgotten.is_err());
    tokio::time::sleep(Duration::from_millis(800)).await;
    // It is the same process still.
    assert_eq!(ask(&driver, "a", Verb::Get).await, value(7));
}

/// What is told of waiting, where that is told soon and a hello may take so long.
async fn told(run: &[&str], verb: Verb, hello: Duration) -> Vec<String> {
    let notes: Arc<Mutex<Vec<String>>> = Arc::default();
    let all = Arc::clone(&notes);
    let mut launch = launch(run);
    launch.note = Arc::new(move |line| all.lock().expect("nobody panics").push(line.to_owned()));
    let limits = Limits {
        quiet: Duration::from_millis(100),
        hello,
        ..BRIEF
    };
    let driver = ProgramDriver::new(Program::new(launch, limits), Value::map::<&str>([]));
    ask(&driver, "a", verb).await;
    let notes = notes.lock().expect("nobody panics");
    notes.clone()
}

/// Whether a line tells that this is waited for, however long it has been.
fn waits(line: &str, what: &str, way_out: &str) -> bool {
    let begins = format!("waiting for the driver shelf to {what}: ");
    let rest = line.strip_prefix(&begins);
    rest.and_then(|rest| rest.strip_suffix(&format!(" at most; Ctrl-C {way_out}")))
        .is_some_and(|spans| spans.contains(" so far, "))
}

#[tokio::test]
async fn one_that_is_waited_for_is_told_once() {
    let program = ["python3", "shelf.py", "8"];
    let all = told(&program, act("silence"), LIMITS.hello).await;
    // A machine with much to do may be slow with its hello.
    let is_hello = |line: &&String| waits(line, "say hello", "cancels");
    let (hellos, acts): (Vec<&String>, Vec<&String>) = all.iter().partition(is_hello);
    let is_told = |line: &&String| waits(line, "answer `act a` at LIBRARY", "twice interrupts it");
    assert!(acts.len() == 1 && acts.iter().all(is_told), "{all:?}");
    assert!(hellos.len() <= 1, "{all:?}");
    let all = told(&["sleep", "60"], Verb::Get, Duration::from_secs(2)).await;
    assert!(
        all.len() == 1 && all.iter().all(|it| is_hello(&it)),
        "{all:?}"
    );
}

#[tokio::test]
async fn one_that_does_not_know_says_so() {
    let driver = driver(&["8"], LIMITS);
    assert_eq!(
        lost(ask(&driver, "a", act("unsure")).await),
        "the line broke"
    );
}

#[tokio::test]
async fn one_that_does_not_end_an_act_when_asked_is_ended() {
    let driver = driver(&["8", "deaf"], BRIEF);
    ask(&driver, "a", Verb::Get).await;
    let (key, heard) = (key("a"), Heard::default());
    let hold = ask_for(&driver, "a", act("hold"), Duration::from_secs(30), &heard);
    let (reply, ()) = tokio::join!(hold, driver.interrupt(&key));
    assert_eq!(
        lost(reply),
        "the driver shelf: it did not end an act in time when it was asked to"
    );
}

#[tokio::test]
async fn one_that_always_falls_is_not_started_for_ever() {
    let driver = driver(&["8"], LIMITS);
    for _ in 0..3 {
        lost(ask(&driver, "a", act("exit")).await);
    }
    let reply = ask(&driver, "a", Verb::Get).await;
    let Reply::Answer(Answer::Fault(fault)) = reply else {
        panic!("it was never asked: {reply:?}");
    };
    assert_eq!(fault.form.to_string(), "driver-gone");
    assert_eq!(
        &*fault.message,
        "the driver shelf: it has failed 3 times in a row; last: it ended with exit status: 3, \
         and wrote last: the shelf is gone"
    );
}

#[tokio::test]
async fn one_that_cannot_be_started_was_never_asked() {
    let cases: [(&[&str], &str); 5] = [
        (&["no-such-program"], "`no-such-program` cannot be started"),
        (&["true"], "it ended with exit status: 0"),
        (&["echo", "hello"], "instead of its hello it said `hello`"),
        (
            &["sh", "-c", "echo no module hunter2 >&2; echo hello"],
            "its error output, and wrote last: no module ***",
        ),
        (
            &["echo", r#"{"hello": {"version": 2}}"#],
            "it speaks version 2 of the messages to drivers, and this is version 1",
        ),
    ];
    for (run, why) in cases {
        not_started(run, LIMITS, why).await;
    }
}

#[tokio::test]
async fn one_that_does_not_say_hello_is_told_with_what_it_wrote_last() {
    let brief = Limits {
        hello: Duration::from_secs(2),
        ..LIMITS
    };
    let why = "it did not say hello in time, and wrote last: {\"hello\"";
    not_started(&["sh", "-c", "cat >&2; true"], brief, why).await;
}

async fn not_started(run: &[&str], limits: Limits, why: &str) {
    let program = Program::new(launch(run), limits);
    let driver = ProgramDriver::new(program, Value::map::<&str>([]));
    let reply = ask(&driver, "a", Verb::Get).await;
    let Reply::Answer(Answer::Fault(fault)) = reply else {
        panic!("it was never asked: {reply:?}");
    };
    assert!(fault.message.contains(why), "{fault:?}");
}
