//! The kind in a little world.

use runsheet_site::rehearsal::{Rehearsal, faults, input};
use runsheet_step::{Answer, Form, Input, Piece, Secret, Step, Turn, Value};

use crate::Kind;

fn texts(words: &[&str]) -> Value {
    Value::list(words.iter().map(|word| Value::text(*word)))
}

fn rebuild() -> [(&'static str, Value); 2] {
    [
        ("argv", texts(&["rebuild", "-dM", "-f"])),
        ("cwd", Value::text(r"M:\MAILEXE")),
    ]
}

fn reading(output: Value) -> Input {
    input([("argv", texts(&["rebuild"])), ("output", output)])
}

fn world(exit: i32, stdout: &str, stderr: &str) -> Rehearsal {
    let handle = Value::map([("handle", Value::text("7"))]);
    let end = Value::map([
        ("handle", Value::text("7")),
        ("exited", true.into()),
        ("exit", exit.into()),
        ("stdout", Value::text(stdout)),
        ("stderr", Value::text(stderr)),
    ]);
    Rehearsal::default()
        .answers("act", "process", "rebuild", Answer::Value(handle))
        .has("process", "7", end)
}

fn told(turn: Turn) -> String {
    match turn {
        Turn::Done(done) => done.outputs.to_string(),
        Turn::Failed(failure) => format!(
            "{failure}; {}",
            failure.help.as_deref().unwrap_or("no help")
        ),
        Turn::Unknown(why) => format!("unknown: {why}"),
        Turn::Ask(_) => unreachable!("a rehearsal answers"),
    }
}

#[test]
fn a_program_is_started_and_waited_for() {
    let mut world = world(0, "Number of entries in GAL: 12\r\n", "");
    let turn = world.drive(&Kind, &input(rebuild()));
    assert_eq!(
        told(turn),
        "{exit: 0, stdout: Number of entries in GAL: 12\r\n, stderr: , json: null}"
    );
    assert_eq!(
        world.asked(),
        [r"M:\MAILEXE> rebuild -dM -f", "wait for the end of 7"]
    );
}

#[test]
fn a_runner_runs_the_program_and_an_empty_one_does_not() {
    let with = |runner: &str| {
        let [argv, cwd] = rebuild();
        input([argv, cwd, ("runner", runner.into())])
    };
    let handle = Value::map([("handle", Value::text("7"))]);
    let mut world = world(0, "", "").answers("act", "process", "forcedos", Answer::Value(handle));
    world.drive(&Kind, &with("forcedos"));
    world.drive(&Kind, &with(""));
    let asked = world.asked();
    assert_eq!(asked[0], r"M:\MAILEXE> forcedos rebuild -dM -f");
    assert!(
        asked.iter().any(|one| one == r"M:\MAILEXE> rebuild -dM -f"),
        "{asked:?}"
    );
}

#[test]
fn a_plan_shows_the_command_line_and_knows_no_more() {
    let mut world = Rehearsal::default();
    let turn = world.drive(&Kind, &input(rebuild()));
    assert_eq!(told(turn), "unknown: the reply of `rebuild`");
    assert_eq!(world.asked(), [r"M:\MAILEXE> rebuild -dM -f"]);
}

#[test]
fn another_exit_code_is_a_failure_that_shows_what_was_written() {
    let Turn::Failed(failure) = world(3, "", "a\nno disk\n").drive(&Kind, &input(rebuild())) else {
        panic!("3 is no success")
    };
    assert_eq!(failure.form, Form::Exit(3));
    assert_eq!(failure.message.as_ref(), "`rebuild` ended with exit code 3");
    assert_eq!(failure.help.as_deref(), Some("it wrote: a | no disk"));
    assert_eq!(failure.outputs.get("exit"), &Value::Int(3));
}

#[test]
fn an_exit_code_may_be_declared_a_success() {
    let accepts = input([
        ("argv", texts(&["rebuild"])),
        ("exit_codes", Value::list([0.into(), 64.into()])),
    ]);
    let done = told(world(64, "", "").drive(&Kind, &accepts));
    assert!(done.starts_with("{exit: 64"), "{done}");
}

fn saying(more: [(&'static str, Value); 1]) -> Input {
    let [more] = more;
    input([("argv", texts(&["rebuild"])), more])
}

#[test]
fn the_captures_of_a_line_are_outputs() {
    let entries = "Number of entries in GAL: {entries:int}";
    let reads = saying([("stdout", texts(&["{tool:word}", entries]))]);
    let done =
        told(world(0, "Rebuild\r\nNumber of entries in GAL: 12\r\n", "").drive(&Kind, &reads));
    assert!(done.ends_with("tool: Rebuild, entries: 12}"), "{done}");
    let failed = told(world(0, "Rebuild\r\n", "").drive(&Kind, &reads));
    assert_eq!(
        failed,
        "no-such-line: no line of its output reads `Number of entries in GAL: {entries:int}`; it ends: Rebuild"
    );
    let names: Vec<_> = Kind
        .more_outputs(&reads)
        .into_iter()
        .map(|field| field.name)
        .collect();
    assert_eq!(names, ["tool".into(), "entries".into()]);
}

#[test]
fn a_program_that_failed_is_looked_into_too() {
    let reads = saying([("stderr", "error {number:int}".into())]);
    let Turn::Failed(failure) = world(2, "", "error 31\n").drive(&Kind, &reads) else {
        panic!("2 is no success")
    };
    assert_eq!(failure.form, Form::Exit(2));
    assert_eq!(failure.outputs.get("number").as_int(), Some(31));
    let Turn::Failed(failure) = world(2, "", "").drive(&Kind, &reads) else {
        panic!("2 is no success")
    };
    assert!(failure.outputs.get("number").is_null());
}

#[test]
fn a_line_that_no_output_is_to_have_is_a_failure() {
    let lacks = saying([("lacks", "Bad ID or Password".into())]);
    assert!(told(world(0, "Rebuild\n", "").drive(&Kind, &lacks)).starts_with("{exit: 0"));
    assert_eq!(
        told(world(0, "Import\nBad ID or Password\n", "").drive(&Kind, &lacks)),
        "unwanted-line: line 2 of its output says `Bad ID or Password`; no line was to read `Bad ID or Password`"
    );
    let beside = told(world(0, "", "Bad ID or Password\n").drive(&Kind, &lacks));
    assert!(
        beside.starts_with("unwanted-line: line 1 of its error output"),
        "{beside}"
    );
}

#[test]
fn exit_codes_that_say_nothing_are_all_well() {
    let any = saying([("exit_codes", "any".into())]);
    assert!(told(world(2, "", "").drive(&Kind, &any)).starts_with("{exit: 2"));
}

#[test]
fn json_becomes_plain_data_whatever_its_keys() {
    let reads = reading("json".into());
    let turn = world(0, r#"{"$": "secret", "v": [1, 1.5, null]}"#, "").drive(&Kind, &reads);
    let done = told(turn);
    assert!(
        done.ends_with("json: {$: secret, v: [1, 1.5, null]}}"),
        "{done}"
    );
    let failed = told(world(0, "oops", "").drive(&Kind, &reads));
    assert!(failed.starts_with("no-json: "), "{failed}");
}

#[test]
fn a_secret_argument_is_handed_on_and_not_shown() {
    let secret = Secret::text([Piece::Plain("-p".into()), Piece::Reference("pw".into())]);
    let argv = Value::list([Value::text("rebuild"), Value::Secret(secret.into())]);
    let mut world = world(0, "", "");
    world.drive(&Kind, &input([("argv", argv)]));
    assert_eq!(world.asked()[0], "rebuild -p***");
}

#[test]
fn what_cannot_be_right_is_told_beforehand() {
    let check = |input: &Input| faults(&Kind, input);
    assert_eq!(check(&input(rebuild())), "");
    assert_eq!(
        check(&input([("argv", texts(&[]))])),
        "there is no program to run"
    );
    assert_eq!(check(&input([("argv", Value::unknown("x"))])), "");
    let hides = saying([("stdout", "{exit:int}".into())]);
    assert_eq!(
        check(&hides),
        "the capture `exit` would hide the output of that name"
    );
}

#[test]
fn a_command_line_is_no_program() {
    let run = |program: &str| faults(&Kind, &input([("argv", Value::list([program.into()]))]));
    for program in ["dir /b", "ls -l", "echo a > b.txt", "tool --all"] {
        assert_eq!(run(program), format!("no program is called `{program}`"));
    }
    for program in [
        r"C:\Program Files\x.exe",
        "/opt/my tool",
        r"C:\Tools - Old\x.exe",
        "my tool",
    ] {
        assert_eq!(run(program), "", "{program}");
    }
}
