//! Signals, to a process of its own.

use std::io::{BufRead, BufReader, Read};
use std::process::{Child, ChildStderr, Command, Stdio};

use crate::desk as small_desk;
use crate::desk::Desk;

/// A run that has begun to wait for a program that ends by itself only much later.
fn at_work(name: &str) -> (Desk, Child, BufReader<ChildStderr>) {
    let desk = small_desk(name);
    desk.write(
        "nap.yaml",
        "workflow: 1
name: nap
steps:
  - {id: nap, uses: exec, host: HERE, with: {argv: [sleep, \"60\"]}}
  - {id: never, uses: assert, with: {that: true}}
",
    );
    desk.write(
        "site.yaml",
        "site: 1
name: served
hosts:
  HERE: {facilities: {process: {driver: local}}}
",
    );
    let mut child = Command::new(env!("CARGO_BIN_EXE_runsheet"))
        .args(["apply", "nap.yaml", "--site", "site.yaml"])
        .current_dir(desk.path(""))
        .stdin(Stdio::null())
        .stdout(Stdio::null())
        .stderr(Stdio::piped())
        .spawn()
        .expect("it was built");
    let mut talk = BufReader::new(child.stderr.take().expect("it is piped"));
    until(&mut talk, "started    nap");
    (desk, child, talk)
}

fn until(talk: &mut BufReader<ChildStderr>, wanted: &str) {
    let mut heard = String::new();
    while !heard.contains(wanted) {
        let read = talk.read_line(&mut heard).expect("it talks");
        assert!(read > 0, "{heard}");
    }
}

fn tell(child: &Child, signal: &str) {
    let kill = Command::new("kill")
        .args([signal, &child.id().to_string()])
        .status();
    assert!(kill.expect("there is `kill`").success());
}

/// How it ends, with what it says until then.
fn end(mut child: Child, mut talk: BufReader<ChildStderr>) -> (Option<i32>, String) {
    let mut rest = String::new();
    talk.read_to_string(&mut rest).expect("it talks");
    (child.wait().expect("it ends").code(), rest)
}

#[test]
fn a_request_to_terminate_cancels() {
    let (_desk, child, mut talk) = at_work("terminate");
    tell(&child, "-TERM");
    until(&mut talk, "cancel     nothing more starts");
    tell(&child, "-HUP");
    until(&mut talk, "cancel     what acts is interrupted");
    let (code, rest) = end(child, talk);
    assert!(matches!(code, Some(3 | 4)), "{code:?}: {rest}");
}
