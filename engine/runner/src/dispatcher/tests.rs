//! The dispatcher held against a small site.

mod arming;
mod begun;
mod calls;
mod changed;
mod deaf;
mod foreach;
mod judging;
mod locks;
mod lost;
mod order;
mod pools;
mod renewal;
mod rescue;
mod stopping;
mod sweep;
mod thinking;
mod undoing;
mod waits;
mod writing;

use crate::testing::bench::bench;

#[test]
fn an_event_that_comes_while_its_cause_still_runs_is_seen() {
    let ran = bench(
        "
steps:
  - {id: send, uses: act, with: {run: send, emits: [[1, {id: 1}]], takes: 3}}
  - {id: seen, uses: wait, with: {until: {id: 1}}}
",
    )
    .run();
    let told = ran.told();
    let steps: Vec<&str> = told.iter().map(String::as_str).collect();
    assert_eq!(
        steps,
        [
            "0s run started",
            "0s started  1",
            "0s reserved send []",
            "0s promised seen 1",
            "0s armed 1 marks",
            "0s started send 1",
            "0s send asked act",
            "0s send heard 1",
            "0s send asked wait",
            "3s send heard 1",
            "3s ended send succeeded",
            "3s started seen 1",
            "3s seen asked wait",
            "3s seen heard 1",
            "3s ended seen succeeded",
            "3s ended  succeeded",
            "3s run succeeded",
        ]
    );
}
