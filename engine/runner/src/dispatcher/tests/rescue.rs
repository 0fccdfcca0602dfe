//! What failed for good is rescued, and what that means for those after it.

use crate::testing::bench::{Ran, bench, read};

fn ran(steps: &str) -> Ran {
    bench(&format!("steps:\n{steps}")).run()
}

const SEND: &str = "
  - id: send
    uses: act
    with: {run: send, fails: 1}
    rescue:
      - {id: again, uses: act, with: {run: again}}
      - {id: told, uses: give, with: {value: '${{ failure.exit }}'}}
  - {id: after, uses: give, with: {value: '${{ default(steps.send.outputs.n, 7) }}'}}
";

#[test]
fn a_step_that_is_rescued_ends_well_and_keeps_its_failure() {
    let ran = ran(SEND);
    assert_eq!(
        ran.ends(),
        [
            "send succeeded: exit code 1",
            "send.rescue succeeded",
            "send.rescue.again succeeded",
            "send.rescue.told succeeded",
            "after succeeded",
        ]
    );
    assert!(ran.one("send").rescued);
    assert_eq!(ran.one("send.rescue.told").outputs.get("value"), &1.into());
    assert_eq!(ran.one("after").outputs.get("value"), &7.into());
    assert_eq!(ran.status().word(), "succeeded");
    assert!(ran.state.first_failure().is_none());
}

#[test]
fn what_ends_well_is_not_rescued() {
    let ran = ran(&SEND.replace(", fails: 1", ""));
    assert_eq!(ran.performed("act"), ["send"]);
    assert!(ran.state.find("send.rescue").is_none());
}

#[test]
fn outputs_of_what_was_rescued_are_an_error() {
    let ran = ran(&SEND.replace("default(steps.send.outputs.n, 7)", "steps.send.outputs.n"));
    assert_eq!(ran.of("after").word(), "failed");
}

#[test]
fn a_rescue_that_fails_leaves_a_failure_that_tells_of_both() {
    let ran = ran(&SEND.replace("run: again", "run: again, fails: 2"));
    assert_eq!(
        (ran.of("send").word(), ran.of("after").word()),
        ("failed", "blocked")
    );
    assert_eq!(ran.of("send.rescue.told").word(), "blocked");
    let failure = ran.one("send").failure.clone().expect("it failed");
    assert!(
        failure.message.contains("its rescue failed too: ")
            && failure.form.to_string().contains('1'),
        "{failure:?}"
    );
    let first = ran.state.first_failure().expect("there is one");
    assert_eq!(&*first.address, "send");
}

#[test]
fn it_begins_after_all_attempts_and_when_the_time_is_over() {
    let ran = bench(
        "
steps:
  - id: a
    uses: flaky
    retry: {max: 1, backoff: 1s}
    with: {name: a, fails: 9}
    rescue: [{id: r, uses: act, with: {run: r}}]
  - id: w
    uses: wait
    timeout: 9s
    with: {until: {id: 1}}
    rescue: [{id: r, uses: act, with: {run: w, takes: 30}}]
",
    )
    .run();
    assert_eq!(
        ran.told_of("started a.rescue.r"),
        ["1s started a.rescue.r 1"]
    );
    assert_eq!(
        ran.told_of("started w.rescue.r"),
        ["10s started w.rescue.r 1"]
    );
    assert_eq!(ran.status().word(), "succeeded");
}

