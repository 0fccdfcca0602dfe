//! What a workflow calls: definitions, their inputs and outputs, and what is seen from where.

use runsheet_diagnostics::diagnostic::Diagnostic;
use runsheet_step::shape::Type;

use super::catalogue::{check, good, read};
use crate::workflow::{StepId, Workflow};

fn at(workflow: &Workflow, dotted: &str) -> StepId {
    let found = workflow.ids().find(|id| *workflow.dotted(*id) == *dotted);
    found.unwrap_or_else(|| panic!("there is no {dotted}"))
}

const SEND: &str = "\
workflow: 1
name: x
types:
  postoffice: {type: host, vars: {drive: text}}
inputs: {one: host, all: list<host>}
define:
  send:
    doc: Sends
    inputs: {po: postoffice, tool: {type: text, default: reqmain}}
    outputs: {code: \"${{ steps.run.outputs.exit }}\"}
    steps:
      - {id: run, uses: exec, host: \"${{ inputs.po }}\", with: {argv: [\"${{ inputs.tool }}\", \"${{ inputs.po.vars.drive }}\"]}}
";

#[test]
fn a_call_is_a_group_with_the_steps_of_its_definition() {
    let t = good(&format!(
        "{SEND}steps:\n  - {{id: a, uses: send, with: {{po: \"${{{{ inputs.one }}}}\"}}}}\n"
    ));
    let call = t.node(at(&t, "a"));
    assert_eq!(&*call.doc, "Sends");
    let called = call.call.as_ref().expect("it is a call");
    assert_eq!(called.outputs["code"].kind, Type::Int);
    assert_eq!(t.scope(at(&t, "a.run")), at(&t, "a"));
    assert_eq!(t.scope(at(&t, "a")), StepId::MAIN);
}

#[test]
fn what_is_read_of_a_host_inside_is_read_of_the_callers_input() {
    let t = good(&format!(
        "{SEND}steps:\n  - {{id: a, foreach: {{po: \"${{{{ inputs.all }}}}\"}}, uses: send, with: {{po: \"${{{{ po }}}}\"}}}}\n"
    ));
    assert!(t.inputs["all"].vars.contains_key("drive"));
    assert!(!t.inputs["one"].vars.contains_key("drive"));
}

#[test]
fn outputs_are_seen_from_outside_and_steps_are_not() {
    check(
        "\
workflow: 1
name: x
define:
  look:
    outputs: {fine: true}
    steps: [{id: inner, uses: assert, with: {that: true}}]
steps:
  - {id: a, uses: look}
  - {id: b, uses: assert, with: {that: \"${{ steps.a.outputs.fine }}\"}}
  - {id: c, uses: assert, with: {that: \"${{ steps.a.inner.changed }}\"}}
                                                    ^^^^^ unknown-name
  - {id: d, uses: assert, with: {that: \"${{ steps.a.outputs.gone }}\"}}
                                                            ^^^^ unknown-name
",
    );
}

#[test]
fn nothing_of_the_caller_is_seen_inside() {
    check(
        "\
workflow: 1
name: x
inputs: {outer: bool, hosts: list<host>}
define:
  look:
    inputs: {own: bool}
    steps:
      - {id: one, uses: assert, with: {that: \"${{ inputs.own }}\"}}
      - {id: two, uses: assert, with: {that: \"${{ inputs.outer }}\"}}
                                                         ^^^^^ unknown-name
      - {id: six, uses: assert, with: {that: \"${{ steps.before.changed }}\"}}
                                                        ^^^^^^ unknown-step
      - {id: ten, uses: assert, with: {that: \"${{ h.name == 'a' }}\"}}
                                                  ^ unknown-name
steps:
  - {id: before, uses: assert, with: {that: true}}
  - {id: a, foreach: {h: \"${{ inputs.hosts }}\"}, uses: look, with: {own: true}}
  - {id: b, uses: look, with: {own: \"${{ inputs.outer }}\"}}
",
    );
}

#[test]
fn what_nobody_calls_is_checked_once_and_what_many_call_is_told_once() {
    check(
        "\
workflow: 1
name: x
define:
  lonely:
    steps: [{id: one, uses: assert, with: {that: \"${{ inputs.gone }}\"}}]
                                                             ^^^^ unknown-name
  popular:
    steps: [{id: one, uses: assert, with: {thta: true}}]
                                           ^^^^ unknown-key
steps:
  - {id: a, uses: popular}
  - {id: b, uses: popular}
",
    );
}

#[test]
fn what_is_given_is_held_against_what_is_declared() {
    check(
        "\
workflow: 1
name: x
define:
  look:
    inputs: {much: int, more: {type: bool, default: true}}
    steps: [{id: one, uses: assert, with: {that: \"${{ inputs.more }}\"}}]
steps:
  - {id: a, uses: look, with: {much: lots}}
                                     ^^^^ wrong-type
  - {id: b, uses: look, with: {much: \"${{ 'lots' }}\"}}
                                          ^^^^^^ wrong-type
  - {id: c, uses: look}
                  ^^^^ missing-key
  - {id: d, uses: look, with: {much: 1, mroe: false}}
                                        ^^^^ unknown-key
  - {id: e, uses: loook, with: {much: 1}}
                  ^^^^^ unknown-kind
",
    );
}

#[test]
fn whoever_calls_says_where_and_is_told_if_not() {
    check(
        "\
workflow: 1
name: x
define:
  act:
    steps: [{id: one, uses: exec, with: {argv: [a]}}]
steps:
  - {id: a, uses: act, host: EXCH1}
  - {id: b, uses: act}
                  ^^^ missing-key
",
    );
}

#[test]
fn a_host_is_handed_in_with_the_names_of_the_caller() {
    let t = good(
        "\
workflow: 1
name: x
inputs: {dx: host}
define:
  act:
    inputs: {other: {type: host, default: OTHER}}
    steps: [{id: one, uses: exec, with: {argv: [a]}}]
  there:
    inputs: {other: {type: host, default: OTHER}}
    defaults: {host: \"${{ inputs.other }}\", lock: host}
    steps: [{id: one, uses: exec, with: {argv: [a]}}]
steps:
  - {id: a, uses: act, host: \"${{ inputs.dx }}\", lock: [common]}
  - {id: b, uses: there, host: \"${{ inputs.dx }}\"}
",
    );
    let one = t.node(at(&t, "a.one"));
    let action = one.action().expect("it is a step");
    assert_eq!(action.host_from, Some(at(&t, "a")));
    assert_eq!(one.lock_from, Some(at(&t, "a")));
    let other = t.node(at(&t, "b.one"));
    assert_eq!(other.action().expect("it is a step").host_from, None);
    assert_eq!(other.lock_from, None);
}

#[test]
fn calls_that_lead_back_to_themselves_are_told_with_every_place() {
    let found = check(
        "\
workflow: 1
name: x
define:
  a: {steps: [{id: one, uses: b}]}
  b: {steps: [{id: one, uses: a}]}
                              ^ cyclic-call
steps:
  - {id: s, uses: a}
",
    );
    assert_eq!(found[0].labels.len(), 3);
    assert_eq!(found[0].message, "what is called calls itself: a -> b -> a");
}

#[test]
fn calls_that_make_too_many_steps_are_not_followed() {
    let mut text = "workflow: 1\nname: x\ndefine:\n".to_owned();
    for n in 0..12 {
        let inner: Vec<String> = (0..10)
            .map(|m| format!("{{id: s{m}, uses: d{}}}", n + 1))
            .collect();
        text.push_str(&format!("  d{n}: {{steps: [{}]}}\n", inner.join(", ")));
    }
    text.push_str("  d12: {steps: [{id: one, uses: assert, with: {that: true}}]}\n");
    text.push_str("steps: [{id: a, uses: d0}]\n");
    let (_, found, ..) = super::catalogue::read(&text);
    let codes: Vec<_> = found.iter().map(|one| one.code.name).collect();
    assert_eq!(codes, ["too-many-steps"]);
}

#[test]
fn a_wait_inside_watches_from_before_what_acts_outside() {
    let t = good(
        "\
workflow: 1
name: x
define:
  arrival:
    inputs: {log: text}
    steps: [{id: come, uses: wait, with: {log: \"${{ inputs.log }}\", until: {id: 1}}}]
steps:
  - {id: act, uses: exec, host: A, with: {argv: [a]}}
  - {id: seen, uses: arrival, host: A, with: {log: System}}
",
    );
    let come = t.node(at(&t, "seen.come"));
    assert_eq!(come.arming.before, [at(&t, "act")]);
}

#[test]
fn where_a_wait_inside_watches_may_not_come_from_after_what_acts() {
    let found = check(
        "\
workflow: 1
name: x
define:
  arrival:
    inputs: {log: text}
    steps: [{id: come, uses: wait, with: {log: \"${{ inputs.log }}\", until: {id: 1}}}]
                 ^^^^ armed-too-early
steps:
  - {id: act, uses: exec, host: A, with: {argv: [a]}}
  - {id: seen, uses: arrival, host: A, with: {log: \"${{ steps.act.outputs.stdout }}\"}}
",
    );
    assert_eq!(found.len(), 1);
}

#[test]
fn a_list_of_finally_is_the_last_in_its_call_and_after_all() {
    let t = good(
        "\
workflow: 1
name: x
define:
  tidy:
    steps:
      - {id: one, uses: assert, with: {that: true}}
      - {id: two, needs: [], uses: assert, with: {that: true}}
    finally:
      - {id: last, uses: assert, with: {that: \"${{ steps.one.changed && failure == null }}\"}}
steps:
  - {id: a, uses: tidy}
",
    );
    let list = at(&t, "a.finally");
    assert!(t.is_finally(list));
    assert_eq!(t.finally_around(at(&t, "a.finally.last")), Some(list));
    assert_eq!(t.node(list).needs, [at(&t, "a.one"), at(&t, "a.two")]);
}

#[test]
fn a_secret_is_given_only_where_one_is_declared() {
    check(
        "\
workflow: 1
name: x
define:
  log_in:
    inputs: {word: secret, shown: {type: text, default: no}}
    steps: [{id: one, uses: exec, host: A, with: {argv: [\"${{ inputs.word }}\"]}}]
steps:
  - {id: a, uses: log_in, with: {word: \"${{ secrets.pw }}\"}}
  - {id: b, uses: log_in, with: {word: \"${{ secrets.pw }}\", shown: \"${{ secrets.pw }}\"}}
                                                                        ^^^^^^^^^^ secret-not-taken
",
    );
}

#[test]
fn a_workflow_that_calls_stands_alone() {
    let t = good(&format!(
        "{SEND}steps:\n  - {{id: a, uses: send, with: {{po: \"${{{{ inputs.one }}}}\"}}}}\n"
    ));
    let text = serde_json::to_string(&t).expect("it can be written");
    let again: Workflow = serde_json::from_str(&text).expect("and read");
    assert_eq!(serde_json::to_string(&again).expect("again"), text);
    assert_eq!(
        again
            .node(at(&again, "a"))
            .call
            .as_ref()
            .map(|it| it.inputs.len()),
        Some(2)
    );
}

#[test]
fn what_a_call_is_given_is_written_out_input_by_input() {
    let head = "workflow: 1\nname: x\ninputs: {a: {type: text, default: b}}\ndefine:\n  k:\n    inputs: {n: {type: text, default: c}}\n    steps: [{id: s, uses: assert, with: {that: \"${{ inputs.n == 'c' }}\"}}]\nsteps:\n";
    for with in ["\"${{ inputs.a }}\"", "\"n ${{ inputs.a }}\""] {
        let text = format!("{head}  - {{id: s, uses: k, with: {with}}}\n");
        let (_, mut found, ..) = read(&text);
        found.retain(Diagnostic::is_error);
        assert_eq!(found.len(), 1, "{found:#?}");
        assert_eq!(found[0].code.name, "wrong-type");
    }
}
