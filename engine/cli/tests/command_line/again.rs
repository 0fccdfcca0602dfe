//! Runs looked at afterwards: in their order, broken off, or unreadable.

use std::fs::{self, File};

use runsheet_cli::exit::Exit;

use crate::desk as small_desk;
use crate::desk::{Desk, Person};

/// A desk at which this many runs have been.
fn with_runs(name: &str, count: usize) -> Desk {
    let desk = small_desk(name);
    for _ in 0..count {
        let run = desk.run("apply small.yaml --site here.yaml", Person::Nobody);
        assert_eq!(run.exit, Exit::Done, "{}", run.talk);
    }
    desk
}

/// The first words of `runs`.
fn names(desk: &Desk) -> Vec<String> {
    let runs = desk.run("runs", Person::Nobody).data;
    let name = |line: &str| line.split(' ').next().map(str::to_owned);
    runs.lines().filter_map(name).collect()
}

#[test]
fn runs_of_one_second_stand_in_their_order() {
    let desk = with_runs("order", 3);
    let names = names(&desk);
    assert_eq!(names.len(), 3);
    assert!(names.is_sorted_by(|one, next| one > next), "{names:?}");
    let last = desk.run("show last", Person::Nobody).data;
    assert!(last.contains(&format!("run {}", names[2])), "{last}");
}

#[test]
fn a_run_that_cannot_be_read_is_listed_as_such() {
    let desk = with_runs("unreadable", 2);
    let names = names(&desk);
    let journal = |name: &str| desk.path(&format!(".runsheet/runs/{name}/journal.jsonl"));
    fs::write(journal(&names[0]), "what is this\n").expect("it is there");
    fs::remove_file(journal(&names[1])).expect("it is there");
    let runs = desk.run("runs", Person::Nobody).data;
    assert_eq!(runs.matches("  unreadable: ").count(), 2, "{runs}");
}

/// Cuts the journal of the only run after so many lines.
fn cut(desk: &Desk, lines: usize) {
    let path = desk.path(&format!(".runsheet/runs/{}/journal.jsonl", names(desk)[0]));
    let text = fs::read_to_string(&path).expect("it is there");
    let kept: String = text.split_inclusive('\n').take(lines).collect();
    fs::write(path, kept).expect("it is there");
}

#[test]
fn a_run_that_was_interrupted_does_not_say_that_it_runs() {
    let desk = with_runs("cut", 1);
    cut(&desk, 4);
    let shown = desk.run("show last", Person::Nobody).data;
    assert!(!shown.contains("running"), "{shown}");
    assert!(shown.contains(" at here: it was interrupted"), "{shown}");
    let name = &names(&desk)[0];
    let lock = File::open(desk.path(&format!(".runsheet/runs/{name}/lock"))).expect("it was made");
    lock.lock().expect("nobody is at it");
    let shown = desk.run("show last", Person::Nobody).data;
    assert!(shown.contains(" at here: it is at work"), "{shown}");
    let runs = desk.run("runs", Person::Nobody).data;
    assert!(runs.contains("  at work    small"), "{runs}");
}

#[test]
fn a_run_of_which_nothing_is_known_has_its_name() {
    let desk = with_runs("header", 1);
    cut(&desk, 1);
    let name = &names(&desk)[0];
    let shown = desk.run("show last", Person::Nobody).data;
    assert!(
        shown.ends_with(&format!("look again with: runsheet show {name}\n")),
        "{shown}"
    );
}
