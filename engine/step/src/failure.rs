//! Faults that drivers answer with and failures that steps end with: one form for both, the one
//! that `accept:` and `retry: on:` name.

use std::fmt;

use serde::{Deserialize, Serialize};

use crate::decode::Misfit;
use crate::{Name, Unknown, Value};

/// What went wrong, as a number or a name that somebody else chose.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Form {
    /// A Windows error code: 2140 is `{win32: 2140}`.
    Win32(u32),
    /// The exit code of a program.
    Exit(i32),
    /// Anything with a name: `{code: no-such-key}`.
    Code(Name),
}

impl Form {
    /// A named failure.
    pub fn code(name: impl Into<Name>) -> Form {
        Form::Code(name.into())
    }
}

impl fmt::Display for Form {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Form::Win32(number) => write!(out, "error {number}"),
            Form::Exit(number) => write!(out, "exit code {number}"),
            Form::Code(name) => out.write_str(name),
        }
    }
}

/// An answer that says no. A step may look into it: error 2140 of a pause is success (Q147464).
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Fault {
    /// What went wrong.
    pub form: Form,
    /// In words, for people.
    pub message: Name,
    /// Whether asking again soon may help; such a question has changed nothing.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub transient: bool,
}

impl Fault {
    /// A fault that asking again will not mend.
    pub fn new(form: Form, message: impl Into<Name>) -> Fault {
        Fault {
            form,
            message: message.into(),
            transient: false,
        }
    }

    /// A fault that may be gone when asked again.
    pub fn transient(form: Form, message: impl Into<Name>) -> Fault {
        Fault {
            transient: true,
            ..Fault::new(form, message)
        }
    }
}

/// The name of the failure of a step that was not let think to its end.
const STOPPED: &str = "stopped";

/// How a step fails.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Failure {
    /// What went wrong.
    pub form: Form,
    /// In words, for people: lower case, no full stop.
    pub message: Name,
    /// What a person can do about it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub help: Option<Name>,
    /// Which part of `with:` is to blame: keys and indexes.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub at: Vec<Name>,
    /// Outputs all the same, for a failure that `accept:` makes a success.
    #[serde(default, skip_serializing_if = "Value::is_null")]
    pub outputs: Value,
    /// Whether trying again soon may help.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub transient: bool,
}

impl Failure {
    /// A failure of this form.
    pub fn new(form: Form, message: impl Into<Name>) -> Failure {
        Failure {
            form,
            message: message.into(),
            help: None,
            at: Vec::new(),
            outputs: Value::Null,
            transient: false,
        }
    }

    /// That a step was not let think to its end, since the run is to stop. A run that is to stop
    /// takes it as that, and not as the end of the step.
    pub fn stopped(message: impl Into<Name>) -> Failure {
        Failure::code(STOPPED, message)
    }

    /// Whether it says that the step was not let think to its end.
    #[must_use]
    pub fn is_stopped(&self) -> bool {
        matches!(&self.form, Form::Code(name) if **name == *STOPPED)
    }

    /// A failure with a name.
    pub fn code(name: &str, message: impl Into<Name>) -> Failure {
        Failure::new(Form::code(name), message)
    }

    /// What a person can do about it.
    #[must_use]
    pub fn help(mut self, help: impl Into<Name>) -> Failure {
        self.help = Some(help.into());
        self
    }

    /// Which part of `with:` is to blame.
    #[must_use]
    pub fn at(mut self, path: &[&str]) -> Failure {
        self.at = path.iter().map(|key| Name::from(*key)).collect();
        self
    }

    /// Outputs all the same.
    #[must_use]
    pub fn outputs(mut self, outputs: Value) -> Failure {
        self.outputs = outputs;
        self
    }
}

impl From<Fault> for Failure {
    fn from(fault: Fault) -> Failure {
        Failure {
            transient: fault.transient,
            ..Failure::new(fault.form, fault.message)
        }
    }
}

impl fmt::Display for Failure {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "{}: {}", self.form, self.message)
    }
}

/// Why a step went no further. Written by the world, carried out of the step by `?`.
#[derive(Clone, Debug, PartialEq)]
#[must_use]
pub enum Stop {
    /// A question has no answer yet.
    Pending,
    /// A plan cannot know.
    Unknown(Unknown),
    /// It failed.
    Failed(Box<Failure>),
}

impl From<Failure> for Stop {
    fn from(failure: Failure) -> Stop {
        Stop::Failed(Box::new(failure))
    }
}

impl From<Fault> for Stop {
    fn from(fault: Fault) -> Stop {
        Failure::from(fault).into()
    }
}

impl From<Misfit> for Stop {
    fn from(misfit: Misfit) -> Stop {
        match misfit.unknown {
            Some(why) => Stop::Unknown(why),
            None => Failure {
                at: misfit.path,
                ..Failure::code("bad-input", misfit.message)
            }
            .into(),
        }
    }
}
