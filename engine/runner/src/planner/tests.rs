//! The planner held against a small site.

mod calls;
mod changed;
mod destructive;
mod items;
mod rescue;
mod told;

use std::sync::Arc;

use runsheet_record::plan::{End, Plan};
use runsheet_step::driver::{Pending, ReadRequest};
use runsheet_step::{Answer, Moment, Name};

use crate::drivers::Readers;
use crate::testing::bench::{Bench, bench};
use crate::testing::telling;

fn lit(bench: Bench) -> Bench {
    bench.given(|site| {
        site.lamps.insert("L".into(), "off".into());
        site.store.insert("K".into(), 1.into());
    })
}

fn rows(yaml: &str) -> Vec<String> {
    lit(bench(yaml)).rows()
}

#[test]
fn later_steps_see_what_earlier_ones_would_write() {
    assert_eq!(
        rows(
            "
steps:
  - {id: one, uses: set, with: {key: K, value: 2}}
  - {id: two, uses: set, with: {key: K, value: 3}}
  - {id: same, uses: set, with: {key: K, value: 3}}
  - {id: new, uses: set, with: {key: N, value: 1}}
  - {id: gone, uses: set, with: {key: K}}
  - {id: on, uses: lamp, with: {name: L, to: on}}
  - {id: still, uses: lamp, with: {name: L, to: on}}
"
        ),
        [
            "one ~ put K: 1 -> 2 Exact",
            "two ~ put K: 2 -> 3 Exact",
            "same",
            "new + put N: (absent) -> 1 Exact",
            "gone - delete K: 3 -> (absent) Exact",
            "on > switch L on Exact",
            "still"
        ]
    );
}

#[test]
fn a_condition_that_only_a_run_decides_guards_its_step() {
    assert_eq!(
        rows(
            "
steps:
  - {id: run, uses: act, with: {run: a}}
  - {id: may, uses: set, when: steps.run.outputs.n == 2, host: A, with: {key: K, value: 2}}
  - {id: g, when: steps.run.outputs.n == 3, host: A, steps: [{id: in, uses: set, with: {key: K, value: 3}}]}
  - {id: not, uses: set, when: 1 == 2, host: A, with: {key: K, value: 4}}
  - {id: after, uses: read, host: A, with: {key: K}}
  - {id: value, uses: set, host: A, with: {key: V, value: '${{ steps.after.outputs.value }}'}}
"
        ),
        [
            "run > act a Opaque ! ..",
            "may ~ put K: 1 -> 2 Exact ? steps.run.outputs.n == 2",
            "g.in .. ? steps.run.outputs.n == 3",
            "not skipped",
            "after ..",
            "value + put V: (absent) -> (known after `after`) Bounded"
        ]
    );
}

#[test]
fn after_an_opaque_act_the_rest_of_its_host_is_assumed() {
    assert_eq!(
        rows(
            "
steps:
  - {id: run, uses: act, host: A, with: {run: a}}
  - {id: here, uses: read, host: A, with: {key: K}}
  - {id: there, uses: read, host: B, with: {key: K}}
"
        ),
        ["run > act a Opaque ! ..", "here ^", "there"]
    );
}

#[test]
fn what_a_workflow_says_of_effects_counts() {
    assert_eq!(
        rows(
            "
steps:
  - {id: none, uses: act, effects: none, with: {run: a}}
  - {id: these, uses: act, effects: [{store: K}], with: {run: a}}
  - {id: reads, uses: read, with: {key: K}}
  - {id: opaque, uses: lamp, effects: opaque, with: {name: L, to: on}}
"
        ),
        [
            "none > act a Nothing ..",
            "these > act a Bounded ..",
            "reads ..",
            "opaque > switch L on Opaque ! .."
        ]
    );
}

#[test]
fn a_list_that_only_a_run_knows_is_open_and_so_is_all_that_asks_for_it() {
    let plan = lit(bench(
        "
steps:
  - {id: run, uses: act, with: {run: a}}
  - {id: each, foreach: {po: '${{ steps.run.outputs.n == 1 ? [1] : [] }}'}, steps: [{id: x, uses: set, with: {key: K, value: 2}}]}
  - {id: some, uses: set, host: A, when: len(steps.each.succeeded) > 0, with: {key: S, value: 1}}
",
    ))
    .plan();
    assert_eq!(
        telling::rows(&plan),
        [
            "run > act a Opaque ! ..",
            "each ..",
            "some + put S: (absent) -> 1 Exact ? len(steps.each.succeeded) > 0 ^"
        ]
    );
    assert_eq!(
        plan.warnings,
        [""; 0].map(Into::into),
        "it is not empty, it is not known"
    );
}

