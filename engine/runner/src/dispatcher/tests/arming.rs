//! Waits watch from just before what they wait for.

use crate::testing::bench::{bench, read};
use runsheet_step::Value;

fn item(id: i64) -> Value {
    Value::map([("id", id.into())])
}

#[test]
fn a_stale_event_is_never_seen() {
    let ran = bench(
        "
steps:
  - {id: send, uses: act, with: {run: send}}
  - {id: seen, uses: wait, timeout: 5m, with: {until: {id: 1}}}
",
    )
    .given(|site| {
        site.logs.insert("dx".into(), vec![item(1)]);
    })
    .run();
    assert_eq!(ran.ends(), ["send succeeded", "seen failed: timeout"]);
    assert_eq!(ran.since("seen"), 1);
}

#[test]
fn of_instances_one_after_the_other_each_looks_from_its_own_act() {
    let ran = bench(
        "
steps:
  - id: each
    foreach: {po: [A, B, C]}
    steps:
      - {id: send, uses: act, with: {run: send, emits: [[0, {id: 1}]], takes: 1}}
      - {id: seen, uses: wait, with: {until: {id: 1}}}
",
    )
    .run();
    let since = ["A", "B", "C"].map(|po| ran.since(&format!("each[\"{po}\"].seen")));
    assert_eq!(since, [0, 1, 2]);
    assert_eq!(ran.marks(), 3);
}

const FANS: &str = "
steps:
  - id: t1
    foreach: {po: [A, B, C, D, E, F, G, H], parallel: PARALLEL}
    steps:
      - id: send
        uses: act
        with: {run: send, emits: [[1, {id: 1, po: '${{ po }}'}], [40, {id: 2, po: '${{ po }}'}]], takes: 3}
      - {id: left, uses: wait, with: {until: {id: 1, po: '${{ po }}'}}}
      - {id: arrived, uses: wait, with: {until: {id: 2, po: '${{ po }}'}}}
  - {id: t2, uses: act, with: {run: t2, takes: 1}}
";

#[test]
fn all_that_start_together_share_one_mark() {
    let ran = bench(&FANS.replace("PARALLEL", "8")).run();
    assert_eq!((ran.status().word(), ran.marks()), ("succeeded", 1));
    let ran = bench(&FANS.replace("PARALLEL", "4")).run();
    assert_eq!(ran.marks(), 2);
}

#[test]
fn whoever_waits_for_a_place_takes_a_mark_of_its_own() {
    let ran = bench(&FANS.replace("PARALLEL", "8")).limit(1).run();
    assert_eq!((ran.status().word(), ran.marks()), ("succeeded", 8));
}

#[test]
fn several_marks_of_one_wait_are_taken_once_each() {
    let ran = bench(
        "
steps:
  - {id: send, uses: act, with: {run: send, emits: [[0, {id: 1}]], takes: 1}}
  - {id: one, uses: wait, with: {log: app+system, until: {id: 1}}}
  - {id: other, uses: wait, with: {log: system+app, until: {id: 1}}}
",
    )
    .run();
    assert_eq!(ran.performed("mark"), ["app", "system"]);
    assert_eq!(ran.status().word(), "succeeded");
}

#[test]
fn a_wait_in_a_later_group_is_armed_before_the_act_above_that_group() {
    let ran = bench(
        "
steps:
  - {id: t2, uses: act, with: {run: t2, emits: [[0, {id: 1, po: A}], [0, {id: 1, po: B}]], takes: 2}}
  - {id: look, uses: read, with: {key: K}}
  - id: replies
    foreach: {po: [A, B]}
    steps:
      - {id: sent, uses: wait, with: {until: {id: 1, po: '${{ po }}'}}}
",
    )
    .run();
    assert_eq!(ran.status().word(), "succeeded");
    assert_eq!((ran.marks(), ran.since("replies[\"B\"].sent")), (1, 0));
}

#[test]
fn of_several_unordered_acts_it_is_armed_before_the_first() {
    let ran = bench(
        "
steps:
  - {id: a, uses: act, needs: [], with: {run: a, emits: [[0, {id: 1}]], takes: 9}}
  - {id: b, uses: act, needs: [], with: {run: b, takes: 1}}
  - {id: seen, uses: wait, with: {until: {id: 1}}}
",
    )
    .limit(1)
    .run();
    assert_eq!(ran.status().word(), "succeeded");
    assert_eq!((ran.marks(), ran.since("seen")), (1, 0));
}

#[test]
fn what_is_passed_by_arms_when_that_is_decided() {
    let odd = [
        "{id: odd, uses: act, when: false, with: {run: odd, emits: [[0, {id: 1}]]}}",
        "{id: odd, when: false, steps: [{id: x, uses: act, with: {run: odd}}]}",
        "{id: odd, foreach: {po: []}, steps: [{id: x, uses: act, with: {run: odd}}]}",
        "{id: odd, uses: act, foreach: {po: []}, with: {run: odd}}",
    ];
    for odd in odd {
        let ran = bench(&format!(
            "
steps:
  - {{id: a, uses: act, with: {{run: a, emits: [[0, {{id: 1}}]], takes: 1}}}}
  - {odd}
  - {{id: seen, uses: wait, timeout: 1m, with: {{until: {{id: 1}}}}}}
"
        ))
        .run();
        assert_eq!(ran.of("seen").word(), "failed", "the event of `a` is stale");
        assert_eq!((ran.marks(), ran.since("seen")), (1, 1), "{odd}");
    }
}

