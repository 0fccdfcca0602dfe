//! What a step may hear.

use serde::{Deserialize, Serialize};

use crate::request::Request;
use crate::{Fault, Unknown, Value};

/// An answer to a question.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Answer {
    /// This.
    Value(Value),
    /// There is no such thing.
    Absent,
    /// A write replaced another value than the one read just before it.
    Raced(Value),
    /// No, and why.
    Fault(Fault),
    /// A dry run cannot know. Only a planner says this.
    Unknown(Unknown),
}

/// One line of a transcript. An entry without an answer is in flight or, after a crash, in doubt.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Entry {
    /// What was asked.
    pub request: Request,
    /// What was said.
    pub answer: Option<Answer>,
}
