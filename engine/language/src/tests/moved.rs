//! Keys are moved only where it is sure what goes with them.

use super::catalogue::read;
use super::remedies::{line, step};

/// How many changes are offered for a step.
#[track_caller]
fn offered(step: &str) -> usize {
    let (_, found, ..) = read(&format!("workflow: 1\nname: x\nsteps:\n  {step}\n"));
    assert!(!found.is_empty(), "{step}");
    found.iter().map(|one| one.fixes.len()).sum()
}

#[test]
fn a_flow_step_may_take_several_lines() {
    step(
        "- {id: a, uses: exec,\n     with: {host: H, argv: [x]}}",
        "- {id: a, uses: exec,\n     host: H, with: {argv: [x]}}",
    );
    step(
        "- {id: a, uses: exec,\n     host: H, argv: [x], cwd: y}",
        "- {id: a, uses: exec,\n     host: H, with: {argv: [x], cwd: y}}",
    );
    step(
        "- {id: a, uses: exec,\n     hosts: [h, i],\n     with: {argv: [x]}}",
        "- {id: a, uses: exec,\n     foreach: {target: [h, i]}, host: \"${{ target }}\",\n     with: {argv: [x]}}",
    );
    step(
        "- {id: a, host: h,\n     exec: {argv: [x]}}",
        "- {id: a, host: h,\n     uses: exec, with: {argv: [x]}}",
    );
}

#[test]
fn input_goes_between_braces_over_several_lines() {
    step(
        "- id: a\n    uses: exec\n    host: h\n    with: {\n      argv: [x]\n    }\n    cwd: y",
        "- id: a\n    uses: exec\n    host: h\n    with: {\n      cwd: y, argv: [x]\n    }",
    );
}

#[test]
fn inputs_at_the_front_of_a_flow_step_go_as_one() {
    step(
        "- {argv: [x], cwd: y, id: a, uses: exec, host: H, with: {shown: stdout}}",
        "- {id: a, uses: exec, host: H, with: {argv: [x], cwd: y, shown: stdout}}",
    );
    step(
        "- {argv: [x], id: a, cwd: y, uses: exec, host: H, with: {shown: stdout}}",
        "- {id: a, uses: exec, host: H, with: {argv: [x], cwd: y, shown: stdout}}",
    );
}

#[test]
fn a_map_of_steps_between_braces_becomes_a_list_between_brackets() {
    line(
        "steps: {\n  a: {uses: assert, with: {that: true}},\n  b: {uses: assert, with: {that: true}}\n}",
        "steps: [\n  {id: a, uses: assert, with: {that: true}},\n  {id: b, uses: assert, with: {that: true}}\n]",
    );
}

#[test]
fn no_change_takes_a_comment_away() {
    let exec = "- id: a\n    uses: exec\n    host: h";
    let with = "with: {shown: stdout}";
    for wrong in [
        format!("{exec}\n    {with}\n    argv: [x] # why"),
        format!("{exec}\n    {with}\n    # why\n    argv: [x]"),
        format!("{exec}\n    cwd: y # why\n    argv: [x]"),
        "- id: a\n    uses: exec\n    with:\n      # where\n      host: h".to_owned(),
        "- {id: a, uses: exec, argv: [x], # why\n     host: h, with: {cwd: y}}".to_owned(),
    ] {
        let changes = read(&format!("workflow: 1\nname: x\nsteps:\n  {wrong}\n")).1;
        let moves = changes.iter().flat_map(|one| &one.fixes);
        let moves = moves.filter(|fix| fix.title.starts_with("move"));
        assert_eq!(moves.count(), 0, "{wrong}");
    }
    let steps =
        "workflow: 1\nname: x\nsteps:\n  a:\n    # why\n    uses: assert\n    with: {that: true}\n";
    let (_, found, ..) = read(steps);
    assert_eq!((found.len(), found[0].fixes.len()), (1, 0), "{found:#?}");
}

#[test]
fn anchors_tags_and_aliases_stay_where_they_are() {
    for argv in ["&q [ls]", "!!seq [ls]", "[&q ls]"] {
        let wrong = format!("- {{id: a, uses: exec, host: h, argv: {argv}}}");
        assert_eq!(offered(&wrong), 0, "{argv}");
    }
    let (_, found, ..) =
        read("workflow: 1\nname: x\nsteps:\n  - !x id: a\n    with: {that: true}\n");
    assert_eq!(found[0].code.name, "tag");
    assert!(found[0].fixes.iter().all(|fix| fix.is_choice), "{found:#?}");
}

#[test]
fn one_host_of_several_is_a_choice() {
    let (_, found, ..) = read(
        "workflow: 1\nname: x\nsteps:\n  - {id: a, uses: exec, host: [A, B], with: {argv: [ls]}}\n  - {id: b, uses: assert, when: steps.a.outputs.exit == 0, with: {that: true}}\n",
    );
    assert!(
        found
            .iter()
            .flat_map(|one| &one.fixes)
            .all(|fix| fix.is_choice),
        "{found:#?}"
    );
    let inner = "- {id: a, uses: exec, host: [A, B], with: {argv: [\"${{ target }}\"]}}";
    let text = format!(
        "workflow: 1\nname: x\nsteps:\n  - id: g\n    foreach: {{target: [C]}}\n    steps:\n      {inner}\n"
    );
    let (_, found, ..) = read(&text);
    assert_eq!((found.len(), found[0].fixes.len()), (1, 0), "{found:#?}");
}
