//! What the tests have on their desk: the libraries and the child host that are examples of this
//! crate, and the steps they take with them.

use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::Arc;
use std::time::Duration;

use runsheet_host::library::Library;
use runsheet_host::line::{Line, Trouble};
use runsheet_host::plugin::Plugin;
use runsheet_host::process::{Limits, Process, Program};
use runsheet_messages::method::Method;
use runsheet_step::{Answer, Catalogue, Entry, Host, Input, Outcome, Step, Turn, Value};

/// The folder of the examples of this crate.
fn examples() -> PathBuf {
    let me = std::env::current_exe().expect("a test has a path");
    let target = me.ancestors().nth(2).expect("a test is in `deps`");
    target.join("examples")
}

/// A library that is an example.
pub(crate) fn example(name: &str) -> PathBuf {
    let file = format!(
        "{}{name}{}",
        std::env::consts::DLL_PREFIX,
        std::env::consts::DLL_SUFFIX
    );
    examples().join(file)
}

/// The library in C that misbehaves; of some names the compiler is told what they mean.
pub(crate) fn misbehaving(meanings: &[(&str, &Path)]) -> PathBuf {
    let here = Path::new(env!("CARGO_MANIFEST_DIR"));
    let suffix = std::env::consts::DLL_SUFFIX;
    // Tests run at the same time, each in a thread of its own.
    let thread = format!("{:?}", std::thread::current().id());
    let number: String = thread.chars().filter(char::is_ascii_digit).collect();
    let library =
        Path::new(env!("CARGO_TARGET_TMPDIR")).join(format!("misbehaving-{number}{suffix}"));
    let meant = |(name, path): &(&str, &Path)| format!("-D{name}=\"{}\"", path.display());
    let built = Command::new("cc")
        .args(meanings.iter().map(meant))
        .args([
            "-std=c99",
            "-D_DEFAULT_SOURCE",
            "-Wall",
            "-Wextra",
            "-Werror",
        ])
        .args(["-O1", "-g", "-shared", "-fPIC", "-pthread", "-I"])
        .arg(here.join("../abi/include"))
        .arg("-o")
        .arg(&library)
        .arg(here.join("tests/misbehaving/misbehaving.c"))
        .status()
        .expect("there is a C compiler");
    assert!(built.success());
    library
}

/// The program that a process of a plugin is made of.
pub(crate) fn program() -> Program {
    Program {
        path: examples().join("plugin-host"),
        arguments: Vec::new(),
    }
}

/// Limits for what is not slow: a machine under load answers in time.
pub(crate) fn limits() -> Limits {
    Limits {
        deadline: Duration::from_secs(60),
        ..Limits::default()
    }
}

pub(crate) fn in_process(library: &Path) -> Process {
    Process::start(program(), library, limits()).expect("it is a plugin")
}

/// The same library at the end of each kind of line.
pub(crate) fn lines(library: &Path) -> [(&'static str, Arc<dyn Line>); 2] {
    let here = Library::load(library).expect("it is a plugin");
    [
        ("none", Arc::new(here)),
        ("process", Arc::new(in_process(library))),
    ]
}

pub(crate) fn catalogue(line: Arc<dyn Line>) -> Catalogue {
    let plugin = Plugin::at(line).expect("it describes itself");
    plugin.fill(Catalogue::default())
}

pub(crate) fn input(count: i64) -> Input {
    let host = Host {
        name: "LIBRARY".into(),
        groups: Vec::new(),
        vars: runsheet_step::Map::new(),
    };
    Input {
        host: Value::Host(host.into()),
        with: Value::map([("count", count)].map(|(key, count)| (key, Value::from(count)))),
    }
}

/// Takes the turns of a step to its end, with these answers.
pub(crate) fn taken(kind: &dyn Step, input: &Input, answers: &[Value]) -> Outcome {
    let mut transcript = Vec::new();
    for answer in answers {
        let Turn::Ask(asked) = kind.turn(input, &transcript) else {
            panic!("it has more to ask");
        };
        transcript.extend(asked.into_iter().map(|request| Entry {
            request,
            answer: Some(Answer::Value(answer.clone())),
        }));
    }
    match kind.turn(input, &transcript) {
        Turn::Done(outcome) => outcome,
        other => panic!("it is not done: {other:?}"),
    }
}

/// The next turn of a step of a kind that takes nothing.
pub(crate) fn turn(line: &dyn Line, kind: &str) -> Result<String, Trouble> {
    let message =
        format!(r#"{{"kind":"{kind}","input":{{"host":null,"with":null}},"transcript":[]}}"#);
    let answer = line.say(Method::Turn, message.as_bytes())?;
    Ok(String::from_utf8(answer).expect("an answer is text"))
}

/// Why a plugin is gone.
pub(crate) fn gone(line: &dyn Line, kind: &str) -> String {
    match turn(line, kind) {
        Err(Trouble::Gone(why)) => why,
        other => panic!("it is not gone: {other:?}"),
    }
}
