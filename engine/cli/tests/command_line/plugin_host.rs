//! The command that hosts a plugin in a process of its own.

use crate::desk::{Desk, Person};
use std::io::Read;
use std::process::{Command, Stdio};

#[test]
fn a_child_host_that_is_started_by_hand_says_so() {
    let told = Command::new(env!("CARGO_BIN_EXE_runsheet"))
        .args(["plugin-host", "/nowhere/libshelf.so"])
        .stdin(Stdio::null())
        .output()
        .expect("it runs");
    assert_eq!(told.status.code(), Some(1));
    assert_eq!(told.stdout, b"");
    let talk = String::from_utf8_lossy(&told.stderr);
    assert!(talk.contains("never by hand"), "{talk}");
}

#[test]
fn a_child_host_says_over_its_pipe_why_there_is_no_plugin() {
    let mut command = Command::new(env!("CARGO_BIN_EXE_runsheet"));
    command
        .args(["plugin-host", "--memory", "1073741824"])
        .arg("/nowhere/libshelf.so")
        .stdin(Stdio::piped())
        .stdout(Stdio::piped());
    let mut child = command.spawn().expect("it runs");
    let mut said = Vec::new();
    let output = child.stdout.as_mut().expect("a pipe");
    output.read_to_end(&mut said).expect("it speaks");
    child.wait().expect("it ends");
    // The length, the mark of a refusal, and the words.
    assert_eq!(said[4], 1);
    let words = String::from_utf8_lossy(&said[5..]);
    assert!(words.starts_with("it cannot be loaded: "), "{words}");
}

#[test]
fn what_nobody_types_is_in_no_help_completion_or_page_of_the_manual() {
    let desk = Desk::new("untyped");
    for command in [
        "completions bash",
        "completions zsh",
        "completions fish",
        "man",
        "--help",
    ] {
        let told = desk.run(command, Person::Nobody);
        let told = format!("{}{}", told.data, told.talk);
        assert!(told.contains("plugin"), "{command}: {told}");
        assert!(!told.contains("plugin-host"), "{command}");
        assert!(!told.contains("plugin__host"), "{command}");
    }
}
