//! Calls in a plan.

use super::{lit, rows};
use crate::testing::bench::bench;

const DEFINE: &str = "
define:
  put:
    inputs: {key: text, value: any}
    outputs: {was: '${{ steps.before.outputs.value }}'}
    steps:
      - {id: before, uses: read, with: {key: '${{ inputs.key }}'}}
      - {id: now, uses: set, with: {key: '${{ inputs.key }}', value: '${{ inputs.value }}'}}
  for-a-while:
    steps:
      - {id: other, uses: set, undo: at-end, with: {key: K, value: 5}}
      - {id: seen, uses: read, with: {key: K}}
    finally: []
steps:
";

fn planned(steps: &str) -> Vec<String> {
    rows(&format!("{DEFINE}{steps}"))
}

#[test]
fn the_steps_of_a_call_stand_under_its_name() {
    assert_eq!(
        planned(
            "
  - {id: a, uses: put, with: {key: K, value: 2}}
  - {id: each, foreach: {k: [M, N]}, uses: put, with: {key: '${{ k }}', value: '${{ steps.a.outputs.was }}'}}
"
        ),
        [
            "a.before",
            "a.now ~ put K: 1 -> 2 Exact",
            "each[\"M\"].before",
            "each[\"M\"].now + put M: (absent) -> 1 Exact",
            "each[\"N\"].before",
            "each[\"N\"].now + put N: (absent) -> 1 Exact",
        ]
    );
}

#[test]
fn what_is_not_known_outside_is_not_known_inside() {
    assert_eq!(
        planned(
            "
  - {id: run, uses: act, host: A, with: {run: a}}
  - {id: a, uses: put, with: {key: K, value: '${{ steps.run.outputs.n }}'}}
  - {id: b, uses: put, when: steps.run.outputs.n == 3, with: {key: K, value: 4}}
  - {id: c, uses: put, with: {key: N, value: '${{ steps.b.outputs.was }}'}}
"
        ),
        [
            "run > act a Opaque ! ..",
            "a.before",
            "a.now ~ put K: 1 -> (known after `run`) Bounded",
            "b.before .. ? steps.run.outputs.n == 3",
            "b.now .. ? steps.run.outputs.n == 3",
            "c.before",
            "c.now + put N: (absent) -> (known after `b.before`) Bounded",
        ]
    );
}

#[test]
fn what_a_call_changes_for_the_time_being_is_as_it_was_after_it() {
    assert_eq!(
        planned(
            "
  - {id: a, uses: for-a-while}
  - {id: after, uses: set, with: {key: K, value: 1}}
"
        ),
        ["a.other ~ put K: 1 -> 5 Exact", "a.seen", "after"]
    );
}

#[test]
fn an_output_that_cannot_be_worked_out_is_foreseen() {
    let yaml = "
define:
  maybe:
    outputs: {found: '${{ steps.one.outputs.value }}'}
    steps: [{id: one, uses: give, when: 1 == 2, with: {value: 1}}]
steps:
  - {id: a, uses: maybe}
  - {id: b, uses: give, with: {value: 1}}
";
    let rows = lit(bench(yaml)).rows();
    assert_eq!(rows, ["a fails bad-expression", "a.one skipped"]);
}

#[test]
fn a_plan_with_calls_stands_alone() {
    let bench = lit(bench(&format!(
        "{DEFINE}  - {{id: a, uses: put, with: {{key: K, value: 2}}}}\n"
    )));
    let plan = bench.plan();
    let text = serde_json::to_string(&plan).expect("it is written");
    let read = serde_json::from_str(&text).expect("and read");
    let ran = bench.apply(&read);
    assert_eq!(ran.status().word(), "succeeded");
    assert_eq!(ran.one("a").outputs.to_string(), "{was: 1}");
}
