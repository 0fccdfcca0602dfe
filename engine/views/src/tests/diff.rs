//! Differences of small workflows.

use std::sync::Arc;

use runsheet_diagnostics::source::Sources;
use runsheet_language::compose::{NoFiles, read_overlay};
use runsheet_language::parts::Parts;
use runsheet_language::provenance::secrets::Secrets;
use runsheet_language::read_variant;
use runsheet_step::Catalogue;

use super::{Difference, Outline, json, table};

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

/// A workflow with secrets of its hosts, under an overlay.
fn under(overlay: &str) -> Outline {
    const TEXT: &str = "\
workflow: 1
name: x
inputs: {hq: {type: host, vars: {password: secret, keys: list<secret>, drive: text}}}
steps: []
";
    let mut sources = Sources::new();
    let source = sources.add("x.yaml", Arc::<str>::from(TEXT));
    let over = sources.add("over.yaml", Arc::<str>::from(overlay));
    let overlays = [read_overlay(over, &sources).0];
    let catalogue = Catalogue::default();
    let (workflow, _) = read_variant(source, &overlays, &mut sources, &catalogue, &NoFiles);
    let parts = Parts::of(source, &overlays, &mut sources, &NoFiles);
    let outline = Outline::of("x.yaml", &parts, &sources, &catalogue);
    let secrets = Secrets::of(&workflow, &catalogue);
    outline.with(&overlays, &secrets, &sources)
}

#[test]
fn secrets_that_overlays_write_out_differ_and_are_not_shown() {
    let overlay = |secret: &str| {
        let vars = format!("{{drive: M, password: {secret}, keys: [{secret}]}}");
        let secrets = format!("{{admin: {secret}, kept: {{env: PW_{}}}}}", secret.len());
        under(&format!(
            "overlay: 1\nname: o\nvars: {{HQ: {vars}}}\n\
            site: {{secrets: {secrets}, hosts: {{HQ: {{vars: {vars}}}}}}}\n"
        ))
    };
    let plain = under("overlay: 1\nname: o\n");
    let (one, other) = (overlay("hunter2"), overlay("hunter10"));
    let differences =
        [(&plain, &one), (&one, &other)].map(|(before, after)| Difference::between(before, after));
    for difference in &differences {
        let text = difference.text();
        let shown = text.clone() + &json(std::slice::from_ref(difference));
        assert!(!shown.contains("hunter"), "{shown}");
        for path in ["HQ", "admin", "kept", "PW_7", "***"] {
            assert!(text.contains(path), "{path}: {text}");
        }
    }
    assert!(differences[0].text().contains("drive: M"));
    assert!(Difference::between(&one, &one).is_empty());
}

#[test]
fn only_names_on_the_path_of_steps_follow_a_new_name() {
    let with = |when: &str| BASE.replace("when: steps.a.changed", &format!("when: '{when}'"));
    let renamed = |when: &str| with(when).replace("id: a,", "id: z,");
    let differs = |one: &str, other: &str| {
        let text = difference(&with(one), &renamed(other)).text();
        text.contains("when")
    };
    assert!(!differs(
        "steps.a.x && steps.b[0].a",
        "steps.z.x && steps.b[0].z"
    ));
    assert!(differs("steps.a.x && inputs.a", "steps.z.x && inputs.z"));
    assert!(differs(
        "steps.a.x && inputs.steps.a",
        "steps.z.x && inputs.steps.z"
    ));
    assert!(!differs("inputs.t[steps.a.x].a", "inputs.t[steps.z.x].a"));
    assert!(differs("inputs.t[steps.a.x].a", "inputs.t[steps.z.x].z"));
}
