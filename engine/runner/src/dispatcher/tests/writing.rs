//! What is written down, in which order, and what is taken back.

use std::collections::BTreeSet;

use runsheet_record::State;
use runsheet_record::event::What;
use runsheet_step::fact::Fact;
use runsheet_step::{Fault, Form, Value};

use crate::testing::bench::{Bench, Ran, bench, bench_with_own_time};
use crate::testing::journal::Lines;
use crate::testing::telling;

const SETS: &str = "
steps:
  - {id: one, uses: set, undo: at-end, with: {key: K, value: 1}}
  - {id: two, uses: set, undo: at-end, with: {key: K, value: 2}}
  - {id: new, uses: set, undo: at-end, with: {key: N, value: 3}}
  - {id: gone, uses: set, undo: at-end, with: {key: G}}
  - {id: kept, uses: set, with: {key: X, value: 4}}
  - {id: end, uses: flaky, with: {name: end, fails: FAILS}}
";

fn setting(fails: &str) -> Bench {
    bench(&SETS.replace("FAILS", fails)).given(|site| {
        site.store.insert("K".into(), 0.into());
        site.store.insert("G".into(), 5.into());
    })
}

fn sets(fails: &str) -> Ran {
    setting(fails).run()
}

#[test]
fn a_write_says_what_was_there_before() {
    let ran = sets("0");
    let befores: Vec<_> = ran
        .events
        .iter()
        .filter_map(|event| match &event.what {
            What::Asked(asked) => asked.questions[0].before.clone(),
            _ => None,
        })
        .collect();
    let known = |n: i64| Fact::Known(n.into());
    assert_eq!(
        befores,
        [known(0), known(1), Fact::Absent, known(5), Fact::Absent]
    );
}

#[test]
fn a_site_that_is_gone_with_its_process_costs_no_sync() {
    let syncs = |fleeting| {
        let ran = setting("0").given(|site| site.fleeting = fleeting).run();
        assert_eq!(ran.status().word(), "succeeded");
        let lines = ran.world.site().lines.clone();
        lines.map_or(0, |lines| lines.syncs())
    };
    assert_eq!(syncs(true), 2, "as the run begins and as it ends");
    assert!(syncs(false) > 6, "before each write too");
}

#[test]
fn temporary_changes_are_taken_back_the_last_first() {
    for (fails, status) in [("0", "succeeded"), ("9", "failed")] {
        let ran = sets(fails);
        assert_eq!(
            ran.told_of("restored"),
            [
                "0s restored gone: G",
                "0s restored new: N",
                "0s restored two: K",
                "0s restored one: K"
            ]
        );
        let site = ran.world.site();
        let store: Vec<_> = site
            .store
            .iter()
            .map(|(key, value)| format!("{key} {value}"))
            .collect();
        assert_eq!(store, ["G 5", "K 0", "X 4"]);
        assert_eq!(ran.status().word(), status);
    }
}

#[test]
fn they_are_taken_back_after_a_cancel_too() {
    let ran = bench(
        "
steps:
  - {id: one, uses: set, undo: at-end, with: {key: K, value: 1}}
  - {id: w, uses: wait, with: {until: {id: 1}}}
",
    )
    .cancelled_at(5)
    .run();
    assert_eq!(ran.told_of("restored"), ["5s restored one: K"]);
    assert!(ran.world.site().store.is_empty());
}

#[test]
fn the_first_value_is_gone_back_to_after_a_retry_of_the_group() {
    let ran = bench(
        "
steps:
  - id: g
    retry: 1
    steps:
      - {id: one, uses: set, undo: at-end, with: {key: K, value: 1}}
      - {id: moody, uses: flaky, with: {name: moody, fails: 1}}
",
    )
    .run();
    assert_eq!(ran.told_of("restored"), ["0s restored g.one: K"]);
    assert!(ran.world.site().store.is_empty(), "it was not there before");
}

