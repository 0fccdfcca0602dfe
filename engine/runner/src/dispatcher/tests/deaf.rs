//! What cannot be watched is not caused.

use crate::testing::bench::bench;

#[test]
fn when_a_mark_fails_the_wait_fails_and_nothing_acts() {
    let ran = bench(
        "
steps:
  - {id: t2, uses: act, with: {run: t2}}
  - id: replies
    foreach: {po: [A, B, C], parallel: 3}
    steps:
      - {id: sent, uses: wait, host: '${{ po }}', with: {until: {id: 1}}}
  - {id: after, uses: act, with: {run: after}}
",
    )
    .given(|site| {
        site.deaf.insert("B".into());
    })
    .run();
    assert_eq!(ran.performed("act"), [""; 0]);
    assert_eq!(ran.of("replies[\"B\"].sent").word(), "failed");
    assert_eq!(ran.of("t2").word(), "blocked");
    let failure = ran.one("t2").failure.clone().expect("it says why");
    assert_eq!(
        &*failure.message,
        "`replies[\"B\"].sent` could not be armed: the log cannot be read"
    );
    assert_eq!(ran.status().word(), "failed");
}

#[test]
fn in_a_foreach_a_failed_mark_stops_only_its_own_instance() {
    let ran = bench(
        "
steps:
  - id: t1
    foreach: {po: [A, B, C], parallel: 3, failures: warn}
    steps:
      - {id: send, uses: act, host: '${{ po }}', with: {run: '${{ po }}', emits: [[0, {id: 1, at: '${{ po }}'}]], takes: 1}}
      - {id: seen, uses: wait, host: '${{ po }}', with: {until: {id: 1}}}
",
    )
    .given(|site| {
        site.deaf.insert("B".into());
    })
    .run();
    assert_eq!(ran.status().word(), "succeeded");
    assert_eq!(ran.performed("act"), ["A", "C"]);
    assert_eq!(ran.of("t1[\"B\"].send").word(), "blocked");
}

#[test]
fn a_wait_by_itself_for_every_item_starts_no_earlier_than_its_foreach() {
    let ran = bench(
        "
steps:
  - {id: t2, uses: act, with: {run: t2, emits: [[0, {id: 1}]]}}
  - {id: seen, uses: wait, host: '${{ po }}', foreach: {po: [A, B], failures: warn}, with: {until: {id: 1}}}
",
    )
    .given(|site| {
        site.deaf.insert("A".into());
    })
    .run();
    assert_eq!(ran.performed("act"), [""; 0]);
    assert_eq!(ran.told_of("started seen"), [""; 0]);
    assert_eq!(ran.status().word(), "failed");
}

#[test]
fn a_group_whose_waits_have_failed_before_it_starts_still_ends() {
    let ran = bench(
        "
steps:
  - {id: first, uses: give, with: {value: 1}}
finally:
  - {id: act, uses: act, with: {run: act}}
  - {id: g, steps: [{id: w, uses: wait, host: A, with: {until: {id: 1}}}]}
  - {id: last, uses: act, with: {run: last}}
",
    )
    .given(|site| {
        site.deaf.insert("A".into());
    })
    .run();
    assert_eq!(ran.performed("act"), ["last"]);
    assert_eq!(ran.of("finally.g").word(), "failed");
}

#[test]
fn a_list_that_cannot_be_read_is_a_mark_that_failed() {
    let ran = bench(
        "
steps:
  - {id: pos, uses: give, with: {value: 1}}
  - {id: t2, uses: act, with: {run: t2}}
  - {id: replies, foreach: {po: '${{ steps.pos.outputs.value }}'}, steps: [{id: w, uses: wait, with: {until: {id: 1}}}]}
",
    )
    .run();
    assert_eq!(ran.performed("act"), [""; 0]);
    assert_eq!(
        ran.ends(),
        [
            "pos succeeded",
            "t2 blocked: not-armed",
            "replies failed: not-a-list"
        ]
    );
}

#[test]
fn a_wait_that_is_not_to_run_is_not_armed_and_stops_nobody() {
    let ran = bench(
        "
inputs:
  watch: {type: bool, default: false}
steps:
  - {id: first, uses: act, with: {run: first}}
  - {id: t2, uses: act, with: {run: t2}}
  - {id: own, uses: wait, host: B, when: inputs.watch, with: {until: {id: 1}}}
  - id: around
    when: steps.first.changed && inputs.watch
    steps:
      - {id: inside, uses: wait, host: B, with: {until: {id: 1}}}
",
    )
    .given(|site| {
        site.deaf.insert("B".into());
    })
    .run();
    assert_eq!(ran.performed("act"), ["first", "t2"]);
    assert_eq!(ran.of("own").word(), "skipped");
    assert_eq!(ran.of("around").word(), "skipped");
    assert_eq!(ran.performed("mark"), [""; 0]);
    assert_eq!(ran.status().word(), "succeeded");
}

#[test]
fn a_condition_that_may_still_change_arms_all_the_same() {
    let ran = bench(
        "
steps:
  - {id: t2, uses: act, with: {run: t2, emits: [[0, {id: 1}]]}}
  - {id: seen, uses: wait, when: 'default(steps.t2.outputs.n, 0) > 0', with: {until: {id: 1}}}
",
    )
    .run();
    assert_eq!(ran.of("seen").word(), "succeeded");
    assert_eq!(ran.performed("mark").len(), 1);
}
