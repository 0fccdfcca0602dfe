//! A plugin in C: what it computes, what it says, and that it stands whatever it is told.
#![cfg(unix)]

use std::process::Command;
use std::sync::Arc;

use runsheet_host::library::Library;
use runsheet_host::line::{Line, Trouble};
use runsheet_host::plugin::Plugin;
use runsheet_messages::method::Method;
use runsheet_step::request::{Request, Verb};
use runsheet_step::{
    Answer, Blob, Catalogue, Entry, Failure, Fault, Form, Host, Input, Map, Piece, Secret, Turn,
    Value,
};
use sha2::{Digest, Sha256};

mod compiled;
mod spoken;

fn catalogue(library: Library) -> Catalogue {
    let plugin = Plugin::at(Arc::new(library)).expect("it describes itself");
    assert_eq!(
        (&*plugin.description.name, &*plugin.description.version),
        ("checksum", "1.0.0")
    );
    plugin.fill(Catalogue::default())
}

/// The kind by each compiler that is here.
fn each(held: impl Fn(&Catalogue, &str)) {
    for (compiler, path) in compiled::LIBRARIES.iter() {
        held(
            &catalogue(Library::load(path).expect("it is a plugin")),
            compiler,
        );
    }
}

fn turn(catalogue: &Catalogue, input: &Input, transcript: &[Entry]) -> Turn {
    let kind = catalogue.kind("checksum").expect("it is there");
    kind.turn(input, transcript)
}

fn input<const N: usize>(with: [(&str, Value); N]) -> Input {
    let host = Host {
        name: "WEB".into(),
        groups: Vec::new(),
        vars: Map::new(),
    };
    Input {
        host: Value::Host(host.into()),
        with: Value::map(with),
    }
}

fn of_file(answer: Answer) -> [Entry; 1] {
    let request = Request {
        host: "WEB".into(),
        facility: "file".into(),
        resource: r"C:\ÄÖ.TXT".into(),
        verb: Verb::List(Value::Null),
    };
    [Entry {
        request,
        answer: Some(answer),
    }]
}

fn line(text: &str) -> Value {
    Value::map([("line", Value::text(text)), ("position", 0.into())])
}

#[track_caller]
fn checksum(turn: &Turn) -> (String, i64) {
    let Turn::Done(outcome) = turn else {
        panic!("it is not done: {turn:?}");
    };
    assert!(!outcome.changed);
    let checksum = outcome.outputs.get("checksum").to_string();
    (
        checksum,
        outcome.outputs.get("size").as_int().expect("a number"),
    )
}

#[track_caller]
fn failure(turn: Turn) -> Failure {
    match turn {
        Turn::Failed(failure) => *failure,
        other => panic!("it has not failed: {other:?}"),
    }
}

fn sha256(text: &str) -> String {
    Sha256::digest(text)
        .iter()
        .map(|byte| format!("{byte:02x}"))
        .collect()
}

fn crc32(text: &str) -> String {
    format!("{:08x}", crc32fast::hash(text.as_bytes()))
}

#[test]
fn a_checksum_is_what_everybody_computes_whatever_the_length() {
    each(|catalogue, compiler| {
        for length in 0..200_u32 {
            let letter = |n| char::from_u32(0x61 + n * 7 % 400).unwrap_or('x');
            let text: String = (0..length).map(letter).collect();
            let of = |algorithm: &str| {
                let with = [
                    ("text", text.as_str().into()),
                    ("algorithm", algorithm.into()),
                ];
                checksum(&turn(catalogue, &input(with), &[]))
            };
            let size = i64::try_from(text.len()).expect("it is short");
            assert_eq!(of("sha256"), (sha256(&text), size), "{compiler}: {text}");
            assert_eq!(of("crc32"), (crc32(&text), size), "{compiler}: {text}");
        }
    });
}

#[test]
fn a_file_is_asked_for_once_and_taken_line_by_line() {
    each(|catalogue, compiler| {
        let input = input([("file", r"C:\ÄÖ.TXT".into())]);
        let lines = Value::list([line("one"), line("zwölf"), line("")]);
        let heard = of_file(Answer::Value(lines));
        let asked = turn(catalogue, &input, &[]);
        assert_eq!(
            asked,
            Turn::Ask(vec![heard[0].request.clone()]),
            "{compiler}"
        );
        let found = checksum(&turn(catalogue, &input, &heard));
        assert_eq!(found, (sha256("one\nzwölf\n\n"), 12), "{compiler}");
    });
}