#[test]
fn what_is_accepted_and_expected_counts_in_a_plan() {
    assert_eq!(
        rows(
            "
steps:
  - {id: wrong, uses: give, expect: outputs.value == 2, with: {value: 1}}
  - {id: blocked, uses: set, with: {key: K, value: 2}}
  - {id: taken, uses: give, needs: [], accept: [{code: expect}], expect: outputs.value == 1, with: {value: 1}}
"
        ),
        ["wrong fails expect", "taken"]
    );
}

#[test]
fn a_step_that_may_not_run_and_would_fail_blocks_nothing() {
    assert_eq!(
        rows(
            "
steps:
  - {id: run, uses: act, host: B, with: {run: a}}
  - {id: may, uses: give, when: steps.run.outputs.n == 2, expect: outputs.value == 2, with: {value: 1}}
  - {id: after, uses: set, with: {key: K, value: 2}}
"
        )[1..],
        [
            "may fails expect ? steps.run.outputs.n == 2",
            "after ~ put K: 1 -> 2 Exact"
        ]
    );
}

#[test]
fn temporary_changes_are_planned_back_in_reverse() {
    let plan = lit(bench(
        "
steps:
  - {id: one, uses: set, undo: at-end, with: {key: K, value: 2}}
  - {id: two, uses: set, undo: at-end, with: {key: N, value: 3}}
  - {id: three, uses: set, with: {key: X, value: 3}}
",
    ))
    .plan();
    let back: Vec<_> = plan.restores.iter().map(telling::row).collect();
    assert_eq!(
        back,
        [
            "two - put N: 3 -> (absent) Exact",
            "one ~ put K: 2 -> 1 Exact"
        ]
    );
}

#[test]
fn a_wait_is_a_deed_and_what_comes_after_it_is_open() {
    assert_eq!(
        rows(
            "
steps:
  - {id: w, uses: wait, with: {until: {id: 1}}}
  - {id: use, uses: set, with: {key: K, value: '${{ steps.w.outputs.items }}'}}
"
        ),
        [
            "w @ wait app Nothing ..",
            "use ~ put K: 1 -> (known after `w`) Bounded"
        ]
    );
}

#[test]
fn an_act_whose_arguments_are_not_known_is_open() {
    let plan = lit(bench(
        "
steps:
  - {id: run, uses: act, host: B, with: {run: a}}
  - {id: next, uses: slow, with: {run: b, value: '${{ steps.run.outputs.n }}'}}
",
    ))
    .plan();
    assert!(matches!(plan.rows[1].end, End::Open(_)));
}

#[test]
fn unordered_steps_that_write_one_thing_are_told() {
    let warnings = |yaml: &str| lit(bench(yaml)).plan().warnings;
    let two = |one: &str, other: &str| {
        format!(
            "
steps:
  - {{id: one, needs: [], {one}}}
  - {{id: other, needs: [], {other}}}
  - {{id: after, uses: set, with: {{key: K, value: 9}}}}
"
        )
    };
    let set = |value: &str| format!("uses: set, with: {{key: K, value: {value}}}");
    assert_eq!(
        warnings(&two(&set("2"), &set("3"))),
        [
            "`one` and `other` both write dx store K, in no order: say `needs:` of one of them"
                .into()
        ]
    );
    let none: [runsheet_step::Name; 0] = [];
    assert_eq!(warnings(&two(&set("2"), &set("2"))), none, "the same value");
    let act = |more: &str| format!("uses: act, {more} with: {{run: a}}");
    let told = warnings(&two(&act(""), &act("")));
    assert_eq!(told.len(), 1);
    assert!(told[0].ends_with(
        "say `needs:` of one of them, or a common `lock:` where the order is all the same"
    ));
    assert_eq!(warnings(&two(&act("lock: x,"), &act("lock: x,"))), none);
    assert_eq!(warnings(&two(&act("host: A,"), &act("host: B,"))), none);
}

