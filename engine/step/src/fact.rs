//! What is known of a resource, and changes of it.

use std::fmt;

use serde::{Deserialize, Serialize};

use crate::request::Verb;
use crate::{Answer, Name, Request, Unknown, Value};

/// A resource, wherever it is.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Key {
    /// At which host.
    pub host: Name,
    /// Of which facility.
    pub facility: Name,
    /// Which one.
    pub resource: Name,
}

impl Key {
    /// A question about it.
    #[must_use]
    pub fn request(&self, verb: Verb) -> Request {
        Request {
            host: self.host.clone(),
            facility: self.facility.clone(),
            resource: self.resource.clone(),
            verb,
        }
    }
}

impl fmt::Display for Key {
    /// `EXCH1 registry HKLM\...\PauseKicksDX`.
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "{} {} {}", self.host, self.facility, self.resource)
    }
}

/// What is known of a resource.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Fact {
    /// It has this value.
    Known(Value),
    /// There is none.
    Absent,
    /// It is not known.
    Unknown(Unknown),
}

impl Fact {
    /// A value that may be unknown as a fact.
    #[must_use]
    pub fn of(value: Value) -> Fact {
        match value {
            Value::Unknown(why) => Fact::Unknown(Unknown::clone(&why)),
            value => Fact::Known(value),
        }
    }

    /// The value, if there is one and it is known.
    #[must_use]
    pub fn known(&self) -> Option<&Value> {
        match self {
            Fact::Known(value) => Some(value),
            _ => None,
        }
    }

    /// As the answer to a read.
    #[must_use]
    pub fn answer(&self) -> Answer {
        match self {
            Fact::Known(value) => Answer::Value(value.clone()),
            Fact::Absent => Answer::Absent,
            Fact::Unknown(why) => Answer::Unknown(why.clone()),
        }
    }
}

impl From<&Answer> for Fact {
    fn from(answer: &Answer) -> Fact {
        match answer {
            Answer::Value(value) | Answer::Raced(value) => Fact::of(value.clone()),
            Answer::Absent => Fact::Absent,
            Answer::Unknown(why) => Fact::Unknown(why.clone()),
            Answer::Fault(fault) => Fact::Unknown(Unknown::because(fault.message.clone())),
        }
    }
}

/// A change of a resource, predicted or made.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Change {
    /// Of what.
    pub key: Key,
    /// From what.
    pub before: Fact,
    /// To what.
    pub after: Fact,
}
