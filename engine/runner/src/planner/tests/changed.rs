//! What a plan knows of `changed:`.

use super::rows;

#[test]
fn a_plan_knows_of_changed_what_it_can() {
    assert_eq!(
        rows(
            "
steps:
  - {id: run, uses: act, changed: outputs.n == 2, with: {run: a}}
  - {id: never, uses: act, changed: false, with: {run: b}}
  - {id: g, steps: [{id: in, uses: set, with: {key: N, value: 1}}]}
  - {id: o, steps: [{id: in, uses: act, changed: outputs.n == 2, with: {run: c}}]}
  - {id: one, uses: set, when: steps.run.changed, with: {key: K, value: 2}}
  - {id: two, uses: set, when: steps.never.changed, with: {key: K, value: 3}}
  - {id: three, uses: set, when: steps.g.changed, with: {key: M, value: 4}}
  - {id: four, uses: set, when: steps.o.changed, with: {key: M, value: 5}}
"
        )[4..],
        [
            "one ~ put K: 1 -> 2 Exact ? steps.run.changed ^",
            "two skipped",
            "three + put M: (absent) -> 4 Exact ^",
            "four ~ put M: 4 -> 5 Exact ? steps.o.changed ^",
        ]
    );
}
