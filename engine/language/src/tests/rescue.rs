//! Lists of `rescue:`: who is called what, where it acts, and what it watches from.

use super::catalogue::{check, good};
use crate::workflow::{StepId, Workflow};

fn named(workflow: &Workflow, dotted: &str) -> StepId {
    let mut ids = workflow.ids();
    let found = ids.find(|id| *workflow.dotted(*id) == *dotted);
    found.unwrap_or_else(|| panic!("there is no `{dotted}`"))
}

#[test]
fn what_rescues_is_seen_from_inside_only_and_begins_anew() {
    check(
        "workflow: 1
name: x
steps:
  - id: g
    steps:
      - {id: rescue, uses: assert, with: {that: true}}
             ^^^^^^ duplicate-id
    rescue:
      - {id: r, uses: assert, with: {that: \"${{ steps.rescue.changed && failure.exit == 1 }}\"}}
      - {id: s, uses: assert, with: {that: \"${{ steps.r.changed && steps.g.changed }}\"}}
                                                                         ^ not-before
  - id: a
    uses: exec
    host: A
    with: {argv: [a]}
    rescue:
      - id: seen
        uses: wait
        since: a
               ^ since-not-before
        timeout: 5m
        host: A
        with: {log: Application, until: {id: 1}}
  - {id: b, uses: assert, with: {that: \"${{ steps.g.r.changed }}\"}}
                                                    ^ unknown-name
  - {id: c, uses: assert, with: {that: \"${{ steps.seen.changed }}\"}}
                                                  ^^^^ unknown-step
  - {id: d, uses: assert, with: {that: true}, rescue: []}
                                                      ^^ wrong-value
",
    );
}

#[test]
fn a_call_that_is_rescued_is_so_where_its_caller_says() {
    let workflow = good(
        "workflow: 1
name: x
inputs: {at: {type: host, default: B}}
define:
  sure:
    defaults: {host: A, lock: inner}
    steps: [{id: in, uses: exec, with: {argv: [a]}}]
steps:
  - id: c
    uses: sure
    host: ${{ inputs.at }}
    lock: outer
    rescue: [{id: r, uses: exec, with: {argv: [\"${{ inputs.at.name }}\"]}}]
",
    );
    let of = |dotted: &str| {
        let node = workflow.node(named(&workflow, dotted));
        let host = node.action().and_then(|action| action.host.clone());
        let asks = host.expect("it has one").references().len();
        (asks, format!("{:?}", node.lock))
    };
    let (inside, rescue) = (of("c.in"), of("c.rescue.r"));
    assert!(inside.0 == 0 && inside.1.contains("inner"), "{inside:?}");
    assert!(rescue.0 == 1 && rescue.1.contains("outer"), "{rescue:?}");
    assert_eq!(workflow.scope(named(&workflow, "c.rescue.r")), StepId::MAIN);
}

#[test]
fn what_a_rescue_waits_for_is_watched_from_the_nearest_act_in_it() {
    let workflow = good(
        "workflow: 1
name: x
defaults: {host: A, timeout: 5m}
steps:
  - id: a
    uses: exec
    with: {argv: [a]}
    rescue:
      - {id: early, uses: wait, with: {log: Application, until: {id: 1}}}
      - {id: act, uses: exec, with: {argv: [b]}}
      - {id: late, uses: wait, with: {log: Application, until: {id: 2}}}
  - {id: after, uses: wait, with: {log: Application, until: {id: 3}}}
",
    );
    let before = |dotted: &str| {
        let node = workflow.node(named(&workflow, dotted));
        let names = node.arming.before.iter().map(|id| workflow.dotted(*id));
        names.map(|name| name.to_string()).collect::<Vec<_>>()
    };
    assert_eq!(before("a.rescue.early"), ["a.rescue"]);
    assert_eq!(before("a.rescue.late"), ["a.rescue.act"]);
    assert_eq!(before("after"), ["a"]);
}
