//! Whether a kind says the same when it is asked the same. A step that changes its questions on
//! the way cannot be planned, nor taken up again: its answers would be those to other questions.
//!
//! Kinds written with the guest of this repository find that out themselves, in each turn; a kind
//! in C need not. So what was said is remembered, and a transcript of which nobody here has seen
//! the beginning is gone through from there, once.

use std::borrow::Cow;
use std::collections::{HashMap, HashSet};
use std::hash::{BuildHasherDefault, Hasher};
use std::ops::Range;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use runsheet_messages::method::Method;
use runsheet_messages::step::NextTurn;
use runsheet_step::{Answer, Entry, Input, Map, Request, Turn, Value};
use serde::Serialize;

use crate::line::{Line, Trouble};

/// How much of what was said is remembered, in bytes; then it is begun anew.
const MOST: usize = 4 << 20;

/// What the steps of one kind have said.
#[derive(Default)]
pub(crate) struct Steady {
    said: Mutex<Said>,
}

#[derive(Default)]
struct Said {
    /// Where the answer to a message stands in the text.
    answers: HashMap<u64, Range<usize>, AsItIs>,
    text: Vec<u8>,
    /// The steps whose first turn was taken here.
    begun: HashSet<u64, AsItIs>,
    /// Of the step that was asked last: mostly it is the next one too.
    last: Option<Messages>,
}

/// The keys are digests already.
type AsItIs = BuildHasherDefault<Digested>;

#[derive(Default)]
struct Digested(u64);

impl Hasher for Digested {
    fn write(&mut self, bytes: &[u8]) {
        self.0 = digest(0, bytes);
    }

    fn write_u64(&mut self, digest: u64) {
        self.0 = digest;
    }

    fn finish(&self) -> u64 {
        self.0
    }
}

/// The messages about one step, whose transcript grows.
struct Messages {
    input: Input,
    transcript: Vec<Entry>,
    text: Vec<u8>,
    /// The text as far as each entry; first as far as where the first would begin.
    ends: Vec<End>,
}

/// A text up to some place.
#[derive(Clone, Copy)]
struct End {
    at: usize,
    /// A number for all of it.
    digest: u64,
}

impl End {
    const BEGIN: End = End { at: 0, digest: 0 };

    /// The end of a text that goes on from here.
    fn on(self, text: &[u8]) -> End {
        End {
            at: text.len(),
            digest: digest(self.digest, &text[self.at..]),
        }
    }
}

const END: &[u8] = b"]}";

impl Messages {
    fn begin(kind: &str, input: &Input) -> Result<Messages, Trouble> {
        let message = NextTurn {
            kind: kind.into(),
            input: Cow::Borrowed(input),
            transcript: Cow::Borrowed(&[]),
        };
        let mut text = Vec::with_capacity(1024);
        write(&mut text, &message)?;
        text.truncate(text.len() - END.len());
        let ends = vec![End::BEGIN.on(&text)];
        Ok(Messages {
            input: input.clone(),
            transcript: Vec::new(),
            text,
            ends,
        })
    }

    fn is_about(&self, input: &Input) -> bool {
        is_same(&self.input.host, &input.host) && is_same(&self.input.with, &input.with)
    }

    /// Goes on to this transcript. What is written already is not written again.
    fn follow(&mut self, transcript: &[Entry]) -> Result<(), Trouble> {
        let pairs = self.transcript.iter().zip(transcript);
        let common = pairs.take_while(|(one, other)| is_same_entry(one, other));
        let common = common.count();
        self.transcript.truncate(common);
        self.ends.truncate(common + 1);
        let mut end = self.ends[common];
        self.text.truncate(end.at);
        for entry in &transcript[common..] {
            if !self.transcript.is_empty() {
                self.text.push(b',');
            }
            write(&mut self.text, entry)?;
            self.transcript.push(entry.clone());
            end = end.on(&self.text);
            self.ends.push(end);
        }
        Ok(())
    }

    /// The message with all entries, and a number for it.
    fn whole(&mut self) -> (&[u8], u64) {
        let end = self.ends[self.transcript.len()];
        self.text.truncate(end.at);
        self.text.extend_from_slice(END);
        (&self.text, end.digest)
    }

    /// A number for the step itself, whatever its transcript.
    fn step(&self) -> u64 {
        self.ends[0].digest
    }
}

fn is_same_entry(one: &Entry, other: &Entry) -> bool {
    let answer = match (&one.answer, &other.answer) {
        (Some(Answer::Value(one)), Some(Answer::Value(other)))
        | (Some(Answer::Raced(one)), Some(Answer::Raced(other))) => is_same(one, other),
        (one, other) => one == other,
    };
    answer && one.request == other.request
}

/// Whether two values are written the same: values are equal whatever the order of their maps, and
/// a kind sees the order.
fn is_same(one: &Value, other: &Value) -> bool {
    let maps = |one: &Map, other: &Map| {
        let mut pairs = one.iter().zip(other);
        one.len() == other.len() && pairs.all(|((k, v), (l, w))| k == l && is_same(v, w))
    };
    match (one, other) {
        (Value::Map(one), Value::Map(other)) => Arc::ptr_eq(one, other) || maps(one, other),
        (Value::List(one), Value::List(other)) => {
            let mut pairs = one.iter().zip(other.iter());
            let alike = one.len() == other.len() && pairs.all(|(v, w)| is_same(v, w));
            Arc::ptr_eq(one, other) || alike
        }
        (Value::Host(one), Value::Host(other)) => {
            let named = (&one.name, &one.groups) == (&other.name, &other.groups);
            Arc::ptr_eq(one, other) || named && maps(&one.vars, &other.vars)
        }
        (Value::Float(one), Value::Float(other)) => one.to_bits() == other.to_bits(),
        (one, other) => one == other,
    }
}