#[test]
fn a_write_that_was_refused_leaves_earlier_ones_to_be_taken_back() {
    let refused = Fault::new(Form::code("refused"), "no");
    let ran = bench(
        "
steps:
  - id: g
    retry: 1
    steps:
      - {id: one, uses: set, undo: at-end, with: {key: K, value: '${{ int(default(steps.n.outputs.n, 1)) }}'}, needs: [n]}
      - {id: n, uses: flaky, needs: [], with: {name: n}}
      - {id: moody, uses: flaky, needs: [one], with: {name: moody, fails: 1}}
",
    )
    .given(|site| {
        site.store.insert("K".into(), 0.into());
        site.faults.insert("none".into(), vec![refused]);
    })
    .run();
    assert_eq!(ran.status().word(), "succeeded");
    assert_eq!(ran.world.site().store["K"], 0.into());
}

#[test]
fn what_another_one_wrote_in_between_is_what_is_gone_back_to() {
    let ran = bench("steps:\n  - {id: one, uses: set, undo: at-end, with: {key: K, value: 1}}\n")
        .given(|site| {
            site.raced.insert("K".into(), 9.into());
        })
        .run();
    assert_eq!(ran.world.site().store["K"], 9.into());
}

#[test]
fn a_change_that_cannot_be_taken_back_is_told() {
    let ran = bench("steps:\n  - {id: one, uses: set, undo: at-end, with: {key: K, value: '${{ secrets.pw }}'}}\n").run();
    assert_eq!(ran.told_of("restored"), ["0s restored one: K"]);
    assert_eq!(ran.status().word(), "failed", "the site is not as it was");
}

#[test]
fn no_two_questions_have_one_key() {
    let ran = bench(
        "
steps:
  - id: g
    retry: 1
    steps:
      - {id: one, uses: set, retry: 2, undo: at-end, with: {key: K, value: 1}}
      - {id: kick, uses: kick, with: {run: kick, emits: [[0, {id: 1}]], until: {id: 1}}}
      - {id: moody, uses: flaky, retry: 1, with: {name: moody, fails: 2}}
",
    )
    .run();
    assert_eq!(ran.status().word(), "succeeded");
    let site = ran.world.site();
    let waits = |verb: &str| verb == "wait";
    let keys = site
        .performed
        .iter()
        .filter(|(_, request)| !waits(request.verb.word()));
    let keys: Vec<_> = keys.map(|(key, _)| key).collect();
    assert_eq!(keys.iter().collect::<BTreeSet<_>>().len(), keys.len());
}

/// The disk is full after so many lines, for every number of lines.
#[test]
fn a_full_disk_stops_the_run_before_the_next_effect() {
    let whole = sets("0").events.len();
    for room in 0..whole {
        let bench = setting("0").lines(Lines::with_room_for(room));
        let (world, plan, lines) = (bench.world.clone(), bench.plan(), bench.lines.clone());
        let fault = bench.try_apply(&plan).err().expect("there is no room");
        assert_eq!(fault.kind(), std::io::ErrorKind::StorageFull);
        assert!(lines.was_refused());
        let asked = lines
            .events()
            .into_iter()
            .filter_map(|event| match event.what {
                What::Asked(asked) => Some(asked.questions.len()),
                _ => None,
            });
        let site = world.site();
        let writes = site.performed.iter().filter(|(key, request)| {
            key.attempt > 0 && matches!(request.verb.word(), "put" | "delete")
        });
        assert!(writes.count() <= asked.sum(), "{room}");
    }
}

#[test]
fn a_run_can_be_told_again_from_its_journal() {
    let ran = sets("9");
    let mut state = State::new(ran.state.bound.clone());
    for line in ran.journal.lines() {
        state.apply(&runsheet_record::line::event(line).expect("a whole line"));
    }
    assert_eq!(telling::ends(&state), ran.ends());
    assert_eq!(state.ended, ran.state.ended);
}

