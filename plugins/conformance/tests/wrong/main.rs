//! A plugin that is wrong in one way breaks one check, and one that is right breaks none.

use std::sync::atomic::AtomicUsize;

use runsheet_conformance::Sample;
use runsheet_conformance::report::{Report, Verdict};
use runsheet_guest::plugin::Plugin;
use runsheet_guest::step::Catalogue;

#[path = "../guest/mod.rs"]
mod guest;
mod label;
mod labels;

use label::Label;
use labels::Labels;

/// A way to be wrong.
#[derive(Clone, Copy, Debug, PartialEq)]
enum Wrong {
    Nowhere,
    Described,
    Shapes,
    Example,
    Answers,
    Pure,
    Outputs,
    Effects,
    Changed,
    Settled,
    Undo,
    Arm,
    Faults,
    Absent,
    UnknownAnswers,
    UnknownInputs,
    Secrets,
    Blobs,
    Foresight,
    Repeat,
    Sameness,
    Hostile,
}

/// Each check, and the way to be wrong that it finds.
const WRONG: [(&str, Wrong); 21] = [
    ("described", Wrong::Described),
    ("shapes", Wrong::Shapes),
    ("example", Wrong::Example),
    ("answers", Wrong::Answers),
    ("pure", Wrong::Pure),
    ("outputs", Wrong::Outputs),
    ("effects", Wrong::Effects),
    ("changed", Wrong::Changed),
    ("settled", Wrong::Settled),
    ("undo", Wrong::Undo),
    ("arm", Wrong::Arm),
    ("faults", Wrong::Faults),
    ("absent", Wrong::Absent),
    ("unknown-answers", Wrong::UnknownAnswers),
    ("unknown-inputs", Wrong::UnknownInputs),
    ("secrets", Wrong::Secrets),
    ("blobs", Wrong::Blobs),
    ("foresight", Wrong::Foresight),
    ("repeat", Wrong::Repeat),
    ("sameness", Wrong::Sameness),
    ("hostile", Wrong::Hostile),
];

const SEED: u64 = 1;

fn tested(wrong: Wrong) -> Report {
    tested_with(wrong, &[])
}

fn tested_with(wrong: Wrong, samples: &[Sample]) -> Report {
    let plugin = Plugin {
        name: "labels",
        version: match wrong {
            Wrong::Described => "",
            _ => "1.0.0",
        },
        summary: "labels are put on hosts",
        drivers: Vec::new(),
        steps: vec![Box::new(Label::new(wrong))],
        facilities: vec![Box::new(Labels {
            wrong,
            calls: AtomicUsize::new(0),
        })],
    };
    let nothing = Catalogue::default();
    match wrong {
        Wrong::Hostile => guest::tested_with(plugin, &nothing, SEED, samples, |message| {
            assert!(!message.is_empty(), "there is always a message");
        }),
        _ => guest::tested_with(plugin, &nothing, SEED, samples, |_| {}),
    }
}

#[test]
fn a_plugin_that_is_right_keeps_to_every_check_and_all_are_made() {
    let report = tested(Wrong::Nowhere);
    let others = report.results.iter();
    for one in others.filter(|one| !["samples", "system-calls"].contains(&one.check)) {
        assert!(matches!(one.verdict, Verdict::Held { .. }), "{one:#?}");
    }
    assert_eq!(report.score().to_string(), "21 of 21");
}

#[test]
fn a_plugin_that_is_wrong_in_one_way_breaks_one_check() {
    let names: Vec<&str> = runsheet_conformance::checks()
        .map(|(name, _)| name)
        .filter(|name| !["samples", "system-calls"].contains(name))
        .collect();
    assert_eq!(
        names,
        WRONG.map(|(name, _)| name),
        "each check has a sample"
    );
    let mut strange = Vec::new();
    for (name, wrong) in WRONG {
        let report = tested(wrong);
        let broken: Vec<&str> = report.broken().collect();
        if broken != [name] {
            let results = report.results.iter();
            let findings: Vec<_> = results
                .filter(|one| matches!(one.verdict, Verdict::Broken { .. }))
                .collect();
            strange.push(format!("{wrong:?} breaks {broken:?}: {findings:#?}"));
        }
    }
    assert!(strange.is_empty(), "{}", strange.join("\n"));
}

#[test]
fn a_seed_makes_the_same_test_each_time() {
    assert_eq!(tested(Wrong::Undo), tested(Wrong::Undo));
}

/// What the check of samples says of these.
fn samples(text: &str) -> Verdict {
    let samples = Sample::read(text).expect("they are samples");
    let report = tested_with(Wrong::Nowhere, &samples);
    let mut results = report.results.into_iter();
    let found = results.find(|one| one.check == "samples");
    found.expect("it is made").verdict
}

#[test]
fn a_sample_is_done_with_what_it_finds() {
    let good = samples(
        "- uses: label
  host: A
  with: {text: B, token: C}
  finds:
    - {facility: labels, resource: label, get: {text: A}}
",
    );
    assert_eq!(good, Verdict::Held { cases: 1 });
    let none = samples("[]");
    assert!(matches!(none, Verdict::NotApplicable { .. }), "{none:?}");
}

#[test]
fn a_sample_of_no_kind_is_told() {
    let Verdict::Broken { findings } = samples("- {uses: table, host: A}") else {
        panic!("there is no such kind");
    };
    let why = "a sample uses it, and the plugin brings no such kind";
    assert_eq!((&*findings[0].of, &*findings[0].why), ("table", why));
    assert!(Sample::read("- {uses: label, finds: [{facility: labels}]}").is_err());
}

#[test]
fn the_readme_lists_every_check() {
    let readme = include_str!("../../README.md");
    let rows: Vec<(&str, &str)> = readme
        .lines()
        .filter_map(|line| line.strip_prefix("| `")?.strip_suffix(" |"))
        .filter_map(|row| row.split_once("` | "))
        .take_while(|(name, _)| *name != "get")
        .collect();
    let checks: Vec<_> = runsheet_conformance::checks().collect();
    assert_eq!(rows, checks);
}
