//! `fmt`, from outside: what it writes where, and what stays as it was.

use runsheet_cli::exit::Exit;

use super::desk;
use super::desk::{Desk, Person};

const UNTIDY: &str = "workflow:   1\nname: small\nsteps:\n- id: sure   # why\n  uses: assert\n  with: { that: true }\n";
const TIDY: &str = "workflow: 1\nname: small\nsteps:\n  - id: sure   # why\n    uses: assert\n    with: {that: true}\n";

const OVERLAY: &str =
    "overlay:  1\nname: slow\npatch:\n    steps:\n    - {id: sure,$delete: true}\n";
const TIDY_OVERLAY: &str =
    "overlay: 1\nname: slow\npatch:\n  steps:\n    - {id: sure, $delete: true}\n";

fn text(desk: &Desk, name: &str) -> String {
    std::fs::read_to_string(desk.path(name)).expect("it is there")
}

#[test]
fn what_is_typed_comes_back_in_order_and_no_file_changes() {
    let desk = desk("fmt-typed");
    let run = desk.run("fmt -", Person::Types(UNTIDY));
    assert_eq!((run.exit, run.data.as_str()), (Exit::Done, TIDY));
    let run = desk.run("fmt -", Person::Types(TIDY));
    assert_eq!((run.exit, run.data.as_str()), (Exit::Done, TIDY));
    let run = desk.run("fmt - --check", Person::Types(UNTIDY));
    assert_eq!(
        (run.exit, run.data.as_str()),
        (Exit::Failed, "standard input\n")
    );
    let run = desk.run("fmt -", Person::Types("a: [\n"));
    assert_eq!((run.exit, run.data.as_str()), (Exit::Failed, ""));
    assert!(run.talk.contains("standard input:1:4"), "{}", run.talk);
}

#[test]
fn overlays_are_put_in_order_as_workflows_are() {
    let desk = desk("fmt-overlay");
    desk.write("slow.yaml", OVERLAY);
    let run = desk.run("fmt", Person::Nobody);
    assert_eq!((run.exit, run.data.as_str()), (Exit::Done, "slow.yaml\n"));
    assert_eq!(text(&desk, "slow.yaml"), TIDY_OVERLAY);
}

#[test]
fn files_of_other_programs_are_left_alone_unless_they_are_named() {
    let desk = desk("fmt-others");
    desk.write("other.yaml", "a:   1\n");
    desk.write("notes.txt", UNTIDY);
    let run = desk.run("fmt .", Person::Nobody);
    assert_eq!((run.exit, run.data.as_str()), (Exit::Done, ""));
    let run = desk.run("fmt other.yaml", Person::Nobody);
    assert_eq!((run.exit, run.data.as_str()), (Exit::Done, "other.yaml\n"));
    assert_eq!(text(&desk, "other.yaml"), "a: 1\n");
}

#[test]
fn one_file_that_cannot_be_read_keeps_no_other_from_being_put_in_order() {
    let desk = desk("fmt-broken");
    desk.write("broken.yaml", "workflow: [\n");
    desk.write("untidy.yaml", UNTIDY);
    let run = desk.run("fmt broken.yaml gone.yaml untidy.yaml", Person::Nobody);
    assert_eq!(
        (run.exit, run.data.as_str()),
        (Exit::Failed, "untidy.yaml\n")
    );
    assert!(
        run.talk.contains("this bracket is never closed"),
        "{}",
        run.talk
    );
    assert!(
        run.talk.contains("gone.yaml: there is no such file"),
        "{}",
        run.talk
    );
    assert_eq!(text(&desk, "untidy.yaml"), TIDY);
    assert_eq!(text(&desk, "broken.yaml"), "workflow: [\n");
}

#[cfg(unix)]
#[test]
fn who_may_read_a_file_stays_as_it_was() {
    use std::os::unix::fs::PermissionsExt;
    let desk = desk("fmt-mode");
    for mode in [0o600, 0o640, 0o755] {
        desk.write("untidy.yaml", UNTIDY);
        let mode = std::fs::Permissions::from_mode(mode);
        std::fs::set_permissions(desk.path("untidy.yaml"), mode.clone()).expect("it is ours");
        let run = desk.run("fmt untidy.yaml", Person::Nobody);
        assert_eq!(run.exit, Exit::Done, "{}", run.talk);
        let about = std::fs::metadata(desk.path("untidy.yaml")).expect("it is there");
        assert_eq!(about.permissions().mode() & 0o777, mode.mode());
        assert_eq!(text(&desk, "untidy.yaml"), TIDY);
    }
}

#[cfg(unix)]
#[test]
fn a_link_stays_a_link_and_what_it_leads_to_is_put_in_order() {
    let desk = desk("fmt-link");
    std::fs::create_dir(desk.path("deep")).expect("room");
    desk.write("deep/untidy.yaml", UNTIDY);
    std::os::unix::fs::symlink("deep/untidy.yaml", desk.path("link.yaml")).expect("room");
    let run = desk.run("fmt link.yaml", Person::Nobody);
    assert_eq!((run.exit, run.data.as_str()), (Exit::Done, "link.yaml\n"));
    assert!(desk.path("link.yaml").is_symlink());
    assert_eq!(text(&desk, "deep/untidy.yaml"), TIDY);
    let left = std::fs::read_dir(desk.path("deep")).expect("it is there");
    assert_eq!(left.count(), 1, "nothing is left beside it");
}

#[cfg(unix)]
#[test]
fn a_file_that_may_not_be_written_is_told_and_stays() {
    use std::os::unix::fs::PermissionsExt;
    let desk = desk("fmt-read-only");
    desk.write("untidy.yaml", UNTIDY);
    let mode = std::fs::Permissions::from_mode(0o444);
    std::fs::set_permissions(desk.path("untidy.yaml"), mode).expect("it is ours");
    let run = desk.run("fmt untidy.yaml --check", Person::Nobody);
    assert_eq!(run.exit, Exit::Failed, "it can be looked at");
    let run = desk.run("fmt untidy.yaml", Person::Nobody);
    assert_eq!(run.exit, Exit::Failed);
    assert!(run.talk.contains("it cannot be written"), "{}", run.talk);
    assert_eq!(text(&desk, "untidy.yaml"), UNTIDY);
}
