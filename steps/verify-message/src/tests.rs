//! The kind in a little world.

use std::time::Duration;

use runsheet_site::rehearsal::{Rehearsal, faults, input};
use runsheet_step::{Input, Moment, Step, Turn, Value};

use crate::Kind;

const REQTX: &str = "ReqTx R={r:int} (was {was:int})[, S={s:int}[, I={i:int}[, {sent:int} sent]]]";

fn message(id: &str, from: &str, subject: &str) -> Value {
    Value::map([
        ("id", Value::text(id)),
        ("time", Moment(0).into()),
        ("from", from.into()),
        ("to", "dxadmin".into()),
        ("subject", subject.into()),
        ("cut", (subject.chars().count() == 40).into()),
        ("body", "[DIRSYNC]\r\nTASK=UPDATE\r\n".into()),
        ("attachments", Value::list([log()])),
    ])
}

fn log() -> Value {
    Value::map([
        ("name", Value::text("DSSERVER.LOG")),
        ("size", 40.into()),
        ("text", "01/29/98 08:00:00 | 1 105 12\n".into()),
    ])
}

fn announced(from: &str) -> Input {
    input([
        ("mailbox", Value::text("dxadmin")),
        ("from", from.into()),
        ("subject", REQTX.into()),
    ])
}

fn captured(turn: Turn) -> String {
    let Turn::Done(done) = turn else {
        panic!("it came: {turn:?}")
    };
    let of = |name| format!("{name}={}", done.outputs.get(name));
    ["id", "r", "was", "s", "i", "sent"].map(of).join(" ")
}

#[test]
fn a_message_of_an_earlier_cycle_or_of_another_sender_does_not_count() {
    let subject = "ReqTx R=8 (was 5), S=40, I=1, 3 sent";
    let items = [
        message("stale", "A/SALES/$SYSTEM", subject),
        message("other", "A/PLANT/$SYSTEM", subject),
        message("status", "A/SALES/$SYSTEM", "Status report from A/SALES"),
        message("new", "A/SALES/$SYSTEM", subject),
    ];
    let mut world = Rehearsal::default().stream("mailbox", "dxadmin", 1, items);
    assert_eq!(
        captured(world.drive(&Kind, &announced("a/sales/$system"))),
        "id=new r=8 was=5 s=40 i=1 sent=3"
    );
    assert_eq!(world.asked()[0], "mark dxadmin");
}

#[test]
fn a_number_that_was_cut_is_absent() {
    let items = [message(
        "1",
        "A",
        "ReqTx R=10010 (was 10000), S=12345, I=12",
    )];
    let mut world = Rehearsal::default().stream("mailbox", "dxadmin", 0, items);
    assert_eq!(
        captured(world.drive(&Kind, &announced("A"))),
        "id=1 r=10010 was=10000 s=12345 i=null sent=null"
    );
}

#[test]
fn a_body_gives_captures_too() {
    let with = input([
        ("mailbox", Value::text("dxadmin")),
        ("from", "A".into()),
        ("body", "TASK={task:word}".into()),
    ]);
    let mut world = Rehearsal::default().stream("mailbox", "dxadmin", 0, [message("1", "A", "x")]);
    let Turn::Done(done) = world.drive(&Kind, &with) else {
        panic!("it came")
    };
    assert_eq!(done.outputs.get("task"), &Value::text("UPDATE"));
}

