//! Whoever ends the wait for a program ends the program.

use crate::testing::bench::{Ran, bench_with_own_time};

fn ended_early(ran: &Ran) -> usize {
    ran.world.site().interrupted.len()
}

fn why(ran: &Ran) -> String {
    let failure = ran.one("a").failure.clone().expect("it says why");
    failure.message.to_string()
}

#[test]
fn cancel_again_ends_a_program_that_is_waited_for_and_that_is_in_doubt() {
    let ran = bench_with_own_time("steps:\n  - {id: a, uses: act, with: {run: a, takes: 60}}\n")
        .cancelled_at(5)
        .cancelled_at(7)
        .run();
    assert_eq!(ran.told_of("ended a"), ["7s ended a in-doubt"]);
    assert_eq!(ran.status().word(), "in-doubt");
    assert_eq!(ended_early(&ran), 1);
    assert_eq!(
        why(&ran),
        "interrupted, so what it has done is not known: act a"
    );
}

#[test]
fn a_program_that_is_out_of_time_is_ended_and_named() {
    let ran = bench_with_own_time(
        "steps:\n  - {id: a, uses: act, timeout: 5s, with: {run: a, takes: 60}}\n",
    )
    .run();
    assert_eq!(ran.told_of("ended a"), ["5s ended a failed"]);
    assert_eq!(ended_early(&ran), 1);
    assert_eq!(why(&ran), "not over within 5s: act a");
}

#[test]
fn a_program_that_was_out_of_time_may_be_started_again() {
    let ran = bench_with_own_time(
        "
steps:
  - {id: a, uses: act, timeout: {attempt: 5s}, retry: {max: 1, on: [timeout]}, with: {run: a, takes: 60}}
",
    )
    .run();
    assert_eq!(ran.performed("act"), ["a", "a"]);
    assert_eq!(ran.told_of("ended a"), ["10s ended a failed"]);
    assert_eq!(ended_early(&ran), 2, "each was ended first");
}
