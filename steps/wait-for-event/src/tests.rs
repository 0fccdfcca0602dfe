//! The kind in a little world.

use runsheet_site::rehearsal::{Rehearsal, input};
use runsheet_step::{Input, Moment, Step, Turn, Value};

use crate::Kind;

fn event(record: i64, id: i64, from: &str) -> Value {
    Value::map([
        ("record", record.into()),
        ("time", Moment(record * 1000).into()),
        ("source", "PCMTA-HQ".into()),
        ("category", "Moved Out".into()),
        ("id", id.into()),
        ("type", "information".into()),
        ("fields", Value::map([("FROM", Value::text(from))])),
        ("text", Value::text("Mail sent\r\nSize: 900\r\n")),
    ])
}

fn until(from: &str) -> Value {
    Value::map([
        ("id", 4395.into()),
        ("fields", Value::map([("FROM", Value::text(from))])),
    ])
}

fn wait(more: [(&'static str, Value); 2]) -> Input {
    let [one, two] = more;
    input([("log", "Application".into()), one, two])
}

fn told(turn: Turn) -> String {
    match turn {
        Turn::Done(done) => format!("record {}", done.outputs.get("record")),
        Turn::Failed(failure) => failure.to_string(),
        Turn::Unknown(why) => format!("unknown: {why}"),
        Turn::Ask(_) => unreachable!("a rehearsal answers"),
    }
}

#[test]
fn a_stale_event_is_never_seen_and_an_early_one_is() {
    let items = [
        event(1, 4395, "A"),
        event(2, 4395, "B"),
        event(3, 4395, "A"),
    ];
    let mut world = Rehearsal::default().stream("events", "Application", 1, items);
    let wait = wait([("until", until("a")), ("count", 1.into())]);
    assert_eq!(told(world.drive(&Kind, &wait)), "record 3");
    assert_eq!(
        world.asked(),
        ["mark Application", "event 4395, FROM a in Application"]
    );
}

#[test]
fn several_records_are_handed_out_in_order() {
    let items = [event(1, 4395, "A"), event(2, 1, "A"), event(3, 4395, "A")];
    let mut world = Rehearsal::default().stream("events", "Application", 0, items);
    let turn = world.drive(&Kind, &wait([("until", until("A")), ("count", 2.into())]));
    let Turn::Done(done) = turn else {
        panic!("both came")
    };
    let records: Vec<_> = done
        .outputs
        .get("items")
        .items()
        .iter()
        .map(|item| item.get("record").as_int())
        .collect();
    assert_eq!(records, [Some(1), Some(3)]);
    assert_eq!(done.outputs.get("record").as_int(), Some(1));
}

#[test]
fn a_record_that_aborts_is_a_failure_if_it_comes_first() {
    let abort = || Value::map([("id", 4254.into())]);
    let drive = |items: [Value; 2]| {
        let wait = wait([("until", until("A")), ("abort", abort())]);
        told(
            Rehearsal::default()
                .stream("events", "Application", 0, items)
                .drive(&Kind, &wait),
        )
    };
    assert_eq!(
        drive([event(1, 4254, "A"), event(2, 4395, "A")]),
        "aborted: event 4254 Moved Out by PCMTA-HQ, FROM A came first"
    );
    assert_eq!(
        drive([event(1, 4395, "A"), event(2, 4254, "A")]),
        "record 1"
    );
}

#[test]
fn a_pattern_for_the_text_gives_outputs() {
    let until = Value::map([("id", 4395.into()), ("text", "Size: {bytes:int}".into())]);
    let wait = wait([("until", until), ("count", 1.into())]);
    let mut world = Rehearsal::default().stream("events", "Application", 0, [event(1, 4395, "A")]);
    let Turn::Done(done) = world.drive(&Kind, &wait) else {
        panic!("it came")
    };
    assert_eq!(done.outputs.get("bytes").as_int(), Some(900));
    assert_eq!(Kind.more_outputs(&wait).len(), 1);
}

#[test]
fn it_arms_by_its_log_alone_and_never_acts() {
    let input = wait([
        ("until", Value::unknown("x")),
        ("count", Value::unknown("y")),
    ]);
    assert!(!Kind.acts(&input));
    assert!(Kind.shape().arms());
    assert_eq!(Kind.arm(&input).map(|marks| marks.len()), Ok(1));
}

#[test]
fn what_cannot_be_right_is_told_beforehand() {
    let check = |until: Value, count: i64| {
        let faults = Kind.check(&wait([("until", until), ("count", count.into())]));
        faults
            .iter()
            .map(|fault| fault.message.to_string())
            .collect::<Vec<_>>()
            .join("; ")
    };
    assert_eq!(check(until("A"), 1), "");
    assert_eq!(check(Value::map::<&str>([]), 1), "this would be any record");
    assert_eq!(check(until("A"), 0), "a wait is for at least one record");
    let hides = Value::map([("text", Value::text("{id:int}"))]);
    assert_eq!(
        check(hides, 1),
        "the capture `id` would hide the output of that name"
    );
}
