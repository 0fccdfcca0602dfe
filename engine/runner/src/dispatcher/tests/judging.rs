//! How steps end: accept, expect, retry, timeouts.

use runsheet_step::{Fault, Form};

use crate::testing::bench::{bench, bench_with_own_time};

#[test]
fn a_failure_that_is_accepted_is_a_success_with_its_fault() {
    let ran = bench(
        "
steps:
  - {id: a, uses: act, accept: [{exit: 1}], expect: outputs.fault.exit == 1, with: {run: a, fails: 1}}
  - {id: b, uses: act, accept: [{exit: 1}], expect: outputs.fault == null, with: {run: b}}
  - {id: c, uses: act, accept: [{exit: 2}], with: {run: c, fails: 1}}
",
    )
    .run();
    assert_eq!(
        ran.ends(),
        [
            "a succeeded: exit code 1",
            "b succeeded",
            "c failed: exit code 1"
        ]
    );
}

#[test]
fn what_is_accepted_must_still_be_as_expected() {
    let ran = bench(
        "
steps:
  - {id: a, uses: act, accept: [{exit: 1}], expect: outputs.fault == null, with: {run: a, fails: 1}}
",
    )
    .run();
    assert_eq!(ran.ends(), ["a failed: expect"]);
    let check = &ran.one("a").checks[0];
    assert!(
        !check.holds && &*check.reads[0].0 == "outputs.fault",
        "{check:?}"
    );
}

#[test]
fn what_is_not_as_expected_is_tried_again() {
    let ran = bench(
        "
steps:
  - {id: a, uses: flaky, retry: {max: 5, backoff: 1s, on: [expect]}, expect: outputs.n == 3, with: {name: a}}
",
    )
    .run();
    assert_eq!(
        ran.told_of("started a"),
        ["0s started a 1", "1s started a 2", "3s started a 3"],
        "the pause doubles"
    );
}

#[test]
fn only_the_failures_named_are_tried_again_and_not_too_often() {
    let on = |on: &str| {
        bench(&format!(
            "steps:\n  - {{id: a, uses: flaky, retry: {{max: 2, on: [{on}]}}, with: {{name: a, fails: 9}}}}\n"
        ))
        .run()
        .performed("act")
        .len()
    };
    assert_eq!((on("timeout"), on("code: flaky")), (1, 3));
}

#[test]
fn a_warning_tells_what_it_means_where_the_workflow_knows() {
    let ran = bench(
        "
steps:
  - id: a
    uses: act
    accept: [{exit: 1}]
    warn: outputs.fault == null
    with: {run: a, fails: 1}
    causes:
      - {when: failure.exit == 2, say: two}
      - {when: failure.exit == 1, say: one, remedy: mend it, see: [Q1, Q2]}
",
    )
    .run();
    assert_eq!(ran.ends(), ["a succeeded: exit code 1"]);
    assert_eq!(ran.one("a").warnings, ["one (Q1, Q2): mend it".into()]);
}

#[test]
fn a_warning_ends_well() {
    let ran =
        bench("steps:\n  - {id: a, uses: give, warn: outputs.value == 2, with: {value: 1}}\n")
            .run();
    assert_eq!(
        ran.one("a").warnings,
        ["`outputs.value == 2` does not hold: outputs.value is 1".into()]
    );
    assert_eq!(ran.status().word(), "succeeded");
}

#[test]
fn causes_that_hold_are_told_with_the_failure() {
    let ran = bench(
        "
steps:
  - id: a
    uses: flaky
    with: {name: a, fails: 9}
    causes:
      - {when: failure.code == 'other', say: no}
      - {when: failure.code == 'flaky', say: 'it is ${{ failure.code }}', remedy: wait, see: [Q1]}
",
    )
    .run();
    let told = &ran.one("a").causes;
    assert_eq!(told.len(), 1);
    assert_eq!(
        (&*told[0].cause, told[0].remedy.as_deref()),
        ("it is flaky", Some("wait"))
    );
}

