//! Whether a kind says the same when it is asked the same. A step that changes its questions on
//! the way cannot be planned, nor taken up again: its answers would be those to other questions.
//!
//! Kinds written with the guest of this repository find that out themselves, in each turn; a kind
//! in C need not. So what was said is remembered, and a transcript of which nobody here has seen
//! the beginning is gone through from there, once.

use std::borrow::Cow;
use std::collections::{HashMap, HashSet};
use std::hash::{DefaultHasher, Hash, Hasher};
use std::sync::{Mutex, MutexGuard, PoisonError};

use runsheet_messages::method::Method;
use runsheet_messages::step::NextTurn;
use runsheet_step::{Entry, Input, Request, Turn};
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
    /// By message.
    answers: HashMap<u64, Box<[u8]>>,
    bytes: usize,
    /// The steps whose first turn was taken here.
    begun: HashSet<u64>,
}

/// The messages about one step, whose transcript grows.
struct Messages {
    text: Vec<u8>,
    /// Where each entry ends; first where the first would begin.
    ends: Vec<usize>,
}

const END: &[u8] = b"]}";

impl Messages {
    fn of(kind: &str, input: &Input, transcript: &[Entry]) -> Result<Messages, Trouble> {
        let message = NextTurn {
            kind: kind.into(),
            input: Cow::Borrowed(input),
            transcript: Cow::Borrowed(&[]),
        };
        let mut text = Vec::with_capacity(512);
        write(&mut text, &message)?;
        text.truncate(text.len() - END.len());
        let mut ends = Vec::with_capacity(transcript.len() + 1);
        ends.push(text.len());
        for (at, entry) in transcript.iter().enumerate() {
            if at > 0 {
                text.push(b',');
            }
            write(&mut text, entry)?;
            ends.push(text.len());
        }
        Ok(Messages { text, ends })
    }

    /// The message with the first so many entries.
    fn upto(&mut self, entries: usize) -> &[u8] {
        self.text.truncate(self.ends[entries]);
        self.text.extend_from_slice(END);
        &self.text
    }

    /// A number for the step itself, whatever its transcript.
    fn step(&self) -> u64 {
        digest(&self.text[..self.ends[0]])
    }
}

fn write(text: &mut Vec<u8>, what: &impl Serialize) -> Result<(), Trouble> {
    serde_json::to_writer(text, what).map_err(|error| Trouble::Nonsense(error.to_string()))
}

fn digest(bytes: &[u8]) -> u64 {
    let mut hasher = DefaultHasher::new();
    bytes.hash(&mut hasher);
    hasher.finish()
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
        let mut messages = Messages::of(kind, input, transcript)?;
        if self.said().begun.insert(messages.step()) && !transcript.is_empty() {
            let walked = walk(line, (kind, input, transcript), armed());
            if walked.is_err() {
                self.said().begun.remove(&messages.step());
            }
            walked?;
        }
        let message = messages.upto(transcript.len());
        let answer = line.say(Method::Turn, message)?;
        let turn = read(&answer)?;
        match self.said().remember(digest(message), &answer, &turn) {
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

fn read(answer: &[u8]) -> Result<Turn, Trouble> {
    serde_json::from_slice(answer).map_err(|error| Trouble::Nonsense(error.to_string()))
}

impl Said {
    /// Remembers an answer. False if it was another before.
    fn remember(&mut self, message: u64, answer: &[u8], turn: &Turn) -> bool {
        if let Some(before) = self.answers.get(&message) {
            return **before == *answer || read(before).as_ref() == Ok(turn);
        }
        self.bytes += answer.len() + size_of::<u64>();
        if self.bytes > MOST {
            *self = Said::default();
            self.bytes = answer.len();
        }
        self.answers.insert(message, answer.into());
        true
    }
}

/// Takes all turns of a transcript again, from its beginning.
fn walk(
    line: &dyn Line,
    (kind, input, transcript): (&str, &Input, &[Entry]),
    armed: usize,
) -> Result<(), Trouble> {
    let mut at = armed;
    while at < transcript.len() {
        let mut messages = Messages::of(kind, input, &transcript[..at])?;
        let turn = read(&line.say(Method::Turn, messages.upto(at))?)?;
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
