//! The driver against real programs.

use std::future::Future;
use std::sync::Mutex;
use std::time::Duration;

use runsheet_step::driver::{Call, CallKey, Drain, Driver, Reply, Sink};
use runsheet_step::fact::Key;
use runsheet_step::request::{Act, Verb, Wait};
use runsheet_step::{Answer, Form, Name, Value};

use super::LocalPrograms;

const LONG: Duration = Duration::from_secs(30);

fn block_on<T>(future: impl Future<Output = T>) -> T {
    let mut builder = tokio::runtime::Builder::new_current_thread();
    let runtime = builder.enable_all().build();
    runtime.expect("a runtime").block_on(future)
}

fn call<'c>(resource: &str, verb: Verb, turn: u32, sink: &'c dyn Sink) -> Call<'c> {
    let key = Key {
        host: "here".into(),
        facility: "process".into(),
        resource: resource.into(),
    };
    Call {
        key: CallKey {
            run: "r1".into(),
            address: "t1[SALES].send".into(),
            attempt: 1,
            turn,
            index: 0,
        },
        request: key.request(verb),
        before: None,
        slice: LONG,
        sink,
    }
}

fn shell(script: &str) -> Value {
    Value::map([(
        "argv",
        Value::list(["/bin/sh", "-c", script].map(Value::text)),
    )])
}

fn starting(args: Value) -> Call<'static> {
    let act = Act {
        name: "start".into(),
        args,
        effects: None,
    };
    call("/bin/sh", Verb::Act(act), 0, &Drain)
}

fn waiting<'c>(handle: &Name, sink: &'c dyn Sink) -> Call<'c> {
    let wait = Wait {
        filter: Value::map([("exited", Value::from(true))]),
        since: None,
        count: 1,
        abort: None,
    };
    call(handle, Verb::Wait(wait), 1, sink)
}

async fn start(driver: &LocalPrograms, args: Value) -> Result<Name, Form> {
    match driver.perform(&starting(args)).await {
        Reply::Answer(Answer::Value(reply)) => {
            Ok(reply.get("handle").as_text().expect("a handle").clone())
        }
        Reply::Answer(Answer::Fault(fault)) => Err(fault.form),
        other => panic!("{other:?}"),
    }
}

fn ended(reply: Reply) -> Result<Value, Form> {
    match reply {
        Reply::Answer(Answer::Value(items)) => Ok(items.items()[0].clone()),
        Reply::Answer(Answer::Fault(fault)) => Err(fault.form),
        other => panic!("{other:?}"),
    }
}

fn run(args: Value) -> Result<Value, Form> {
    block_on(async {
        let driver = LocalPrograms::default();
        let handle = start(&driver, args).await?;
        ended(driver.perform(&waiting(&handle, &Drain)).await)
    })
}

fn told(end: &Value) -> String {
    format!(
        "{} {:?} {:?}",
        end.get("exit"),
        end.get("stdout").to_string(),
        end.get("stderr").to_string()
    )
}

