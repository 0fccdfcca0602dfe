//! A plugin that is wrong in one way breaks one check, and one that is right breaks none.

use std::sync::atomic::AtomicUsize;

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
        Wrong::Hostile => guest::tested_with(plugin, &nothing, SEED, |message| {
            assert!(!message.is_empty(), "there is always a message");
        }),
        _ => guest::tested(plugin, &nothing, SEED),
    }
}

#[test]
fn a_plugin_that_is_right_keeps_to_every_check_and_all_are_made() {
    let report = tested(Wrong::Nowhere);
    let others = report.results.iter();
    for one in others.filter(|one| one.check != "system-calls") {
        assert!(matches!(one.verdict, Verdict::Held { .. }), "{one:#?}");
    }
    assert_eq!(report.score().to_string(), "21 of 21");
}

#[test]
fn a_plugin_that_is_wrong_in_one_way_breaks_one_check() {
    let names: Vec<&str> = runsheet_conformance::checks()
        .map(|(name, _)| name)
        .filter(|name| *name != "system-calls")
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