#[test]
fn where_nobody_waits_nothing_is_marked() {
    let ran = bench(
        "
steps:
  - {id: a, uses: act, with: {run: a}}
  - {id: none, foreach: {po: []}, steps: [{id: w, uses: wait, with: {until: {id: 1}}}]}
",
    )
    .run();
    assert_eq!((ran.status().word(), ran.marks()), ("succeeded", 0));
    assert_eq!(ran.one("none").warnings, ["there are no items".into()]);
}

#[test]
fn where_nothing_acts_it_is_armed_at_the_start() {
    let ran = bench(
        "
steps:
  - {id: look, uses: act, effects: none, with: {run: look, emits: [[0, {id: 1}]], takes: 5}}
  - {id: seen, uses: wait, with: {until: {id: 1}}}
",
    )
    .run();
    assert_eq!((ran.status().word(), ran.since("seen")), ("succeeded", 0));
}

#[test]
fn since_reaches_back_to_an_earlier_step() {
    let steps = "
steps:
  - {id: a, uses: act, with: {run: a, emits: [[0, {id: 1}]], takes: 1}}
  - {id: b, uses: act, with: {run: b, takes: 1}}
  - {id: seen, uses: wait, SINCE timeout: 1m, with: {until: {id: 1}}}
";
    let ran = bench(&steps.replace("SINCE", "since: a,")).run();
    assert_eq!(ran.of("seen").word(), "succeeded");
    let ran = bench(&steps.replace("SINCE", "")).run();
    assert_eq!(ran.of("seen").word(), "failed");
}

#[test]
fn since_may_name_a_group() {
    let ran = bench(
        "
steps:
  - id: g
    steps:
      - {id: a, uses: act, with: {run: a, emits: [[0, {id: 1}]], takes: 1}}
      - {id: b, uses: act, with: {run: b, takes: 1}}
  - {id: seen, uses: wait, since: g, with: {until: {id: 1}}}
",
    )
    .run();
    assert_eq!((ran.status().word(), ran.since("seen")), ("succeeded", 0));
}

#[test]
fn what_acts_and_waits_is_armed_before_itself() {
    let ran = bench(
        "
steps:
  - {id: a, uses: act, with: {run: a, emits: [[0, {id: 1}]], takes: 1}}
  - {id: kick, uses: kick, timeout: 1m, with: {run: kick, until: {id: 1}}}
",
    )
    .run();
    assert_eq!(ran.ends(), ["a succeeded", "kick failed: timeout"]);
    assert_eq!((ran.marks(), ran.since("kick")), (1, 1));
}

#[test]
fn its_own_mark_and_that_of_the_next_wait_are_one() {
    let ran = bench(
        "
steps:
  - {id: kick, uses: kick, with: {run: kick, emits: [[0, {id: 1}], [0, {id: 2}]], until: {id: 1}}}
  - {id: seen, uses: wait, with: {until: {id: 2}}}
",
    )
    .run();
    assert_eq!((ran.status().word(), ran.marks()), ("succeeded", 1));
}

#[test]
fn only_the_place_is_evaluated_when_it_is_armed() {
    let ran = bench(
        "
steps:
  - {id: send, uses: act, with: {run: send, emits: [[0, {id: 1, n: 1}]], takes: 1}}
  - {id: seen, uses: wait, with: {until: {id: 1, n: '${{ steps.send.outputs.n }}'}}}
",
    )
    .run();
    assert_eq!(ran.ends(), ["send succeeded", "seen succeeded"]);
}

#[test]
fn a_place_that_is_not_known_by_then_is_an_error() {
    let told = read(
        "
steps:
  - {id: where, uses: act, with: {run: a}}
  - {id: seen, uses: wait, with: {log: '${{ text(steps.where.outputs.n) }}', until: {id: 1}}}
",
    )
    .expect_err("the log is known only after `where` has begun");
    assert!(told.contains("armed-too-early"), "{told}");
}

#[test]
fn a_wait_that_runs_though_its_trigger_did_not_is_armed_at_its_own_start() {
    let ran = bench(
        "
steps:
  - id: g
    accept: [{code: flaky}]
    steps:
      - {id: no, uses: flaky, with: {name: no, fails: 9}}
      - {id: send, uses: act, with: {run: send}}
  - {id: seen, uses: wait, timeout: 1m, with: {until: {id: 1}}}
",
    )
    .run();
    assert_eq!(ran.of("g").word(), "succeeded");
    assert_eq!((ran.of("seen").word(), ran.marks()), ("failed", 1));
    assert_eq!(
        ran.one("seen")
            .failure
            .clone()
            .map(|it| it.form.to_string()),
        Some("timeout".into())
    );
}

#[test]
fn a_wait_whose_trigger_is_blocked_is_blocked_too() {
    let ran = bench(
        "
steps:
  - {id: no, uses: flaky, with: {name: no, fails: 9}}
  - {id: send, uses: act, with: {run: send}}
  - {id: seen, uses: wait, with: {until: {id: 1}}}
",
    )
    .run();
    assert_eq!(
        ran.ends(),
        ["no failed: flaky", "send blocked", "seen blocked"]
    );
    assert_eq!(ran.marks(), 0);
}

#[test]
fn a_thousand_items_cost_one_mark_for_all_that_start_together() {
    let items: Vec<_> = (0..1000).map(|n| n.to_string()).collect();
    let ran = bench(&format!(
        "
steps:
  - {{id: t2, uses: act, with: {{run: t2, emits: [[1, {{id: 1}}]]}}}}
  - id: replies
    foreach: {{po: [{}], parallel: 1000}}
    steps:
      - {{id: one, uses: wait, with: {{until: {{id: 1}}}}}}
      - {{id: two, uses: wait, with: {{until: {{id: 1}}}}}}
",
        items.join(", ")
    ))
    .run();
    assert_eq!((ran.status().word(), ran.marks()), ("succeeded", 1));
}
