//! The contract held against steps that keep it and steps that do not.

use std::sync::LazyLock;

use super::turn;
use crate::fact::Key;
use crate::request::Verb;
use crate::shape::{Shape, Type};
use crate::{
    Answer, Entry, Failure, Field, Input, Outcome, Request, Step, Stop, Turn, Value, World,
};

static SHAPE: LazyLock<Shape> = LazyLock::new(|| {
    Shape::new("for tests").inputs([Field::new("key", Type::Text, "a key").required()])
});

struct Kind<F>(F);

impl<F: Fn(&World<'_>) -> Result<Outcome, Stop> + Send + Sync> Step for Kind<F> {
    fn kind(&self) -> &str {
        "test"
    }

    fn shape(&self) -> &Shape {
        &SHAPE
    }

    fn run(&self, _: &Input, world: &World<'_>) -> Result<Outcome, Stop> {
        (self.0)(world)
    }
}

fn get(resource: &str) -> Request {
    let key = Key {
        host: "h".into(),
        facility: "f".into(),
        resource: resource.into(),
    };
    key.request(Verb::Get)
}

fn answered(resource: &str) -> Entry {
    Entry {
        request: get(resource),
        answer: Some(Answer::Value(resource.into())),
    }
}

fn done() -> Result<Outcome, Stop> {
    Ok(Outcome::same([("x", Value::Null)]))
}

#[test]
fn a_step_asks_until_its_transcript_answers() {
    let kind = Kind(|world: &World<'_>| {
        world.ask(get("a"))?;
        world.ask_all([get("b"), get("c")])?;
        done()
    });
    let input = Input::default();
    assert_eq!(turn(&kind, &input, &[]), Turn::Ask(vec![get("a")]));
    let one = [answered("a")];
    assert_eq!(
        turn(&kind, &input, &one),
        Turn::Ask(vec![get("b"), get("c")])
    );
    let all = [answered("a"), answered("b"), answered("c")];
    assert!(matches!(turn(&kind, &input, &all), Turn::Done(_)));
}

#[test]
fn a_swallowed_stop_changes_nothing() {
    let kind = Kind(|world: &World<'_>| {
        let _ = world.ask(get("a"));
        let _ = world.ask(get("b"));
        done()
    });
    assert_eq!(
        turn(&kind, &Input::default(), &[]),
        Turn::Ask(vec![get("a")])
    );
}

#[test]
fn another_question_on_replay_is_a_failure() {
    let calls = std::sync::atomic::AtomicUsize::new(0);
    let kind = Kind(move |world: &World<'_>| {
        let n = calls.fetch_add(1, std::sync::atomic::Ordering::Relaxed);
        world.ask(get(if n == 0 { "a" } else { "b" }))?;
        done()
    });
    assert!(matches!(turn(&kind, &Input::default(), &[]), Turn::Ask(_)));
    let Turn::Failed(failure) = turn(&kind, &Input::default(), &[answered("a")]) else {
        panic!("it changed its mind")
    };
    assert_eq!(
        failure.message.as_ref(),
        "question 0 was `get f a` and is now `get f b`"
    );
}

#[test]
fn an_answer_nobody_asks_for_again_is_a_failure() {
    let kind = Kind(|_: &World<'_>| done());
    let turn = turn(&kind, &Input::default(), &[answered("a")]);
    assert!(
        matches!(turn, Turn::Failed(failure) if failure.form.to_string() == "nondeterministic-step")
    );
}

#[test]
fn a_tell_does_not_stop_a_plan() {
    let kind = Kind(|world: &World<'_>| {
        world.tell(get("a"))?;
        done()
    });
    let unknown = Entry {
        request: get("a"),
        answer: Some(Answer::Unknown(crate::Unknown::because("later"))),
    };
    assert!(matches!(
        turn(&kind, &Input::default(), &[unknown]),
        Turn::Done(_)
    ));
}

#[test]
fn a_failure_of_its_own_ends_a_step() {
    let kind = Kind(|_: &World<'_>| Err(Failure::code("no", "never").into()));
    assert!(matches!(
        turn(&kind, &Input::default(), &[]),
        Turn::Failed(_)
    ));
}