#[test]
fn a_wait_ends_at_its_deadline_and_is_let_go() {
    let ran = bench(
        "
steps:
  - {id: w, uses: wait, needs: [], timeout: 45s, with: {until: {id: 1}}}
  - {id: a, uses: act, needs: [], with: {run: a, takes: 300}}
",
    )
    .run();
    assert_eq!(ran.told_of("ended w"), ["45s ended w failed"]);
    let asked = ran.performed("wait");
    let asked = asked.iter().filter(|resource| **resource == "app");
    assert_eq!(asked.count(), 2, "at 0 s and at 30 s");
    let failure = ran.one("w").failure.clone().expect("it failed");
    assert_eq!(&*failure.message, "nothing came within 45s: wait app");
}

#[test]
fn an_attempt_has_its_own_limit_within_that_of_all() {
    let ran = bench(
        "
steps:
  - {id: w, uses: wait, retry: {max: 9}, timeout: {attempt: 20s, total: 50s}, with: {until: {id: 1}}}
",
    )
    .run();
    assert_eq!(
        ran.told_of("started w"),
        ["0s started w 1", "20s started w 2", "40s started w 3"]
    );
    assert_eq!(ran.told_of("ended w"), ["50s ended w failed"]);
}

#[test]
fn an_attempt_that_would_start_too_late_is_none() {
    let ran = bench(
        "
steps:
  - {id: a, uses: act, retry: {max: 9, backoff: 1m}, timeout: 30s, with: {run: a, fails: 9}}
",
    )
    .run();
    assert_eq!(ran.told_of("ended a"), ["0s ended a failed"]);
    assert_eq!(ran.performed("act").len(), 1);
}

#[test]
fn an_act_that_is_out_of_time_is_asked_to_end() {
    let ran = bench_with_own_time(
        "steps:\n  - {id: a, uses: slow, timeout: 5s, with: {run: a, takes: 60}}\n",
    )
    .run();
    assert_eq!(ran.told_of("ended a"), ["5s ended a failed"]);
    assert_eq!(ran.ends(), ["a failed: timeout"]);
    assert_eq!(
        ran.performed("act").len(),
        1,
        "its fault is not asked again"
    );
}

#[test]
fn where_one_acts_and_waits_at_once_the_deadline_ends_both() {
    let ran = bench_with_own_time(
        "
steps:
  - {id: a, uses: both, timeout: 5s, with: {run: a, takes: 60, until: {id: 1}}}
",
    )
    .run();
    assert_eq!(ran.told_of("ended a"), ["5s ended a failed"]);
    assert_eq!(ran.world.site().open_waits, 0);
}

#[test]
fn out_of_time_may_mean_to_go_on() {
    let ran = bench(
        "
steps:
  - {id: w, uses: wait, timeout: {total: 5s, then: continue}, with: {until: {id: 1}}}
  - {id: after, uses: give, with: {value: 1}}
",
    )
    .run();
    assert_eq!(ran.ends(), ["w succeeded", "after succeeded"]);
    assert_eq!(ran.one("w").warnings.len(), 1);
}

const ASKS: &str = "
steps:
  - {id: w, uses: wait, timeout: {total: 5s, then: ask}, with: {until: {id: 1}}}
";

#[test]
fn out_of_time_may_be_for_a_person_to_say() {
    assert_eq!(bench(ASKS).told(&[true]).run().ends(), ["w succeeded"]);
    assert_eq!(
        bench(ASKS).told(&[false]).run().ends(),
        ["w failed: timeout"]
    );
}

#[test]
fn while_a_person_is_asked_the_step_does_nothing_more() {
    let ran = bench_with_own_time(
        "
steps:
  - {id: a, uses: slow, timeout: {total: 5s, then: ask}, with: {run: a, takes: 60}}
",
    )
    .told(&[true])
    .run();
    assert_eq!(ran.ends(), ["a succeeded"]);
    assert!(ran.one("a").changed, "it acted");
    assert_eq!(ran.told_of("ended a"), ["5s ended a succeeded"]);
}

