//! `$rename`: what else is called by another name then.

use super::patch::{BASE, HEAD, patched};
use super::read;

#[test]
fn every_reference_follows_a_step_that_is_renamed() {
    let rename = "  steps: [{id: first, $rename: begin}]\n";
    let table = [
        ("steps.0.id", "begin"),
        (
            "steps.2.when",
            "steps.begin.outputs.exit == 0 && steps.t1[inputs.hosts[0]].send.outputs.exit == 0",
        ),
        (
            "steps.2.with.that",
            "'${{ steps.begin.outputs.exit == 0 }}'",
        ),
    ];
    for (key, wanted) in table {
        assert_eq!(patched(rename, key), (wanted.to_owned(), 0), "{key}");
    }
    let inner = "  steps: [{id: t1.send, $rename: go}]\n";
    let table = [
        ("steps.1.steps.1.needs", "[go]"),
        ("steps.1.steps.2.since", "go"),
        (
            "steps.1.steps.1.with.that",
            "'${{ steps.go.outputs.exit == 0 }}'",
        ),
        (
            "steps.2.when",
            "steps.first.outputs.exit == 0 && steps.t1[inputs.hosts[0]].go.outputs.exit == 0",
        ),
    ];
    for (key, wanted) in table {
        assert_eq!(patched(inner, key), (wanted.to_owned(), 0), "{key}");
    }
    let group = "  steps: [{id: t1, $rename: kick}]\n";
    let wanted =
        "steps.first.outputs.exit == 0 && steps.kick[inputs.hosts[0]].send.outputs.exit == 0";
    assert_eq!(patched(group, "steps.2.when").0, wanted);
}

#[test]
fn a_patch_calls_every_step_by_its_old_name_whatever_else_it_renames() {
    const WHEN: &str = "steps.2.when";
    let both = "steps.first.outputs.exit == 0 && steps.kick[inputs.hosts[0]].go.outputs.exit == 0";
    let outer_first = "  steps: [{id: t1, $rename: kick}, {id: t1.send, $rename: go}]\n";
    let inner_first = "  steps: [{id: t1.send, $rename: go}, {id: t1, $rename: kick}]\n";
    let nested = "  steps: [{id: t1, $rename: kick, steps: [{id: send, $rename: go}]}]\n";
    for patch in [outer_first, inner_first, nested] {
        assert_eq!(patched(patch, WHEN), (both.to_owned(), 0), "{patch}");
        assert_eq!(patched(patch, "steps.1.id").0, "kick", "{patch}");
        assert_eq!(patched(patch, "steps.1.steps.1.needs").0, "[go]", "{patch}");
    }
    let swap = "  steps: [{id: first, $rename: t1}, {id: t1, $rename: first}]\n";
    let swapped =
        "steps.t1.outputs.exit == 0 && steps.first[inputs.hosts[0]].send.outputs.exit == 0";
    assert_eq!(patched(swap, WHEN), (swapped.to_owned(), 0));
    assert_eq!(patched(swap, "steps.0.id").0, "t1");
    assert_eq!(patched(swap, "steps.1.id").0, "first");
    let new = "  steps: [{id: first, $rename: begin}, {id: new, $after: first, uses: assert, with: {that: \"${{ steps.begin.changed }}\"}}]\n";
    let (kept, wanted) = ("steps.1.with.that", "'${{ steps.begin.changed }}'");
    assert_eq!(patched(new, kept), (wanted.to_owned(), 0));
    let twice = "  steps: [{id: first, $rename: a}, {id: first, $rename: b}]\n";
    assert_eq!(patched(twice, WHEN).1, 1);
}

#[test]
fn a_name_in_a_rewritten_expression_stands_where_it_was_written() {
    let base = BASE.replace(
        "steps.t1[inputs.hosts[0]].send.outputs.exit == 0",
        "steps.first.outputs.exot == 0",
    );
    let text = format!("{HEAD}patch:\n  steps: [{{id: first, $rename: a-longer-name}}]\n");
    let (_, found, sources) = read(&[("variant.yaml", &text), ("base.yaml", &base)]);
    let told: Vec<_> = found
        .iter()
        .map(|one| (one.code.name, sources.text(one.span().unwrap())))
        .collect();
    assert_eq!(told, [("unknown-name", "exot")]);
}
