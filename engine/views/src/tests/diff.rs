//! Differences of small workflows.

use std::sync::Arc;

use runsheet_diagnostics::source::Sources;
use runsheet_language::compose::NoFiles;
use runsheet_language::parts::Parts;
use runsheet_step::Catalogue;

use super::{Difference, Outline, table};

fn outline(name: &str, text: &str) -> Outline {
    let mut sources = Sources::new();
    let source = sources.add(name, Arc::<str>::from(text));
    let parts = Parts::of(source, &[], &mut sources, &NoFiles);
    Outline::of(name, &parts, &sources, &Catalogue::default())
}

fn difference(before: &str, after: &str) -> Difference {
    Difference::between(&outline("a.yaml", before), &outline("b.yaml", after))
}

/// Holds what is told of two workflows, their first line left out.
#[track_caller]
fn told(before: &str, after: &str, wanted: &[&str]) {
    let text = difference(before, after).text();
    let lines: Vec<&str> = text.lines().skip(1).collect();
    assert_eq!(lines, wanted, "{text}");
}

const BASE: &str = "\
workflow: 1
name: base
inputs: {t: {type: duration, default: 5m}}
steps:
  - {id: a, uses: look, with: {at: 1, more: [x, y]}}
  - id: b
    steps:
      - {id: c, uses: look, timeout: 5m, when: steps.a.changed, with: {at: 2, more: there}}
      - {id: d, uses: look, needs: [c]}
  - {id: e, uses: see, with: {at: 3}}
finally:
  - {id: last, uses: look}
";

#[test]
fn order_of_keys_comments_and_quotes_are_no_difference() {
    let other = BASE
        .replace("{id: e, uses: see,", "{uses: 'see', id: e, x-mine: 1,")
        .replace("finally:", "# and\nx-own: 2\nfinally:");
    let found = difference(BASE, &other);
    assert!(found.is_empty(), "{found:?}");
    assert_eq!(found.text(), "a.yaml and b.yaml do the same\n");
}

#[test]
fn a_number_in_quotes_is_another_value() {
    told(
        BASE,
        &BASE.replace("at: 3", "at: '3'"),
        &["~ e", "    with.at  3 -> '3'  a.yaml:10 -> b.yaml:10"],
    );
}

#[test]
fn values_are_shown_before_and_after_with_their_places() {
    let other = BASE
        .replace("default: 5m", "default: 1h")
        .replace("timeout: 5m, ", "")
        .replace("[x, y]", "[x]");
    told(
        BASE,
        &other,
        &[
            "inputs.t.default  5m -> 1h        a.yaml:3 -> b.yaml:3",
            "~ a",
            "    with.more     [x, y] -> [x]   a.yaml:5 -> b.yaml:5",
            "~ b.c",
            "    timeout       5m -> not said  a.yaml:8",
        ],
    );
}

#[test]
fn steps_come_and_go() {
    let other = BASE
        .replace("  - {id: e, uses: see, with: {at: 3}}\n", "")
        .replace(
            "finally:\n",
            "  - {id: new, uses: third}\nfinally:\n  - {id: g, steps: [{id: h, uses: third}]}\n",
        );
    told(
        BASE,
        &other,
        &[
            "- e                       a.yaml:10",
            "+ new                     b.yaml:10",
            "+ finally.g  with 1 step  b.yaml:12",
        ],
    );
}

#[test]
fn a_step_that_says_the_same_under_another_id_has_another_name() {
    let other = BASE
        .replace("id: a,", "id: first,")
        .replace("steps.a.", "steps.first.")
        .replace("id: c,", "id: deep,")
        .replace("[c]", "[deep]");
    told(
        BASE,
        &other,
        &[
            "~ first   was a    a.yaml:5 -> b.yaml:5",
            "~ b.deep  was b.c  a.yaml:8 -> b.yaml:8",
        ],
    );
}

#[test]
fn a_step_with_another_name_may_have_changed_too() {
    let other = BASE
        .replace("id: a,", "id: z, doc: new,")
        .replace("steps.a", "steps.z");
    let found = difference(BASE, &other);
    assert_eq!(found.steps.len(), 1, "{found:?}");
    assert_eq!(found.steps[0].words(), ["renamed", "changed"]);
}

#[test]
fn as_few_steps_as_possible_have_moved() {
    let e = "  - {id: e, uses: see, with: {at: 3}}\n";
    let other = BASE
        .replace(e, "")
        .replace("steps:\n  - {id: a", &format!("steps:\n{e}  - {{id: a"));
    told(
        BASE,
        &other,
        &["~ e  moved to the top  a.yaml:10 -> b.yaml:5"],
    );
}

#[test]
fn long_values_stand_below_each_other() {
    let long = "word ".repeat(14);
    let other = BASE.replace("at: 3", &format!("at: {long}"));
    told(
        BASE,
        &other,
        &[
            "~ e",
            "    with.at",
            "      - 3  a.yaml:10",
            &format!("      + {}  b.yaml:10", long.trim_end()),
        ],
    );
}

#[test]
fn a_table_tells_which_steps_differ_in_which_variant() {
    let base = outline("base", BASE);
    let quick = BASE.replace("timeout: 5m", "timeout: 1m");
    let other = BASE
        .replace("id: e,", "id: f,")
        .replace("default: 5m", "default: 9m");
    let differences = [("quick", &quick), ("other", &other)]
        .map(|(name, text)| Difference::between(&base, &outline(name, text)));
    let wanted = "\
base              quick    other
inputs.t.default           changed
b.c               changed
e                          renamed
";
    assert_eq!(table(&base, &differences), wanted);
}
