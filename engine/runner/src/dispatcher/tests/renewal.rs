//! Which marks are kept and which are taken anew when something is tried again.

use crate::testing::bench::bench;

const RETRIED: &str = "
steps:
  - {id: kick, uses: act, with: {run: kick, emits: [[0, {id: 9}]], takes: 1}}
  - id: g
    retry: 1
    steps:
      - {id: early, uses: wait, with: {until: {id: 9}}}
      - {id: send, uses: act, with: {run: send, emits: [[0, {id: 1}]], takes: 1}}
      - {id: moody, uses: flaky, with: {name: moody, fails: 1}}
      - {id: seen, uses: wait, with: {until: {id: 1}}}
  - {id: outside, uses: wait, with: {until: {id: 1}}}
";

#[test]
fn a_group_tried_again_takes_new_marks_for_what_its_own_steps_cause() {
    let ran = bench(RETRIED).run();
    assert_eq!(ran.status().word(), "succeeded");
    assert_eq!(ran.since("g.early"), 0, "`kick` did not act again");
    assert_eq!(ran.since("g.seen"), 2, "from the second `send`");
    assert_eq!(
        ran.since("outside"),
        2,
        "all that it waits for lies in the group"
    );
    assert_eq!(ran.one("g.send").attempt, 2);
}

#[test]
fn a_wait_for_all_items_keeps_its_mark_when_one_item_is_tried_again() {
    let ran = bench(
        "
steps:
  - id: each
    foreach: {po: [A, B]}
    retry: 1
    steps:
      - {id: send, uses: act, with: {run: send, emits: [[0, {id: 1}]], takes: 1}}
      - {id: moody, uses: flaky, with: {name: '${{ po }}', fails: 1}}
  - {id: all, uses: wait, with: {until: {id: 1}, count: 4}}
",
    )
    .run();
    assert_eq!((ran.status().word(), ran.since("all")), ("succeeded", 0));
    assert_eq!(ran.one("all").outputs.get("items").items().len(), 4);
}

#[test]
fn marks_of_items_outlive_a_retry_of_the_group_around_their_foreach() {
    let ran = bench(
        "
steps:
  - {id: kick, uses: act, with: {run: kick, emits: [[0, {id: 9}]], takes: 1}}
  - id: g
    retry: 1
    steps:
      - {id: each, foreach: {po: [A, B]}, steps: [{id: w, uses: wait, with: {until: {id: 9}}}]}
      - {id: moody, uses: flaky, with: {name: moody, fails: 1}}
",
    )
    .run();
    assert_eq!((ran.status().word(), ran.marks()), ("succeeded", 1));
}

#[test]
fn a_step_tried_again_keeps_its_marks() {
    let ran = bench(
        "
steps:
  - {id: send, uses: act, retry: 1, with: {run: send, fails: 1, emits: [[0, {id: 1}]], takes: 1}}
  - {id: seen, uses: wait, retry: 1, timeout: {attempt: 5s}, with: {until: {id: 1}, count: 3}}
",
    )
    .run();
    assert_eq!(ran.marks(), 1, "two attempts of each, one mark");
    assert_eq!(ran.since("seen"), 0);
    assert_eq!(
        ran.of("seen").word(),
        "failed",
        "there were two events only"
    );
    assert_eq!(ran.told_of("retried").len(), 2);
}
