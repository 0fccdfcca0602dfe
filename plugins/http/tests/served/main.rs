//! The kinds with their driver in Python, against a server.

mod names;
mod tls;

use std::collections::BTreeMap;
use std::io::{BufRead, BufReader};
use std::path::{Path, PathBuf};
use std::process::{Child, ChildStdin, Command, Stdio};
use std::sync::Arc;
use std::time::Duration;

use runsheet_driver::driver::{Program, ProgramDriver};
use runsheet_driver::launch::{Launch, Limits};
use runsheet_guest::step::driver::{Call, CallKey, Drain, Driver, ReadRequest, Reply};
use runsheet_guest::step::fact::Fact;
use runsheet_guest::step::request::{Act, Request, Verb};
use runsheet_guest::step::{Answer, Entry, Facility, Host, Input, Map, Step, Turn, Value};
use runsheet_http::facility::HttpFacility;
use runsheet_http::request::Http;
use runsheet_http::wait::WaitForHttp;

fn here() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
}

/// A server, for as long as its input is open.
struct Server {
    child: Child,
    input: Option<ChildStdin>,
    base: String,
}

impl Server {
    fn start() -> Server {
        Server::with(&[], "http://127.0.0.1")
    }

    fn with(arguments: &[&Path], origin: &str) -> Server {
        let mut child = Command::new("python3")
            .arg(here().join("tests/server.py"))
            .args(arguments)
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .expect("there is Python");
        let mut port = String::new();
        let mut output = BufReader::new(child.stdout.take().expect("its output"));
        output.read_line(&mut port).expect("it says its port");
        Server {
            input: child.stdin.take(),
            child,
            base: format!("{origin}:{}", port.trim()),
        }
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        self.input = None;
        self.child.wait().ok();
    }
}

fn driver(base: &str) -> ProgramDriver {
    driver_in(base, std::env::vars().collect())
}

/// The driver with an environment of its own.
fn driver_in(base: &str, environment: BTreeMap<String, String>) -> ProgramDriver {
    let launch = Launch {
        name: "http".into(),
        facility: "http".into(),
        run: ["python3", "http_driver.py"].map(str::to_owned).to_vec(),
        folder: here(),
        environment,
        tidy: Arc::new(str::to_owned),
        note: Arc::new(|_| {}),
    };
    let options = Value::map([("base", Value::text(base))]);
    ProgramDriver::new(Program::new(launch, Limits::default()), options)
}

fn input(with: &str) -> Input {
    let host = Host {
        name: "WEB".into(),
        groups: Vec::new(),
        vars: Map::new(),
    };
    Input {
        host: Value::Host(host.into()),
        with: serde_json::from_str(with).expect("values are JSON"),
    }
}

async fn ask(driver: &ProgramDriver, request: Request, slice: Duration) -> Reply {
    let key = key();
    let call = Call {
        key,
        request,
        before: None,
        slice,
        sink: &Drain,
    };
    driver.perform(&call).await
}

fn key() -> CallKey {
    CallKey {
        run: "r".into(),
        address: "s".into(),
        attempt: 1,
        turn: 1,
        index: 0,
    }
}

/// The one question of a step.
fn question(step: &dyn Step, with: &str) -> Request {
    assert_eq!(step.check(&input(with)), []);
    match step.turn(&input(with), &[]) {
        Turn::Ask(mut asked) => asked.remove(0),
        other => panic!("it asks: {other:?}"),
    }
}

/// How a step ends, in one line.
async fn told(server: &Server, step: &dyn Step, with: &str) -> String {
    told_by(&driver(&server.base), step, with).await
}

async fn told_by(driver: &ProgramDriver, step: &dyn Step, with: &str) -> String {
    let request = question(step, with);
    let answer = loop {
        match ask(driver, request.clone(), Duration::from_secs(30)).await {
            Reply::Answer(answer) => break answer,
            Reply::NotYet(_) => {}
            Reply::Lost(why) => panic!("lost: {why}"),
        }
    };
    let transcript = [Entry {
        request,
        answer: Some(answer),
    }];
    match step.turn(&input(with), &transcript) {
        Turn::Done(done) => format!("{} changed={}", done.outputs.get("json"), done.changed),
        Turn::Failed(failure) => {
            format!("{failure}; {}", failure.help.as_deref().unwrap_or_default())
        }
        other => panic!("it ends: {other:?}"),
    }
}

