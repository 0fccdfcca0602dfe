//! What a plan knows of single items of a `foreach`.

use super::rows;

#[test]
fn an_item_that_is_called_by_what_is_not_known_yet_may_be_the_one() {
    let rows = rows(
        "
steps:
  - {id: run, uses: act, with: {run: a}}
  - {id: s, foreach: {n: \"${{ [text(steps.run.outputs.n)] }}\"}, uses: give, with: {value: 1}}
  - {id: k, foreach: {n: \"${{ ['A', 'B'] }}\"}, uses: give, with: {value: 1}}
  - {id: one, uses: set, when: 'steps.s[\"1\"].outputs.value == 1', with: {key: K, value: 2}}
  - {id: two, uses: set, when: 'steps.k[\"A\"].outputs.value == 1', with: {key: L, value: 2}}
  - {id: three, uses: set, when: 'steps.k[\"C\"].outputs.value == 1', with: {key: M, value: 2}}
",
    );
    assert_eq!(
        rows[4..],
        [
            "one ~ put K: 1 -> 2 Exact ? steps.s[\"1\"].outputs.value == 1 ^",
            "two + put L: (absent) -> 2 Exact ^",
            "three fails bad-expression",
        ]
    );
}
