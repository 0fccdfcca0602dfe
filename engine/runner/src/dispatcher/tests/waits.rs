//! What waits see.

use crate::testing::bench::bench;

fn wait(emits: &str, with: &str) -> crate::testing::bench::Ran {
    bench(&format!(
        "
steps:
  - {{id: send, uses: act, with: {{run: send, emits: {emits}}}}}
  - {{id: w, uses: wait, timeout: 5m, with: {{{with}}}}}
"
    ))
    .run()
}

#[test]
fn a_wait_goes_on_over_many_slices() {
    let ran = wait("[[200, {id: 1}]]", "until: {id: 1}");
    assert_eq!(ran.told_of("ended w"), ["200s ended w succeeded"]);
    assert_eq!(ran.performed("wait").len(), 7, "asked anew every 30 s");
    assert_eq!(ran.told_of("w asked").len(), 1, "and written down once");
}

#[test]
fn several_items_may_come_in_several_slices() {
    let ran = wait(
        "[[10, {id: 1, n: 1}], [20, {id: 2}], [95, {id: 1, n: 2}], [99, {id: 1, n: 3}]]",
        "until: {id: 1}, count: 2",
    );
    let items = ran.one("w").outputs.get("items");
    let numbers: Vec<_> = items
        .items()
        .iter()
        .map(|item| item.get("n").as_int())
        .collect();
    assert_eq!(numbers, [Some(1), Some(2)]);
}

#[test]
fn of_match_and_abort_the_earlier_in_the_stream_wins() {
    let with = "until: {id: 1}, abort: {id: 2}";
    assert_eq!(
        wait("[[1, {id: 2}], [1, {id: 1}]]", with).ends()[1],
        "w failed: aborted"
    );
    assert_eq!(
        wait("[[1, {id: 1}], [1, {id: 2}]]", with).ends()[1],
        "w succeeded"
    );
    let with = "until: {id: 1}, abort: {id: 2}, count: 2";
    let emits = "[[1, {id: 1}], [2, {id: 2}], [3, {id: 1}]]";
    let ran = wait(emits, with);
    assert_eq!(ran.ends()[1], "w failed: aborted");
    let items = ran.one("w").outputs.get("items").to_string();
    assert_eq!(items, "[{id: 1}, {id: 2}]", "what aborts is the last");
}

#[test]
fn a_resource_can_be_waited_for() {
    let ran = bench("steps:\n  - {id: on, uses: lamp, with: {name: L, to: on}}\n").run();
    assert_eq!(ran.told_of("ended on"), ["1s ended on succeeded"]);
    assert_eq!(ran.one("on").outputs.get("value"), &"on".into());
}

#[test]
fn where_nobody_serves_the_host_the_step_fails() {
    let ran = bench("steps:\n  - {id: a, uses: act, host: nowhere, with: {run: a}}\n").run();
    assert_eq!(ran.ends(), ["a failed: no-driver"]);
}
