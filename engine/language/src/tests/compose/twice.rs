//! One patch that names one step, or one group, several times.

use runsheet_diagnostics::source::Sources;

use super::{BASE, read};
use crate::compose::Loader;

/// What is said of the items of a patch of steps.
fn told(items: &[&str]) -> Vec<String> {
    let items: String = items.iter().map(|item| format!("    - {item}\n")).collect();
    let text = format!("workflow: 1\nname: variant\nextends: base.yaml\npatch:\n  steps:\n{items}");
    let (_, found, sources) = read(&[("variant.yaml", &text), ("base.yaml", BASE)]);
    let shown = found.iter().map(|one| {
        let places = one.labels.iter().map(|label| {
            let source = sources.get(label.span.source);
            source.text[label.span.start as usize..label.span.end as usize].to_owned()
        });
        let places: Vec<String> = places.collect();
        format!("{}: {}", one.message, places.join(" / "))
    });
    shown.collect()
}

#[test]
fn what_a_patch_says_of_a_step_in_two_items_is_told_with_both_places() {
    let table: &[(&[&str], &str)] = &[
        (
            &["{id: first, doc: a}", "{id: first, doc: b}"],
            "one patch says two things of `doc`: b / a",
        ),
        (
            &[
                "{id: second, timeout: 1m}",
                "{id: second, timeout: {$delete: true}}",
            ],
            "one patch says two things of `timeout`: $delete / 1m",
        ),
        (
            &[
                "{id: second, with: {that: false}}",
                "{id: second, with: {$replace: {that: true}}}",
            ],
            "one patch says two things of `with`: {that: true} / {that: false}",
        ),
        (
            &["{id: first, doc: a}", "{id: first, $delete: true}"],
            "one patch says two things of `first`: $delete / id",
        ),
        (
            &["{id: first, $after: second}", "{id: first, $first: true}"],
            "one patch says two things of `first`: $first / $after",
        ),
        (
            &[
                "{id: new, $last: true, uses: assert, doc: a, with: {that: true}}",
                "{id: new, $last: true, uses: assert, doc: a, with: {that: true}}",
            ],
            "one patch says two things of `uses`: assert / assert",
        ),
    ];
    for (items, wanted) in table {
        assert_eq!(told(items), [*wanted], "{items:?}");
    }
}

#[test]
fn a_patch_may_name_a_step_several_times_if_it_says_something_else_of_it() {
    let table: &[&[&str]] = &[
        &["{id: first, doc: a}", "{id: first, timeout: 1m}"],
        &[
            "{id: first, see: [Q1]}",
            "{id: first, see: {$append: [Q2]}}",
        ],
        &["{id: first, doc: a}", "{id: first, $after: second}"],
        &[
            "{id: first, with: {that: false}}",
            "{id: first, with: {message: no}}",
        ],
    ];
    for items in table {
        let found = told(items);
        let twice = found.iter().filter(|one| one.starts_with("one patch"));
        assert_eq!(twice.count(), 0, "{items:?}: {found:?}");
    }
}

/// How many nodes a variant consists of that changes so many steps, of the workflow or of a group.
fn nodes(changes: usize, group: &str) -> u32 {
    let step = |n: usize| format!("      - {{id: s{n}, uses: assert, with: {{that: true}}}}\n");
    let steps: String = (0..40).map(step).collect();
    let base = match group {
        "" => format!("workflow: 1\nname: base\nsteps:\n{steps}"),
        _ => format!("workflow: 1\nname: base\nsteps:\n  - id: g\n    steps:\n{steps}"),
    };
    let change = |n: usize| format!("    - {{id: {group}s{n}, timeout: 1m}}\n");
    let changes: String = (0..changes).map(change).collect();
    let text =
        format!("workflow: 1\nname: variant\nextends: base.yaml\npatch:\n  steps:\n{changes}");
    let files = super::files(&[("variant.yaml", &text), ("base.yaml", &base)]);
    let mut sources = Sources::new();
    let source = sources.add("variant.yaml", text);
    let document = Loader::new(&mut sources, &files).main(source);
    document.count()
}

#[test]
fn a_group_is_written_anew_once_however_many_of_its_steps_a_patch_changes() {
    let more = |group: &str| nodes(30, group) - nodes(10, group);
    assert_eq!(more("g."), more(""));
}
