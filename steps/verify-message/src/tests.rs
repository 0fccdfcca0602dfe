//! The kind in a little world.

use runsheet_site::rehearsal::{Rehearsal, input};
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
        ("body", "TASK={task:word}".into()),
    ]);
    let mut world = Rehearsal::default().stream("mailbox", "dxadmin", 0, [message("1", "A", "x")]);
    let Turn::Done(done) = world.drive(&Kind, &with) else {
        panic!("it came")
    };
    assert_eq!(done.outputs.get("task"), &Value::text("UPDATE"));
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