#[test]
fn items_that_write_one_thing_at_the_same_time_are_told() {
    let warnings = |parallel: u32| {
        let yaml = format!(
            "steps:\n  - {{id: each, foreach: {{n: [2, 3], parallel: {parallel}}}, uses: set, with: {{key: K, value: '${{{{ n }}}}'}}}}\n"
        );
        lit(bench(&yaml)).plan().warnings
    };
    let none: [runsheet_step::Name; 0] = [];
    assert_eq!(warnings(1), none);
    assert_eq!(
        warnings(2),
        [r#"`each["2"]` and `each["3"]` both write dx store K, in no order: leave out `parallel:` of their `foreach`"#.into()]
    );
}

fn all_kinds() -> Bench {
    lit(bench(
        "
steps:
  - {id: run, uses: act, host: A, with: {run: a}}
  - {id: set, uses: set, undo: at-end, with: {key: K, value: '${{ steps.run.outputs.n }}'}}
  - {id: secret, uses: set, with: {key: P, value: '${{ secrets.pw }}'}}
  - {id: lamp, uses: lamp, when: steps.run.outputs.n == 1, with: {name: L, to: on}}
  - {id: each, foreach: {po: [A, B]}, steps: [{id: w, uses: wait, timeout: 1m, with: {until: {id: 1}}}]}
  - {id: never, uses: give, expect: outputs.value == 2, with: {value: 1}}
",
    ))
}

#[test]
fn planning_twice_gives_the_same_bytes() {
    let bench = all_kinds();
    let json = |plan: &Plan| serde_json::to_string(plan).expect("a plan is JSON");
    assert_eq!(json(&bench.plan()), json(&bench.plan()));
}

#[test]
fn what_acts_change_is_kept_in_the_words_of_its_facility_where_it_has_some() {
    let plan = lit(bench(
        "
steps:
  - {id: on, uses: lamp, with: {name: L, to: on}}
  - {id: these, uses: act, effects: [{store: K}], with: {run: a}}
",
    ))
    .plan();
    let words: Vec<&[(Name, Name)]> = plan
        .rows
        .iter()
        .flat_map(|row| &row.deeds)
        .map(|deed| &*deed.in_words)
        .collect();
    assert_eq!(
        words,
        [&[("turned off".into(), "turned on".into())][..], &[]]
    );
}

#[test]
fn a_plan_can_be_kept_and_read_again() {
    let plan = all_kinds().plan();
    let json = serde_json::to_string(&plan).expect("a plan is JSON");
    let again: Plan = serde_json::from_str(&json).expect("and back");
    assert_eq!(serde_json::to_string(&again).expect("JSON"), json);
    let ran = all_kinds().apply(&again);
    assert_eq!(ran.of("set").word(), "succeeded");
}

#[test]
fn a_plan_only_reads() {
    let bench = all_kinds();
    bench.plan();
    let site = bench.world.site();
    assert!(
        site.performed.is_empty(),
        "no driver was asked to perform anything"
    );
    assert_eq!((site.now, site.starts.len()), (0, 0));
    assert_eq!((&site.store["K"], site.store.len()), (&1.into(), 1));
}

/// Nothing can be read at all.
struct Blind;

impl Readers for Blind {
    fn read<'a>(&'a self, _: &'a ReadRequest) -> Pending<'a, Answer> {
        let why = runsheet_step::Unknown::because("nobody may look");
        Box::pin(std::future::ready(Answer::Unknown(why)))
    }

    fn serves(&self, _: &str, _: &str) -> bool {
        true
    }

    fn now(&self) -> Moment {
        Moment(0)
    }
}

#[test]
fn what_cannot_be_read_leaves_a_plan_open() {
    let bench = all_kinds();
    let planning = super::plan(Arc::clone(&bench.bound), &bench.catalogue, &Blind);
    let plan = crate::testing::bench::drive(&bench.world, planning);
    let open = plan
        .rows
        .iter()
        .filter(|row| matches!(row.end, End::Open(_)));
    assert_eq!(open.count(), 6);
}

#[test]
fn a_plan_tells_where_nobody_serves_what_a_step_needs() {
    let yaml = "
steps:
  - {id: look, uses: set, host: nowhere, with: {key: K, value: 2}}
  - {id: act, uses: act, host: nowhere, needs: [], with: {run: a}}
";
    let plan = lit(bench(yaml)).plan();
    let told = plan.rows.iter().map(|row| match &row.end {
        End::Fails(failure) => failure.message.to_string(),
        other => format!("{other:?}"),
    });
    let nobody = "the site does not say which driver serves";
    assert_eq!(
        told.collect::<Vec<_>>(),
        [
            format!("{nobody} `store` at `nowhere`"),
            format!("{nobody} `tool` at `nowhere`")
        ]
    );
}
