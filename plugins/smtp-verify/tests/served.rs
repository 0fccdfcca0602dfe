//! The kind with its driver in Python, against a mail server.

use std::collections::BTreeMap;
use std::io::{BufRead, BufReader, Read};
use std::path::PathBuf;
use std::process::{Child, Command, Stdio};
use std::sync::Arc;
use std::time::Duration;

use runsheet_driver::driver::{Program, ProgramDriver};
use runsheet_driver::launch::{Launch, Limits};
use runsheet_guest::step::driver::{Driver, ReadRequest};
use runsheet_guest::step::request::Request;
use runsheet_guest::step::{Entry, Host, Input, Map, Step, Turn, Value};
use runsheet_smtp_verify::verify::SmtpVerify;

fn here() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
}

/// A server, for as long as its input is open.
struct Server {
    child: Child,
    port: i64,
}

impl Server {
    fn start(greeting: &[&str]) -> Server {
        let mut child = Command::new("python3")
            .arg(here().join("tests/server.py"))
            .args(greeting)
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .expect("there is Python");
        let mut port = String::new();
        let mut output = BufReader::new(child.stdout.take().expect("its output"));
        output.read_line(&mut port).expect("it says its port");
        Server {
            child,
            port: port.trim().parse().expect("a number"),
        }
    }

    /// What it was told, when it is over.
    fn heard(mut self) -> String {
        drop(self.child.stdin.take());
        let mut heard = String::new();
        let mut errors = self.child.stderr.take().expect("its error output");
        errors.read_to_string(&mut heard).expect("it is text");
        self.child.wait().expect("it ends");
        heard
    }
}

fn driver(options: Value) -> ProgramDriver {
    driver_in(options, std::env::vars().collect())
}

/// The driver with an environment of its own.
fn driver_in(options: Value, environment: BTreeMap<String, String>) -> ProgramDriver {
    let launch = Launch {
        name: "smtp".into(),
        facility: "smtp".into(),
        run: ["python3", "smtp_driver.py"].map(str::to_owned).to_vec(),
        folder: here(),
        environment,
        tidy: Arc::new(str::to_owned),
        note: Arc::new(|_| {}),
    };
    ProgramDriver::new(Program::new(launch, Limits::default()), options)
}

fn at(server: &Server) -> ProgramDriver {
    let host = ("server", Value::text("127.0.0.1"));
    driver(Value::map([host, ("port", server.port.into())]))
}

fn input<const N: usize>(with: [(&str, Value); N]) -> Input {
    let host = Host {
        name: "MAIL".into(),
        groups: Vec::new(),
        vars: Map::new(),
    };
    Input {
        host: Value::Host(host.into()),
        with: Value::map(with),
    }
}

fn question(input: &Input) -> Request {
    assert_eq!(SmtpVerify.check(input), []);
    match SmtpVerify.turn(input, &[]) {
        Turn::Ask(mut asked) => asked.remove(0),
        other => panic!("it asks: {other:?}"),
    }
}

/// How the step ends, in one line. A plan asks too, so it is asked as one does.
async fn told<const N: usize>(driver: &ProgramDriver, with: [(&str, Value); N]) -> String {
    let input = input(with);
    let request = question(&input);
    let read = ReadRequest::new(request.clone()).expect("it only looks");
    let answer = driver.reader().expect("it looks").read(&read).await;
    let transcript = [Entry {
        request,
        answer: Some(answer),
    }];
    match SmtpVerify.turn(&input, &transcript) {
        Turn::Done(done) => done.outputs.to_string(),
        Turn::Failed(failure) => format!("{failure} transient={}", failure.transient),
        other => panic!("it ends: {other:?}"),
    }
}

fn to(name: &str) -> (&'static str, Value) {
    ("recipient", Value::text(format!("{name}@example.org")))
}

#[tokio::test]
async fn a_server_is_asked_and_no_mail_is_sent() {
    let server = Server::start(&[]);
    let driver = at(&server);
    assert_eq!(
        told(&driver, [to("alice")]).await,
        "{greeting: mail.example.org is here, extensions: [8bitmime, size 1000], code: 250, reply: 2.1.5 she is here}"
    );
    assert_eq!(
        told(&driver, [to("bob"), ("refused", true.into())]).await,
        "{greeting: mail.example.org is here, extensions: [8bitmime, size 1000], code: 550, reply: 5.1.1 there is no bob}"
    );
    let heard = server.heard();
    let words: Vec<_> = heard
        .lines()
        .filter_map(|line| line.split(' ').next())
        .collect();
    let conversation = ["ehlo", "mail", "rcpt", "rset", "quit"];
    let conversations = [conversation, conversation].concat();
    assert_eq!(heard.to_lowercase().matches("data").count(), 0, "{heard}");
    let words: Vec<_> = words.iter().map(|word| word.to_lowercase()).collect();
    assert_eq!(words, conversations);
}

