//! What `plugin test` asks of the plugins of others, the libraries of the house and the samples
//! keep to as well: all checks that can be made hold, and those that cannot are listed.

use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::Arc;

use runsheet_conformance::report::{Report, Verdict};
use runsheet_conformance::{Sample, Test};
use runsheet_host::library::Library;
use runsheet_host::line::Line;

use crate::loaded::{LOADED, built};
use crate::repository::{read, root};

/// The checks of which each library of the house has nothing to hold them against: kinds that only
/// look settle and undo nothing, those without a `since:` do not arm, facilities lie in `site`
/// alone. What `verify-message` looks for, nobody makes up by chance.
const LEFT_OF_THE_HOUSE: [(&str, &str); 11] = [
    (
        "assert",
        "settled undo arm faults absent unknown-answers secrets blobs foresight repeat sameness",
    ),
    ("exec", "settled undo arm foresight repeat sameness"),
    (
        "manual",
        "settled undo arm secrets foresight repeat sameness",
    ),
    ("registry", "arm secrets foresight repeat sameness"),
    ("service", "settled arm secrets foresight repeat sameness"),
    ("setting", "arm secrets foresight repeat sameness"),
    (
        "site",
        "shapes example answers pure outputs effects changed settled undo arm faults absent unknown-answers unknown-inputs secrets blobs",
    ),
    (
        "verify-event",
        "settled undo secrets foresight repeat sameness",
    ),
    (
        "verify-file",
        "settled undo secrets foresight repeat sameness",
    ),
    (
        "verify-message",
        "outputs changed settled undo unknown-inputs secrets foresight repeat sameness",
    ),
    (
        "wait-for-event",
        "settled undo secrets foresight repeat sameness",
    ),
];

/// The same of the samples.
const LEFT_OF_THE_SAMPLES: [(&str, &str); 3] = [
    (
        "checksum",
        "settled undo arm secrets foresight repeat sameness",
    ),
    ("http", "settled undo arm"),
    ("smtp-verify", "settled undo arm secrets"),
];

/// Tests the plugin of a line, all of whose checks have to hold, and says which could not be made.
/// The calls of this very process are not watched.
fn left(line: Arc<dyn Line>, samples: &[Sample]) -> (String, String) {
    let test = Test {
        line,
        beside: &LOADED.catalogue,
        samples,
        seed: 1,
        watch: None,
    };
    let report = test.made().expect("it says what it is");
    assert!(report.score().is_full(), "{report:#?}");
    (report.plugin.clone(), unmade(&report, samples.is_empty()))
}

fn unmade(report: &Report, is_without_samples: bool) -> String {
    let of_course =
        |name: &str| name == "system-calls" || (name == "samples" && is_without_samples);
    let unmade = report.results.iter().filter(|one| {
        matches!(one.verdict, Verdict::NotApplicable { .. }) && !of_course(one.check)
    });
    unmade.map(|one| one.check).collect::<Vec<_>>().join(" ")
}

fn told(found: &[(String, String)]) -> Vec<(&str, &str)> {
    found
        .iter()
        .map(|(name, left)| (&**name, &**left))
        .collect()
}

#[test]
fn every_library_of_the_house_keeps_to_all_that_others_have_to_keep_to() {
    let lines = LOADED.lines.values();
    let found: Vec<_> = lines.map(|it| left(it.line.clone(), &[])).collect();
    assert_eq!(told(&found), LEFT_OF_THE_HOUSE);
}

/// The sample in C, as its README has it built.
fn checksum() -> PathBuf {
    let library = Path::new(env!("CARGO_TARGET_TMPDIR")).join("libchecksum.so");
    let mut cc = Command::new("cc");
    cc.args(["-std=c99", "-shared", "-fPIC", "-fvisibility=hidden"]);
    cc.args(["-Iplugins/abi/include", "plugins/checksum/checksum.c", "-o"]);
    let built = cc.arg(&library).current_dir(root()).status();
    assert!(built.expect("there is a C compiler").success());
    library
}

#[test]
fn every_sample_keeps_to_them_with_what_its_author_says_it_finds() {
    let mut libraries = built(
        &["-p", "runsheet-http", "-p", "runsheet-smtp-verify"],
        "plugins",
    );
    libraries.push(checksum());
    let test = |library: &PathBuf| {
        let line = Library::load(library).expect("it is loaded");
        let is_of = |name: &str| library.to_string_lossy().contains(&name.replace('-', "_"));
        let given = ["http", "smtp-verify"].into_iter().find(|name| is_of(name));
        let samples = given.map_or_else(Vec::new, |name| {
            let text = read(&format!("plugins/{name}/tests/samples.yaml"));
            Sample::read(&text).expect("they are samples")
        });
        left(Arc::new(line), &samples)
    };
    let mut found: Vec<_> = libraries.iter().map(test).collect();
    found.sort_unstable();
    assert_eq!(told(&found), LEFT_OF_THE_SAMPLES);
}
