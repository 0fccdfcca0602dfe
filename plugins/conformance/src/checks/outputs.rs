//! What a step gives is what its shape promises.

use std::borrow::Cow;

use runsheet_host::line::ask;
use runsheet_messages::method::Method;
use runsheet_messages::step::{Checked, OneStep};
use runsheet_step::{Answer, Field, Input, Map, Value};

use super::Check;
use crate::course::Course;
use crate::findings::Findings;
use crate::sample;
use crate::subject::{Kind, Subject};

pub(super) const CHECK: Check = Check {
    name: "outputs",
    about: "what a step gives when it is done is what its shape promises",
    nothing: "no step came to a good end in the small worlds of the test; `--samples` gives others",
    look,
};

fn look(subject: &Subject, findings: &mut Findings) {
    for kind in &subject.kinds {
        for course in subject.courses(kind) {
            let Some(outcome) = course.outcome() else {
                continue;
            };
            let mut fields = kind.described.shape.outputs.clone();
            fields.extend(more(subject, kind, &course.input));
            let held = match &outcome.outputs {
                Value::Null => Ok(()),
                Value::Map(map) => sample::fields_fit(&its_own(map, &course), &fields, None),
                other => Err(format!("is no map but {}", other.kind())),
            };
            let held = held.map_err(|why| format!("what it gives {why}"));
            findings.hold(&kind.described.kind, held, &(&course.input, outcome));
        }
    }
}

/// The outputs, without those that are null, as if they were left out, and in which those are unknown that an answer held as they stand: what a small world makes up may be
/// of any type, and a step that hands it on is not to blame.
fn its_own(outputs: &Map, course: &Course<'_>) -> Map {
    let told = |value: &Value| {
        let answers = course.transcript.iter().map(|entry| &entry.answer);
        answers.flatten().any(|answer| match answer {
            Answer::Value(all) | Answer::Raced(all) => holds(all, value),
            _ => false,
        })
    };
    let own = |value: &Value| match told(value) {
        true => Value::unknown("an answer"),
        false => value.clone(),
    };
    let each = outputs.iter().filter(|(_, value)| !value.is_null());
    each.map(|(name, value)| (name.clone(), own(value)))
        .collect()
}

fn holds(all: &Value, part: &Value) -> bool {
    all == part
        || all.items().iter().any(|item| holds(item, part))
        || all
            .as_map()
            .is_some_and(|map| map.values().any(|value| holds(value, part)))
}

/// Outputs that this input brings.
fn more(subject: &Subject, kind: &Kind, input: &Input) -> Vec<Field> {
    let message = OneStep {
        kind: Cow::Borrowed(&kind.described.kind),
        input: Cow::Borrowed(input),
    };
    let checked = kind
        .described
        .checks
        .then(|| ask::<Checked>(&*subject.line, Method::Check, &message));
    match checked {
        Some(Ok(checked)) => checked.outputs,
        _ => Vec::new(),
    }
}
