//! Files that cannot be made whole, in a process that may write none of more than a few bytes.

use std::process::Command;

use crate::desk::Desk;

/// What a command says that cannot write files.
fn hindered(desk: &Desk, command: &str) -> String {
    let runsheet = env!("CARGO_BIN_EXE_runsheet");
    let limited = format!("ulimit -f 0; exec '{runsheet}' {command}");
    let ended = Command::new("sh")
        .args(["-c", &limited])
        .current_dir(desk.path(""))
        .env("HOME", desk.path(".home"))
        .output()
        .expect("there is a shell");
    assert_eq!(ended.status.code(), Some(1), "{command}");
    String::from_utf8_lossy(&ended.stderr).into_owned()
}

#[test]
fn what_cannot_be_made_whole_leaves_nothing_and_is_told_with_what_helps() {
    let desk = Desk::new("hindered-making");
    for (command, place) in [
        ("new first", "first"),
        ("plugin new deep/file-size", "deep"),
        ("plugin sign --new-key keys/mine.key", "keys"),
    ] {
        let told = hindered(&desk, command);
        assert!(told.contains("it cannot be written: "), "{told}");
        assert!(told.contains("`ulimit -f` says"), "{told}");
        assert!(!desk.path(place).exists(), "{command}");
    }
}
