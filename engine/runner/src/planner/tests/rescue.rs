//! What a plan says of steps that may rescue others.

use super::rows;

#[test]
fn what_may_rescue_a_step_may_run() {
    assert_eq!(
        rows(
            "
steps:
  - id: a
    uses: act
    with: {run: a}
    rescue: [{id: r, uses: set, host: B, with: {key: K, value: 2}}]
  - {id: next, uses: set, host: B, with: {key: K, value: 3}}
"
        ),
        [
            "a > act a Opaque ! ..",
            "a.rescue.r ~ put K: 1 -> 2 Exact ? a fails",
            "next ..",
        ]
    );
}

#[test]
fn what_fails_for_certain_is_rescued_for_certain() {
    assert_eq!(
        rows(
            "
steps:
  - id: g
    rescue: [{id: r, uses: set, with: {key: K, value: 2}}]
    steps: [{id: x, uses: give, expect: outputs.value == 2, with: {value: 1}}]
  - {id: next, uses: set, with: {key: K, value: 3}}
"
        ),
        [
            "g.x fails expect",
            "g.rescue.r ~ put K: 1 -> 2 Exact",
            "next ~ put K: 2 -> 3 Exact",
        ]
    );
}

#[test]
fn how_the_steps_of_a_group_end_that_may_be_rescued_is_not_known_to_its_rescue() {
    let all = rows(
        "
steps:
  - id: g
    rescue: [{id: r, uses: set, host: B, when: not steps.x.changed, with: {key: K, value: 2}}]
    steps: [{id: x, uses: act, with: {run: x}}]
",
    );
    assert!(
        all[1].contains("put K: 1 -> 2") && all[1].contains(" ? "),
        "{all:?}"
    );
}

#[test]
fn what_runs_at_the_end_of_a_failure_may_run() {
    let all = rows(
        "
steps:
  - {id: a, uses: set, with: {key: K, value: 2}}
finally:
  - {id: gone, uses: set, when: failure != null, with: {key: K, value: 3}}
  - {id: well, uses: set, when: failure == null, with: {key: L, value: 3}}
",
    );
    assert!(
        all[1].starts_with("finally.gone ~ put K: 2 -> 3"),
        "{all:?}"
    );
    assert!(all[1].ends_with("? failure != null"), "{all:?}");
    assert!(all[2].ends_with("? failure == null"), "{all:?}");
}
