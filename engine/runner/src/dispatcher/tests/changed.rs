//! What `changed:` says in a run.

use crate::testing::bench::bench;

#[test]
fn what_changed_says_counts_in_place_of_the_kind() {
    let ran = bench(
        "
steps:
  - {id: a, uses: act, changed: false, with: {run: a}}
  - {id: b, uses: give, changed: outputs.value == 1, with: {value: 1}}
  - {id: c, uses: give, changed: outputs.value == 1, with: {value: 2}}
  - {id: d, uses: act, accept: [{exit: 1}], changed: outputs.fault == null, with: {run: d, fails: 1}}
  - {id: g, steps: [{id: x, uses: act, changed: false, with: {run: x}}]}
  - {id: h, changed: true, steps: [{id: x, uses: give, with: {value: 1}}]}
  - {id: each, foreach: {v: [1, 2]}, uses: give, changed: outputs.value == 2, with: {value: '${{ v }}'}}
  - {id: seen, when: steps.b.changed && not steps.a.changed, uses: give, with: {value: 1}}
",
    )
    .run();
    let changed = |address: &str| ran.one(address).changed;
    let all = ["a", "b", "c", "d", "g", "h", "each", "each[\"1\"]"].map(changed);
    let wanted = [false, true, false, false, false, true, true, false];
    assert_eq!((all, ran.one("seen").status.word()), (wanted, "succeeded"));
}

#[test]
fn a_changed_that_cannot_be_worked_out_is_a_failure() {
    let ran =
        bench("steps:\n  - {id: a, uses: give, changed: outputs.value.there, with: {value: 1}}\n")
            .run();
    assert_eq!(ran.ends(), ["a failed: bad-expression"]);
}