#[tokio::test]
async fn what_it_refuses_is_a_failure() {
    let server = Server::start(&[]);
    let driver = at(&server);
    let from = ("sender", Value::text("mallory@example.net"));
    let cases = [
        (
            told(&driver, [to("bob")]).await,
            "refused: the server refuses mail for bob@example.org: 550 5.1.1 there is no bob transient=false",
        ),
        (
            told(&driver, [to("carol")]).await,
            "refused-for-now: the server does not say for now: 451 4.7.1 come back later transient=true",
        ),
        (
            told(&driver, [to("alice"), from]).await,
            "refused: the server refuses mail for alice@example.org: 553 5.7.1 not from you transient=false",
        ),
        (
            told(&driver, [to("alice"), ("refused", true.into())]).await,
            "not-refused: the server takes mail for alice@example.org: 250 2.1.5 she is here transient=false",
        ),
    ];
    for (told, failure) in cases {
        assert_eq!(told, failure);
    }
}

#[tokio::test]
async fn a_server_that_does_not_speak_as_it_should_is_told() {
    let server = Server::start(&["554 no mail today"]);
    let told_by = told(&at(&server), [to("alice")]).await;
    let place = format!("127.0.0.1:{}", server.port);
    let greeting = "the server greeted with 554 no mail today";
    assert_eq!(
        told_by,
        format!("no-greeting: {place}: {greeting} transient=false")
    );
    let server = Server::start(&[]);
    let place = format!("127.0.0.1:{}", server.port);
    let driver = at(&server);
    assert_eq!(
        told(&driver, [to("alice"), ("starttls", true.into())]).await,
        format!("no-starttls: {place}: the server offers no STARTTLS transient=false")
    );
    server.heard();
    let gone = told(&driver, [to("alice")]).await;
    assert!(
        gone.starts_with(&format!("no-connection: {place}: ")),
        "{gone}"
    );
    let nowhere = crate::driver(Value::map::<&str>([]));
    let told_by = told(&nowhere, [to("alice")]).await;
    assert!(told_by.contains("does not say `server:`"), "{told_by}");
}

#[tokio::test]
async fn a_timeout_is_that_of_the_whole_conversation() {
    let server = Server::start(&["endless"]);
    let timeout = ("timeout", Duration::from_millis(500).into());
    let told = told(&at(&server), [to("alice"), timeout]).await;
    let place = format!("127.0.0.1:{}", server.port);
    assert_eq!(
        told,
        format!("timeout: {place}: the server took too long transient=true")
    );
}

#[tokio::test]
async fn names_that_nobody_looks_up_in_time_or_that_no_server_reads_are_told() {
    let python = here().join("tests/endless_names").display().to_string();
    let path = ("PYTHONPATH".to_owned(), python);
    let options = Value::map([("server", Value::text("mail"))]);
    let driver = driver_in(options, std::env::vars().chain([path]).collect());
    let timeout = ("timeout", Duration::from_millis(100).into());
    let late = told(&driver, [to("alice"), timeout]).await;
    assert_eq!(
        late,
        "timeout: mail:25: the server took too long transient=true"
    );
    let server = Server::start(&[]);
    let odd = told(&at(&server), [to("zoë")]).await;
    assert!(odd.starts_with("bad-request: "), "{odd}");
    assert!(odd.contains("other letters than those of ASCII"), "{odd}");
}

#[test]
fn what_is_no_address_is_told_beforehand() {
    let faults = |address: &str| {
        SmtpVerify
            .check(&input([("recipient", Value::text(address))]))
            .len()
    };
    for bad in ["alice", "@example.org", "a@", "a b@c", "a@b>\r\nDATA"] {
        assert_eq!(faults(bad), 1, "{bad}");
    }
    assert_eq!(faults("a.b+c@example.org"), 0);
    let unknown = input([("recipient", Value::unknown("`t1`"))]);
    assert_eq!(SmtpVerify.check(&unknown), []);
}
