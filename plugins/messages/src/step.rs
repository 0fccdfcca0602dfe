//! Messages about one step: `arm`, `turn` and `check`.
//!
//! `arm` and `turn` are answered with a [`Turn`]: `arm` asks for its marks or, with
//! `{"ask": []}`, for none.

use std::borrow::Cow;

use runsheet_step::{Entry, Failure, Field, Input, Turn};
use serde::{Deserialize, Serialize};

/// The message of `arm` and of `check`.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct OneStep<'m> {
    /// Of which kind.
    #[serde(borrow)]
    pub kind: Cow<'m, str>,
    /// Its input; parts of it may be unknown.
    pub input: Cow<'m, Input>,
}

/// The message of `turn`.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct NextTurn<'m> {
    /// Of which kind.
    #[serde(borrow)]
    pub kind: Cow<'m, str>,
    /// Its input.
    pub input: Cow<'m, Input>,
    /// What it has asked so far, and what was answered; its marks come first.
    pub transcript: Cow<'m, [Entry]>,
}

/// The answer of `arm` and `turn`.
pub type StepTurn = Turn;

/// The answer of `check`.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Checked {
    /// What is wrong with the input beyond what the shape says.
    #[serde(default)]
    pub failures: Vec<Failure>,
    /// Outputs beyond the shape's that this input brings.
    #[serde(default)]
    pub outputs: Vec<Field>,
    /// Whether a step with this input can write.
    #[serde(default = "yes")]
    pub acts: bool,
    /// Whether it may wait for what perhaps never comes.
    #[serde(default)]
    pub waits: bool,
}

fn yes() -> bool {
    true
}
