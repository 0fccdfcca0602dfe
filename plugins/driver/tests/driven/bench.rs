//! A driver to be asked.

use std::path::PathBuf;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use runsheet_driver::driver::{Program, ProgramDriver};
use runsheet_driver::launch::{Launch, Limits};
use runsheet_step::driver::{Call, CallKey, Driver, Reply, Sink};
use runsheet_step::request::{Act, Request, Verb, Wait};
use runsheet_step::{Answer, Value};

/// A machine with much to do starts a program slowly.
pub(crate) const LIMITS: Limits = Limits {
    hello: Duration::from_secs(60),
    grace: Duration::from_secs(30),
    patience: Duration::from_secs(60),
    quiet: Duration::from_secs(60),
    goodbye: Duration::from_secs(10),
    longest: 1 << 20,
    deaths: 3,
};

pub(crate) fn folder() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("tests/drivers")
}

pub(crate) fn launch(run: &[&str]) -> Launch {
    Launch {
        name: "shelf".into(),
        facility: "shelf".into(),
        run: run.iter().map(|word| (*word).to_owned()).collect(),
        folder: folder(),
        environment: std::env::vars().collect(),
        tidy: Arc::new(|line: &str| line.replace("hunter2", "***")),
        note: Arc::new(|_| {}),
    }
}

/// `shelf.py` with these arguments, the first of which is how many it takes at once.
pub(crate) fn program(arguments: &[&str], limits: Limits) -> Arc<Program> {
    let run = [&["python3", "shelf.py"], arguments].concat();
    Program::new(launch(&run), limits)
}

pub(crate) fn driver(arguments: &[&str], limits: Limits) -> ProgramDriver {
    ProgramDriver::new(program(arguments, limits), Value::map::<&str>([]))
}

pub(crate) fn request(resource: &str, verb: Verb) -> Request {
    Request {
        host: "LIBRARY".into(),
        facility: "shelf".into(),
        resource: resource.into(),
        verb,
    }
}

pub(crate) fn act(name: &str) -> Verb {
    Verb::Act(Act {
        name: name.into(),
        args: Value::map([
            ("text", Value::text("the word is hunter2")),
            ("ms", 400.into()),
        ]),
        effects: None,
    })
}

pub(crate) fn until(value: i64) -> Verb {
    Verb::Wait(Wait {
        filter: value.into(),
        since: None,
        count: 1,
        abort: None,
    })
}

pub(crate) fn key(address: &str) -> CallKey {
    CallKey {
        run: "r1".into(),
        address: address.into(),
        attempt: 1,
        turn: 1,
        index: 0,
    }
}

/// What came beside answers.
#[derive(Default)]
pub(crate) struct Heard(pub(crate) Mutex<Vec<u8>>);

impl Sink for Heard {
    fn output(&self, _: &CallKey, chunk: &[u8]) {
        self.0.lock().expect("nobody panics").extend(chunk);
    }
}

pub(crate) async fn ask(driver: &ProgramDriver, resource: &str, verb: Verb) -> Reply {
    ask_for(
        driver,
        resource,
        verb,
        Duration::from_secs(30),
        &Heard::default(),
    )
    .await
}

pub(crate) async fn ask_for(
    driver: &ProgramDriver,
    resource: &str,
    verb: Verb,
    slice: Duration,
    sink: &Heard,
) -> Reply {
    let call = Call {
        key: key(resource),
        request: request(resource, verb),
        before: None,
        slice,
        sink,
    };
    driver.perform(&call).await
}

pub(crate) fn value(value: impl Into<Value>) -> Reply {
    Reply::Answer(Answer::Value(value.into()))
}

pub(crate) fn lost(reply: Reply) -> String {
    match reply {
        Reply::Lost(why) => why.to_string(),
        other => panic!("it should be lost, and is {other:?}"),
    }
}