#[test]
fn what_the_plan_does_not_say_is_not_done() {
    let bench = bench(
        "
steps:
  - {id: same, uses: set, with: {key: K, value: 1}}
",
    )
    .given(|site| {
        site.store.insert("K".into(), 1.into());
    });
    let plan = bench.plan();
    let bench = bench.given(|site| {
        site.store.insert("K".into(), 2.into());
    });
    let ran = bench.apply(&plan);
    assert_eq!(ran.ends(), ["same failed: not-in-plan"]);
    assert_eq!(ran.world.site().store["K"], 2.into());
}

#[test]
fn a_planned_value_is_no_leave_to_delete() {
    let bench = bench(
        "
steps:
  - {id: look, uses: read, with: {key: K}}
  - {id: copy, uses: set, with: {key: C, value: '${{ steps.look.outputs.value }}'}}
",
    )
    .given(|site| {
        site.store.insert("K".into(), 1.into());
        site.store.insert("C".into(), 2.into());
    });
    let plan = bench.plan();
    let bench = bench.given(|site| {
        site.store.remove("K");
    });
    let ran = bench.apply(&plan);
    assert_eq!(ran.ends()[1], "copy failed: not-in-plan");
    assert_eq!(ran.world.site().store["C"], 2.into());
}

#[test]
fn a_step_that_the_plan_held_for_blocked_does_not_write() {
    let bench = bench(
        "
steps:
  - {id: first, uses: give, expect: outputs.value == 2, with: {value: '${{ steps.look.outputs.value }}'}, needs: [look]}
  - {id: look, uses: read, needs: [], with: {key: K}}
  - {id: write, uses: set, with: {key: W, value: 1}}
",
    )
    .given(|site| {
        site.store.insert("K".into(), 1.into());
    });
    let plan = bench.plan();
    let bench = bench.given(|site| {
        site.store.insert("K".into(), 2.into());
    });
    let ran = bench.apply(&plan);
    assert_eq!(ran.of("first").word(), "succeeded");
    assert_eq!(ran.ends()[2], "write failed: not-in-plan");
    assert!(!ran.world.site().store.contains_key("W"));
}

#[test]
fn items_that_the_plan_could_not_know_may_write() {
    let ran = bench(
        "
steps:
  - {id: pos, uses: act, with: {run: pos}}
  - {id: each, foreach: {n: '${{ steps.pos.outputs.n == 1 ? [1, 2] : [] }}'}, uses: set, with: {key: 'k${{ n }}', value: 1}}
",
    )
    .run();
    assert_eq!(ran.status().word(), "succeeded");
    assert_eq!(ran.world.site().store.len(), 2);
}

#[test]
fn no_secret_is_written_down_told_or_shown() {
    let bench = bench_with_own_time(
        "
inputs:
  pw: {type: secret, default: '${{ secrets.pw }}'}
steps:
  - {id: set, uses: set, with: {key: K, value: '${{ inputs.pw }}'}}
  - {id: run, uses: slow, with: {run: a, value: '-p${{ inputs.pw }}', takes: 1}}
  - {id: read, uses: read, with: {key: K}}
  - {id: over, uses: set, with: {key: L, value: plain}}
",
    )
    .given(|site| {
        site.store
            .insert("L".into(), Value::text("-phunter2-hunter2"));
        site.store
            .insert("K".into(), Value::text("hunter2-hunter2"));
    });
    let plan = bench.plan();
    let text = serde_json::to_string(&plan).expect("a plan is JSON");
    let world = bench.world.clone();
    let ran = bench.apply(&plan);
    assert_eq!(
        world.site().store["K"],
        Value::text("hunter2-hunter2"),
        "drivers see it"
    );
    let events = format!("{:?}", ran.events);
    assert!(ran.output.contains("began with -p***"), "{}", ran.output);
    for (what, text) in [
        ("plan", text),
        ("journal", ran.journal),
        ("events", events),
        ("output", ran.output),
    ] {
        assert!(!text.contains("hunter2"), "{what}: {text}");
    }
}
