//! From arguments to a running child, or a fault that says why there is none.

use std::io::ErrorKind;
use std::path::Path;
use std::process::Stdio;

use runsheet_step::{Fault, Form, Value};
use tokio::io::AsyncWriteExt;
use tokio::process::{Child, Command};

use super::group;

/// Starts a program with the arguments of the act `start`.
pub(super) fn start(args: &Value) -> Result<Child, Fault> {
    let argv = texts(args.get("argv"))?;
    let Some((program, rest)) = argv.split_first() else {
        return Err(fault("bad-request", "there is no program to start"));
    };
    let mut command = Command::new(program);
    command.args(rest);
    if !args.get("cwd").is_null() {
        command.current_dir(directory(args.get("cwd"))?);
    }
    for (name, value) in args.get("env").as_map().into_iter().flatten() {
        command.env(&**name, text(value)?);
    }
    let stdin = match args.get("stdin") {
        Value::Null => None,
        given => Some(text(given)?),
    };
    command.stdin(if stdin.is_some() {
        Stdio::piped()
    } else {
        Stdio::null()
    });
    command.stdout(Stdio::piped()).stderr(Stdio::piped());
    group::of_its_own(&mut command);
    let mut child = command
        .spawn()
        .map_err(|error| not_started(program, &error))?;
    if let (Some(text), Some(mut pipe)) = (stdin, child.stdin.take()) {
        // A program need not read what it is given: a broken pipe is no fault.
        tokio::spawn(async move { pipe.write_all(text.as_bytes()).await.ok() });
    }
    Ok(child)
}

fn directory(given: &Value) -> Result<String, Fault> {
    let path = text(given)?;
    if Path::new(&path).is_dir() {
        return Ok(path);
    }
    let message = format!("there is no directory {path} on this machine");
    Err(fault("no-such-directory", message))
}

fn texts(list: &Value) -> Result<Vec<String>, Fault> {
    list.items().iter().map(text).collect()
}

/// A text with its secrets opened; drivers are given no others.
fn text(value: &Value) -> Result<String, Fault> {
    match value {
        Value::Text(text) => Ok(text.to_string()),
        other => {
            let message = format!("expected text, found {}", other.kind());
            Err(fault("bad-request", message))
        }
    }
}

fn not_started(program: &str, error: &std::io::Error) -> Fault {
    match error.kind() {
        ErrorKind::NotFound => {
            let message = format!(
                "there is no program {program} on this machine; give its whole path, or put its directory into PATH"
            );
            fault("no-such-program", message)
        }
        ErrorKind::PermissionDenied => {
            let message = format!("{program} may not be run: it is not executable for this user");
            fault("permission-denied", message)
        }
        _ => fault(
            "cannot-start",
            format!("{program} cannot be started: {error}"),
        ),
    }
}

fn fault(code: &str, message: impl Into<runsheet_step::Name>) -> Fault {
    Fault::new(Form::code(code), message)
}
