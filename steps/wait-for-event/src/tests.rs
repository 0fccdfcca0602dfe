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

fn unless(records: Value) -> Input {
    wait([("until", until("A")), ("unless", records)])
}

#[test]
fn a_record_that_says_why_ends_the_wait_if_it_comes_first() {
    let drive = |items: [Value; 2]| {
        let wait = unless(Value::map([("id", 4254.into())]));
        told(
            Rehearsal::default()
                .stream("events", "Application", 0, items)
                .drive(&Kind, &wait),
        )
    };
    assert_eq!(
        drive([event(1, 4254, "A"), event(2, 4395, "A")]),
        "unless: event 4254 Moved Out by PCMTA-HQ, FROM A came first"
    );
    assert_eq!(
        drive([event(1, 4395, "A"), event(2, 4254, "A")]),
        "record 1"
    );
}

#[test]
fn a_failure_shows_the_record_that_came_first_with_its_captures() {
    let other = Value::map([("id", Value::list([136.into(), 139.into()]))]);
    let sized = Value::map([("id", 4254.into()), ("text", "Size: {lost:int}".into())]);
    let wait = unless(Value::list([other, sized]));
    let mut world = Rehearsal::default().stream("events", "Application", 0, [event(7, 4254, "A")]);
    let Turn::Failed(failure) = world.drive(&Kind, &wait) else {
        panic!("it came first")
    };
    let of = |name| failure.outputs.get(name).as_int();
    assert_eq!(
        [of("id"), of("record"), of("lost")],
        [Some(4254), Some(7), Some(900)]
    );
    let names: Vec<_> = Kind
        .more_outputs(&wait)
        .into_iter()
        .map(|it| it.name)
        .collect();
    assert_eq!(names, ["lost".into()]);
}

#[test]
fn any_one_of_several_records_ends_the_wait_well() {
    let either = Value::list([Value::map([("id", 1.into())]), until("B")]);
    let wait = wait([("until", either), ("count", 1.into())]);
    let mut world = Rehearsal::default().stream("events", "Application", 0, [event(1, 4395, "B")]);
    assert_eq!(told(world.drive(&Kind, &wait)), "record 1");
    assert_eq!(
        world.asked()[1],
        "event 1, or event 4395, FROM B in Application"
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
