//! Messages about one facility: `predict`, `inverse`, `repeat`, `matches` and `about`.

use std::borrow::Cow;

use runsheet_step::fact::{Change, Fact, Key};
use runsheet_step::request::Act;
use runsheet_step::{Access, Answer, Name, Request, Value};
use serde::{Deserialize, Serialize};

/// The message of `predict`; the answer is a [`runsheet_step::Prediction`].
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Predict<'m> {
    /// Which facility.
    #[serde(borrow)]
    pub facility: Cow<'m, str>,
    /// The write or act.
    pub request: Cow<'m, Request>,
    /// What is known: of the resource itself, of those of declared effects, and of those that
    /// `about` said it looks at.
    pub facts: Vec<(Key, Fact)>,
}

/// The message of `inverse`; the answer is a request, or null.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Inverse<'m> {
    /// Which facility.
    #[serde(borrow)]
    pub facility: Cow<'m, str>,
    /// What is to be taken back.
    pub change: Cow<'m, Change>,
}

/// The message of `repeat`. Without a probe the answer is a [`runsheet_step::Repeat`]; with one it
/// is the answer that the question would have had, or null if it did not happen.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Repeated<'m> {
    /// Which facility.
    #[serde(borrow)]
    pub facility: Cow<'m, str>,
    /// The question that was left without an answer.
    pub request: Cow<'m, Request>,
    /// What was answered to the probe.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub probe: Option<Cow<'m, Answer>>,
}

/// The message of `matches`; the answer is a truth value.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Matches<'m> {
    /// Which facility.
    #[serde(borrow)]
    pub facility: Cow<'m, str>,
    /// What is wanted.
    pub filter: Cow<'m, Value>,
    /// An item of the stream, or the value of the resource.
    pub item: Cow<'m, Value>,
}

/// The message of `about`.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct About<'m> {
    /// Which facility.
    #[serde(borrow)]
    pub facility: Cow<'m, str>,
    /// What is asked about it.
    pub of: Subject<'m>,
}

/// What `about` is asked.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Subject<'m> {
    /// A question; the answer is an [`AboutRequest`].
    Request(Cow<'m, Request>),
    /// An act and its reply; the answer is the name of what it began, to wait on, or null.
    Begun(Cow<'m, Act>, Cow<'m, Value>),
    /// Two values; the answer is whether they are the same to a person.
    Same(Cow<'m, Value>, Cow<'m, Value>),
    /// A value; the answer is the text that shows it.
    Show(Cow<'m, Value>),
}

/// What there is to say of a question.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct AboutRequest {
    /// What it may do.
    pub access: Access,
    /// The question as plans show it.
    pub phrase: Name,
    /// The name of what is free to be written at once on one host.
    pub area: Name,
    /// Resources other than its own that its prediction looks up.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub looks_at: Vec<Key>,
}
