//! The kind in a little world.

use std::time::Duration;

use runsheet_site::rehearsal::{Rehearsal, faults, input};
use runsheet_step::{Answer, Cursor, Input, Moment, Step, Turn, Value};

use crate::Kind;

const HOUR: i64 = 3_600_000;

fn event(record: i64, id: i64, text: &str) -> Value {
    Value::map([
        ("record", record.into()),
        // The clock of a rehearsal stands at 0: record 1 is two hours old, 2 one hour.
        ("time", Moment((record - 3) * HOUR).into()),
        ("source", "MSExchangeDX".into()),
        ("category", "Event Handler".into()),
        ("id", id.into()),
        ("type", "error".into()),
        ("fields", Value::map::<&str>([])),
        ("text", Value::text(text)),
    ])
}

/// A log of which two records are older than any mark.
fn log() -> Rehearsal {
    let items = [
        event(1, 136, "from unknown requestor X400:A"),
        event(2, 168, "State information could not be updated."),
        event(3, 136, "from unknown requestor X400:B"),
    ];
    Rehearsal::default().stream("events", "Application", 2, items)
}

fn looking<const N: usize>(wanted: Value, more: [(&str, Value); N]) -> Input {
    let mut with = input(more);
    let mut fields = with.with.as_map().cloned().unwrap_or_default();
    fields.insert("log".into(), "Application".into());
    fields.insert("match".into(), wanted);
    with.with = Value::Map(fields.into());
    with
}

fn id(id: i64) -> Value {
    Value::map([("id", id.into())])
}

fn told(turn: Turn) -> String {
    match turn {
        Turn::Done(done) => {
            let of = |name| format!("{name}={}", done.outputs.get(name));
            ["exists", "count", "record"].map(of).join(" ")
        }
        Turn::Failed(failure) => failure.to_string(),
        Turn::Unknown(why) => format!("unknown: {why}"),
        Turn::Ask(_) => unreachable!("a rehearsal answers"),
    }
}

fn ended<const N: usize>(wanted: i64, more: [(&str, Value); N]) -> String {
    told(log().drive(&Kind, &looking(id(wanted), more)))
}

#[test]
fn what_stands_in_the_log_is_found_without_waiting() {
    assert_eq!(ended(136, []), "exists=true count=2 record=1");
    assert_eq!(
        ended(143, []),
        "no-such-event: there is no event 143 in Application"
    );
    assert_eq!(
        ended(143, [("exists", "any".into())]),
        "exists=false count=0 record=null"
    );
}

#[test]
fn what_is_not_to_stand_there_is_a_failure_with_what_it_says() {
    let gone = [("exists", Value::Bool(false))];
    assert_eq!(ended(143, gone.clone()), "exists=false count=0 record=null");
    let Turn::Failed(failure) = log().drive(&Kind, &looking(id(136), gone)) else {
        panic!("they stand there")
    };
    assert_eq!(
        failure.to_string(),
        "unwanted-event: Application has error event 136 Event Handler by MSExchangeDX, and 1 more"
    );
    assert_eq!(
        failure.help.as_deref(),
        Some("from unknown requestor X400:A | from unknown requestor X400:B")
    );
    assert_eq!(failure.outputs.get("id").as_int(), Some(136));
}

#[test]
fn a_count_is_exact() {
    assert!(ended(136, [("count", 2.into())]).starts_with("exists=true count=2"));
    assert!(ended(143, [("count", 0.into())]).starts_with("exists=false"));
    assert_eq!(
        ended(136, [("count", 1.into())]),
        "wrong-count: Application has 2 × event 136, and is to have 1"
    );
}

#[test]
fn only_what_is_young_enough_counts() {
    let within = |hours: u64| [("within", Value::from(Duration::from_secs(hours * 3600)))];
    assert_eq!(ended(136, within(1)), "exists=true count=1 record=3");
    assert_eq!(ended(136, within(2)), "exists=true count=2 record=1");
    let after = [("after", Value::from(Moment(0)))];
    assert_eq!(ended(136, after), "exists=true count=1 record=3");
}

#[test]
fn only_what_came_after_the_mark_counts() {
    let new = || [("only_new", Value::Bool(true))];
    assert_eq!(ended(136, new()), "exists=true count=1 record=3");
    let marks = |more| Kind.arm(&looking(id(1), more)).map(|marks| marks.len());
    assert_eq!(marks(new()), Ok(1));
    assert_eq!(marks([("only_new", false.into())]), Ok(0));
    assert!(!Kind.acts(&looking(id(1), new())));
}

#[test]
fn a_plan_does_not_know_what_comes_in_the_run() {
    let later = Cursor {
        stream: "plan".into(),
        position: Cursor::IN_THE_RUN,
    };
    let mut world = log().answers(
        "mark",
        "events",
        "Application",
        Answer::Value(later.to_value()),
    );
    let turn = world.drive(&Kind, &looking(id(136), [("only_new", true.into())]));
    assert_eq!(told(turn), "unknown: event 136 in the run");
}

#[test]
fn a_pattern_for_the_text_gives_outputs() {
    let wanted = Value::list([
        id(143),
        Value::map([("text", Value::text("from unknown requestor {who:text}"))]),
    ]);
    let looking = looking(wanted, []);
    let Turn::Done(done) = log().drive(&Kind, &looking) else {
        panic!("it stands there")
    };
    assert_eq!(done.outputs.get("who"), &Value::text("X400:A"));
    assert_eq!(Kind.more_outputs(&looking).len(), 1);
}

#[test]
fn what_cannot_be_right_is_told_beforehand() {
    let check = |more: [(&str, Value); 2]| faults(&Kind, &looking(id(1), more));
    let any = || ("exists", Value::text("any"));
    assert_eq!(
        check([any(), ("within", Duration::from_secs(60).into())]),
        ""
    );
    assert_eq!(
        check([any(), ("count", 1.into())]),
        "`count` says already whether there are to be any"
    );
    assert_eq!(
        check([("only_new", true.into()), ("after", Moment(0).into())]),
        "`only_new` says already from when on records count"
    );
    assert_eq!(
        faults(&Kind, &looking(Value::list([]), [])),
        "an empty list means no record"
    );
}
