//! The kind in a little world.

use runsheet_site::prompt::reply;
use runsheet_site::rehearsal::{Rehearsal, input, told};
use runsheet_step::{Answer, Input, Step, Value};

use crate::Kind;

const SAY: &str = "export the local list";

fn plain() -> Input {
    input([("say", Value::text(SAY))])
}

fn with_act() -> Input {
    let argv = Value::list(["admin", "export"].map(Value::text));
    let act = Value::map([
        ("name", Value::text("run")),
        ("args", Value::map([("argv", argv)])),
    ]);
    input([("say", Value::text(SAY)), ("act", act)])
}

fn person(reply: Value) -> Rehearsal {
    Rehearsal::default().has("prompt", SAY, reply)
}

#[test]
fn a_person_confirms() {
    let mut world = person(reply(true, "anna", None, Value::Null));
    let turn = world.drive(&Kind, &plain());
    assert_eq!(told(turn), "{by: anna, said: null} changed=false");
    assert_eq!(world.asked(), ["ask: export the local list"]);
}

#[test]
fn a_no_is_a_failure_with_its_reason() {
    let mut world = person(reply(false, "anna", Some("disk full"), Value::Null));
    let turn = world.drive(&Kind, &plain());
    assert_eq!(told(turn), "declined: anna said no: disk full");
}

#[test]
fn a_driver_that_can_do_it_does_and_nobody_is_asked() {
    let done = Answer::Value(reply(true, "lab", None, Value::Null));
    let mut world = Rehearsal::default().answers("act", "prompt", SAY, done);
    let turn = world.drive(&Kind, &with_act());
    assert_eq!(told(turn), "{by: lab, said: null} changed=true");
    assert_eq!(world.asked(), ["export the local list (admin export)"]);
}

#[test]
fn where_no_driver_can_do_it_the_person_is_asked() {
    let mut world = person(reply(true, "anna", None, Value::Null)).answers(
        "act",
        "prompt",
        SAY,
        Answer::Value(Value::Null),
    );
    let turn = world.drive(&Kind, &with_act());
    assert_eq!(told(turn), "{by: anna, said: null} changed=true");
}

#[test]
fn a_plan_cannot_know_the_answer() {
    let turn = Rehearsal::default().drive(&Kind, &with_act());
    assert_eq!(told(turn), "unknown: the reply of `export the local list`");
}

#[test]
fn a_plan_that_does_not_know_the_words_knows_that_a_person_is_asked() {
    let say = Value::unknown("the start of the run");
    let mut world = Rehearsal::default();
    world.drive(&Kind, &input([("say", say)]));
    let words = "ask: words that depend on the start of the run";
    assert_eq!(world.asked(), [words]);
}

#[test]
fn a_form_gives_typed_outputs() {
    let form = Value::map([("users", Value::text("int"))]);
    let asks = input([("say", Value::text(SAY)), ("form", form)]);
    let filled = |users: Value| {
        let form = Value::map([("users", users)]);
        told(person(reply(true, "anna", None, form)).drive(&Kind, &asks))
    };
    assert_eq!(
        filled(4.into()),
        "{users: 4, by: anna, said: null} changed=false"
    );
    assert_eq!(
        filled("four".into()),
        "bad-answer: the answer for `users` is to be int, and is text `four`"
    );
    let names: Vec<_> = Kind
        .more_outputs(&asks)
        .into_iter()
        .map(|field| field.name)
        .collect();
    assert_eq!(names, ["users".into()]);
}

#[test]
fn it_acts_only_if_something_is_to_be_done() {
    assert!(Kind.acts(&with_act()));
    assert!(!Kind.acts(&plain()));
}

#[test]
fn what_cannot_be_right_is_told_beforehand() {
    assert!(Kind.check(&with_act()).is_empty());
    assert_eq!(Kind.check(&input([("say", Value::text(" "))])).len(), 1);
    let form = Value::map([("by", Value::text("text"))]);
    let hides = input([("say", Value::text(SAY)), ("form", form)]);
    assert_eq!(
        Kind.check(&hides)[0].message.as_ref(),
        "the field `by` would hide the output of that name"
    );
}