#[test]
fn each_item_is_rescued_by_itself() {
    let ran = ran("
  - id: each
    foreach: {v: [1, 2, 3], parallel: 3}
    uses: act
    with: {run: '${{ text(v) }}', fails: '${{ v == 2 ? 1 : 0 }}'}
    rescue: [{id: r, uses: act, with: {run: 'r${{ v }}'}}]
");
    assert_eq!(ran.performed("act"), ["1", "2", "3", "r2"]);
    assert_eq!(ran.of("each[\"2\"]").word(), "succeeded");
    assert_eq!(ran.of("each").word(), "succeeded");
}

#[test]
fn a_rescue_of_a_group_sees_what_stands_in_it() {
    let ran = ran("
  - id: g
    rescue: [{id: r, uses: give, with: {value: '${{ steps.one.outputs.n }} ${{ steps.two.status }} ${{ failure.exit }}'}}]
    steps:
      - {id: one, uses: act, with: {run: one}}
      - {id: two, uses: act, with: {run: two, fails: 1}}
      - {id: three, uses: act, with: {run: three}}
");
    let seen = ran.one("g.rescue.r").outputs.get("value").to_string();
    assert!(seen.ends_with("failed 1"), "{seen}");
    assert_eq!(ran.of("g.three").word(), "blocked");
    assert_eq!(ran.of("g").word(), "succeeded");
}

#[test]
fn a_call_is_rescued_in_the_names_of_its_caller() {
    let ran = bench(
        "
inputs: {mine: {type: int, default: 3}}
define:
  bad:
    inputs: {name: text}
    steps: [{id: x, uses: act, with: {run: '${{ inputs.name }}', fails: 1}}]
    finally: [{id: last, uses: act, with: {run: last}}]
steps:
  - {id: before, uses: give, with: {value: 4}}
  - id: c
    uses: bad
    with: {name: b}
    rescue: [{id: r, uses: give, with: {value: '${{ inputs.mine + steps.before.outputs.value + failure.exit }}'}}]
",
    )
    .run();
    assert_eq!(ran.performed("act"), ["b", "last"]);
    assert_eq!(ran.one("c.rescue.r").outputs.get("value"), &8.into());
    assert_eq!(ran.of("c").word(), "succeeded");
}

#[test]
fn a_cancelled_run_rescues_nothing() {
    let ran = bench(&format!(
        "steps:\n{}",
        SEND.replace("fails: 1", "fails: 1, takes: 5")
    ))
    .cancelled_at(2)
    .run();
    assert!(ran.state.find("send.rescue").is_none());
    assert_eq!(ran.status().word(), "cancelled");
}

#[test]
fn a_rescue_that_is_cancelled_is_none() {
    let ran = bench(&format!(
        "steps:\n{}",
        SEND.replace("run: again", "run: again, takes: 5")
    ))
    .cancelled_at(2)
    .run();
    assert_eq!(ran.of("send.rescue.told").word(), "cancelled");
    assert_eq!(ran.of("send").word(), "cancelled");
}

#[test]
fn what_a_rescue_waits_for_is_watched_for_from_its_beginning() {
    let ran = ran("
  - id: send
    uses: act
    with: {run: send, fails: 1}
    rescue:
      - {id: slow, uses: read, with: {key: K}}
      - {id: kick, uses: act, with: {run: kick, emits: [[0, {id: 1}]], takes: 3}}
      - {id: seen, uses: wait, timeout: 9s, with: {until: {id: 1}}}
");
    assert_eq!(ran.of("send").word(), "succeeded");
    assert_eq!(ran.of("send.rescue.seen").word(), "succeeded");
}

#[test]
fn a_failure_inside_a_rescue_may_be_rescued_too() {
    let ran = ran("
  - id: a
    uses: give
    expect: outputs.value == 2
    with: {value: 1}
    rescue:
      - id: b
        uses: act
        with: {run: b, fails: 1}
        rescue: [{id: c, uses: give, with: {value: '${{ failure.exit }}'}}]
");
    assert_eq!(
        ran.one("a.rescue.b.rescue.c").outputs.get("value"),
        &1.into()
    );
    assert_eq!(ran.of("a").word(), "succeeded");
}

#[test]
fn a_group_that_is_tried_again_is_rescued_again() {
    let ran = ran("
  - id: g
    retry: 1
    steps:
      - id: a
        uses: act
        with: {run: a, fails: 9}
        rescue: [{id: r, uses: act, with: {run: r}}]
      - {id: b, uses: act, with: {run: b, fails: 9}}
");
    assert_eq!(ran.performed("act"), ["a", "r", "b", "a", "r", "b"]);
    assert_eq!(ran.of("g").word(), "failed");
    assert_eq!(
        &*ran.state.first_failure().expect("b failed").address,
        "g.b"
    );
}

#[test]
fn names_of_a_rescue_are_seen_in_it_only() {
    let told = |steps: &str| read(&format!("steps:\n{steps}")).expect_err("it is wrong");
    let outside = told(&SEND.replace("default(steps.send.outputs.n, 7)", "steps.again.status"));
    assert!(outside.contains("unknown-step"), "{outside}");
    let by_way = told(&SEND.replace(
        "default(steps.send.outputs.n, 7)",
        "steps.send.rescue.again.status",
    ));
    assert!(by_way.contains("unknown-name"), "{by_way}");
    let rescued = told(&SEND.replace("failure.exit", "steps.send.status"));
    assert!(rescued.contains("not-before"), "{rescued}");
    let failure = told(&SEND.replace("default(steps.send.outputs.n, 7)", "failure.exit"));
    assert!(failure.contains("unknown-name"), "{failure}");
}
