//! Places and locks.

use crate::testing::bench::bench;

fn three(lock: &str, limit: usize) -> Vec<String> {
    let step = |id: &str, host: &str| {
        format!(
            "  - {{id: {id}, uses: act, needs: [], host: {host}, lock: {lock}, with: {{run: {id}, takes: 2}}}}\n"
        )
    };
    let steps = [step("a", "A"), step("b", "B"), step("c", "C")].concat();
    let ran = bench(&format!("steps:\n{steps}")).limit(limit).run();
    assert_eq!(ran.status().word(), "succeeded");
    ran.told_of("started ")[1..].to_vec()
}

#[test]
fn what_shares_nothing_runs_at_once() {
    assert_eq!(three("none", 9)[2], "0s started c 1");
}

#[test]
fn hosts_that_share_a_drive_take_turns() {
    assert_eq!(
        three("host", 9),
        ["0s started a 1", "0s started b 1", "2s started c 1"]
    );
}

#[test]
fn a_name_is_held_by_one_at_a_time() {
    assert_eq!(
        three("gate", 9),
        ["0s started a 1", "2s started b 1", "4s started c 1"]
    );
    assert_eq!(three("[x, '${{ host.name }}']", 9)[2], "4s started c 1");
}

#[test]
fn no_more_act_than_there_are_places() {
    assert_eq!(
        three("none", 2),
        ["0s started a 1", "0s started b 1", "2s started c 1"]
    );
}

#[test]
fn waits_take_neither_place_nor_lock() {
    let ran = bench(
        "
defaults: {host: dx, lock: host}
steps:
  - {id: w, uses: wait, needs: [], with: {until: {id: 1}}}
  - {id: send, uses: act, needs: [], with: {run: send, emits: [[0, {id: 1}]], takes: 2}}
",
    )
    .limit(1)
    .run();
    assert_eq!(ran.status().word(), "succeeded");
}

#[test]
fn a_pause_between_attempts_holds_no_lock() {
    let ran = bench(
        "
steps:
  - {id: a, uses: act, needs: [], lock: x, retry: {max: 1, backoff: 10s}, with: {run: a, fails: 1}}
  - {id: b, uses: act, needs: [], lock: x, with: {run: b, takes: 30}}
",
    )
    .run();
    assert_eq!(ran.told_of("started b"), ["0s started b 1"]);
    assert_eq!(
        ran.told_of("started a"),
        ["0s started a 1", "30s started a 2"]
    );
}