fn write(text: &mut Vec<u8>, what: &impl Serialize) -> Result<(), Trouble> {
    serde_json::to_writer(text, what).map_err(|error| Trouble::Nonsense(error.to_string()))
}

/// A number for a text that goes on from another one, by the number of that. Eight bytes at a
/// time: this is a part of what each turn costs.
fn digest(before: u64, bytes: &[u8]) -> u64 {
    const ODD: u64 = 0x9e37_79b9_7f4a_7c15;
    let (words, rest) = bytes.as_chunks::<8>();
    let mut last = [0; 8];
    last[..rest.len()].copy_from_slice(rest);
    let mut number = before ^ bytes.len() as u64;
    for word in words.iter().chain([&last]) {
        let mixed = (number ^ u64::from_le_bytes(*word)).wrapping_mul(ODD);
        number = mixed ^ (mixed >> 29);
    }
    number.wrapping_mul(ODD) ^ (number >> 32)
}

impl Steady {
    /// The next turn of a step, of which the first `armed` entries are marks. `armed` is asked for
    /// only where nobody here has seen the step's first turn.
    ///
    /// # Errors
    /// As [`Line::say`], and a turn that was another before.
    pub(crate) fn turn(
        &self,
        line: &dyn Line,
        (kind, input, transcript): (&str, &Input, &[Entry]),
        armed: impl FnOnce() -> usize,
    ) -> Result<Turn, Trouble> {
        let last = self.said().last.take();
        let mut messages = match last.filter(|last| last.is_about(input)) {
            Some(last) => last,
            None => Messages::begin(kind, input)?,
        };
        messages.follow(transcript)?;
        let step = messages.step();
        if self.said().begun.insert(step) && !transcript.is_empty() {
            let walked = walk(line, (kind, input, transcript), armed());
            if walked.is_err() {
                self.said().begun.remove(&step);
            }
            walked?;
        }
        let (message, number) = messages.whole();
        let turn = heard(line, message, |answer| self.told(number, answer))?;
        self.said().last = Some(messages);
        Ok(turn)
    }

    /// The turn that an answer is, unless the same message was answered with another one before.
    fn told(&self, message: u64, answer: &[u8]) -> Result<Turn, Trouble> {
        let turn = read(answer)?;
        match self.said().remember(message, answer, &turn) {
            true => Ok(turn),
            false => Err(Trouble::Wavered(
                "asked the same again, it gives another turn".to_owned(),
            )),
        }
    }

    fn said(&self) -> MutexGuard<'_, Said> {
        self.said.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// The turn that a plugin answers a message with, taken from the text where it stands.
fn heard(
    line: &dyn Line,
    message: &[u8],
    of: impl Fn(&[u8]) -> Result<Turn, Trouble>,
) -> Result<Turn, Trouble> {
    let mut turn = None;
    line.hear(Method::Turn, message, &mut |answer| turn = Some(of(answer)))?;
    turn.unwrap_or_else(|| Err(Trouble::Nonsense("it is none".to_owned())))
}

fn read(answer: &[u8]) -> Result<Turn, Trouble> {
    serde_json::from_slice(answer).map_err(|error| Trouble::Nonsense(error.to_string()))
}

impl Said {
    /// Remembers an answer. False if it was another before.
    fn remember(&mut self, message: u64, answer: &[u8], turn: &Turn) -> bool {
        if let Some(place) = self.answers.get(&message) {
            let before = &self.text[place.clone()];
            return before == answer || read(before).as_ref() == Ok(turn);
        }
        if self.text.len() + answer.len() > MOST {
            *self = Said::default();
        }
        let begin = self.text.len();
        self.text.extend_from_slice(answer);
        self.answers.insert(message, begin..self.text.len());
        true
    }
}

/// Takes all turns of a transcript again, from its beginning.
fn walk(
    line: &dyn Line,
    (kind, input, transcript): (&str, &Input, &[Entry]),
    armed: usize,
) -> Result<(), Trouble> {
    let mut messages = Messages::begin(kind, input)?;
    let mut at = armed;
    while at < transcript.len() {
        messages.follow(&transcript[..at])?;
        let turn = heard(line, messages.whole().0, read)?;
        let asked = match turn {
            Turn::Ask(asked) if !asked.is_empty() => asked,
            _ => return Err(unasked(at, &transcript[at].request)),
        };
        for request in asked {
            match transcript.get(at) {
                Some(entry) if entry.request == request => at += 1,
                Some(entry) => return Err(changed(at, &entry.request, &request)),
                // Not all of them had been asked when it was written down.
                None => break,
            }
        }
    }
    Ok(())
}

fn phrase(request: &Request) -> String {
    let Request {
        facility, resource, ..
    } = request;
    format!("{} {facility} {resource}", request.verb.word())
}

fn changed(at: usize, was: &Request, is: &Request) -> Trouble {
    let (was, is) = (phrase(was), phrase(is));
    Trouble::Wavered(format!("question {at} was `{was}` and is now `{is}`"))
}

fn unasked(at: usize, was: &Request) -> Trouble {
    let was = phrase(was);
    Trouble::Wavered(format!("question {at} was `{was}` and is not asked again"))
}

#[cfg(test)]
mod tests;
