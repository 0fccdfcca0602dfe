//! Questions whose answer is lost: what served them is gone.

use runsheet_step::{Fault, Form};

use crate::testing::bench::{Ran, bench};

fn run(steps: &str, resource: &str, times: usize) -> Ran {
    bench(steps)
        .given(|site| {
            let lost = Fault::new(Form::code("lost"), "the driver has ended");
            site.faults.insert(resource.into(), vec![lost; times]);
        })
        .run()
}

#[test]
fn an_act_whose_answer_is_lost_is_in_doubt_and_not_asked_again() {
    let ran = run(
        "steps:\n  - {id: a, uses: act, with: {run: a}}\n  - {id: b, uses: act, with: {run: b}}\n",
        "a",
        1,
    );
    assert_eq!(ran.of("a").word(), "in-doubt");
    assert_eq!(ran.performed("act"), ["a"]);
    let failure = ran.one("a").failure.clone().expect("it says why");
    assert_eq!(failure.to_string(), "no-answer: the driver has ended");
    assert_eq!(ran.status().word(), "in-doubt");
}

#[test]
fn a_write_that_may_be_asked_twice_is() {
    let set = "steps:\n  - {id: s, uses: set, with: {key: K, value: 1}}\n";
    let ran = run(set, "K", 3);
    assert_eq!(ran.status().word(), "succeeded");
    assert_eq!(ran.performed("put"), ["K", "K", "K", "K"]);
    let given_up = run(set, "K", 4);
    assert_eq!(given_up.of("s").word(), "in-doubt");
}

#[test]
fn a_lost_act_that_was_out_of_time_is_in_doubt_all_the_same() {
    let ran = run(
        "steps:\n  - {id: a, uses: act, timeout: 1s, retry: 2, with: {run: a}}\n",
        "a",
        1,
    );
    assert_eq!(ran.of("a").word(), "in-doubt");
    assert_eq!(ran.performed("act"), ["a"]);
}

#[test]
fn a_write_that_was_lost_and_is_refused_when_asked_again_is_in_doubt() {
    let steps = "steps:\n  - {id: s, uses: set, with: {key: K, value: 1}}\n";
    let ran = bench(steps)
        .given(|site| {
            let lost = Fault::new(Form::code("lost"), "the driver has ended");
            let gone = Fault::new(Form::code("driver-gone"), "it does not start any more");
            site.faults.insert("K".into(), vec![lost, gone]);
        })
        .run();
    assert_eq!(ran.of("s").word(), "in-doubt");
    let failure = ran.one("s").failure.clone().expect("it says why");
    let told = "no-answer: the driver has ended; asked again: it does not start any more";
    assert_eq!(failure.to_string(), told);
}

#[test]
fn a_write_in_doubt_is_taken_back_all_the_same() {
    let ran = run(
        "steps:\n  - {id: s, uses: set, undo: at-end, with: {key: K, value: 1}}\n",
        "K",
        4,
    );
    assert_eq!(ran.of("s").word(), "in-doubt");
    assert_eq!(ran.told_of("restored"), ["7s restored s: K"]);
    assert_eq!(ran.status().word(), "in-doubt");
    assert!(ran.world.site().store.is_empty());
}

#[test]
fn an_act_in_doubt_is_told_where_it_was_to_be_taken_back() {
    let ran = run(
        "steps:\n  - {id: a, uses: act, undo: at-end, with: {run: a}}\n",
        "a",
        1,
    );
    assert_eq!(ran.of("a").word(), "in-doubt");
    assert_eq!(ran.told_of("restored"), ["0s restored a: a"]);
}
