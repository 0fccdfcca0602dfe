//! Confirmations and cancels.

use crate::testing::bench::{bench, bench_with_own_time};

const CONFIRMED: &str = "
steps:
  - {id: a, uses: act, confirm: 'Really?', with: {run: a}}
finally:
  - {id: last, uses: act, with: {run: last}}
";

#[test]
fn a_person_says_yes_or_no() {
    let ran = bench(CONFIRMED).told(&[true]).run();
    assert_eq!(ran.performed("act"), ["a", "last"]);
    let ran = bench(CONFIRMED).told(&[false]).run();
    assert_eq!(ran.ends()[0], "a failed: declined");
    assert_eq!(ran.performed("act"), ["last"]);
}

#[test]
fn whom_nobody_answers_can_still_cancel() {
    let ran = bench_with_own_time(&CONFIRMED.replace(
        "uses: act, with: {run: last}",
        "uses: act, with: {run: last, takes: 9}",
    ))
    .cancelled_at(5)
    .run();
    assert_eq!(
        ran.ends(),
        ["a cancelled", "finally succeeded", "finally.last succeeded"]
    );
    assert_eq!(ran.status().word(), "cancelled");
}

const LONG: &str = "
steps:
  - {id: writer, uses: act, needs: [], with: {run: writer, takes: 20}}
  - {id: w, uses: wait, needs: [], with: {until: {id: 1}}}
  - {id: later, uses: act, needs: [writer], with: {run: later}}
  - {id: more, foreach: {po: [A]}, steps: [{id: x, uses: act, with: {run: x}}]}
finally:
  - {id: last, uses: act, with: {run: last, takes: 3}}
";

#[test]
fn cancel_starts_nothing_ends_waits_and_lets_writers_end() {
    let ran = bench(LONG).cancelled_at(5).run();
    assert_eq!(
        ran.told_of("ended "),
        [
            "5s ended w cancelled",
            "20s ended writer succeeded",
            "20s ended later cancelled",
            "20s ended  cancelled",
            "23s ended finally.last succeeded",
            "23s ended finally succeeded",
        ]
    );
    assert_eq!(ran.of("more").word(), "cancelled");
    assert_eq!(
        (ran.status().word(), ran.world.site().open_waits),
        ("cancelled", 0)
    );
}

#[test]
fn cancel_again_interrupts_what_acts_and_that_is_in_doubt() {
    let ran = bench_with_own_time(
        "
steps:
  - {id: a, uses: slow, with: {run: a, takes: 60}}
finally:
  - {id: last, uses: act, with: {run: last}}
",
    )
    .cancelled_at(5)
    .cancelled_at(7)
    .run();
    assert_eq!(ran.told_of("ended a"), ["7s ended a in-doubt"]);
    assert_eq!(ran.of("finally.last").word(), "succeeded");
    assert_eq!(ran.status().word(), "in-doubt");
}

#[test]
fn cancel_again_ends_a_wait_of_a_writer_without_doubt() {
    let ran = bench("steps:\n  - {id: kick, uses: kick, with: {run: kick, until: {id: 1}}}\n")
        .cancelled_at(5)
        .cancelled_at(7)
        .run();
    assert_eq!(ran.told_of("ended kick"), ["7s ended kick cancelled"]);
    assert_eq!(ran.status().word(), "cancelled");
}

#[test]
fn a_failure_after_a_cancel_is_not_tried_again() {
    let ran =
        bench("steps:\n  - {id: a, uses: act, retry: 9, with: {run: a, takes: 9, fails: 9}}\n")
            .cancelled_at(5)
            .run();
    assert_eq!(ran.performed("act").len(), 1);
}

#[test]
fn a_pause_before_the_next_attempt_ends_with_a_cancel() {
    let ran = bench(
        "steps:\n  - {id: a, uses: act, retry: {max: 9, backoff: 1h}, with: {run: a, fails: 9}}\n",
    )
    .cancelled_at(5)
    .run();
    assert_eq!(ran.told_of("ended a"), ["5s ended a cancelled"]);
}

#[test]
fn a_question_that_is_withdrawn_holds_up_nothing() {
    let ran = bench(
        "
steps:
  - {id: a, uses: act, confirm: 'Really?', with: {run: a}}
  - {id: b, uses: act, needs: [], with: {run: cancel, takes: 1}}
finally:
  - {id: last, uses: act, with: {run: last, takes: 3}}
",
    )
    .run();
    assert_eq!(ran.of("a").word(), "cancelled");
    assert_eq!(ran.of("finally.last").word(), "succeeded");
}

#[test]
fn what_is_done_finally_is_not_stopped_at_the_first_word() {
    let finally = "
steps:
  - {id: a, uses: give, with: {value: 1}}
finally:
  - {id: w, uses: wait, timeout: 20s, with: {until: {id: 1}}}
";
    let ran = bench(finally).cancelled_at(5).run();
    assert_eq!(
        ran.told_of("ended finally.w"),
        ["20s ended finally.w failed"]
    );
    let ran = bench(finally).cancelled_at(5).cancelled_at(6).run();
    assert_eq!(
        ran.told_of("ended finally.w"),
        ["6s ended finally.w cancelled"]
    );
}
