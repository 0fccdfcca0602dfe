//! The rules by which the end of a step is judged, as written.

use runsheet_diagnostics::span::Span;
use runsheet_step::{Failure, Form, Name};
use serde::{Deserialize, Serialize};

use crate::expression::{Expr, Template};

/// A failure as `accept:` and `retry: on:` name it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Accept {
    /// A Windows error code.
    Win32(u32),
    /// The exit code of a program.
    Exit(i32),
    /// A named failure.
    Code(Name),
    /// Any that asking again may mend.
    Transient,
    /// A deadline that passed.
    Timeout,
    /// An `expect:` that did not hold.
    Expect,
}

impl Accept {
    /// Whether a failure is the one named.
    #[must_use]
    pub fn takes(&self, failure: &Failure) -> bool {
        match (self, &failure.form) {
            (Accept::Win32(wanted), Form::Win32(number)) => wanted == number,
            (Accept::Exit(wanted), Form::Exit(number)) => wanted == number,
            (Accept::Code(wanted), Form::Code(name)) => wanted == name,
            (Accept::Timeout, Form::Code(name)) => &**name == "timeout",
            (Accept::Expect, Form::Code(name)) => &**name == "expect",
            (Accept::Transient, _) => failure.transient,
            _ => false,
        }
    }
}

/// What a failure of a step means, if it holds: told with the failure.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Cause {
    /// Where it stands.
    pub span: Span,
    /// Whether it is the cause; sees `failure` and all that the step sees.
    pub when: Expr,
    /// The cause, in a sentence.
    pub say: Template,
    /// What to do about it.
    pub remedy: Option<Template>,
    /// Its sources, such as `Q147464`.
    pub see: Vec<Name>,
}

/// What failures of the instances of a `foreach` mean.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Failures {
    /// Start no more, then fail.
    #[default]
    Stop,
    /// Run all, then fail.
    Finish,
    /// Run all and end well with a warning, unless all failed.
    Warn,
}

/// What a crash in the middle of a write means.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum InDoubt {
    /// A person says what happened.
    #[default]
    Ask,
    /// It is done again.
    Repeat,
    /// It is taken as done.
    Skip,
}

/// What a step holds while it acts.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Lock {
    /// Nothing.
    #[default]
    None,
    /// Its host, and what that shares with others.
    Host,
    /// These names.
    Names(Vec<Template>),
}

/// A number of places that steps share: no more than this many of them act at once in a run.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Pool {
    /// Its name.
    pub name: Name,
    /// How many may act at once; at least 1.
    pub size: u32,
    /// Where the size stands.
    pub span: Span,
}

/// How often and when a failed attempt is tried again.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Retry {
    /// How many more attempts; at least 1.
    pub max: u32,
    /// How long to wait before the next; doubled each time.
    pub backoff: Option<Template>,
    /// After which failures; empty: after any.
    pub on: Vec<Accept>,
}

/// How long a step may take.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub struct Timeout {
    /// One attempt.
    pub attempt: Option<Template>,
    /// All attempts together.
    pub total: Option<Template>,
    /// Between two signs of life.
    pub idle: Option<Template>,
    /// What a deadline that passed means.
    pub then: Then,
}

/// What a deadline that passed means.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Then {
    /// The step fails.
    #[default]
    Fail,
    /// A person decides.
    Ask,
    /// It ends well, with a warning and without outputs.
    Continue,
}

/// How a step is taken back.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Undo {
    /// By the values before, when somebody undoes the run.
    #[default]
    Restore,
    /// By the values before, in `finally`.
    AtEnd,
    /// Not at all.
    None,
}
