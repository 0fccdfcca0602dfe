//! Asking a step with a `foreach`: which of its instances is meant.

use super::catalogue::{check, good, read};

const HEAD: &str = "\
workflow: 1
name: x
inputs: {all: {type: list<text>, default: [a, b]}, few: list<text>, hosts: list<host>}
steps:
  - id: g
    foreach: {one: \"${{ inputs.all }}\"}
    steps: [{id: x, uses: exec, host: h, with: {argv: [ls, \"${{ one }}\"]}}]
  - {id: s, foreach: {one: [a, b]}, uses: exec, host: h, with: {argv: [ls, \"${{ one }}\"]}}
";

/// The one thing said of a step below the others, and what stands there once it is mended.
#[track_caller]
fn told(step: &str) -> (String, Option<String>) {
    let text = format!("{HEAD}  - {step}\n");
    let (_, mut found, sources, id) = read(&text);
    found.retain(|one| one.is_error());
    let [only] = found.as_slice() else {
        panic!("{text}\n{found:#?}");
    };
    let mended = only.fixes.first().map(|fix| fix.apply(&sources, id));
    let last = mended.map(|text| text.lines().last().unwrap_or_default()[4..].to_owned());
    (only.help.clone().unwrap_or_default(), last)
}

#[track_caller]
fn fine(step: &str) {
    good(&format!("{HEAD}  - {step}\n"));
}

fn asks(condition: &str) -> String {
    format!("{{id: z, uses: assert, with: {{that: \"${{{{ {condition} }}}}\"}}}}")
}

fn asks_each(list: &str, condition: &str) -> String {
    format!(
        "{{id: z, foreach: {{n: \"${{{{ {list} }}}}\"}}, uses: assert, with: {{that: \"${{{{ {condition} }}}}\"}}}}"
    )
}

#[test]
fn a_step_in_a_foreach_is_asked_of_one_item_or_of_all() {
    fine(&asks("steps.g['a'].x.outputs.exit == 0"));
    fine(&asks("steps.s['b'].outputs.exit == 0"));
    fine(&asks(
        "all(steps.g.succeeded, n => steps.g[n].x.outputs.exit == 0)",
    ));
    fine(&asks_each("inputs.few", "steps.g[n].x.outputs.exit == 0"));
}

#[test]
fn what_leaves_the_item_out_is_told_with_the_ways_to_say_it() {
    let (help, fix) = told(&asks("steps.g.x.outputs.exit == 0"));
    assert_eq!(
        help,
        "say which: `steps.g[\"a\"].x`, or of all of them with \
         `all(steps.g.succeeded, one => steps.g[one].x ..)`"
    );
    assert_eq!(fix, None);
    let (help, _) = told(&asks("steps.s.outputs.exit == 0"));
    assert!(
        help.starts_with("say which: `steps.s[\"a\"].outputs`"),
        "{help}"
    );
}

#[test]
fn an_item_in_scope_is_offered() {
    let wrong = asks_each("inputs.all", "steps.g.x.outputs.exit == 0");
    let right = asks_each("inputs.all", "steps.g[n].x.outputs.exit == 0");
    let (help, fix) = told(&wrong);
    assert_eq!(help, "did you mean `steps.g[n].x`?");
    assert_eq!(fix, Some(right));
    // An item of another sort names no instance.
    let (help, fix) = told(&asks_each("inputs.hosts", "steps.g.x.outputs.exit == 0"));
    assert!(help.starts_with("say which"), "{help}");
    assert_eq!(fix, None);
}

#[test]
fn an_item_that_a_written_list_lacks_is_told() {
    let (help, fix) = told(&asks("steps.s['c'].outputs.exit == 0"));
    assert_eq!(fix, None);
    assert_eq!(help, "its items are `a` and `b`");
    let (help, _) = told(&asks("steps.g[0].x.outputs.exit == 0"));
    assert_eq!(
        help,
        "name the item, such as `[\"a\"]`: its number is no name"
    );
}

#[test]
fn brackets_behind_a_step_that_runs_once_are_told() {
    check(
        "\
workflow: 1
name: x
steps:
  - {id: a, uses: exec, host: h, with: {argv: [ls]}}
  - {id: b, foreach: {n: [a, b]}, uses: assert, with: {that: \"${{ steps.a[n].outputs.exit == 0 && n == 'a' }}\"}}
                                                                          ^ unknown-name
",
    );
}

#[test]
fn a_neighbour_called_by_way_of_their_group_is_called_alone() {
    let group = |way: &str| {
        format!(
            "{{id: k, steps: [{{id: p, uses: exec, host: h, with: {{argv: [ls]}}}}, \
             {{id: q, uses: assert, with: {{that: \"${{{{ steps.{way}p.outputs.exit == 0 }}}}\"}}}}]}}"
        )
    };
    let (help, fix) = told(&group("k."));
    assert_eq!(help, "did you mean `steps.p`?");
    assert_eq!(fix, Some(group("")));
}
