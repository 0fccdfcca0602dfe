//! Marks and waits on the event log and the inbox.

use runsheet_step::driver::Reply;
use runsheet_step::request::{Verb, Wait};
use runsheet_step::{Cursor, Form, Request, Value};

use super::{Engine, ask, just, wait};
use crate::tests::MINUTE;

fn log(verb: Verb) -> Request {
    ask("EXCH1", "events", "Application", verb)
}

fn moved_out() -> Value {
    let fields = just("FROM", "north/sales/$system");
    Value::map([
        ("id", 4395.into()),
        ("category", "Moved Out".into()),
        ("fields", fields),
    ])
}

#[test]
fn a_wait_sees_what_came_after_its_mark_and_nothing_stale() {
    let engine = Engine::new();
    engine.run(&["reqmain", "-dM", "-t"]);
    engine.bench.change(|lab| lab.advance(2 * MINUTE));
    let mark = Cursor::from_value(&engine.value(log(Verb::Mark))).unwrap();
    assert_eq!((&*mark.stream, mark.position), ("EXCH1/Application", 5));
    engine.run(&["reqmain", "-dM", "-t"]);
    let items = engine.value(log(wait(moved_out(), Some(mark), 2)));
    let numbers: Vec<_> = items
        .items()
        .iter()
        .map(|it| it.get("record").as_int())
        .collect();
    assert_eq!(numbers, [Some(5), Some(6)]);
    assert_eq!(items.items()[0].get("source"), &Value::text("PCMTA-HQ"));
    assert_eq!(items.items()[0].get("type"), &Value::text("information"));
    let share = items.items()[0].get("fields").get("Share").clone();
    assert_eq!(share, Value::text(r"\\SALES\MAILDATA"));
}

#[test]
fn a_wait_in_slices_goes_on_from_the_first_item_it_keeps() {
    let engine = Engine::new();
    engine.run(&["reqmain", "-dM", "-t"]);
    let since = Cursor {
        stream: "EXCH1/Application".into(),
        position: 1,
    };
    // Two have left when the time is over; three are wanted.
    let reply = engine.perform(log(wait(moved_out(), Some(since.clone()), 3)), None);
    let Reply::NotYet(cursor) = reply else {
        panic!("three are too many: {reply:?}")
    };
    assert_eq!(cursor.position, 1);
    let other = just("id", Value::Int(9));
    let reply = engine.perform(log(wait(other, Some(since), 1)), None);
    assert!(matches!(reply, Reply::NotYet(cursor) if cursor.position == 5));
}

#[test]
fn an_abort_ends_a_wait_in_its_place() {
    let engine = Engine::new();
    engine.run(&["reqmain", "-dM", "-t"]);
    let verb = Verb::Wait(Wait {
        filter: just("id", Value::Int(4355)),
        since: None,
        count: 1,
        abort: Some(moved_out()),
    });
    let items = engine.value(log(verb));
    assert_eq!(items.items().len(), 1);
    assert_eq!(items.items()[0].get("id"), &Value::Int(4395));
}

#[test]
fn messages_come_with_their_cut_subjects() {
    let engine = Engine::new();
    let inbox = |verb| ask("EXCH1", "mailbox", "DXADMIN", verb);
    let from = |from| {
        Value::map([
            ("from", Value::text(from)),
            ("subject", "ReqTx R={r:int}[ {rest:text}]".into()),
        ])
    };
    engine.run(&["reqmain", "-dM", "-t"]);
    let found = engine.value(inbox(wait(from("North/Sales/$System"), None, 1)));
    let message = &found.items()[0];
    assert_eq!(
        message.get("subject"),
        &Value::text("ReqTx R=0 (was 0), S=0, I=0, 0 sent")
    );
    assert_eq!(message.get("cut"), &Value::Bool(false));
    let listed = engine.value(inbox(Verb::List(from("NORTH/PLANT/$SYSTEM"))));
    assert_eq!(listed, Value::list([]));
    let other = ask("EXCH1", "mailbox", "nobody", Verb::Mark);
    assert_eq!(engine.fault(other), Form::code("no-such-mailbox"));
}

#[test]
fn a_message_shows_what_hangs_on_it_and_its_text_when_asked() {
    let engine = Engine::new();
    let inbox = |verb| ask("EXCH1", "mailbox", "dxadmin", verb);
    let status = |more: Option<(&str, Value)>| {
        let subject = ("subject", Value::text("Status report from {who:text}"));
        Value::map([subject].into_iter().chain(more))
    };
    let hanging = |filter: Value| {
        let found = engine.value(inbox(wait(filter, None, 2)));
        found.items()[1].get("attachments").items()[0].clone()
    };
    engine.run(&["reqmain", "-dM", "-t"]);
    engine.run(&["reqmain", "-dM", "-t"]);
    let log = hanging(status(None));
    assert_eq!(log.get("name"), &Value::text("DSSERVER.LOG"));
    assert_eq!(log.get("text"), &Value::Null);
    let read = hanging(status(Some(("attachments", true.into()))));
    let text = read.get("text").to_string();
    assert_eq!(read.get("size").as_int(), i64::try_from(text.len()).ok());
    assert!(text.contains("| 1 171"), "{text}");
}

#[test]
fn any_of_several_descriptions_ends_a_wait() {
    let engine = Engine::new();
    engine.run(&["reqmain", "-dM", "-t"]);
    let ids = just("id", Value::list([136.into(), 4355.into()]));
    let either = Value::list([just("source", "MSExchangeDX"), ids]);
    let items = engine.value(log(wait(either, None, 1)));
    assert_eq!(items.items()[0].get("id"), &Value::Int(4355));
}

#[test]
fn a_wait_until_a_moment_ends_then_with_what_came() {
    let engine = Engine::new();
    let start = engine.value(log(Verb::Mark)).get("time").as_moment();
    let by = start.unwrap().after(MINUTE);
    let filter = Value::map([("from", Value::text("nobody")), ("by", by.into())]);
    let inbox = |verb| ask("EXCH1", "mailbox", "dxadmin", verb);
    let none = engine.value(inbox(wait(filter, None, 1)));
    assert_eq!(none, Value::list([]));
    let now = engine.value(inbox(Verb::Mark)).get("time").as_moment();
    assert_eq!(now, Some(by), "the clock went no further");
}
