//! What is marked before what.

use super::catalogue::{check, good};
use crate::workflow::{StepId, Workflow};

fn workflow(steps: &str) -> Workflow {
    good(&format!(
        "workflow: 1\nname: x\ninputs: {{h: host}}\ndefaults: {{host: \"${{{{ inputs.h }}}}\"}}\nsteps:\n{steps}"
    ))
}

fn act(id: &str) -> String {
    format!("  - {{id: {id}, uses: exec, with: {{argv: [a]}}}}\n")
}

fn wait(id: &str) -> String {
    format!("  - {{id: {id}, uses: wait, with: {{log: a, until: {{id: 1}}}}}}\n")
}

fn with(more: &str, step: &str) -> String {
    step.replacen(", uses", &format!(", {more}, uses"), 1)
}

fn group(head: &str, steps: &[String]) -> String {
    let inner: String = steps
        .concat()
        .lines()
        .map(|line| format!("    {line}\n"))
        .collect();
    format!("  - {head}\n    steps:\n{inner}")
}

fn before(workflow: &Workflow, dotted: &str) -> String {
    let step = workflow.ids().find(|id| *workflow.dotted(*id) == *dotted);
    let arming = &workflow.node(step.expect("it is there")).arming;
    let names: Vec<_> = arming
        .before
        .iter()
        .map(|id| workflow.dotted(*id))
        .collect();
    names.join(" ")
}

#[test]
fn a_wait_is_armed_before_the_nearest_step_that_acts() {
    let t = workflow(&[act("a"), act("b"), wait("w"), wait("v")].concat());
    assert_eq!(
        (before(&t, "w").as_str(), before(&t, "v").as_str()),
        ("b", "b")
    );
    let b = t.child(StepId::MAIN, "b").expect("it is there");
    assert_eq!(t.node(b).arming.armed_here.len(), 2);
}

#[test]
fn nothing_before_is_the_start_of_the_run() {
    let t = workflow(&[act("a"), with("needs: []", &wait("w"))].concat());
    assert_eq!(before(&t, "w"), "");
}

#[test]
fn two_in_parallel_are_both_nearest_and_two_in_a_row_are_one() {
    let two = [
        with("needs: []", &act("a")),
        with("needs: []", &act("b")),
        wait("w"),
    ];
    assert_eq!(before(&workflow(&two.concat()), "w"), "a b");
    for needs in ["needs: [b]", "needs: [a, b]"] {
        let row = [act("a"), act("b"), with(needs, &wait("w"))].concat();
        assert_eq!(before(&workflow(&row), "w"), "b");
    }
}

#[test]
fn what_reads_or_waits_is_looked_through_and_groups_have_borders_like_glass() {
    let read = with("effects: none", &act("r"));
    let g = group("id: g", &[wait("v"), with("effects: none", &act("q"))]);
    let t = workflow(&[act("a"), read, g, wait("w")].concat());
    assert_eq!(
        (before(&t, "g.v").as_str(), before(&t, "w").as_str()),
        ("a", "a")
    );
    let g = group("id: g", &[act("b"), with("needs: []", &wait("v"))]);
    let t = workflow(&[act("a"), g, wait("w")].concat());
    assert_eq!(
        (before(&t, "g.v").as_str(), before(&t, "w").as_str()),
        ("a", "g.b")
    );
}

#[test]
fn since_chooses_an_earlier_step_or_group() {
    let g = group("id: g", &[act("b")]);
    let t = workflow(
        &[
            act("a"),
            g,
            with("since: a", &wait("w")),
            with("since: g", &wait("v")),
        ]
        .concat(),
    );
    assert_eq!(
        (before(&t, "w").as_str(), before(&t, "v").as_str()),
        ("a", "g")
    );
}

#[test]
fn the_retry_of_a_group_renews_what_is_armed_within_it() {
    let head = "id: g\n    retry: 1";
    let t = workflow(&[group(head, &[act("a"), wait("v")]), wait("w")].concat());
    let renewed = |dotted: &str| {
        let step = t
            .ids()
            .find(|id| *t.dotted(*id) == *dotted)
            .expect("it is there");
        t.node(step).arming.renewed_by.len()
    };
    assert_eq!((renewed("g.v"), renewed("w")), (1, 1));
    let head = "id: g\n    retry: 1\n    foreach: {x: [1, 2]}";
    let t = workflow(&[group(head, &[act("a"), wait("v")]), wait("w")].concat());
    let w = t.child(StepId::MAIN, "w").expect("it is there");
    assert_eq!(
        t.node(w).arming.renewed_by.len(),
        0,
        "one of several instances"
    );
}

#[test]
fn where_a_wait_watches_is_known_before_what_it_watches_starts() {
    check(
        r#"workflow: 1
name: x
inputs: {h: host}
defaults: {host: "${{ inputs.h }}"}
steps:
  - {id: a, uses: exec, with: {argv: [a]}}
  - {id: w, uses: wait, with: {log: "${{ steps.a.outputs.stdout }}", until: {id: 1}}}
         ^ armed-too-early
  - {id: v, since: z, uses: wait, with: {log: a, until: {id: 1}}}
                   ^ since-not-before
  - {id: z, uses: exec, with: {argv: [a]}}
"#,
    );
}
