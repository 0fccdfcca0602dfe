//! What the scripts of `.ci` say where they cannot do their work.

use std::process::Command;

use crate::repository::root;

#[test]
fn a_script_says_in_one_line_which_programs_are_missing_and_where_they_come_from() {
    let mut bash = Command::new("bash");
    bash.args(["-c", "PATH=/nowhere; . .ci/authors"]);
    let left = bash.current_dir(root()).output().expect("there is bash");
    assert_eq!(left.status.code(), Some(1));
    let talk = String::from_utf8(left.stderr).expect("it is text");
    assert_eq!(talk.lines().count(), 1, "{talk}");
    assert!(
        talk.starts_with("cargo cc make python3 not found: "),
        "{talk}"
    );
    for remedy in [
        "rustup.rs",
        "apt-get install",
        "dnf install",
        "xcode-select",
    ] {
        assert!(talk.contains(remedy), "{talk}");
    }
}
