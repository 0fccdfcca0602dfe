//! What is said between the engine and a driver. Each message is an object of one key, on one line.
//!
//! Values that JSON has no word for are written as in journals: `{"$": "duration", "v": 90000}`.

use std::borrow::Cow;

use runsheet_step::driver::CallKey;
use runsheet_step::fact::Fact;
use runsheet_step::{Answer, Cursor, Name, Request, Value};
use serde::{Deserialize, Serialize};

/// The version of these messages. Another one is another language; what is added to this one
/// changes nothing for a driver that ignores keys it does not know.
pub const VERSION: u32 = 1;

/// What the engine says. It has no `Debug`: a question holds secrets in the clear.
#[derive(Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ToDriver<'m> {
    /// The first message; the driver answers with [`FromDriver::Hello`].
    Hello(Greeting),
    /// A question of a run.
    Perform(Perform<'m>),
    /// A question of a plan: it only looks, and nothing may change by it.
    Read(Read<'m>),
    /// An act is to end early; it is answered all the same.
    Interrupt(Interrupt<'m>),
    /// Nobody waits for this answer any more, so it may say anything, and had best come soon.
    Cancel(Cancel),
    /// Nothing more will be asked; the driver ends. The end of its input means the same.
    Goodbye(Goodbye),
}

/// The first message.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Greeting {
    /// [`VERSION`].
    pub version: u32,
    /// The facility that the driver is to serve.
    pub facility: Name,
}

/// A question of a run, with its secrets opened.
#[derive(Clone, PartialEq, Serialize, Deserialize)]
pub struct Perform<'m> {
    /// The number that its answer says; no two questions to one process have the same.
    pub id: u64,
    /// Which question of which run: the same once more if it is asked again.
    pub key: Cow<'m, CallKey>,
    /// What is asked.
    pub request: Cow<'m, Request>,
    /// What is there before a write, as read just before.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub before: Option<Cow<'m, Fact>>,
    /// How long a wait may be held open, in milliseconds; then the answer is `not_yet`.
    pub slice_ms: u64,
    /// What the site file says of the driver at this host, a map.
    pub options: Cow<'m, Value>,
}

/// A question of a plan: `get`, `list` or `mark`.
#[derive(Clone, PartialEq, Serialize, Deserialize)]
pub struct Read<'m> {
    /// As of [`Perform`].
    pub id: u64,
    /// What is asked.
    pub request: Cow<'m, Request>,
    /// As of [`Perform`].
    pub options: Cow<'m, Value>,
}

/// An act is to end early.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Interrupt<'m> {
    /// The key of the act, or of the wait for the end of what the act has begun.
    pub key: Cow<'m, CallKey>,
}

/// Nobody waits for this answer any more.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Cancel {
    /// Of which question.
    pub id: u64,
}

/// Nothing more will be asked.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Goodbye {}

/// What a driver says.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum FromDriver {
    /// Its first message.
    Hello(Introduction),
    /// An answer. That to a wait is a list of items.
    Answer(Said),
    /// Nothing came within the slice of a wait.
    NotYet(NotYet),
    /// There is no answer, and whether what was asked has happened is not known.
    Lost(Lost),
    /// A piece of output, before the answer.
    Output(Output),
}

/// The first message of a driver.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Introduction {
    /// [`VERSION`].
    pub version: u32,
    /// How many questions it takes at the same time; the others wait their turn.
    #[serde(default = "one")]
    pub at_once: usize,
    /// Whether it answers `read`; otherwise a plan knows nothing of what it serves.
    #[serde(default)]
    pub reads: bool,
    /// The longest that an answer to anything but a wait may take, in milliseconds; a driver that
    /// takes longer is ended. Default: five minutes.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub patience_ms: Option<u64>,
}

fn one() -> usize {
    1
}

/// An answer.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Said {
    /// To which question.
    pub id: u64,
    /// The answer.
    pub answer: Answer,
}

/// Nothing came within the slice of a wait.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct NotYet {
    /// Of which question.
    pub id: u64,
    /// From where on it is asked again; of no matter to a wait on a resource.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub cursor: Option<Cursor>,
}

/// There is no answer.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Lost {
    /// To which question.
    pub id: u64,
    /// Why.
    pub message: Name,
}

/// A piece of output.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Output {
    /// Of which question.
    pub id: u64,
    /// The piece.
    pub text: String,
}

/// A message as the line that carries it.
#[must_use]
pub fn line(message: &ToDriver<'_>) -> Vec<u8> {
    // Only a map whose keys are no texts could fail, and there is none.
    let mut line = serde_json::to_vec(message).unwrap_or_default();
    line.push(b'\n');
    line
}
