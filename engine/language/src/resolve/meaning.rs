//! What a name in an expression means before there are values.

use runsheet_step::shape::{Field, Type};

use super::misses::InputOf;
use crate::names::STATUSES;
use crate::workflow::StepId;

/// What a chain such as `inputs.dx.vars` means.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Meaning {
    /// A value of a type.
    Value(Type),
    /// A host; which input declares its variables, if that can be told.
    Host(Option<InputOf>),
    /// The variables of such a host.
    Vars(Option<InputOf>),
    /// Several of one meaning.
    List(Box<Meaning>),
    /// `inputs`
    Inputs,
    /// `steps`
    Steps,
    /// One step or group.
    Step(StepId),
    /// One item's instance of a step with `foreach`.
    Instance(StepId),
    /// What a step gave.
    Outputs(StepId),
}

impl Meaning {
    /// Anything at all: nothing more is said about it.
    pub(super) const ANY: Meaning = Meaning::Value(Type::Any);

    /// A value of an input's type.
    pub(super) fn of_input(name: &InputOf, kind: &Type) -> Meaning {
        match kind {
            Type::Host => Meaning::Host(Some(name.clone())),
            Type::List(of) => Meaning::List(Box::new(Meaning::of_input(name, of))),
            other => Meaning::of(other),
        }
    }

    /// A value of a type.
    pub(super) fn of(kind: &Type) -> Meaning {
        match kind {
            Type::Host => Meaning::Host(None),
            Type::List(of) => Meaning::List(Box::new(Meaning::of(of))),
            other => Meaning::Value(other.clone()),
        }
    }

    /// The type of its values.
    pub(super) fn kind(&self) -> Type {
        match self {
            Meaning::Value(kind) => kind.clone(),
            Meaning::Host(_) => Type::Host,
            Meaning::List(of) => Type::list(of.kind()),
            _ => Type::Any,
        }
    }

    /// What one of several means.
    pub(super) fn item(&self) -> Meaning {
        match self {
            Meaning::List(of) => Meaning::clone(of),
            Meaning::Value(Type::List(of)) => Meaning::of(of),
            Meaning::Value(Type::Map(of)) => Meaning::of(of),
            _ => Meaning::ANY,
        }
    }
}

/// The form of every failure, absent parts null.
pub(crate) fn failure() -> Type {
    Type::Record(vec![
        Field::new("win32", optional(Type::Int), "a Windows error code"),
        Field::new("exit", optional(Type::Int), "the exit code of a program"),
        Field::new("code", optional(Type::Text), "a name"),
        Field::new("message", Type::Text, "in words"),
    ])
}

/// The fault that `accept:` took for a success; null where there was none.
pub(crate) fn fault() -> Field {
    Field::new(
        "fault",
        optional(failure()),
        "the failure that was accepted",
    )
}

pub(super) fn optional(kind: Type) -> Type {
    Type::OneOf(vec![kind, Type::Null])
}

/// How a step stands.
pub(super) fn status() -> Type {
    Type::word(&STATUSES)
}

/// `site`
pub(crate) fn site() -> Type {
    Type::Record(vec![
        Field::new("name", Type::Text, "its name"),
        Field::new(
            "groups",
            Type::map(Type::list(Type::Host)),
            "its hosts by group",
        ),
    ])
}

/// `run`
pub(crate) fn run() -> Type {
    Type::Record(vec![
        Field::new("id", Type::Text, "its name in the state folder"),
        Field::new("site", Type::Text, "the name of the site"),
        Field::new("started", Type::Moment, "when it began"),
    ])
}
