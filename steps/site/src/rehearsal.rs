//! A little world for the tests of kinds: facts that change as the facilities predict, streams
//! that stand still, and replies that a test has written down.
//!
//! It is no simulated site: nothing in it happens by itself. What nobody has written down is
//! unknown, as to a plan.

use std::collections::BTreeMap;

use runsheet_step::fact::{Fact, Key};
use runsheet_step::request::{Verb, Wait};
use runsheet_step::{
    Answer, Catalogue, Cursor, Entry, Facility, Host, Input, Map, Moment, Request, Step, Turn,
    Unknown, Value,
};

/// The host of every step in a rehearsal.
pub const HOST: &str = "EXCH1";

/// An input at [`HOST`] with these fields.
pub fn input<const N: usize>(with: [(&str, Value); N]) -> Input {
    let host = Host {
        name: HOST.into(),
        groups: Vec::new(),
        vars: Map::new(),
    };
    Input {
        host: Value::Host(host.into()),
        with: Value::map(with),
    }
}

/// How a step ended, in one line: what it gave and whether it changed anything, or why it did not.
#[must_use]
pub fn told(turn: Turn) -> String {
    match turn {
        Turn::Done(done) => format!("{} changed={}", done.outputs, done.changed),
        Turn::Failed(failure) => failure.to_string(),
        Turn::Unknown(why) => format!("unknown: {why}"),
        Turn::Ask(_) => "it asks on".to_owned(),
    }
}

/// What a kind says beforehand is wrong with an input; empty where nothing is.
#[must_use]
pub fn faults(kind: &dyn Step, input: &Input) -> String {
    let faults = kind.check(input);
    let messages: Vec<&str> = faults.iter().map(|fault| &*fault.message).collect();
    messages.join("; ")
}

/// The world, and what was asked of it.
pub struct Rehearsal {
    catalogue: Catalogue,
    facts: BTreeMap<Key, Fact>,
    streams: BTreeMap<Key, (u64, Vec<Value>)>,
    replies: BTreeMap<(Key, &'static str), Answer>,
    asked: Vec<String>,
}

impl Default for Rehearsal {
    fn default() -> Rehearsal {
        Rehearsal {
            catalogue: crate::fill(Catalogue::default()),
            facts: BTreeMap::new(),
            streams: BTreeMap::new(),
            replies: BTreeMap::new(),
            asked: Vec::new(),
        }
    }
}

fn key(facility: &str, resource: &str) -> Key {
    Key {
        host: HOST.into(),
        facility: facility.into(),
        resource: resource.into(),
    }
}

impl Rehearsal {
    /// With this resource; what is not named is absent.
    #[must_use]
    pub fn has(mut self, facility: &str, resource: &str, value: Value) -> Rehearsal {
        self.facts.insert(key(facility, resource), Fact::of(value));
        self
    }

    /// With this stream, of which the first `marked` items are older than any mark.
    #[must_use]
    pub fn stream<const N: usize>(
        mut self,
        facility: &str,
        resource: &str,
        marked: u64,
        items: [Value; N],
    ) -> Rehearsal {
        self.streams
            .insert(key(facility, resource), (marked, items.to_vec()));
        self
    }

    /// With this answer to a verb (`act`, `put`, ...) on a resource.
    #[must_use]
    pub fn answers(
        mut self,
        verb: &'static str,
        facility: &str,
        resource: &str,
        answer: Answer,
    ) -> Rehearsal {
        self.replies.insert((key(facility, resource), verb), answer);
        self
    }

    /// What was asked so far, as plans phrase it.
    #[must_use]
    pub fn asked(&self) -> &[String] {
        &self.asked
    }

    /// A step from its first turn to its last.
    ///
    /// # Panics
    /// If two turns with one transcript differ: a step is a pure function.
    pub fn drive(&mut self, step: &dyn Step, input: &Input) -> Turn {
        let mut transcript: Vec<Entry> = Vec::new();
        loop {
            let turn = step.turn(input, &transcript);
            assert_eq!(
                turn,
                step.turn(input, &transcript),
                "a step is a pure function"
            );
            let Turn::Ask(requests) = turn else {
                return turn;
            };
            for request in requests {
                let answer = Some(self.answer(&request));
                transcript.push(Entry { request, answer });
            }
        }
    }

    fn answer(&mut self, request: &Request) -> Answer {
        let catalogue = self.catalogue.clone();
        let Some(facility) = catalogue.facility_named(&request.facility) else {
            return unknown("a facility that there is not");
        };
        self.asked.push(facility.phrase(request));
        let written_down = (request.key(), request.verb.word());
        if let Some(answer) = self.replies.get(&written_down) {
            return answer.clone();
        }
        match &request.verb {
            Verb::Get => self.fact(&request.key()).answer(),
            Verb::List(filter) => self.items(request, |item| facility.matches(filter, item)),
            Verb::Mark => self.mark(request),
            Verb::Wait(wait) => self.wait(facility, request, wait),
            Verb::Put(_) | Verb::Delete | Verb::Act(_) => self.write(facility, request),
        }
    }

    fn fact(&self, key: &Key) -> Fact {
        self.facts.get(key).cloned().unwrap_or(Fact::Absent)
    }

    fn write(&mut self, facility: &dyn Facility, request: &Request) -> Answer {
        let prediction = facility.predict(request, &|key| self.fact(key));
        for change in prediction.changes {
            self.facts.insert(change.key, change.after);
        }
        prediction.reply
    }

    fn mark(&self, request: &Request) -> Answer {
        let position = self
            .streams
            .get(&request.key())
            .map_or(0, |(marked, _)| *marked);
        let cursor = Cursor {
            stream: request.resource.clone(),
            position,
        };
        let mut place = cursor.to_value().as_map().cloned().unwrap_or_default();
        place.insert("time".into(), Moment(0).into());
        Answer::Value(Value::Map(place.into()))
    }

    fn items(&self, request: &Request, counts: impl Fn(&Value) -> bool) -> Answer {
        match self.streams.get(&request.key()) {
            Some((_, items)) => {
                let items = items.iter().filter(|item| counts(item));
                Answer::Value(Value::list(items.cloned()))
            }
            None => Answer::Absent,
        }
    }

    fn wait(&self, facility: &dyn Facility, request: &Request, wait: &Wait) -> Answer {
        let Some(since) = &wait.since else {
            return match self.fact(&request.key()) {
                Fact::Known(value) if facility.matches(&wait.filter, &value) => {
                    Answer::Value(Value::list([value]))
                }
                _ => unknown("what does not happen in a rehearsal"),
            };
        };
        let (_, items) = self
            .streams
            .get(&request.key())
            .cloned()
            .unwrap_or_default();
        let from = usize::try_from(since.position).unwrap_or(usize::MAX);
        let aborts = |item: &Value| {
            let abort = wait.abort.as_ref();
            abort.is_some_and(|abort| facility.matches(abort, item))
        };
        let mut found = Vec::new();
        for item in items.into_iter().skip(from) {
            let matches = facility.matches(&wait.filter, &item);
            let ends = !matches && aborts(&item);
            if ends || matches {
                found.push(item);
            }
            if ends || found.len() == wait.count as usize {
                return Answer::Value(Value::list(found));
            }
        }
        // The clock of a rehearsal stands: whoever waits until a moment has seen all that came.
        if wait.filter.get("by").as_moment().is_some() {
            return Answer::Value(Value::list(found));
        }
        unknown("what does not happen in a rehearsal")
    }
}

fn unknown(why: &str) -> Answer {
    Answer::Unknown(Unknown::because(why))
}
