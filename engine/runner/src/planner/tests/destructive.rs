//! What a plan says of steps that destroy.

use super::rows;

#[test]
fn what_destroys_cannot_be_undone_whatever_else_is_known_of_it() {
    assert_eq!(
        rows(
            "
steps:
  - {id: a, uses: set, with: {key: K, value: 2}}
  - {id: b, uses: set, destructive: true, confirm: Now?, with: {key: K, value: 3}}
  - id: g
    confirm: Now?
    destructive: true
    steps: [{id: in, uses: set, with: {key: K, value: 4}}]
"
        ),
        [
            "a ~ put K: 1 -> 2 Exact",
            "b ~ put K: 2 -> 3 Exact !",
            "g.in ~ put K: 3 -> 4 Exact !",
        ]
    );
}