#[tokio::test]
async fn a_look_gives_what_its_patterns_capture() {
    let server = Server::start();
    let with = r#"{"url": "/version", "says": ["name: {name:word}", "version: {version:int}"]}"#;
    let driver = driver(&server.base);
    let request = question(&Http, with);
    let read = ReadRequest::new(request.clone()).expect("GET is a read");
    let reader = driver.reader().expect("it looks");
    let transcript = [Entry {
        request,
        answer: Some(reader.read(&read).await),
    }];
    let Turn::Done(done) = Http.turn(&input(with), &transcript) else {
        panic!("it is done");
    };
    assert!(!done.changed);
    assert_eq!(done.outputs.get("version"), &Value::from(42));
    assert_eq!(done.outputs.get("name"), &Value::text("shop"));
    assert_eq!(
        done.outputs.get("headers").get("content-length"),
        &Value::text("23")
    );
}

#[tokio::test]
async fn an_act_sends_what_it_is_given() {
    let server = Server::start();
    let with = r#"{"url": "/echo", "method": "POST", "json": {"wait": {"$": "duration", "v": 1500, "ns": 500000}, "$$": 1}, "headers": {"X-Word": "hum"}, "status": [201], "holds": {"word": "hum"}}"#;
    assert_eq!(
        told(&server, &Http, with).await,
        r#"{method: POST, sent: {"wait": 1.5005, "$": 1}, type: application/json, word: hum} changed=true"#
    );
}