#[test]
fn what_a_file_can_be_instead_is_told() {
    let blob = Blob {
        sha256: "0".repeat(64).into(),
        size: 1 << 20,
        head: "x".into(),
    };
    let told = [
        (Answer::Absent, "no-such-file"),
        (Answer::Value(Value::Blob(blob.into())), "file-too-large"),
        (Answer::Value(Value::list([1.into()])), "no-text"),
        (
            Answer::Fault(Fault::new(Form::Win32(5), "access is denied")),
            "error 5",
        ),
    ];
    each(|catalogue, compiler| {
        let input = input([("file", r"C:\ÄÖ.TXT".into())]);
        for (answer, form) in &told {
            let failure = failure(turn(catalogue, &input, &of_file(answer.clone())));
            assert_eq!(failure.form.to_string(), *form, "{compiler}");
        }
        let why = runsheet_step::Unknown::because("`t1`");
        let unknown = turn(catalogue, &input, &of_file(Answer::Unknown(why.clone())));
        assert_eq!(unknown, Turn::Unknown(why), "{compiler}");
    });
}

#[test]
fn an_input_is_judged_in_its_place() {
    let secret = Secret::text([Piece::Reference("WEB.pw".into())]);
    let wrong = [
        (input([]), None),
        (
            input([("file", "a".into()), ("text", "b".into())]),
            Some("text"),
        ),
        (
            input([("text", Value::Secret(secret.into()))]),
            Some("text"),
        ),
        (
            input([("text", "a".into()), ("equals", "12345678".into())]),
            Some("equals"),
        ),
        (
            Input {
                host: Value::Null,
                ..input([("file", "a".into())])
            },
            Some("file"),
        ),
    ];
    each(|catalogue, compiler| {
        let kind = catalogue.kind("checksum").expect("it is there");
        for (input, at) in &wrong {
            let failures = kind.check(input);
            assert_eq!(failures.len(), 1, "{compiler}: {input:?}");
            assert_eq!(
                failures[0].at.first().map(|at| &**at),
                *at,
                "{compiler}: {input:?}"
            );
            assert_eq!(
                failure(turn(catalogue, input, &[])),
                failures[0],
                "{compiler}"
            );
        }
    });
}

#[test]
fn what_is_not_known_yet_is_not_wrong() {
    let right = [
        input([("text", Value::unknown("`t1`"))]),
        input([("text", "".into()), ("equals", Value::unknown("`t1`"))]),
        input([
            ("text", "".into()),
            ("equals", "00000000".into()),
            ("algorithm", "crc32".into()),
        ]),
    ];
    each(|catalogue, compiler| {
        let kind = catalogue.kind("checksum").expect("it is there");
        for input in &right {
            assert_eq!(kind.check(input), [], "{compiler}: {input:?}");
            assert!(!kind.acts(input) && !kind.waits(input), "{compiler}");
        }
    });
}

#[test]
fn another_checksum_fails_the_step_and_shows_itself() {
    each(|catalogue, compiler| {
        let with = |equals: &str| {
            let crc32 = ("algorithm", "crc32".into());
            input([
                ("text", "123456789".into()),
                crc32,
                ("equals", equals.into()),
            ])
        };
        let other = failure(turn(catalogue, &with("00000000"), &[]));
        assert_eq!(
            other.to_string(),
            "checksum-differs: the checksum is cbf43926",
            "{compiler}"
        );
        assert_eq!(
            checksum(&turn(catalogue, &with("CBF43926"), &[])).0,
            "cbf43926",
            "{compiler}"
        );
    });
}

#[test]
fn a_message_that_makes_no_sense_is_refused() {
    let deep = "[".repeat(100_000);
    for (compiler, path) in compiled::LIBRARIES.iter() {
        let library = Library::load(path).expect("it is a plugin");
        for message in ["", "{", "[]", "{\"kind\":5}", "\u{0}", &deep] {
            for method in [Method::Turn, Method::Check] {
                let refused = library.say(method, message.as_bytes());
                assert!(
                    matches!(refused, Err(Trouble::Refused(_))),
                    "{compiler}: {message}"
                );
            }
        }
        assert!(!library.answers(Method::Arm) && !library.answers(Method::Predict));
    }
}

#[test]
fn its_own_tests_pass_and_it_loses_no_memory() {
    for compiler in compiled::COMPILERS.iter() {
        let to = format!("own-{compiler}");
        let test = compiled::compile(compiler, &["-g"], "test.c", &to);
        let told = Command::new(&test).output().expect("the tests start");
        assert!(
            told.status.success(),
            "{compiler}: {}",
            String::from_utf8_lossy(&told.stdout)
        );
        let watched = Command::new("valgrind")
            .args(["--quiet", "--error-exitcode=99", "--leak-check=full"])
            .arg(&test)
            .output();
        if let Ok(watched) = watched {
            let complaints = String::from_utf8_lossy(&watched.stderr);
            assert!(watched.status.success(), "{compiler}: {complaints}");
        }
    }
}
