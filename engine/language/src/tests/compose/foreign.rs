//! What is wrong in a patch is told, and no other file is changed for it, nor by its bytes.

use super::read;

const NOTE: &str =
    "# A comment that moves what stands below it to where no other file has bytes.\n";

/// Steps of a base, and what a patch says of one of them.
fn changes(steps: &str, patch: &str) -> usize {
    let base = format!("workflow: 1\nname: base\n{steps}\n");
    let variant = |note| {
        format!("workflow: 1\nname: v\n{note}extends: base.yaml\npatch:\n  steps:\n    {patch}\n")
    };
    let mut changes = 0;
    for (note, before) in [("", NOTE), (NOTE, "")] {
        let (variant, base) = (variant(note), format!("{before}{base}"));
        let (_, found, sources) = read(&[("v.yaml", &variant), ("base.yaml", &base)]);
        assert!(!found.is_empty(), "{variant}");
        for fix in found.iter().flat_map(|one| &one.fixes) {
            let own = |name: &str| name == "v.yaml";
            let is_own =
                |edit: &runsheet_diagnostics::fix::Edit| own(&sources.get(edit.span.source).name);
            assert!(fix.edits.iter().all(is_own), "{fix:#?}");
            changes += 1;
        }
    }
    changes
}

const FLOW: &str = "steps:\n  - {id: a, uses: exec, host: H, with: {argv: [x]}}\n  - {id: b, uses: exec, host: H, with: {argv: [x]}}";
const BLOCK: &str = "steps:\n  - id: a\n    uses: exec\n    host: H\n    with:\n      argv: [x]";
const MIXED: &str = "steps:\n  - id: a\n    uses: exec\n    host: H\n    with: {argv: [x]}";

#[test]
fn a_key_in_the_input_of_a_patch_is_not_mended_in_the_base() {
    for base in [FLOW, BLOCK, MIXED] {
        assert_eq!(changes(base, "- id: a\n      with: {host: H}"), 0);
        assert_eq!(changes(base, "- id: a\n      with: {timeout: 5m}"), 0);
        let both = "- id: a\n      with: {argv: [x], timeout: 5m}";
        assert_eq!(changes(base, both), 0);
    }
}

#[test]
fn input_at_the_step_of_a_patch_is_not_mended_in_the_base() {
    for base in [FLOW, BLOCK, MIXED] {
        assert_eq!(changes(base, "- id: a\n      cwd: y"), 0);
        assert_eq!(
            changes(base, "- id: a\n      cwd: y\n      shown: stdout"),
            0
        );
    }
}

#[test]
fn hosts_in_a_patch_are_not_mended_in_the_base() {
    for base in [FLOW, BLOCK, MIXED] {
        assert_eq!(changes(base, "- id: a\n      host: [H, I]"), 0);
    }
}

#[test]
fn a_text_that_its_commas_tear_is_quoted_in_the_patch_that_has_it() {
    for base in [FLOW, BLOCK, MIXED] {
        let patch = "- {id: a, with: {cwd: hello, world}}";
        assert_eq!(changes(base, patch), 2, "{base}");
    }
}

#[test]
fn steps_in_a_map_of_a_patch_change_the_patch() {
    let base = format!("workflow: 1\nname: base\n{FLOW}\n");
    let variant =
        "workflow: 1\nname: v\nextends: base.yaml\npatch:\n  steps:\n    a: {timeout: 5m}\n";
    let (_, found, sources) = read(&[("v.yaml", variant), ("base.yaml", &base)]);
    let fix = found[0].fixes.first().expect("a change is offered");
    let source = fix.edits[0].span.source;
    let mended = fix.apply(&sources, source);
    assert!(mended.contains("- {id: a, timeout: 5m}"), "{mended}");
}
