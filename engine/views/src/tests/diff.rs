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
fn what_is_called_counts_by_its_steps_and_groups_do_not() {
    let other = BASE.replace(
        "finally:\n",
        "  - id: g\n    steps:\n      - {id: h, uses: both}\n      - id: i\n        steps: [{id: j, uses: look, rescue: [{id: k, uses: look}]}]\n\
         define: {both: {steps: [{id: l, uses: look}, {id: m, uses: one}]}, one: {steps: [{id: n, uses: look}]}}\nfinally:\n",
    );
    told(
        BASE,
        &other,
        &[
            "+ g            with 3 steps  b.yaml:11",
            "+ define.both  with 2 steps  b.yaml:16",
            "+ define.one   with 1 step   b.yaml:16",
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

/// Two groups that both have steps `send` and `seen`.
const GROUPS: &str = "\
workflow: 1
name: base
steps:
  - id: one
    steps:
      - {id: send, uses: look, with: {at: 1}}
      - {id: seen, uses: see, needs: [send], when: steps.send.changed && steps.last.changed}
  - id: two
    when: steps.one.send.changed
    steps:
      - {id: send, uses: look, with: {at: 2}}
      - {id: seen, uses: see, needs: [send], when: steps.send.changed}
  - {id: last, uses: look, when: steps.one.send.changed && steps.two.send.changed}
";

#[test]
fn a_new_name_is_that_of_the_step_it_is_given_to_and_of_no_other() {
    // Only the step in the first group is called otherwise.
    let other = GROUPS
        .replace(
            "{id: send, uses: look, with: {at: 1}}",
            "{id: go, uses: look, with: {at: 1}}",
        )
        .replacen(
            "needs: [send], when: steps.send",
            "needs: [go], when: steps.go",
            1,
        )
        .replace("steps.one.send", "steps.one.go");
    told(
        GROUPS,
        &other,
        &["~ one.go  was one.send  a.yaml:6 -> b.yaml:6"],
    );
    // The second follows it although it is called as before.
    let wrong = other.replacen("when: steps.send.changed}", "when: steps.go.changed}", 1);
    let found = difference(GROUPS, &wrong);
    let changed: Vec<&str> = found.steps.iter().map(|step| &*step.address).collect();
    assert_eq!(changed, ["one.go", "two.seen"]);
}

#[test]
fn steps_that_say_the_same_find_each_other_before_those_that_are_near() {
    let step = |id: &str, at: &str| {
        format!("  - {{id: {id}, uses: look, doc: long, host: A, with: {{at: {at}}}}}\n")
    };
    let file = |steps: &[String]| format!("workflow: 1\nname: b\nsteps:\n{}", steps.concat());
    // The first that came is near to both, the second says what the first of them said.
    told(
        &file(&[step("b", "2"), step("a", "1")]),
        &file(&[step("x", "3"), step("y", "2")]),
        &[
            "~ x          was a, moved to the top  a.yaml:5 -> b.yaml:4",
            "    with.at  1 -> 3                   a.yaml:5 -> b.yaml:4",
            "~ y          was b                    a.yaml:4 -> b.yaml:5",
        ],
    );
}

#[test]
fn of_several_the_nearest_step_is_the_one() {
    let file = |steps: &str| format!("workflow: 1\nname: b\nsteps:\n{steps}");
    let step = |says: &str| format!("  - {{uses: look, doc: one, host: A, {says}}}\n");
    let before = file(&step("id: a, with: {at: 1}"));
    let (near, nearer) = ("id: x, with: {at: 2}", "id: y, timeout: 5m, with: {at: 1}");
    let found = difference(&before, &file(&(step(near) + &step(nearer))));
    let was = found.steps.iter();
    let was: Vec<_> = was
        .map(|step| (&*step.address, step.was.as_deref()))
        .collect();
    assert_eq!(was, [("x", None), ("y", Some("a"))]);
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
fn a_long_list_has_a_line_for_each_of_its_items() {
    let long = "word ".repeat(12);
    let causes = format!(
        "id: e, causes: [{{when: true, say: short}}, {{when: outputs.seen == 1, say: {long}, see: [Q1], do: {long}}}]"
    );
    told(
        BASE,
        &BASE.replace("id: e", &causes),
        &[
            "~ e",
            "    causes",
            "      + - {when: true, say: short}  b.yaml:10",
            "        - when: outputs.seen == 1",
            &format!("          say: {}", long.trim_end()),
            "          see: [Q1]",
            &format!("          do: {}", long.trim_end()),
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
    let renamed = |when: &str| {
        with(when)
            .replace("id: a,", "id: z,")
            .replace("id: d,", "id: y,")
    };
    let differs = |one: &str, other: &str| {
        let text = difference(&with(one), &renamed(other)).text();
        text.contains("when")
    };
    assert!(!differs(
        "steps.a.x && steps.b[0].d.x",
        "steps.z.x && steps.b[0].y.x"
    ));
    assert!(differs(
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

/// How many steps a file has that is to be told apart at once.
const MANY: usize = 10_000;

/// Steps in groups, of which every fifth has a name that is chosen here.
fn many(name: impl Fn(usize) -> String, at: usize) -> String {
    let mut text = "workflow: 1\nname: many\nsteps:\n".to_owned();
    for n in 0..MANY {
        let id = if n % 5 == 0 { name(n) } else { format!("s{n}") };
        text += &format!(
            "  - {{id: {id}, uses: look, doc: the same, host: A, with: {{at: {}, more: {n}}}}}\n",
            n % at
        );
    }
    text
}

#[test]
fn ten_thousand_steps_of_which_thousands_have_other_names_are_told_apart() {
    let before = many(|n| format!("old{n}"), 7);
    let after = many(|n| format!("new{n}"), 7).replace("more: 9990", "more: -1");
    let (before, after) = (outline("a", &before), outline("b", &after));
    let found = Difference::between(&before, &after);
    assert_eq!(found.steps.len(), MANY / 5);
    assert!(found.steps.iter().all(|step| step.was.is_some()));
    assert_eq!(
        found
            .steps
            .iter()
            .map(|step| step.values.len())
            .sum::<usize>(),
        1
    );
}