/// How it ends with these fields, when one status report from A came.
fn status<const N: usize>(more: [(&'static str, Value); N]) -> Turn {
    let with: [_; 3] = [
        ("mailbox", Value::text("dxadmin")),
        ("from", "A".into()),
        ("subject", "Status report from {who:text}".into()),
    ];
    let mut input = input(with);
    let Value::Map(fields) = &input.with else {
        unreachable!("it is a map")
    };
    let mut fields = (**fields).clone();
    fields.extend(more.map(|(name, value)| (name.into(), value)));
    input.with = Value::Map(fields.into());
    let items = [message("1", "A", "Status report from A")];
    Rehearsal::default()
        .stream("mailbox", "dxadmin", 0, items)
        .drive(&Kind, &input)
}

fn ended(turn: Turn) -> String {
    match turn {
        Turn::Done(done) => format!("received={}", done.outputs.get("received")),
        Turn::Failed(failure) => format!("{failure}; {}", failure.help.as_deref().unwrap_or("")),
        other => format!("{other:?}"),
    }
}

#[test]
fn a_message_that_looks_otherwise_is_a_failure_at_once() {
    let task = Value::list(["[[DIRSYNC]]".into(), "TASK=EXPORT".into()]);
    assert_eq!(
        ended(status([("body", task)])),
        "no-such-line: no line of the message `Status report from A` from A reads `TASK=EXPORT`; \
         it ends: [DIRSYNC] | TASK=UPDATE"
    );
    assert_eq!(
        ended(status([("lacks", "TASK={task:word}".into())])),
        "unwanted-line: line 2 of the message `Status report from A` from A says `TASK=UPDATE`; \
         no line was to read `TASK={task:word}`"
    );
}

fn hanging<const N: usize>(fields: [(&str, Value); N]) -> String {
    ended(status([("attachment", Value::map(fields))]))
}

#[test]
fn what_hangs_on_a_message_is_looked_into() {
    let received = "{when:text} | 1 105 {received:int}";
    let name = || ("name", Value::text("DSSERVER.LOG"));
    assert_eq!(hanging([name(), ("line", received.into())]), "received=12");
    let of = "of the message `Status report from A` from A";
    assert_eq!(
        hanging([name(), ("min_size", 41.into())]),
        format!(
            "wrong-size: the attachment DSSERVER.LOG {of} has 40 bytes, and is to have at least 41; "
        )
    );
    assert_eq!(
        hanging([("lacks", received.into())]),
        format!(
            "unwanted-line: line 1 of the attachment DSSERVER.LOG {of} says \
             `01/29/98 08:00:00 | 1 105 12`; no line was to read `{received}`"
        )
    );
    assert_eq!(
        hanging([("name", "{name:word}.GLB".into())]),
        "no-such-attachment: the message `Status report from A` from A has no attachment \
         `{name:word}.GLB`; what hangs on it: DSSERVER.LOG"
    );
    assert_eq!(
        hanging([("none", true.into())]),
        "unwanted-attachment: the message `Status report from A` from A has the attachment \
         DSSERVER.LOG; none was to hang on it"
    );
    assert_eq!(
        hanging([("name", "{name:word}.GLB".into()), ("none", true.into())]),
        "received=null"
    );
}

#[test]
fn a_message_that_says_why_ends_the_wait_if_it_comes_first() {
    let ndr = || Value::map([("subject", Value::text("Undeliverable: {what:text}"))]);
    let with = input([
        ("mailbox", Value::text("dxadmin")),
        ("from", "A".into()),
        ("unless", Value::list([ndr()])),
    ]);
    let items = [
        message("1", "B", "Undeliverable: SrvTx"),
        message("2", "A", "x"),
    ];
    let mut world = Rehearsal::default().stream("mailbox", "dxadmin", 0, items);
    let Turn::Failed(failure) = world.drive(&Kind, &with) else {
        panic!("the other came first")
    };
    assert_eq!(
        failure.to_string(),
        "unless: the message `Undeliverable: SrvTx` from B came first"
    );
    assert_eq!(failure.outputs.get("id"), &Value::text("1"));
}

#[test]
fn a_message_that_is_not_to_come_is_a_failure_if_it_comes() {
    let absent = |body: &str| {
        input([
            ("mailbox", Value::text("dxadmin")),
            ("from", "A".into()),
            ("body", body.into()),
            ("exists", false.into()),
            ("within", Duration::from_secs(120).into()),
        ])
    };
    let mut world = Rehearsal::default().stream("mailbox", "dxadmin", 0, [message("1", "A", "x")]);
    assert_eq!(
        ended(world.drive(&Kind, &absent("TASK={task:word}"))),
        "unwanted-message: the message `x` from A came, and was not to come; "
    );
    assert_eq!(
        ended(world.drive(&Kind, &absent("TASK=EXPORT"))),
        "received=null"
    );
    assert_eq!(
        world.asked()[1],
        "message from A by 1970-01-01 00:02:00 in dxadmin"
    );
}

#[test]
fn the_outputs_of_its_patterns_are_known_beforehand() {
    let fields = Kind.more_outputs(&announced("A"));
    let told: Vec<_> = fields
        .iter()
        .map(|f| format!("{}: {}", f.name, f.kind))
        .collect();
    assert_eq!(told[0], "r: int or null");
    assert_eq!(told.len(), 5);
    assert!(!Kind.acts(&announced("A")));
}

#[test]
fn what_cannot_be_right_is_told_beforehand() {
    let check = |field: &'static str, value: Value| {
        let faults = Kind.check(&input([("mailbox", "dxadmin".into()), (field, value)]));
        let told =
            |fault: &runsheet_step::Failure| format!("{}: {}", fault.at.join("."), fault.message);
        faults.iter().map(told).collect::<Vec<_>>().join("; ")
    };
    assert_eq!(check("from", "A".into()), "");
    assert_eq!(check("count", 1.into()), ": this would be any message");
    assert_eq!(check("body", "x".into()), ": this would be any message");
    assert_eq!(
        check("subject", "{subject:text}".into()),
        "subject: the capture `subject` would hide the output of that name"
    );
    assert_eq!(
        check("subject", "R={r:int".into()),
        "subject: `{` is never closed with `}` (at `{r:int` of the pattern `R={r:int`)"
    );
    assert_eq!(check("subject", Value::unknown("x")), "");
}

#[test]
fn fields_that_do_not_go_together_are_told_beforehand() {
    let check = |more: [(&'static str, Value); 2]| {
        let [one, two] = more;
        let with = [
            ("mailbox", "dxadmin".into()),
            ("from", "A".into()),
            one,
            two,
        ];
        faults(&Kind, &input(with))
    };
    let gone = || ("exists", Value::Bool(false));
    let within = || ("within", Value::from(Duration::from_secs(60)));
    assert_eq!(check([gone(), within()]), "");
    assert_eq!(
        check([("exists", true.into()), within()]),
        "`within` is for a message that is not to come"
    );
    assert_eq!(
        check([gone(), ("lacks", "x".into())]),
        "a message that is not to come has no `lacks`"
    );
    let none = Value::map([("none", true.into()), ("line", "x".into())]);
    assert_eq!(
        check([("count", 1.into()), ("attachment", none)]),
        "an attachment that is not to be there has no `line`"
    );
    let any = Value::list([Value::map::<&str>([])]);
    assert_eq!(
        check([("count", 1.into()), ("unless", any)]),
        "this would be any message"
    );
}
