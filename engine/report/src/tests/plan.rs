//! Plans as text.

use runsheet_record::plan::{Deed, End, Row};
use runsheet_step::fact::{Change, Fact};
use runsheet_step::{Failure, Unknown};

use super::stage::{row, runs, stage};
use crate::look::Look;
use crate::plan::{foreseen, plan, summary};

#[test]
fn a_plan_shows_every_step_with_what_it_would_do() {
    let stage = stage();
    let heard = |address| Row {
        end: End::Open(Unknown::because("the reply of `run send`")),
        ..row(address, "ONE", Vec::new())
    };
    let plan_of = stage.plan(vec![
        row("each[\"ONE\"].send", "ONE", vec![runs("ONE", "send")]),
        heard("each[\"ONE\"].heard"),
        row("each[\"TWO\"].send", "TWO", vec![runs("TWO", "send")]),
        heard("each[\"TWO\"].heard"),
        Row {
            guard: Some("steps.each.changed".into()),
            ..row("last", "ONE", Vec::new())
        },
    ]);
    let wanted = "\
plan of small at home: 5 steps; nothing is changed by planning

each  2 items; Every host in turn
      asks before each item: Is ${{ po.name }} to be served now?
  ONE
    >!    send   ONE  run send
          heard  ONE  depends on the reply of `run send`
  TWO
    >!    send   TWO  run send
          heard  ONE  depends on the reply of `run send`

      only if steps.each.changed:
      asks first: Have all been told?
=?    last  ONE  nothing to do

effects: 2 opaque (what a program changes is its own affair)
> act   = nothing to do   ? may not run   ! cannot be undone
";
    assert_eq!(plan(&plan_of, Look::default()), wanted);
}

#[test]
fn many_items_that_are_alike_are_folded_and_the_odd_one_is_shown() {
    let stage = stage();
    let rows = (0..100).map(|n| {
        let deeds = if n == 50 {
            Vec::new()
        } else {
            vec![runs("ONE", "send")]
        };
        row(&format!("each[\"{n}\"].send"), "ONE", deeds)
    });
    let plan_of = stage.plan(rows.collect());
    let text = plan(&plan_of, Look::default());
    assert!(text.contains("... and 97 more like 0: --all"), "{text}");
    assert!(text.contains("  50\n"), "{text}");
    let look = Look {
        all: true,
        ..Look::default()
    };
    let text = plan(&plan_of, look);
    assert_eq!(text.matches("run send").count(), 99, "{text}");
}

#[test]
fn a_summary_tells_a_failure_that_is_foreseen() {
    let stage = stage();
    let failure = Failure::code("no-such-key", "there is no such key");
    let failure = failure.at(&["keys", "1"]).help("make it first");
    let plan_of = stage.plan(vec![Row {
        end: End::Fails(failure.into()),
        ..row("last", "ONE", Vec::new())
    }]);
    let wanted = "\
plan: 1 step, 0 changes, 0 acts, 0 waits
  would fail: last: there is no such key
    at:       with.keys.1
    help:     make it first
";
    assert_eq!(summary(&plan_of, Look::default()), wanted);
    let whole = plan(&plan_of, Look::default());
    assert!(whole.contains("  at:       with.keys.1\n"), "{whole}");
    assert!(whole.contains("  help:     make it first\n"), "{whole}");
}

#[test]
fn a_run_does_not_get_over_a_failure_unless_somebody_says_so() {
    let stage = stage();
    let fails = |address, guard: Option<&str>| Row {
        end: End::Fails(Failure::code("x", "no").into()),
        guard: guard.map(Into::into),
        ..row(address, "ONE", Vec::new())
    };
    let told = |rows| {
        let plan_of = stage.plan(rows);
        let foreseen = foreseen(&plan_of).into_iter();
        foreseen
            .map(|row| row.address.to_string())
            .collect::<Vec<_>>()
    };
    // The `foreach` only warns, unless all of its items fail, or it has none.
    let send = || fails("each[\"ONE\"].send", None);
    let other = || row("each[\"TWO\"].send", "TWO", Vec::new());
    assert_eq!(told(vec![send(), other(), fails("last", None)]), ["last"]);
    assert_eq!(told(vec![send()]), ["each[\"ONE\"].send"]);
    let both = vec![send(), fails("each[\"TWO\"].send", None)];
    assert_eq!(told(both).len(), 2);
    assert_eq!(told(vec![fails("each", None), other()]), ["each"]);
    let guarded = fails("last", Some("steps.each.changed"));
    assert_eq!(told(vec![guarded]), [""; 0]);
}

#[test]
fn a_step_that_would_fail_says_where_it_is_written() {
    let stage = stage();
    let row = Row {
        end: End::Fails(Failure::code("x", "no").into()),
        place: Some("runbook.yaml:12:5".into()),
        ..row("last", "ONE", Vec::new())
    };
    let text = plan(&stage.plan(vec![row]), Look::default());
    assert!(text.contains("where:    runbook.yaml:12:5"), "{text}");
}

#[test]
fn what_an_act_brings_about_is_shown_in_the_words_that_were_kept() {
    let stage = stage();
    let mut deed = runs("ONE", "send");
    deed.effects = vec![Change {
        key: deed.key.clone(),
        before: Fact::Known(1.into()),
        after: Fact::Known(2.into()),
    }];
    let shown = |deed: Deed| {
        let plan_of = stage.plan(vec![row("last", "ONE", vec![deed])]);
        plan(&plan_of, Look::default())
    };
    let plain = shown(deed.clone());
    assert!(plain.contains("run send (1 -> 2)"), "{plain}");
    deed.in_words = vec![("one letter".into(), "two letters".into())];
    let text = shown(deed);
    assert!(
        text.contains("run send (one letter -> two letters)"),
        "{text}"
    );
}