#[test]
fn a_program_ends_with_its_code_and_what_it_wrote() {
    let end = run(shell("echo out; echo err >&2; exit 3")).expect("it starts");
    assert_eq!(told(&end), r#"3 "out\n" "err\n""#);
}

#[test]
fn no_shell_looks_at_the_arguments() {
    let argv = ["/bin/echo", "$HOME", "*", "a b"].map(Value::text);
    let end = run(Value::map([("argv", Value::list(argv))])).expect("it starts");
    assert_eq!(told(&end), r#"0 "$HOME * a b\n" """#);
}

#[test]
fn input_is_closed_unless_given() {
    let end = run(shell("cat; echo done")).expect("it starts");
    assert_eq!(told(&end), r#"0 "done\n" """#);
    let argv = Value::list([Value::text("/bin/cat")]);
    let end = run(Value::map([("argv", argv), ("stdin", "yes\n".into())])).expect("it starts");
    assert_eq!(told(&end), r#"0 "yes\n" """#);
}

#[test]
fn directory_and_variables_are_as_given() {
    let argv = Value::list(["/bin/sh", "-c", "pwd; echo $NETWORK"].map(Value::text));
    let env = Value::map([("NETWORK", Value::text("CONTOSO"))]);
    let args = [("argv", argv), ("cwd", "/".into()), ("env", env)];
    assert_eq!(
        told(&run(Value::map(args)).expect("it starts")),
        r#"0 "/\nCONTOSO\n" """#
    );
}

#[test]
fn what_cannot_be_started_says_why() {
    let argv = |program: &str| ("argv", Value::list([Value::text(program)]));
    let form = |args: Value| run(args).expect_err("it cannot start");
    assert_eq!(
        form(Value::map([argv("no-such-program-here")])),
        Form::code("no-such-program")
    );
    assert_eq!(
        form(Value::map([argv("/etc/passwd")])),
        Form::code("permission-denied")
    );
    let nowhere = Value::map([argv("/bin/cat"), ("cwd", "/no/such/directory".into())]);
    assert_eq!(form(nowhere), Form::code("no-such-directory"));
    assert_eq!(
        form(Value::map([("argv", Value::list([]))])),
        Form::code("bad-request")
    );
}

#[test]
fn a_signal_is_an_exit_code_as_shells_say_it() {
    let end = run(shell("kill -9 $$")).expect("it starts");
    assert_eq!(end.get("exit").as_int(), Some(137));
}

/// How many bytes came.
#[derive(Default)]
struct Count(Mutex<usize>);

impl Count {
    fn bytes(&self) -> usize {
        *self.0.lock().expect("one thread")
    }
}

impl Sink for Count {
    fn output(&self, _: &CallKey, chunk: &[u8]) {
        *self.0.lock().expect("one thread") += chunk.len();
    }
}

#[test]
fn a_long_output_is_taken_whole_by_the_sink_and_shortened_in_the_answer() {
    let (count, end) = block_on(async {
        let (driver, count) = (LocalPrograms::default(), Count::default());
        let script = "i=0; while [ $i -lt 2000 ]; do printf '%0100d' $i; i=$((i+1)); done";
        let handle = start(&driver, shell(script)).await.expect("it starts");
        let end = ended(driver.perform(&waiting(&handle, &count)).await).expect("it ends");
        (count, end)
    });
    assert_eq!(count.bytes(), 200_000);
    let text = end.get("stdout").to_string();
    assert!(text.contains("[134464 bytes left out]") && text.ends_with("01999"));
}

#[test]
fn the_same_start_starts_once_and_the_same_end_is_told_twice() {
    block_on(async {
        let driver = LocalPrograms::default();
        let first = start(&driver, shell("exit 4")).await.expect("it starts");
        let again = start(&driver, shell("exit 5"))
            .await
            .expect("it is the same");
        assert_eq!(first, again);
        for _ in 0..2 {
            let end = ended(driver.perform(&waiting(&first, &Drain)).await);
            assert_eq!(end.expect("it ends").get("exit").as_int(), Some(4));
        }
    });
}

#[test]
fn a_wait_is_held_open_for_its_slice_only() {
    block_on(async {
        let driver = LocalPrograms::with_grace(Duration::ZERO);
        let handle = start(&driver, shell("exec sleep 60"))
            .await
            .expect("it starts");
        let mut wait = waiting(&handle, &Drain);
        wait.slice = Duration::from_millis(1);
        assert!(matches!(driver.perform(&wait).await, Reply::NotYet(_)));
        driver.interrupt(&wait.key).await;
    });
}

#[test]
fn an_interrupt_ends_a_program_and_all_it_has_started() {
    // The inner shell ignores the polite signal and would hold the pipe open for a minute.
    let script = "sh -c 'trap \"\" TERM; echo up; sleep 60' & wait";
    block_on(async {
        let driver = LocalPrograms::with_grace(Duration::from_millis(50));
        let handle = start(&driver, shell(script)).await.expect("it starts");
        let up = Count::default();
        let mut wait = waiting(&handle, &up);
        wait.slice = Duration::from_millis(1);
        while up.bytes() == 0 {
            assert!(matches!(driver.perform(&wait).await, Reply::NotYet(_)));
        }
        wait.slice = LONG;
        let other = CallKey {
            address: "t1[PLANT].send".into(),
            ..wait.key.clone()
        };
        driver.interrupt(&other).await;
        let (reply, ()) = tokio::join!(driver.perform(&wait), driver.interrupt(&wait.key));
        assert_eq!(
            ended(reply).expect_err("it was interrupted"),
            Form::code("interrupted")
        );
    });
}

#[test]
fn a_handle_of_somebody_else_is_a_fault() {
    let reply = block_on(async {
        let driver = LocalPrograms::default();
        driver.perform(&waiting(&"r0/x#1.0.0".into(), &Drain)).await
    });
    assert_eq!(
        ended(reply).expect_err("nobody knows it"),
        Form::code("no-such-process")
    );
}
