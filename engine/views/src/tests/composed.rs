//! Differences between a workflow and what patches made of it.

use std::sync::Arc;

use runsheet_diagnostics::source::Sources;
use runsheet_language::compose::{NoFiles, read_overlay};
use runsheet_language::parts::Parts;
use runsheet_step::Catalogue;

use super::{Difference, Outline};

const BASE: &str = "\
workflow: 1
name: base
inputs: {hosts: {type: list<host>, default: [SALES]}}
steps:
  - id: a
    steps:
      - {id: c, uses: look, timeout: 5m}
      - {id: d, uses: see}
  - {id: b, uses: look, when: steps.a.changed}
";

fn under(patches: &[&str]) -> Outline {
    let mut sources = Sources::new();
    let source = sources.add("base.yaml", Arc::<str>::from(BASE));
    let overlay = |(at, patch): (usize, &&str)| {
        let text = format!("overlay: 1\nname: o{at}\npatch: {{{patch}}}\n");
        let source = sources.add(format!("o{at}.yaml"), Arc::<str>::from(text));
        read_overlay(source, &sources).0
    };
    let overlays: Vec<_> = patches.iter().enumerate().map(overlay).collect();
    let parts = Parts::of(source, &overlays, &mut sources, &NoFiles);
    Outline::of("base.yaml", &parts, &sources, &Catalogue::default())
}

/// Holds what is told of the base and what some patches make of it, the first line left out.
#[track_caller]
fn told(patches: &[&str], wanted: &[&str]) {
    let text = Difference::between(&under(&[]), &under(patches)).text();
    let lines: Vec<&str> = text.lines().skip(1).collect();
    assert_eq!(lines, wanted, "{text}");
}

#[test]
fn a_step_that_a_patch_names_otherwise_is_known_however_much_else_of_it_changes() {
    told(
        &[
            "steps: [{id: a.d, $delete: true}, {id: a.c, timeout: 1h, uses: see}, {id: a, $rename: x}]",
        ],
        &[
            "~ x          was a        base.yaml:5 -> o0.yaml:3",
            "~ x.c",
            "    uses     look -> see  base.yaml:7 -> o0.yaml:3",
            "    timeout  5m -> 1h     base.yaml:7 -> o0.yaml:3",
            "- a.d                     base.yaml:8",
        ],
    );
}

#[test]
fn steps_that_take_each_others_names_keep_what_they_say() {
    told(
        &["steps: [{id: a, $rename: b}, {id: b, $rename: a}]"],
        &[
            "~ b  was a  base.yaml:5 -> o0.yaml:3",
            "~ a  was b  base.yaml:9 -> o0.yaml:3",
        ],
    );
}

#[test]
fn the_place_of_a_list_is_where_it_got_longer() {
    told(
        &["inputs: {hosts: {default: {$append: [PLANT]}}}"],
        &["inputs.hosts.default  [SALES] -> [SALES, PLANT]  base.yaml:3 -> o0.yaml:3"],
    );
}
