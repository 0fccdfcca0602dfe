//! Every symptom that the articles tell of, brought about in the lab, ends in its cause and its
//! remedy: one table, a row for each.
//!
//! A row injects a fault by a site file and runs a workflow. It fails at a step with a cause, a
//! remedy and articles, or ends well with a warning; or the row says why it is not in the lab.
//! Start reading at [`row::Row`], then at one of the tables.

mod diagnosed;
mod locks;
mod requestor;
mod roles;
mod row;
mod screen;
mod stuck;
mod t1;
mod t2;
mod t3;

use std::fmt::Write;
use std::sync::LazyLock;
use std::thread;

use crate::repository::{files, read};
use row::{Expected, Ran, Row};

/// All rows, a table for each section of what goes wrong.
const TABLES: [&[Row]; 8] = [
    t1::ROWS,
    t2::ROWS,
    t3::ROWS,
    roles::ROWS,
    locks::ROWS,
    stuck::ROWS,
    requestor::ROWS,
    diagnosed::ROWS,
];

/// How many rows may be left out: bugs of clients, and machines that are no part of a lab.
const MOST_EXCLUDED: usize = 12;

fn rows() -> impl Iterator<Item = &'static Row> {
    TABLES.into_iter().flatten()
}

/// Every row with what its run left, in the order of the tables.
static RAN: LazyLock<Vec<(&Row, Option<Ran>)>> = LazyLock::new(|| {
    let rows: Vec<&Row> = rows().collect();
    let some = rows.len().div_ceil(AT_ONCE);
    let run =
        |some: &[&'static Row]| -> Vec<_> { some.iter().map(|row| (*row, row.run())).collect() };
    thread::scope(|scope| {
        let threads: Vec<_> = rows
            .chunks(some)
            .map(|some| scope.spawn(move || run(some)))
            .collect();
        let ran = threads.into_iter().map(thread::ScopedJoinHandle::join);
        ran.flat_map(|ran| ran.expect("no row panics")).collect()
    })
});

/// How many rows are run at once.
const AT_ONCE: usize = 4;

#[test]
fn every_symptom_is_told_with_its_cause_and_its_remedy() {
    let mut table = String::new();
    let mut wrong = Vec::new();
    for (row, ran) in RAN.iter() {
        let complaint = ran.as_ref().and_then(|ran| row.complaint(ran));
        let verdict = if complaint.is_some() { "WRONG" } else { "ok" };
        let _ = writeln!(table, "{:<6} {verdict:<6} {row}", row.number);
        wrong.extend(complaint.map(|it| format!("{}: {it}", row.number)));
    }
    assert!(wrong.is_empty(), "{table}\n{}", wrong.join("\n\n"));
}

#[test]
fn no_symptom_ends_in_a_bare_timeout() {
    for (row, ran) in RAN.iter() {
        let failures = ran.iter().flat_map(|ran| &ran.told);
        let mut bare = failures.filter(|one| one.is_timeout() && one.causes.is_empty());
        assert_eq!(bare.next(), None, "{}", row.number);
    }
}

#[test]
fn few_symptoms_are_left_out_and_each_for_a_reason() {
    let reasons: Vec<&str> = rows()
        .filter_map(|row| match row.expected {
            Expected::Excluded(why) => Some(why),
            _ => None,
        })
        .collect();
    assert!(reasons.len() <= MOST_EXCLUDED, "{reasons:#?}");
    assert!(reasons.iter().all(|why| why.split(' ').count() > 4));
}

#[test]
fn every_row_has_a_number_of_its_own() {
    let mut numbers: Vec<&str> = rows().map(|row| row.number).collect();
    numbers.sort_unstable();
    let count = numbers.len();
    numbers.dedup();
    assert_eq!(numbers.len(), count);
}

/// Two faults, the rows of which end at one step with one symptom, and both causes are told.
#[test]
fn two_faults_with_one_symptom_give_both_causes() {
    for pair in [["1.5a", "1.5b"], ["4.1", "5.3"], ["2.27", "r6.2"]] {
        let of = |number| RAN.iter().find(|(row, _)| row.number == number);
        let [one, other] = pair.map(|number| of(number).expect("there is such a row"));
        for (row, ran) in [one, other] {
            let ran = ran.as_ref().expect("it was run");
            for expected in [one.0, other.0] {
                let Expected::Fails { cause, .. } = expected.expected else {
                    panic!("{} fails", expected.number);
                };
                let told = ran.told.iter().any(|failed| failed.names(cause));
                assert!(told, "{} also tells `{cause}`:\n{}", row.number, ran.screen);
            }
        }
    }
}

/// Whether a file may know what faults are called.
fn may_know(path: &str) -> bool {
    ["steps/lab/", "tests/", "target/"]
        .iter()
        .any(|part| path.starts_with(part))
        || path.ends_with(".md")
}

/// Whether a name stands in a text, and not only as a part of a longer one.
fn is_word(text: &str, name: &str) -> bool {
    let within = |c: char| c.is_ascii_alphanumeric() || matches!(c, '-' | '_');
    text.match_indices(name).any(|(at, _)| {
        let before = text[..at].chars().next_back();
        let after = text[at + name.len()..].chars().next();
        !before.is_some_and(within) && !after.is_some_and(within)
    })
}

#[test]
fn nobody_but_the_lab_knows_the_name_of_a_fault() {
    let special = |name: &&str| name.contains('-') && *name != "read-only";
    let names: Vec<&str> = runsheet_lab::faults::kinds()
        .map(|kind| kind.name)
        .filter(special)
        .collect();
    assert!(names.len() > 20, "{names:?}");
    let watched = |path: &String| path.ends_with(".rs") || path.ends_with(".yaml");
    for path in files().into_iter().filter(watched) {
        if may_know(&path) {
            continue;
        }
        let text = read(&path);
        let known = names.iter().find(|name| is_word(&text, name));
        assert_eq!(known, None, "{path} knows a fault");
    }
}
