//! Requests of the contract, performed in the lab.

mod files;
mod registry;
mod waits;

use std::sync::Arc;
use std::task::{Context, Poll, Waker};
use std::time::Duration;

use runsheet_step::driver::{Call, CallKey, Clock, Drain, Driver, ReadRequest, Reply};
use runsheet_step::fact::{Fact, Key};
use runsheet_step::request::{Act, Verb, Wait};
use runsheet_step::{Answer, Cursor, Form, Moment, Request, Value};

use super::{MINUTE, blueprint};
use crate::bench::Bench;
use crate::clock::START;
use crate::drivers;
use crate::exchange::diagnostics::{Logging, PC_MTA};
use crate::lab::Lab;
use crate::password;

const DX_KEY: &str = r"HKLM\SYSTEM\CurrentControlSet\Services\MSExchangeDX";

/// An engine of the simplest kind: one question at a time, and the clock turns while it waits.
struct Engine {
    bench: Arc<Bench>,
    drivers: Vec<(&'static str, Arc<dyn Driver>)>,
}

impl Engine {
    fn new() -> Self {
        let mut blueprint = blueprint(&["SALES", "PLANT"]);
        blueprint.exchanges[0].admin_mailbox = "dxadmin".to_owned();
        let mut lab = Lab::build(&blueprint);
        let server = &mut lab.exchanges[0];
        server.set_logging(START, &PC_MTA, Logging::Maximum);
        server.settings.forward_incoming = true;
        let bench = Bench::new(lab);
        let drivers = drivers::all(&bench);
        Self { bench, drivers }
    }

    fn driver(&self, facility: &str) -> &dyn Driver {
        let found = self.drivers.iter().find(|(name, _)| *name == facility);
        found.unwrap().1.as_ref()
    }

    fn perform(&self, request: Request, before: Option<Fact>) -> Reply {
        let call = Call {
            key: key(),
            request,
            before,
            slice: Duration::from_secs(600),
            sink: &Drain,
        };
        let mut reply = self.driver(&call.request.facility).perform(&call);
        let mut context = Context::from_waker(Waker::noop());
        loop {
            if let Poll::Ready(reply) = reply.as_mut().poll(&mut context) {
                return reply;
            }
            assert!(self.bench.idle(None));
        }
    }

    #[track_caller]
    fn ask(&self, request: Request) -> Answer {
        match self.perform(request, None) {
            Reply::Answer(answer) => answer,
            Reply::NotYet(cursor) => panic!("no answer until {cursor:?}"),
            Reply::Lost(why) => panic!("the answer is lost: {why}"),
        }
    }

    #[track_caller]
    fn value(&self, request: Request) -> Value {
        match self.ask(request) {
            Answer::Value(value) => value,
            other => panic!("no value but {other:?}"),
        }
    }

    #[track_caller]
    fn fault(&self, request: Request) -> Form {
        match self.ask(request) {
            Answer::Fault(fault) => fault.form,
            other => panic!("no fault but {other:?}"),
        }
    }

    fn start(&self, argv: &[&str]) -> Request {
        let program = argv[0];
        let args = Value::map([
            ("argv", Value::list(argv.iter().map(|it| Value::text(*it)))),
            ("cwd", r"M:\MAILEXE".into()),
        ]);
        ask("SALES", "process", program, act("start", args))
    }