#[tokio::test]
async fn a_response_that_is_not_as_it_should_be_is_told() {
    let server = Server::start();
    let cases = [
        (
            r#"{"url": "/nowhere"}"#,
            "bad-status: GET /nowhere gave 404 Not Found; it said: there is no such page",
        ),
        (
            r#"{"url": "/version", "lacks": "name: {any:word}"}"#,
            "unwanted-line: line 1 of the response of /version says `name: shop`; no line was to read `name: {any:word}`",
        ),
        (
            r#"{"url": "/version", "holds": {"a": 1}}"#,
            "not-held: the response of /version does not hold {a: 1}; it said: name: shop | version: 42",
        ),
    ];
    for (with, failure) in cases {
        assert_eq!(told(&server, &Http, with).await, failure);
    }
    let nowhere = ask(
        &driver(""),
        question(&Http, r#"{"url": "/a"}"#),
        Duration::ZERO,
    )
    .await;
    let Reply::Answer(Answer::Fault(fault)) = nowhere else {
        panic!("there is no server: {nowhere:?}");
    };
    let why = "`/a` is no URL of a server: a path needs `base:` in the site file";
    assert_eq!(
        (fault.form.to_string().as_str(), &*fault.message),
        ("bad-request", why)
    );
}

#[tokio::test]
async fn odd_responses_do_no_harm() {
    let server = Server::start();
    let odd = told(&server, &Http, r#"{"url": "/odd"}"#).await;
    assert_eq!(odd, "{$: secret, deep: 12345678901234567000} changed=false");
    let moved = told(
        &server,
        &Http,
        r#"{"url": "/moved", "says": "version: 42"}"#,
    )
    .await;
    assert_eq!(moved, "null changed=false");
    let posted = r#"{"url": "/moved", "method": "POST", "status": [302]}"#;
    assert_eq!(told(&server, &Http, posted).await, "null changed=true");
    let driver = driver(&server.base);
    let reply = ask(
        &driver,
        question(&Http, r#"{"url": "/long"}"#),
        Duration::ZERO,
    )
    .await;
    let Reply::Answer(Answer::Value(items)) = reply else {
        panic!("it answers: {reply:?}");
    };
    assert_eq!(items.items()[0].get("cut"), &Value::from(true));
    assert_eq!(
        items.items()[0]
            .get("body")
            .as_text()
            .map(|text| text.len()),
        Some(65536)
    );
}

#[tokio::test]
async fn it_is_waited_for_until_the_server_is_well() {
    let server = Server::start();
    let with =
        r#"{"url": "/health", "every": {"$": "duration", "v": 10}, "holds": {"status": "UP"}}"#;
    let done = told(&server, &WaitForHttp, with).await;
    assert_eq!(done, "{db: {n: 1}, status: UP} changed=false");
    let never = r#"{"url": "/version", "contains": "nothing like it"}"#;
    let driver = driver(&server.base);
    let reply = ask(
        &driver,
        question(&WaitForHttp, never),
        Duration::from_millis(50),
    );
    assert!(matches!(reply.await, Reply::NotYet(_)));
}

#[tokio::test]
async fn a_server_that_is_not_there_is_a_passing_fault_and_can_be_waited_for() {
    let server = Server::start();
    let nobody = driver(&server.base);
    drop(server);
    let post = r#"{"url": "/echo", "method": "POST"}"#;
    let reply = ask(&nobody, question(&Http, post), Duration::ZERO).await;
    let Reply::Answer(Answer::Fault(fault)) = reply else {
        panic!("nothing was asked: {reply:?}");
    };
    assert_eq!(
        (fault.form.to_string().as_str(), fault.transient),
        ("no-connection", true)
    );
    let wait = question(&WaitForHttp, r#"{"url": "/health"}"#);
    let reply = ask(&nobody, wait, Duration::from_millis(50)).await;
    assert!(matches!(reply, Reply::NotYet(_)), "{reply:?}");
}

#[tokio::test]
async fn an_act_whose_server_hangs_up_or_that_is_interrupted_is_lost() {
    let server = Server::start();
    let driver = driver(&server.base);
    let post = |url: &str| question(&Http, &format!(r#"{{"url": "{url}", "method": "POST"}}"#));
    let broken = ask(&driver, post("/broken"), Duration::ZERO).await;
    assert!(matches!(broken, Reply::Lost(_)), "{broken:?}");
    let key = key();
    let held = ask(&driver, post("/held"), Duration::ZERO);
    let is_held = question(&WaitForHttp, r#"{"url": "/is-held"}"#);
    let interrupt = async {
        ask(&driver, is_held, Duration::from_secs(30)).await;
        driver.interrupt(&key).await;
    };
    let (held, ()) = tokio::join!(held, interrupt);
    let Reply::Lost(why) = held else {
        panic!("it may have happened: {held:?}");
    };
    assert!(why.contains("interrupted before the response"), "{why}");
}

#[tokio::test]
async fn a_server_that_takes_too_long_is_told() {
    let server = Server::start();
    let with = r#"{"url": "/held", "timeout": {"$": "duration", "v": 100}}"#;
    let told = told(&server, &Http, with).await;
    assert!(told.starts_with("timeout: "), "{told}");
}

#[tokio::test]
async fn a_timeout_is_that_of_the_whole_exchange() {
    let server = Server::start();
    // One gives a byte now and then, the other sends on and on.
    for url in ["/drip", "/round"] {
        let with = format!(r#"{{"url": "{url}", "timeout": {{"$": "duration", "v": 500}}}}"#);
        let told = told(&server, &Http, &with).await;
        assert!(told.starts_with("timeout: "), "{told}");
        assert!(told.contains("the server took too long"), "{told}");
    }
}

#[test]
fn looks_are_reads_and_everything_else_is_an_act() {
    let act = |method: &str| {
        let act = Act {
            name: "request".into(),
            args: Value::map([("method", Value::text(method))]),
            effects: None,
        };
        Request {
            verb: Verb::Act(act),
            ..question(&Http, r#"{"url": "http://a/b"}"#)
        }
    };
    let told = |method: &str| {
        let request = act(method);
        let access = HttpFacility.access(&request);
        let predicted = HttpFacility.predict(&request, &|_| Fact::Absent);
        format!(
            "{} {access:?} {:?} {}",
            HttpFacility.phrase(&request),
            HttpFacility.repeat(&request),
            predicted.changes.len()
        )
    };
    assert_eq!(told("GET"), "GET http://a/b Read Safely 0");
    assert_eq!(told("PUT"), "PUT http://a/b Write Safely 1");
    assert_eq!(told("POST"), "POST http://a/b Write AskOperator 1");
}

#[test]
fn what_turns_out_to_be_no_url_is_not_asked_for() {
    let kinds: [&dyn Step; 2] = [&Http, &WaitForHttp];
    for kind in kinds {
        let Turn::Failed(failure) = kind.turn(&input(r#"{"url": "a shop"}"#), &[]) else {
            panic!("`{}` asks for it", kind.kind());
        };
        assert_eq!(&*failure.message, "`a shop` is no URL");
    }
}

#[test]
fn what_cannot_be_right_is_told_beforehand() {
    let faults = |with: &str| {
        let faults = Http.check(&input(with));
        faults
            .iter()
            .map(|it| format!("{}: {}", it.at.join("."), it.message))
            .collect::<Vec<_>>()
    };
    assert_eq!(faults(r#"{"url": "shop"}"#), ["url: `shop` is no URL"]);
    assert_eq!(
        faults(r#"{"url": "/a", "body": "x"}"#),
        ["body: a request that only looks sends nothing"]
    );
    let both = r#"{"url": "/a", "method": "PUT", "body": "x", "json": 1}"#;
    assert_eq!(
        faults(both),
        ["body: either `body` or `json` is sent, not both"]
    );
    assert_eq!(
        faults(r#"{"url": "/a", "says": "{status:int}"}"#),
        ["says: the capture `status` would hide the output of that name"]
    );
    assert_eq!(faults(r#"{"url": {"$": "unknown", "v": []}}"#), [""; 0]);
}
