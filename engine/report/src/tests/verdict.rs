//! Verdicts as text.

use std::sync::Arc;

use runsheet_record::Status;
use runsheet_record::event::{Check, Ended, RunEnded, Told, What};
use runsheet_record::plan::Row;
use runsheet_step::{Answer, Failure, Fault, Form, Value};

use super::stage::{Stage, row, runs, stage};
use crate::interrupted;
use crate::ledger::Ledger;
use crate::look::Look;
use crate::verdict::{Verdict, text};

fn checked(address: &str, r: i64, sent: Value, cut: bool) -> Ended {
    let holds = sent.is_null() || r == 5;
    Ended {
        address: address.into(),
        status: if holds {
            Status::Succeeded
        } else {
            Status::Failed
        },
        outputs: Value::map([("cut", cut.into())]),
        failure: (!holds).then(|| Failure::code("expect", "it does not hold")),
        checks: vec![Check {
            rule: "outputs.r == 5 || outputs.sent == null".into(),
            reads: vec![
                ("outputs.r".into(), r.into()),
                ("outputs.sent".into(), sent),
            ],
            holds,
        }],
        ..Ended::default()
    }
}

fn planned(address: &str, host: &str, program: &str) -> Row {
    row(address, host, vec![runs(host, program)])
}

fn seen(stage: &Stage, rows: Vec<Row>) -> String {
    let plan = stage.plan(rows);
    let verdict = Verdict::of(&stage.state, &stage.ledger, &plan, &stage.sources);
    text(&verdict, Look::default())
}

fn sent(stage: &mut Stage) {
    stage.begin();
    stage.act("each[\"ONE\"].send", "ONE", "send");
    stage.act("each[\"TWO\"].send", "TWO", "other");
    stage.wait(90);
    stage.end("each[\"ONE\"].send", Status::Succeeded);
    stage.end("each[\"TWO\"].send", Status::Succeeded);
}

fn rows() -> Vec<Row> {
    vec![
        planned("each[\"ONE\"].send", "ONE", "send"),
        planned("each[\"TWO\"].send", "TWO", "send"),
    ]
}

#[test]
fn a_failure_has_its_place_its_rule_its_cause_and_its_remedy() {
    let mut stage = stage();
    sent(&mut stage);
    let told = Told {
        cause: "the reply is an old one".into(),
        remedy: Some("send again".into()),
        see: vec!["Q147464".into()],
    };
    let ended = Ended {
        causes: vec![told],
        ..checked("each[\"TWO\"].heard", 4, 1.into(), false)
    };
    stage.tell(What::Ended(checked(
        "each[\"ONE\"].heard",
        5,
        2.into(),
        false,
    )));
    stage.tell(What::Ended(ended));
    stage.tell(What::RunEnded(RunEnded {
        status: Status::Failed,
    }));
    let text = seen(&stage, rows());
    let wanted = "
what failed
  failed  each[\"TWO\"].heard: its rule does not hold
    expected: outputs.r == 5 || outputs.sent == null
    but read: r 4, sent 1
    step:     The reply has come
    place:    small.yaml:12:13
    cause:    the reply is an old one (Q147464)
    remedy:   send again
";
    assert!(text.contains(wanted), "{text}");
    let wanted = "
numbers read, and the rules they satisfy
  each.heard: outputs.r == 5 || outputs.sent == null
    ONE  r 5, sent 2
";
    assert!(text.contains(wanted), "{text}");
    let last = "small: failed after 1m30s at home; look again with: runsheet show run-1\n";
    assert!(text.ends_with(last), "{text}");
}

#[test]
fn a_run_is_held_against_its_plan() {
    let mut stage = stage();
    sent(&mut stage);
    stage.act("last", "ONE", "extra");
    stage.tell(What::RunEnded(RunEnded {
        status: Status::Succeeded,
    }));
    let mut rows = rows();
    rows.push(Row {
        deeds: Vec::new(),
        ..planned("last", "ONE", "")
    });
    let text = seen(&stage, rows);
    let wanted = "
against the plan: 1 as planned, 0 differed, 1 missing, 2 unplanned
  each[\"TWO\"].send: planned `run send`, not needed
  each[\"TWO\"].send: wanted `run other`
  last: wanted `run extra`
";
    assert!(text.contains(wanted), "{text}");
}

#[test]
fn what_was_asked_and_never_answered_is_in_doubt_and_not_as_planned() {
    let mut stage = stage();
    stage.begin();
    let lost = Fault::new(Form::code("no-answer"), "the driver has ended");
    let address = "each[\"ONE\"].send";
    stage.act_answered(address, "ONE", "send", Answer::Fault(lost));
    stage.end(address, Status::InDoubt);
    let text = seen(&stage, vec![planned(address, "ONE", "send")]);
    let wanted = "against the plan: 0 as planned, 0 differed, 0 missing, 0 unplanned, 1 in doubt\n";
    assert!(text.contains(wanted), "{text}");
}

/// A run is looked at again where the plugin of its facility is not loaded.
#[test]
fn what_a_facility_did_that_is_not_at_hand_is_held_against_the_plan_by_its_place() {
    let mut stage = stage();
    stage.ledger = Ledger::new(Arc::default());
    sent(&mut stage);
    let text = seen(&stage, rows());
    let wanted = "
against the plan: 1 as planned, 0 differed, 1 missing, 1 unplanned
  each[\"TWO\"].send: planned `run send`, not needed
  each[\"TWO\"].send: wanted `act other`
";
    assert!(text.contains(wanted), "{text}");
}

#[test]
fn of_a_cut_subject_the_verdict_says_what_the_rule_rests_on() {
    let mut stage = stage();
    sent(&mut stage);
    stage.tell(What::Ended(checked(
        "each[\"ONE\"].heard",
        10_003,
        Value::Null,
        true,
    )));
    let text = seen(&stage, rows());
    let wanted =
        "ONE  r 10003, sent absent; the subject was cut before sent, so it rests on r alone\n";
    assert!(text.contains(wanted), "{text}");
    assert!(text.contains("small: not ended after"), "{text}");
}

#[test]
fn a_run_that_was_interrupted_runs_no_more_and_names_what_is_in_doubt() {
    let mut stage = stage();
    stage.begin();
    stage.start("each[\"ONE\"]");
    stage.act("each[\"ONE\"].send", "ONE", "send");
    stage.wait(3);
    stage.start("each[\"TWO\"]");
    interrupted::settle(&mut stage.state, &stage.ledger);
    let text = seen(&stage, Vec::new());
    assert!(!text.contains("running"), "{text}");
    assert!(
        text.contains("in-doubt   each  1 in doubt, 1 cancelled"),
        "{text}"
    );
    let wanted = "
what failed
  in-doubt  each[\"ONE\"].send: it had been asked to act when the run was interrupted
";
    assert!(text.contains(wanted), "{text}");
    let wanted = "small: not ended after 3s at home: it was interrupted; look at the site before \
                  anything is done again; look again with: runsheet show run-1\n";
    assert!(text.ends_with(wanted), "{text}");
}
