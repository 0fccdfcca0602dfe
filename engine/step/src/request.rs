//! What a step may ask: one uniform question about one resource of one facility at one host.

use serde::{Deserialize, Serialize};

use crate::fact::Key;
use crate::{Name, Value, name};

/// A question.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Request {
    /// Where, by the name of the site file.
    #[serde(deserialize_with = "name::read")]
    pub host: Name,
    /// Of which facility: `registry`, `service`, `process`, ...
    #[serde(deserialize_with = "name::read")]
    pub facility: Name,
    /// Which resource, as the facility names it.
    #[serde(deserialize_with = "name::read")]
    pub resource: Name,
    /// What is asked of it.
    pub verb: Verb,
}

impl Request {
    /// What it is about, without what is asked.
    #[must_use]
    pub fn key(&self) -> Key {
        Key {
            host: self.host.clone(),
            facility: self.facility.clone(),
            resource: self.resource.clone(),
        }
    }
}

/// What is asked of a resource.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Verb {
    /// Read it. Answer: its value, or absent.
    Get,
    /// What is there now. Answer: a list of the items that match.
    List(Value),
    /// Make it so. Answer: the value before, as the engine read it just before asking; a driver
    /// that replaced another one says so with [`crate::Answer::Raced`].
    Put(Value),
    /// Let it not be there. Answer as for [`Verb::Put`].
    Delete,
    /// Anything else: start a service, spawn a process. Answer: a reply, or a handle to wait on.
    Act(Act),
    /// Where a stream is now. Answer: a [`Cursor`].
    Mark,
    /// Items of a stream that match, or a resource until it does. Answer: the items.
    Wait(Wait),
}

impl Verb {
    /// The word for it.
    #[must_use]
    pub fn word(&self) -> &'static str {
        match self {
            Verb::Get => "get",
            Verb::List(_) => "list",
            Verb::Put(_) => "put",
            Verb::Delete => "delete",
            Verb::Act(_) => "act",
            Verb::Mark => "mark",
            Verb::Wait(_) => "wait",
        }
    }
}

/// An act by name.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Act {
    /// Which act, as the facility names it.
    #[serde(deserialize_with = "name::read")]
    pub name: Name,
    /// With what.
    #[serde(default, skip_serializing_if = "Value::is_null")]
    pub args: Value,
    /// What it changes, where the step knows; otherwise the facility says, and if that does not
    /// know either the act is opaque: it may write anything on that host.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub effects: Option<Vec<Effect>>,
}

/// A change that an act is declared to make, at the host of the act.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Effect {
    /// Of which facility.
    pub facility: Name,
    /// Which resource.
    pub resource: Name,
    /// What it will be: a value (possibly unknown), or nothing if it will be gone.
    pub after: Option<Value>,
}

/// What to wait for. How long is the engine's matter, and no part of the question.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Wait {
    /// Which items, in the facility's own terms. Matched by the facility; a driver may send more.
    pub filter: Value,
    /// From where on; nothing: a resource rather than a stream.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub since: Option<Cursor>,
    /// How many; 0: those that are there when the facility's terms end the wait, however few.
    pub count: u32,
    /// What ends the wait if it comes earlier in the stream than the last match. The item is the
    /// last of the answer, and matches nothing but this.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub abort: Option<Value>,
}

/// A place in a stream.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Cursor {
    /// Which stream this is a place of: a log that was cleared or restored is another one.
    pub stream: Name,
    /// Items before this position are not looked at.
    pub position: u64,
}

impl Cursor {
    /// The position that a plan gives a mark which only a run takes: nothing that is there already
    /// counts as new.
    pub const IN_THE_RUN: u64 = i64::MAX.unsigned_abs();

    /// As a value of an answer: `{stream, position}`.
    #[must_use]
    pub fn to_value(&self) -> Value {
        let position = i64::try_from(self.position).unwrap_or(i64::MAX);
        Value::map([
            ("stream", Value::Text(self.stream.clone())),
            ("position", position.into()),
        ])
    }

    /// Back from a value.
    #[must_use]
    pub fn from_value(value: &Value) -> Option<Cursor> {
        let stream = value.get("stream").as_text()?.clone();
        let position = u64::try_from(value.get("position").as_int()?).ok()?;
        Some(Cursor { stream, position })
    }
}
