//! Kinds that say the same again, and kinds that do not.

use std::sync::Mutex;

use runsheet_messages::method::Method;
use runsheet_messages::step::NextTurn;
use runsheet_step::request::{Request, Verb};
use runsheet_step::{Answer, Entry, Input, Outcome, Turn, Value};

use super::Steady;
use crate::line::{Line, Trouble};

/// A kind that is a function of how many answers it has, and of how often it was called.
struct Kind<F> {
    turn: F,
    calls: Mutex<Vec<usize>>,
}

impl<F: Fn(usize, usize) -> Turn> Kind<F> {
    fn new(turn: F) -> Kind<F> {
        let calls = Mutex::default();
        Kind { turn, calls }
    }

    /// How many answers it was called with, each time.
    fn calls(&self) -> Vec<usize> {
        self.calls.lock().expect("no test has panicked").clone()
    }
}

impl<F: Fn(usize, usize) -> Turn + Send + Sync> Line for Kind<F> {
    fn answers(&self, _: Method) -> bool {
        true
    }

    fn hear(&self, _: Method, message: &[u8], hears: &mut dyn FnMut(&[u8])) -> Result<(), Trouble> {
        let message: NextTurn<'_> = serde_json::from_slice(message).expect("it is a message");
        let mut calls = self.calls.lock().expect("no test has panicked");
        let turn = (self.turn)(message.transcript.len(), calls.len());
        calls.push(message.transcript.len());
        hears(&serde_json::to_vec(&turn).expect("a turn is JSON"));
        Ok(())
    }
}

fn question(number: usize) -> Request {
    Request {
        host: "A".into(),
        facility: "shelf".into(),
        resource: format!("book {number}").into(),
        verb: Verb::Get,
    }
}

fn transcript(questions: impl IntoIterator<Item = usize>) -> Vec<Entry> {
    let entry = |number| Entry {
        request: question(number),
        answer: Some(Answer::Value(Value::Null)),
    };
    questions.into_iter().map(entry).collect()
}

/// Asks one by one until it has three answers.
fn three(answers: usize, _: usize) -> Turn {
    match answers {
        3 => Turn::Done(Outcome::default()),
        _ => Turn::Ask(vec![question(answers)]),
    }
}

fn turn(steady: &Steady, line: &dyn Line, transcript: &[Entry]) -> Result<Turn, Trouble> {
    steady.turn(line, ("kind", &Input::default(), transcript), || 0)
}

#[test]
fn a_step_that_is_followed_from_its_beginning_is_asked_once_a_turn() {
    let (kind, steady) = (Kind::new(three), Steady::default());
    for answers in 0..=3 {
        let said = turn(&steady, &kind, &transcript(0..answers));
        assert_eq!(said, Ok(three(answers, 0)));
    }
    assert_eq!(kind.calls(), [0, 1, 2, 3]);
}

#[test]
fn a_transcript_from_elsewhere_is_gone_through_once() {
    let (kind, steady) = (Kind::new(three), Steady::default());
    for _ in 0..2 {
        let said = turn(&steady, &kind, &transcript(0..3));
        assert_eq!(said, Ok(Turn::Done(Outcome::default())));
    }
    assert_eq!(kind.calls(), [0, 1, 2, 3, 3]);
}

#[test]
fn marks_are_not_asked_again() {
    let (kind, steady) = (Kind::new(three), Steady::default());
    let marked = transcript(0..2);
    let step = ("kind", &Input::default(), &*marked);
    let said = steady.turn(&kind, step, || 2);
    assert_eq!(said, Ok(three(2, 0)));
    assert_eq!(kind.calls(), [2]);
}

#[test]
fn a_question_that_was_another_is_found_in_a_transcript_from_elsewhere() {
    let (kind, steady) = (Kind::new(three), Steady::default());
    let said = turn(&steady, &kind, &transcript([0, 7]));
    let Err(Trouble::Wavered(why)) = said else {
        panic!("it was another: {said:?}");
    };
    assert_eq!(
        why,
        "question 1 was `get shelf book 7` and is now `get shelf book 1`"
    );
    let said = turn(&steady, &kind, &transcript([0, 7]));
    assert!(said.is_err(), "it is no better the second time: {said:?}");
    let said = turn(&steady, &kind, &transcript([0, 1, 2, 3]));
    let Err(Trouble::Wavered(why)) = said else {
        panic!("it has too many answers: {said:?}");
    };
    assert_eq!(
        why,
        "question 3 was `get shelf book 3` and is not asked again"
    );
}

#[test]
fn a_transcript_that_breaks_off_among_questions_is_no_fault() {
    let both = |answers, _| match answers {
        2 => Turn::Done(Outcome::default()),
        1 => Turn::Ask(vec![question(1)]),
        _ => Turn::Ask(vec![question(0), question(1)]),
    };
    let said = turn(&Steady::default(), &Kind::new(both), &transcript(0..1));
    assert_eq!(said, Ok(Turn::Ask(vec![question(1)])));
}

#[test]
fn another_answer_to_the_same_message_is_found() {
    let moody = |_, call| Turn::Ask(vec![question(call)]);
    let (kind, steady) = (Kind::new(moody), Steady::default());
    assert!(turn(&steady, &kind, &[]).is_ok());
    let again = turn(&steady, &kind, &[]);
    assert!(matches!(again, Err(Trouble::Wavered(_))), "{again:?}");
}

#[test]
fn what_is_remembered_has_bounds() {
    let wordy = |answers: usize, _| {
        let mut question = question(answers);
        question.resource = "x".repeat(1 << 20).into();
        Turn::Ask(vec![question])
    };
    let (kind, steady) = (Kind::new(wordy), Steady::default());
    for count in 0..9 {
        let input = Input {
            with: Value::from(count),
            ..Input::default()
        };
        steady
            .turn(&kind, ("kind", &input, &[]), || 0)
            .expect("it asks");
    }
    assert!(steady.said().text.len() <= super::MOST);
}

#[test]
fn texts_that_differ_anywhere_have_different_numbers() {
    let text = br#"{"kind":"add-books","input":{"host":null,"with":null},"transcript":[]}"#;
    let whole = super::digest(0, text);
    for at in 0..text.len() {
        let mut other = *text;
        other[at] ^= 1;
        assert_ne!(super::digest(0, &other), whole, "byte {at}");
        assert_ne!(super::digest(0, &text[..at]), whole, "cut at {at}");
    }
    assert_ne!(super::digest(0, b"\0"), super::digest(0, b""));
}
