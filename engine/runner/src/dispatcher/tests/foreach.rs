//! One instance per item.

use crate::testing::bench::bench;

fn each(options: &str, step: &str) -> String {
    format!(
        "
steps:
  - {{id: each, foreach: {{po: [A, B, C, D], {options}}}, {step}}}
  - {{id: after, uses: give, needs: [], with: {{value: 1}}}}
"
    )
}

const TAKES_TWO: &str = "uses: act, lock: none, with: {run: '${{ po }}', takes: 2}";
const B_FAILS: &str = "uses: flaky, with: {name: '${{ po }}', fails: \"${{ po == 'B' ? 9 : 0 }}\"}";

#[test]
fn items_run_one_after_the_other_unless_told_otherwise() {
    let ran = bench(&each("parallel: 1", TAKES_TWO)).run();
    let started = ran.told_of("started each[");
    assert_eq!(started[1], "2s started each[\"B\"] 1");
    assert_eq!(started[3], "6s started each[\"D\"] 1");
    let ran = bench(&each("parallel: 3", TAKES_TWO)).run();
    let started = ran.told_of("started each[");
    assert_eq!(started[2], "0s started each[\"C\"] 1");
    assert_eq!(started[3], "2s started each[\"D\"] 1");
}

#[test]
fn a_key_names_the_instances() {
    let ran = bench(&each("key: 'lower(po)'", TAKES_TWO)).run();
    assert_eq!(ran.of("each[\"c\"]").word(), "succeeded");
}

#[test]
fn two_items_of_one_name_are_an_error() {
    let ran = bench(&each("key: 'po == \"A\" ? \"x\" : \"y\"'", TAKES_TWO)).run();
    assert_eq!(ran.ends()[0], "each failed: duplicate-key");
    assert_eq!(ran.performed("act"), [""; 0]);
}

#[test]
fn after_a_failure_no_more_items_start() {
    let ran = bench(&each("failures: stop", B_FAILS)).run();
    assert_eq!(
        ran.ends()[..5],
        [
            "each failed: flaky",
            "each[\"A\"] succeeded",
            "each[\"B\"] failed: flaky",
            "each[\"C\"] blocked",
            "each[\"D\"] blocked"
        ]
    );
}

#[test]
fn items_that_wait_for_a_lock_do_not_start_after_a_failure() {
    let ran = bench(&each(
        "parallel: 4, failures: stop",
        "uses: act, lock: gate, with: {run: '${{ po }}', takes: 2, fails: \"${{ po == 'B' ? 9 : 0 }}\"}",
    ))
    .run();
    assert_eq!(ran.performed("act"), ["A", "B"]);
    assert_eq!(ran.of("each[\"C\"]").word(), "blocked");
    assert_eq!(ran.status().word(), "failed");
}

#[test]
fn all_items_run_and_then_it_fails() {
    let ran = bench(&each("failures: finish", B_FAILS)).run();
    assert_eq!(ran.of("each[\"D\"]").word(), "succeeded");
    assert_eq!(ran.of("each").word(), "failed");
}

#[test]
fn failures_are_warnings_unless_all_failed() {
    let ran = bench(&each("failures: warn", B_FAILS)).run();
    assert_eq!(ran.of("each").word(), "succeeded");
    assert_eq!(
        ran.one("each").warnings,
        ["1 item of 4 did not end well: B".into()]
    );
    let all = "uses: flaky, with: {name: '${{ po }}', fails: 9}";
    let ran = bench(&each("failures: warn", all)).run();
    assert_eq!(ran.of("each").word(), "failed");
}

#[test]
fn who_ended_well_and_who_did_not_can_be_asked() {
    let ran = bench(
        "
steps:
  - {id: each, foreach: {po: [A, B, C], failures: warn}, uses: flaky, with: {name: '${{ po }}', fails: \"${{ po == 'B' ? 9 : 0 }}\"}}
  - {id: well, uses: give, with: {value: '${{ steps.each.succeeded }}'}}
  - {id: ill, uses: give, with: {value: '${{ steps.each.failed }}'}}
",
    )
    .run();
    let value = |address: &str| ran.one(address).outputs.get("value").to_string();
    assert_eq!(
        (value("well"), value("ill")),
        ("[A, C]".to_owned(), "[B]".to_owned())
    );
}

#[test]
fn a_condition_holds_for_each_item() {
    let ran = bench(&each(
        "parallel: 1",
        "when: po != 'B', uses: give, with: {value: 1}",
    ))
    .run();
    assert_eq!(
        ran.ends()[..3],
        [
            "each succeeded",
            "each[\"A\"] succeeded",
            "each[\"B\"] skipped"
        ]
    );
}

#[test]
fn a_retry_is_for_each_item() {
    let ran = bench(&each(
        "parallel: 1",
        "retry: 2, steps: [{id: x, uses: flaky, with: {name: '${{ po }}', fails: 2}}]",
    ))
    .run();
    assert_eq!(ran.status().word(), "succeeded");
    assert_eq!(ran.one("each[\"D\"].x").attempt, 3);
}

#[test]
fn ten_thousand_items_can_be_blocked_at_once() {
    let items: Vec<_> = (0..10_000).map(|n| n.to_string()).collect();
    let ran = bench(&format!(
        "
steps:
  - {{id: each, foreach: {{po: [{}]}}, uses: flaky, with: {{name: x, fails: 9}}}}
",
        items.join(", ")
    ))
    .run();
    assert_eq!(ran.of("each[\"9999\"]").word(), "blocked");
    assert_eq!(ran.status().word(), "failed");
}

#[test]
fn a_word_asked_of_a_step_is_never_an_item_of_that_name() {
    let ran = bench(
        "
steps:
  - {id: each, foreach: {po: [status, B]}, uses: give, with: {value: '${{ po }}'}}
  - {id: whole, when: 'steps.each.status == \"succeeded\"', uses: give, with: {value: 1}}
  - {id: one, when: 'steps.each[\"status\"].outputs.value == \"status\"', uses: give, with: {value: 1}}
",
    )
    .run();
    assert_eq!(ran.of("whole").word(), "succeeded");
    assert_eq!(ran.of("one").word(), "succeeded");
}
