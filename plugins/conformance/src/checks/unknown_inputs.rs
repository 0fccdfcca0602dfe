//! A plan cannot know a part of the input.

use std::borrow::Cow;

use runsheet_host::line::ask;
use runsheet_messages::method::Method;
use runsheet_messages::step::{Checked, OneStep};
use runsheet_step::{Input, Value};

use super::Check;
use crate::course::End;
use crate::findings::Findings;
use crate::subject::{Kind, Subject};

pub(super) const CHECK: Check = Check {
    name: "unknown-inputs",
    about: "whichever input a plan cannot know, the step does not take it for a mistake",
    nothing: "no step has inputs and came to a good end",
    look,
};

fn look(subject: &Subject, findings: &mut Findings) {
    for kind in &subject.kinds {
        for (scene, course) in subject.courses(kind).enumerate() {
            if course.outcome().is_none() {
                continue;
            }
            for (name, input) in unknown(&course.input) {
                let world = subject.beginning(kind, scene);
                let again = subject.player(kind).play(&input, world);
                let held = match &again.end {
                    End::Failed(failure) if again.transcript.len() <= again.marks => {
                        Err(format!("it fails: {failure}"))
                    }
                    end => end.is_proper(),
                };
                let held = held.and_then(|()| checked(subject, kind, &input));
                let held = held.map_err(|why| format!("with `{name}` not known, {why}"));
                findings.hold(&kind.described.kind, held, &input);
            }
        }
    }
}

/// The input with each of its parts not known in turn.
fn unknown(input: &Input) -> Vec<(String, Input)> {
    let why = || Value::unknown("a step before");
    let mut all = Vec::new();
    for (name, _) in input.with.as_map().into_iter().flatten() {
        let mut map = input.with.as_map().cloned().unwrap_or_default();
        map.insert(name.clone(), why());
        let input = Input {
            with: Value::Map(map.into()),
            ..input.clone()
        };
        all.push((name.to_string(), input));
    }
    if !input.host.is_null() {
        let input = Input {
            host: why(),
            ..input.clone()
        };
        all.push(("host".to_owned(), input));
    }
    all
}

/// What is unknown is not wrong: a step that went well has no mistakes then.
fn checked(subject: &Subject, kind: &Kind, input: &Input) -> Result<(), String> {
    if !kind.described.checks || !subject.line.answers(Method::Check) {
        return Ok(());
    }
    let message = OneStep {
        kind: Cow::Borrowed(&kind.described.kind),
        input: Cow::Borrowed(input),
    };
    let checked: Checked = ask(&*subject.line, Method::Check, &message)
        .map_err(|trouble| format!("`check`: {trouble}"))?;
    match checked.failures.first() {
        Some(failure) => Err(format!("`check` finds fault: {failure}")),
        None => Ok(()),
    }
}