#[test]
fn a_group_out_of_time_takes_what_is_in_it_along() {
    let ran = bench(
        "
steps:
  - id: g
    timeout: 10s
    steps:
      - {id: a, uses: act, with: {run: a, takes: 6}}
      - {id: w, uses: wait, with: {until: {id: 1}}}
      - {id: b, uses: act, with: {run: b}}
",
    )
    .run();
    assert_eq!(
        ran.ends(),
        [
            "g failed: timeout",
            "g.a succeeded",
            "g.w failed: timeout",
            "g.b blocked"
        ]
    );
    assert_eq!(ran.told_of("ended g "), ["10s ended g failed"]);
}

#[test]
fn nothing_starts_in_a_group_that_is_out_of_time() {
    let ran = bench(
        "
steps:
  - id: g
    timeout: 5s
    steps:
      - {id: a, uses: act, needs: [], lock: gate, with: {run: a, takes: 4}}
      - {id: w, uses: wait, needs: [], timeout: {total: 5s, then: continue}, with: {until: {id: 1}}}
      - {id: b, uses: act, needs: [w], with: {run: b}}
",
    )
    .run();
    assert_eq!(ran.performed("act"), ["a"]);
    assert_eq!(ran.of("g").word(), "failed");
}

#[test]
fn what_a_deadline_means_is_for_whoever_set_it() {
    let ran = bench(
        "
steps:
  - id: g
    timeout: 5s
    steps:
      - {id: w, uses: wait, timeout: {total: 50s, then: continue}, with: {until: {id: 1}}}
",
    )
    .run();
    assert_eq!(ran.ends(), ["g failed: timeout", "g.w failed: timeout"]);
}

#[test]
fn a_group_out_of_time_may_go_on_too() {
    let ran = bench(
        "
steps:
  - id: g
    timeout: {total: 10s, then: continue}
    steps:
      - {id: w, uses: wait, with: {until: {id: 1}}}
  - {id: after, uses: give, with: {value: 1}}
",
    )
    .run();
    assert_eq!(
        ran.ends(),
        ["g succeeded", "g.w failed: timeout", "after succeeded"]
    );
}

#[test]
fn silence_is_a_timeout_and_output_is_no_silence() {
    let step = |more: &str| {
        format!(
            "steps:\n  - {{id: a, uses: slow, timeout: {{idle: 5s}}, with: {{run: a, takes: 20{more}}}}}\n"
        )
    };
    let ran = bench_with_own_time(&step("")).run();
    assert_eq!(ran.told_of("ended a"), ["5s ended a failed"]);
    let ran = bench_with_own_time(&step(", to: everyone")).run();
    assert_eq!(ran.told_of("ended a"), ["20s ended a succeeded"]);
}

fn passing(times: usize) -> Vec<Fault> {
    let fault = Fault {
        transient: true,
        ..Fault::new(Form::code("busy"), "try again")
    };
    vec![fault; times]
}

#[test]
fn a_passing_fault_is_asked_again_within_the_attempt() {
    let steps = "steps:\n  - {id: a, uses: act, with: {run: a}}\n";
    let given = |times| {
        bench(steps)
            .given(|site| {
                site.faults.insert("a".into(), passing(times));
            })
            .run()
    };
    assert_eq!(given(3).told_of("ended a"), ["7s ended a succeeded"]);
    assert_eq!(given(4).ends(), ["a failed: busy"]);
}

#[test]
fn transient_failures_can_be_tried_again_by_the_step() {
    let ran =
        bench("steps:\n  - {id: a, uses: act, retry: {max: 1, on: [transient]}, with: {run: a}}\n")
            .given(|site| {
                site.faults.insert("a".into(), passing(4));
            })
            .run();
    assert_eq!(ran.ends(), ["a succeeded"]);
    assert_eq!(ran.told_of("retried a").len(), 1);
}
