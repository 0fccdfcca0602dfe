//! What a plan tells of what it cannot know or does not like.

use runsheet_record::plan::End;

use crate::testing::bench::bench;
use crate::testing::telling;

#[test]
fn what_only_a_run_has_is_unknown_to_a_plan_and_known_to_the_run() {
    let bench =
        bench("steps:\n  - {id: log, uses: set, with: {key: K, value: '${{ run.id }} at'}}\n");
    let plan = bench.plan();
    assert!(!matches!(plan.rows[0].end, End::Fails(_)));
    assert_eq!(
        bench.rows(),
        ["log + put K: (absent) -> (known after the start of the run) Bounded"]
    );
    let ran = bench.apply(&plan);
    assert_eq!(ran.status().word(), "succeeded");
    assert_eq!(ran.world.site().store.get("K"), Some(&"a-run at".into()));
}

#[test]
fn two_steps_without_an_order_are_told_once_however_many_items_they_have() {
    let warnings = bench(
        "
steps:
  - id: one
    needs: []
    foreach: {po: [A, B, C], parallel: 3}
    steps: [{id: act, uses: act, lock: none, with: {run: a}}]
  - id: other
    needs: []
    foreach: {po: [A, B, C], parallel: 3}
    steps: [{id: act, uses: act, lock: none, with: {run: b}}]
",
    )
    .plan()
    .warnings;
    let told = |one: &str, other: &str| {
        let pair = format!("`{one}[\"A\"].act` and `{other}");
        warnings
            .iter()
            .filter(|said| said.starts_with(&pair))
            .count()
    };
    assert_eq!(told("one", "one"), 1, "{warnings:#?}");
    assert!(warnings.len() <= 3, "{warnings:#?}");
}

#[test]
fn an_act_that_is_to_be_taken_back_and_cannot_be_is_told_before() {
    let plan = bench(
        "steps:\n  - {id: a, uses: act, undo: at-end, foreach: {po: [A, B]}, with: {run: a}}\n",
    )
    .plan();
    assert_eq!(plan.restores, []);
    assert_eq!(
        plan.warnings,
        ["`a[\"A\"]`: `undo: at-end` cannot take `act a` back: say under `finally:` what does, and leave `undo:` out".into()]
    );
}

#[test]
fn an_act_whose_way_back_is_known_is_planned_back() {
    let plan = bench("steps:\n  - {id: l, uses: lamp, undo: at-end, with: {name: L, to: on}}\n")
        .given(|site| {
            site.lamps.insert("L".into(), "off".into());
        })
        .plan();
    let back: Vec<_> = plan.restores.iter().map(telling::row).collect();
    assert_eq!(back, ["l > switch L off Exact"]);
    let none: [runsheet_step::Name; 0] = [];
    assert_eq!(plan.warnings, none);
}
