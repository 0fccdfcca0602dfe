//! What runs after what, and what does not run.

use crate::testing::bench::bench;

#[test]
fn a_list_runs_from_top_to_bottom() {
    let ran = bench(
        "
steps:
  - {id: a, uses: act, with: {run: a, takes: 2}}
  - {id: g, steps: [{id: b, uses: act, with: {run: b, takes: 2}}, {id: c, uses: act, with: {run: c}}]}
  - {id: d, uses: act, with: {run: d}}
",
    )
    .run();
    assert_eq!(ran.performed("act"), ["a", "b", "c", "d"]);
    assert_eq!(
        ran.told_of("started"),
        [
            "0s run started",
            "0s started  1",
            "0s started a 1",
            "2s started g 1",
            "2s started g.b 1",
            "4s started g.c 1",
            "4s started d 1"
        ]
    );
}

#[test]
fn needs_say_otherwise_and_the_next_step_waits_for_all_above() {
    let ran = bench(
        "
steps:
  - {id: a, uses: act, with: {run: a, takes: 5}}
  - {id: b, uses: act, needs: [], with: {run: b, takes: 1}}
  - {id: c, uses: act, needs: [b], with: {run: c, takes: 1}}
  - {id: d, uses: act, with: {run: d}}
",
    )
    .run();
    let started = ran.told_of("started ");
    assert_eq!(
        started[1..],
        [
            "0s started a 1",
            "0s started b 1",
            "1s started c 1",
            "5s started d 1"
        ]
    );
}

#[test]
fn a_skipped_step_holds_up_nothing() {
    let ran = bench(
        "
steps:
  - {id: a, uses: act, when: 1 > 2, with: {run: a}}
  - {id: g, when: false, steps: [{id: b, uses: act, with: {run: b}}]}
  - {id: c, uses: act, with: {run: c}}
",
    )
    .run();
    assert_eq!(ran.performed("act"), ["c"]);
    assert_eq!(
        ran.ends(),
        ["a skipped", "g skipped", "g.b skipped", "c succeeded"]
    );
}

#[test]
fn what_needs_a_failed_step_is_blocked_and_the_rest_runs() {
    let ran = bench(
        "
steps:
  - {id: a, uses: flaky, with: {name: a, fails: 9}}
  - {id: b, uses: act, with: {run: b}}
  - {id: g, steps: [{id: c, uses: act, with: {run: c}}]}
  - {id: free, uses: act, needs: [], with: {run: free}}
",
    )
    .run();
    assert_eq!(
        ran.ends(),
        [
            "a failed: flaky",
            "b blocked",
            "g blocked",
            "g.c blocked",
            "free succeeded"
        ]
    );
    assert_eq!(ran.status().word(), "failed");
}

#[test]
fn a_group_fails_as_its_first_failure_does() {
    let ran = bench(
        "
steps:
  - {id: g, steps: [{id: a, uses: flaky, with: {name: a, fails: 9}}, {id: b, uses: act, with: {run: b}}]}
",
    )
    .run();
    assert_eq!(
        ran.ends(),
        ["g failed: flaky", "g.a failed: flaky", "g.b blocked"]
    );
    let first = ran.state.first_failure().expect("it failed");
    assert_eq!(&*first.address, "g.a");
}

#[test]
fn a_long_list_that_fails_at_its_head_is_blocked_to_its_end() {
    let more: String = (0..5000)
        .map(|n| format!("  - {{id: s{n}, uses: give, with: {{value: 1}}}}\n"))
        .collect();
    let ran = bench(&format!(
        "
steps:
  - {{id: a, uses: flaky, with: {{name: a, fails: 9}}}}
{more}"
    ))
    .run();
    assert_eq!(ran.of("s4999").word(), "blocked");
}

#[test]
fn finally_runs_once_and_every_step_of_it() {
    let ran = bench(
        "
steps:
  - {id: a, uses: flaky, with: {name: a, fails: 9}}
finally:
  - {id: one, uses: flaky, with: {name: one, fails: 9}}
  - {id: two, uses: give, with: {value: '${{ failure.code }}'}}
",
    )
    .run();
    assert_eq!(
        ran.ends(),
        [
            "a failed: flaky",
            "finally failed: flaky",
            "finally.one failed: flaky",
            "finally.two succeeded"
        ]
    );
    assert_eq!(ran.one("finally.two").outputs.get("value"), &"flaky".into());
    assert_eq!(ran.told_of("started finally ").len(), 1);
}

#[test]
fn a_run_whose_finally_fails_has_failed() {
    let ran = bench(
        "
steps:
  - {id: a, uses: give, with: {value: 1}}
finally:
  - {id: one, uses: flaky, with: {name: one, fails: 9}}
",
    )
    .run();
    assert_eq!(ran.status().word(), "failed");
}

#[test]
fn names_reach_siblings_outer_steps_and_items() {
    let ran = bench(
        "
steps:
  - {id: outer, uses: give, with: {value: 1}}
  - id: each
    foreach: {po: [A, B]}
    steps:
      - {id: inner, uses: give, with: {value: '${{ po }}'}}
      - id: deeper
        foreach: {n: [1, 2]}
        steps:
          - {id: sum, uses: give, with: {value: '${{ text(steps.outer.outputs.value) }}${{ steps.inner.outputs.value }}${{ n }}'}}
  - {id: after, foreach: {po: [B]}, uses: give, with: {value: '${{ steps.each[po].inner.outputs.value }}'}}
",
    )
    .run();
    let value = |address: &str| ran.one(address).outputs.get("value").to_string();
    assert_eq!(value("each[\"B\"].deeper[\"2\"].sum"), "1B2");
    assert_eq!(value("after[\"B\"]"), "B");
}

#[test]
fn outputs_of_a_step_that_did_not_run_are_an_error_unless_there_is_a_default() {
    let ran = bench(
        "
steps:
  - {id: a, uses: give, when: false, with: {value: 1}}
  - {id: b, uses: give, with: {value: '${{ default(steps.a.outputs.value, 7) }}'}}
  - {id: c, uses: give, with: {value: '${{ steps.a.outputs.value }}'}}
",
    )
    .run();
    assert_eq!(ran.one("b").outputs.get("value"), &7.into());
    assert_eq!(ran.of("c").word(), "failed");
    let failure = ran.one("c").failure.clone().expect("it failed");
    assert!(failure.message.contains("`a` was skipped"), "{failure}");
}

#[test]
fn a_step_that_asks_for_ever_is_stopped() {
    let ran = bench("steps:\n  - {id: more, uses: greedy}\n").run();
    assert_eq!(ran.ends(), ["more failed: too-many-turns"]);
}

#[test]
fn items_that_start_together_start_in_the_order_of_their_list() {
    let ran = bench(
        "
steps:
  - {id: pos, uses: give, with: {value: [C, A, B]}}
  - id: each
    foreach: {po: '${{ steps.pos.outputs.value }}', parallel: 3}
    steps:
      - {id: send, uses: act, host: '${{ po }}', lock: none, with: {run: '${{ po }}'}}
      - {id: seen, uses: wait, host: '${{ po }}', timeout: 1s, with: {until: {id: 1}}}
",
    )
    .run();
    assert_eq!(ran.performed("act"), ["C", "A", "B"]);
    let marked = ran.world.site().performed.clone();
    let marked = marked.iter().filter(|(_, one)| one.verb.word() == "mark");
    let marked: Vec<_> = marked.map(|(_, one)| &*one.host).collect();
    assert_eq!(marked, ["C", "A", "B"]);
}