    fn run(&self, argv: &[&str]) -> Value {
        let handle = self.value(self.start(argv));
        let handle = handle.get("handle").to_string();
        let exited = wait(just("exited", true), None, 1);
        self.value(ask("SALES", "process", &handle, exited))
    }
}

fn key() -> CallKey {
    CallKey {
        run: "run".into(),
        address: "step".into(),
        attempt: 1,
        turn: 0,
        index: 0,
    }
}

fn just(name: &str, value: impl Into<Value>) -> Value {
    Value::map([(name, value.into())])
}

fn ask(host: &str, facility: &str, resource: &str, verb: Verb) -> Request {
    let key = Key {
        host: host.into(),
        facility: facility.into(),
        resource: resource.into(),
    };
    key.request(verb)
}

fn act(name: &str, args: Value) -> Verb {
    Verb::Act(Act {
        name: name.into(),
        args,
        effects: None,
    })
}

fn wait(filter: Value, since: Option<Cursor>, count: u32) -> Verb {
    Verb::Wait(Wait {
        filter,
        since,
        count,
        abort: None,
    })
}

#[test]
fn a_registry_value_is_read_put_raced_and_deleted() {
    let engine = Engine::new();
    let pause = format!("{DX_KEY}:PauseKicksDX");
    let value = |verb| ask("EXCH1", "registry", &pause, verb);
    let one = || {
        Verb::Put(Value::map([
            ("type", "dword".into()),
            ("data", Value::Int(1)),
        ]))
    };
    assert_eq!(engine.ask(value(Verb::Get)), Answer::Absent);
    engine.bench.change(|lab| lab.advance(MINUTE));
    let put = engine.perform(value(one()), Some(Fact::Absent));
    assert_eq!(put, Reply::Answer(Answer::Absent));
    let read = engine.value(value(Verb::Get));
    assert_eq!(read.get("data"), &Value::Int(1));
    assert_eq!(read.get("written"), &Value::Moment(START.after(MINUTE)));
    let put = engine.perform(value(one()), Some(Fact::Absent));
    assert!(matches!(put, Reply::Answer(Answer::Raced(_))), "{put:?}");
    assert!(matches!(engine.ask(value(Verb::Delete)), Answer::Value(_)));
    assert_eq!(engine.ask(value(Verb::Get)), Answer::Absent);
    let nowhere = ask("EXCH1", "registry", r"HKLM\NOSUCH:x", one());
    assert_eq!(engine.fault(nowhere), Form::code("no-such-key"));
}

#[test]
fn a_service_is_on_its_way_until_it_arrives() {
    let engine = Engine::new();
    let dx = |verb| ask("EXCH1", "service", "msexchangedx", verb);
    assert_eq!(
        engine.fault(dx(act("pause", Value::Null))),
        Form::Win32(1052)
    );
    assert_eq!(
        engine.ask(dx(act("stop", Value::Null))),
        Answer::Value(Value::Null)
    );
    assert_eq!(
        engine.value(dx(Verb::Get)).get("state"),
        &Value::text("stop-pending")
    );
    let stopped = wait(just("state", "stopped"), None, 1);
    let seen = engine.value(dx(stopped));
    assert_eq!(seen.items()[0].get("started"), &Value::Null);
    engine.ask(dx(act("start", Value::Null)));
    let running = wait(just("state", "running"), None, 1);
    let seen = engine.value(dx(running));
    let started = seen.items()[0].get("started").as_moment();
    assert!(started > Some(START));
    let missing = ask("EXCH1", "service", "NoSuch", Verb::Get);
    assert_eq!(engine.ask(missing), Answer::Absent);
}

#[test]
fn a_program_is_started_and_waited_for() {
    let engine = Engine::new();
    let ended = engine.run(&["forcedos", "reqmain", "-dM", "-t"]);
    assert_eq!(ended.items()[0].get("exit"), &Value::Int(0));
    let ended = engine.run(&["import", "-dM", "admin", "-pWRONG", "-q", "-y"]);
    assert_eq!(
        ended.items()[0].get("stdout"),
        &Value::text("Bad ID or Password\n")
    );
    assert_eq!(ended.items()[0].get("exit"), &Value::Int(0));
    let missing = engine.start(&["nosuch"]);
    assert_eq!(engine.fault(missing), Form::code("no-such-program"));
    let lost = ask("SALES", "process", "SALES#99", Verb::Get);
    assert_eq!(engine.fault(lost), Form::code("no-such-process"));
}

#[test]
fn an_interrupted_wait_ends_its_program() {
    let engine = Engine::new();
    let handle = engine.value(engine.start(&["reqmain", "-dM", "-t"]));
    let handle = handle.get("handle").to_string();
    let exited = wait(just("exited", true), None, 1);
    let call = Call {
        key: key(),
        request: ask("SALES", "process", &handle, exited),
        before: None,
        slice: Duration::from_secs(30),
        sink: &Drain,
    };
    let driver = engine.driver("process");
    let mut context = Context::from_waker(Waker::noop());
    let mut ending = driver.perform(&call);
    assert!(ending.as_mut().poll(&mut context).is_pending());
    assert!(
        driver
            .interrupt(&call.key)
            .as_mut()
            .poll(&mut context)
            .is_ready()
    );
    let Poll::Ready(Reply::Answer(Answer::Fault(fault))) = ending.as_mut().poll(&mut context)
    else {
        panic!("the program was ended");
    };
    assert_eq!(fault.form, Form::code("interrupted"));
}

#[test]
fn settings_are_read_and_changed_by_object_and_attribute() {
    let engine = Engine::new();
    let setting = |name: &str, verb| ask("EXCH1", "settings", name, verb);
    let logging = "microsoft mail connector: Diagnostics Logging: MSExchangePCMTA";
    assert_eq!(
        engine.value(setting(logging, Verb::Get)),
        Value::text("Maximum")
    );
    let export = "Remote Dir-Sync Requestor NORTH/SALES: Export on Next Cycle";
    let put = setting(export, Verb::Put(true.into()));
    assert_eq!(engine.value(put), Value::Bool(false));
    assert_eq!(engine.value(setting(export, Verb::Get)), Value::Bool(true));
    let put = |name, value| setting(name, Verb::Put(value));
    let table = [
        (put("DX Server: Colour", true.into()), "no-such-attribute"),
        (
            put("EX Server: Administrator", "x".into()),
            "no-such-object",
        ),
        (
            put(
                "Remote Dir-Sync Requestor NORTH/NONE: Export on Next Cycle",
                true.into(),
            ),
            "no-such-object",
        ),
        (put(logging, Value::Int(5)), "bad-value"),
    ];
    for (request, code) in table {
        assert_eq!(engine.fault(request), Form::code(code));
    }
}

#[test]
fn files_show_their_sizes_and_their_new_lines() {
    let engine = Engine::new();
    let file = |path: &str, verb| ask("SALES", "file", path, verb);
    let size = engine.value(file(r"GLB\REQCONF.GLB", Verb::Get));
    assert_eq!(size.get("size"), &Value::Int(512));
    assert_eq!(
        engine.ask(file(r"GLB\SORTLOCK.GLB", Verb::Get)),
        Answer::Absent
    );
    let dirsync = r"M:\LOG\DIRSYNC.LOG";
    let all = || file(dirsync, Verb::List(Value::Null));
    assert_eq!(engine.ask(all()), Answer::Absent);
    let start = Cursor::from_value(&engine.value(file(dirsync, Verb::Mark))).unwrap();
    assert_eq!(start.position, 0);
    engine.run(&["reqmain", "-dM", "-t"]);
    let mark = Cursor::from_value(&engine.value(file(dirsync, Verb::Mark))).unwrap();
    engine.run(&[
        "import",
        "-dM",
        "admin",
        &format!("-p{}", password::of("SALES")),
        "-q",
        "-y",
    ]);
    let finished = just("line", "{at:text} Import is finished.");
    let lines = engine.value(file(dirsync, wait(finished, Some(mark.clone()), 1)));
    assert!(lines.items()[0].get("position").as_int() > i64::try_from(mark.position).ok());
    assert_eq!(engine.value(all()).items().len(), 5);
}

#[test]
fn the_lab_stands_in_for_a_person_at_the_menus_but_answers_no_question() {
    let engine = Engine::new();
    let say = "Config, Dir-Sync, Requestor, Export";
    let argv = Value::list(["admin", "export", "-dM"].map(Value::text));
    let args = Value::map([("argv", argv), ("cwd", r"M:\MAILEXE".into())]);
    let done = engine.value(ask("SALES", "prompt", say, act("run", args)));
    assert_eq!(done.get("answer"), &Value::text("yes"));
    assert_eq!(engine.bench.now(), START);
    assert_eq!(
        engine.bench.look(|lab| lab.postoffices[0].queue.last()),
        Some(5)
    );
    let unknown = ask("SALES", "prompt", say, act("sing", Value::Null));
    assert_eq!(engine.value(unknown), Value::Null);
    let question = ask("SALES", "prompt", say, wait(Value::Null, None, 1));
    assert_eq!(engine.fault(question), Form::code("no-terminal"));
}

#[test]
fn a_planner_can_look_and_nothing_moves() {
    let engine = Engine::new();
    let mut context = Context::from_waker(Waker::noop());
    for (facility, resource) in [
        ("registry", DX_KEY),
        ("service", "MSExchangeDX"),
        ("settings", "DX Server: Administrator"),
    ] {
        let request = ReadRequest::new(ask("EXCH1", facility, resource, Verb::Get)).unwrap();
        let reader = engine.driver(facility).reader().unwrap();
        let Poll::Ready(answer) = reader.read(&request).as_mut().poll(&mut context) else {
            panic!("a look takes no time")
        };
        assert!(matches!(answer, Answer::Value(_)), "{facility}: {answer:?}");
    }
    assert_eq!(engine.bench.now(), Moment(START.0));
}

#[test]
fn a_host_that_is_no_such_machine_is_told() {
    let engine = Engine::new();
    for (host, facility) in [
        ("SALES", "service"),
        ("SALES", "registry"),
        ("NOSUCH", "file"),
        ("NOSUCH", "settings"),
    ] {
        let answer = engine.fault(ask(host, facility, "a: b", Verb::Get));
        assert_eq!(answer, Form::code("no-such-host"), "{host} {facility}");
    }
}
