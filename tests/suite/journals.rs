//! A journal is read as far as it goes: a crash may end it anywhere, and nothing else may change
//! it.

use std::fs;
use std::path::PathBuf;

use runsheet_kit::desk::Desk;

use crate::product::FLAGSHIP;
use crate::repository::root;

/// A desk after a run of the flagship, and the path and text of its journal.
fn journal() -> (Desk, PathBuf, String) {
    let mut desk = Desk::new().with(&root().join("workflows"));
    let left = desk.runsheet(&format!("apply {FLAGSHIP}"));
    assert_eq!(left.code, 0, "{}", left.screen);
    let runs = desk.folder().path().join(".runsheet/runs");
    let run = fs::read_dir(runs).expect("there are runs").next();
    let path = run.expect("there is one").expect("it can be read").path();
    let path = path.join("journal.jsonl");
    let text = fs::read_to_string(&path).expect("a run has a journal");
    (desk, path, text)
}

#[test]
fn a_journal_may_end_anywhere_after_its_run_began() {
    let (mut desk, path, text) = journal();
    let lines: Vec<&str> = text.split_inclusive('\n').collect();
    assert!(lines.len() > 100, "every turn has its line");
    for (number, line) in lines.iter().enumerate().skip(2).step_by(7) {
        // Without its line break alone a line is still whole.
        let torn = number * 31 % (line.len() - 1);
        let cut = format!("{}{}", lines[..number].concat(), &line[..torn]);
        fs::write(&path, cut).expect("the journal can be written");
        let left = desk.runsheet("show last");
        assert_eq!(left.code, 0, "cut off in line {number}: {}", left.screen);
        assert!(
            left.screen.contains("not ended"),
            "line {number}: {}",
            left.screen
        );
    }
}

#[test]
fn a_line_that_was_changed_is_not_believed() {
    let (mut desk, path, text) = journal();
    let changed = text.replacen("prepare.reload-dx", "prepare.reload-dy", 1);
    assert_ne!(changed, text);
    fs::write(&path, changed).expect("the journal can be written");
    let left = desk.runsheet("show last");
    assert!(
        left.screen.contains("journal.jsonl:"),
        "the place is told: {}",
        left.screen
    );
    assert!(
        left.screen.contains("not ended"),
        "what follows is not told: {}",
        left.screen
    );
}
