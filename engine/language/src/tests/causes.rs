//! Causes that stand under a name, for all steps that name them.

use std::collections::BTreeMap;
use std::sync::Arc;

use runsheet_diagnostics::source::Sources;

use super::catalogue::{catalogue, check};
use super::files::{good, told};
use crate::read_workflow;
use crate::workflow::{Node, Workflow};

/// What the causes say of the step with this id.
fn said(workflow: &Workflow, id: &str) -> Vec<String> {
    let step = workflow
        .nodes
        .iter()
        .find(|node: &&Node| &*node.id == id)
        .unwrap_or_else(|| panic!("there is no {id}"));
    let causes = step.causes.iter();
    let said = causes.filter_map(|cause| cause.say.constant());
    said.map(|said| said.to_string()).collect()
}

const MAIN: &str = "\
workflow: 1
name: x
include: [why/programs.yaml]
causes:
  own:
    - {when: failure.exit == 1, say: one}
    - programs.run
steps:
  - {id: all, uses: exec, host: HERE, with: {argv: [ls]}, causes: own}
  - {id: some, uses: exec, host: HERE, with: {argv: [ls]}, causes: [programs.run, {when: true, say: else}]}
  - {id: alone, uses: exec, host: HERE, with: {argv: [ls]}, causes: [{when: true, say: else}]}
";

const PROGRAMS: (&str, &str) = (
    "w/why/programs.yaml",
    "\
workflow: 1
causes:
  run:
    - {when: failure.exit == 2, say: two}
",
);

#[test]
fn causes_that_are_named_stand_where_their_name_does() {
    let workflow = good(&[("w/main.yaml", MAIN), PROGRAMS]);
    assert_eq!(said(&workflow, "all"), ["one", "two"]);
    assert_eq!(said(&workflow, "some"), ["two", "else"]);
    assert_eq!(said(&workflow, "alone"), ["else"]);
}

#[test]
fn causes_of_a_file_that_cannot_be_read_are_not_missed() {
    let main = "\
workflow: 1
name: x
include: [why/programs.yaml]
causes: {own: programs.run}
steps:
  - {id: a, uses: assert, with: {that: true}, causes: own}
";
    assert_eq!(
        told(&[("w/main.yaml", main)]),
        ["w/main.yaml:3:11 unreadable-file"]
    );
}

#[test]
fn a_mistyped_name_is_told_where_it_stands() {
    check(
        "\
workflow: 1
name: x
causes:
  exits: [{when: true, say: it ended}]
  more: exists
        ^^^^^^ unknown-word
steps:
  - {id: a, uses: assert, with: {that: true}, causes: exit}
                                                      ^^^^ unknown-word
  - {id: b, uses: assert, with: {that: true}, causes: [exits, else]}
                                                              ^^^^ unknown-word
",
    );
}

#[test]
fn a_name_that_is_mistyped_where_it_is_made_is_told_there_and_once() {
    check(
        "\
workflow: 1
name: x
define:
  looked: {steps: [{id: b, uses: assert, with: {that: true}, causes: [exits, own]}]}
causes:
  exist: [{when: true, say: it ended}]
  ^^^^^ misspelt
  own: exits
steps:
  - {id: a, uses: assert, with: {that: true}, causes: exits}
  - {id: b, uses: looked}
  - {id: c, uses: assert, with: {that: true}, causes: exits}
",
    );
    // What is used is no slip, and of two that nobody uses one at most is.
    check(
        "\
workflow: 1
name: x
causes:
  ends: [{when: true, say: it ended}]
  endless: [{when: true, say: it goes on}]
steps:
  - {id: a, uses: assert, with: {that: true}, causes: ends}
  - {id: b, uses: assert, with: {that: true}, causes: end}
                                                      ^^^ unknown-word
  - {id: c, uses: assert, with: {that: true}, causes: end}
                                                      ^^^ unknown-word
",
    );
}

#[test]
fn what_is_wrong_in_causes_is_told_once_however_many_steps_name_them() {
    check(
        "\
workflow: 1
name: x
inputs: {word: text}
causes:
  exits:
    - {when: inputs.wrod == 'a', say: it ended}
                    ^^^^ unknown-name
    - {when: inputs.word == 3, say: it ended}
             ^^^^^^^^^^^^^^^^ wrong-operand
    - {wehn: true, say: it ended}
       ^^^^ unknown-key
steps:
  - {id: a, uses: assert, with: {that: true}, causes: exits}
  - {id: b, uses: assert, with: {that: true}, causes: exits}
",
    );
}

#[test]
fn a_name_that_an_included_file_does_not_have_is_told_once_with_all_its_places() {
    let step = |id: &str| {
        format!("  - {{id: {id}, uses: assert, with: {{that: true}}, causes: programs.rnu}}\n")
    };
    let steps: String = ["a", "b", "c"].map(step).concat();
    let main = format!("workflow: 1\nname: x\ninclude: [why/programs.yaml]\nsteps:\n{steps}");
    let mut sources = Sources::new();
    let source = sources.add("w/main.yaml", main.as_str());
    let library: Arc<str> = PROGRAMS.1.into();
    let files = BTreeMap::from([(PROGRAMS.0.to_owned(), library)]);
    let (_, found) = read_workflow(source, &mut sources, &catalogue(), &files);
    let [one] = &found[..] else {
        panic!("{found:?}");
    };
    assert_eq!(one.code.name, "unknown-word");
    let lines = one.labels.iter();
    let lines: Vec<usize> = lines
        .map(|label| {
            sources
                .get(label.span.source)
                .place(label.span.start as usize)
                .line
        })
        .collect();
    assert_eq!(lines, [5, 6, 7]);
    let mended = one.fixes[0].apply(&sources, source);
    assert_eq!(mended.matches("causes: programs.run").count(), 3);
}
