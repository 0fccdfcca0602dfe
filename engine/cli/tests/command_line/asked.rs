//! Inputs that nobody gives: a person at the terminal is asked, and nobody else.

use runsheet_cli::exit::Exit;

use super::desk::{Desk, Person};

const WORKFLOW: &str = "workflow: 1
name: asks
inputs:
  times: {type: int, doc: How often}
  who: {type: host}
  pw: {type: secret, doc: The password of the postoffice}
steps:
  - {id: enough, uses: assert, with: {that: \"${{ inputs.times > 1 }}\"}}
  - id: try
    uses: exec
    host: ${{ inputs.who }}
    with: {argv: [reqmain, \"-p${{ inputs.pw }}\", -dM, -t], cwd: 'M:\\MAILEXE', exit_codes: any}
";

const LAB: &str = "site: 1
name: small
lab: {users: 1}
groups: {dx: [EXCH1], requestors: [SALES]}
vars: {drive: M, mailexe: 'M:\\MAILEXE'}
hosts: {EXCH1: {}, SALES: {}}
";

fn desk(name: &str) -> Desk {
    let desk = Desk::new(name);
    desk.write("asks.yaml", WORKFLOW);
    desk.write("lab.yaml", LAB);
    desk
}

/// Everything below a folder, in one.
fn all_text(folder: &std::path::Path) -> String {
    let mut text = String::new();
    for entry in std::fs::read_dir(folder).expect("the folder is there") {
        let path = entry.expect("it can be read").path();
        match path.is_dir() {
            true => text.push_str(&all_text(&path)),
            false => {
                let bytes = std::fs::read(&path).expect("a file can be read");
                text.push_str(&String::from_utf8_lossy(&bytes));
            }
        }
    }
    text
}

#[test]
fn what_is_missing_is_asked_for_and_a_wrong_answer_is_asked_again() {
    let desk = desk("asked");
    let person = Person::Types("three\n3\nSALSE\nPARIS\nSALES\nhunter22\n");
    let run = desk.run("apply asks.yaml --site lab.yaml --yes", person);
    assert_eq!(run.exit, Exit::Done, "{}{}", run.talk, run.data);
    let wanted =
        "times (int): How often? expected int, found `three`: write a whole number, such as `3`
times (int): How often? who (host)? the site `small` has no host `SALSE`: did you mean `SALES`?
who (host)? the site `small` has no host `PARIS`: it has `EXCH1` and `SALES`
who (host)? ";
    assert!(run.talk.contains(wanted), "{}", run.talk);
    let secret = "the input pw (The password of the postoffice): ";
    assert!(run.talk.contains(secret), "{}", run.talk);
}

#[test]
fn a_secret_that_was_typed_stands_nowhere() {
    let desk = desk("asked-secretly");
    let person = Person::Types("3\nSALES\nhunter22\n");
    let run = desk.run("apply asks.yaml --site lab.yaml --yes -vv", person);
    assert_eq!(run.exit, Exit::Done, "{}{}", run.talk, run.data);
    let left = all_text(&desk.path(".runsheet")) + &run.talk + &run.data;
    assert!(left.contains("reqmain"), "the run left what it did");
    assert!(!left.contains("hunter22"), "{left}");
}

#[test]
fn nobody_is_asked_where_nobody_is_or_where_that_is_forbidden() {
    let desk = desk("not-asked");
    let missing = [
        "`times` is not given",
        "`who` is not given",
        "`pw` is not given",
    ];
    let plans = [
        ("plan asks.yaml --site lab.yaml", Person::Nobody),
        (
            "plan asks.yaml --site lab.yaml --no-input",
            Person::Types("3\nSALES\n"),
        ),
    ];
    for (command, person) in plans {
        let run = desk.run(command, person);
        assert_eq!(run.exit, Exit::Failed);
        let talk = run.talk + &run.data;
        assert!(missing.iter().all(|it| talk.contains(it)), "{talk}");
        assert!(!talk.contains("times (int)"), "{talk}");
    }
}

#[test]
fn what_is_given_under_a_wrong_name_is_not_asked_for() {
    let desk = desk("nearly-given");
    let run = desk.run(
        "plan asks.yaml --site lab.yaml --set tiems=3 --set who=SALES",
        Person::Types("4\n"),
    );
    let talk = run.talk + &run.data;
    assert!(talk.contains("did you mean `times`?"), "{talk}");
    assert!(!talk.contains("times (int)"), "{talk}");
    assert!(!talk.contains("missing-input"), "{talk}");
}
