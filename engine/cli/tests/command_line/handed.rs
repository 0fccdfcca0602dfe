//! Pipes that a shell hands over in the place of files.

use std::process::Command;

use super::desk;

#[test]
fn a_pipe_that_a_shell_hands_over_is_read_once_and_for_all() {
    let desk = desk("hostile-handed");
    let program = env!("CARGO_BIN_EXE_runsheet");
    let small = "cat small.yaml |";
    for (line, code) in [
        (format!("{small} {program} check /dev/stdin"), 0),
        (
            format!("{small} {program} check /dev/fd/0 --site here.yaml"),
            0,
        ),
        (
            format!("{small} {program} diff /dev/stdin small.yaml --exit-code"),
            0,
        ),
        (format!("{small} {program} explain sure -w /dev/stdin"), 0),
        (format!("yes | {program} check /dev/stdin"), 1),
    ] {
        let ended = Command::new("sh")
            .args(["-c", &line])
            .current_dir(desk.path(""))
            .output()
            .expect("there is a shell");
        let talk = String::from_utf8_lossy(&ended.stderr);
        assert_eq!(ended.status.code(), Some(code), "{line}: {talk}");
    }
}
