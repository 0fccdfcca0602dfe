//! Answers in the words of the faces: a value, nothing, or a stop.

use runsheet_step::request::{Act, Verb, Wait};
use runsheet_step::{Answer, Failure, Stop, Value};

/// What was read or was there before a write; nothing where there is none.
pub(crate) fn found(answer: &Answer) -> Result<Option<&Value>, Stop> {
    match answer {
        Answer::Value(value) | Answer::Raced(value) => Ok(Some(value)),
        Answer::Absent => Ok(None),
        Answer::Fault(fault) => Err(fault.clone().into()),
        Answer::Unknown(why) => Err(Stop::Unknown(why.clone())),
    }
}

/// What was read or replied; null where there is none.
pub(crate) fn value(answer: &Answer) -> Result<&Value, Stop> {
    const NULL: &Value = &Value::Null;
    found(answer).map(|value| value.unwrap_or(NULL))
}

/// A field that the facility promises and the driver left out.
pub(crate) fn broken(facility: &str, lacks: &str) -> Stop {
    let message = format!("the answer of the {facility} driver lacks `{lacks}`");
    Failure::code("bad-answer", message).into()
}

/// An act without declared effects.
pub(crate) fn act(name: &str, args: Value) -> Verb {
    Verb::Act(Act {
        name: name.into(),
        args,
        effects: None,
    })
}

/// A wait for one state of a resource.
pub(crate) fn until(filter: Value) -> Verb {
    Verb::Wait(Wait {
        filter,
        since: None,
        count: 1,
        abort: None,
    })
}
