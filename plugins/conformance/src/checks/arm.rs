//! A step that arms marks a place, by nothing but the inputs that say where.

use std::borrow::Cow;

use runsheet_host::line::ask;
use runsheet_messages::method::Method;
use runsheet_messages::step::OneStep;
use runsheet_step::{Input, Turn, Value};

use super::Check;
use crate::findings::Findings;
use crate::subject::{Kind, Subject};
use crate::world::with_facility;

pub(super) const CHECK: Check = Check {
    name: "arm",
    about: "a step arms by marks that change nothing, and only by the inputs that its shape calls its place",
    nothing: "none of its kinds arms",
    look,
};

fn look(subject: &Subject, findings: &mut Findings) {
    for kind in &subject.kinds {
        for input in &kind.inputs {
            if kind.described.shape.arms() {
                let held = places(subject, kind, input);
                findings.hold(&kind.described.kind, held, input);
            } else if subject.line.answers(Method::Arm) {
                let held = none(subject, kind, input);
                if held.is_err() {
                    findings.hold(&kind.described.kind, held, input);
                }
            }
        }
    }
}

/// A kind whose shape says that it does not arm has no marks.
fn none(subject: &Subject, kind: &Kind, input: &Input) -> Result<(), String> {
    let message = OneStep {
        kind: Cow::Borrowed(&kind.described.kind),
        input: Cow::Borrowed(input),
    };
    match ask(&*subject.line, Method::Arm, &message) {
        Ok(Turn::Ask(marks)) if !marks.is_empty() => {
            Err("it arms, and its shape does not say by what".to_owned())
        }
        _ => Ok(()),
    }
}

fn places(subject: &Subject, kind: &Kind, input: &Input) -> Result<(), String> {
    let player = subject.player(kind);
    let arm = |input: &Input| player.arm(input).map_err(|trouble| trouble.to_string());
    let armed = arm(input)?;
    if let Turn::Done(_) = armed {
        return Err("`arm` answers that it is done".to_owned());
    }
    let Turn::Ask(marks) = &armed else {
        return Ok(());
    };
    for mark in marks {
        let access = with_facility(&subject.facilities, &mark.facility, |facility| {
            facility.access(mark)
        });
        if access != runsheet_step::Access::Read {
            let asked = format!("`{} {}`", mark.verb.word(), mark.resource);
            return Err(format!("it arms with {asked}, which is no mark"));
        }
    }
    let place = &kind.described.shape.place;
    for (name, _) in input.with.as_map().into_iter().flatten() {
        if !place.contains(name) && arm(&without(input, name))? != armed {
            return Err(format!(
                "its marks change with `{name}`, which is not its place"
            ));
        }
    }
    Ok(())
}

/// The input with one field not known.
fn without(input: &Input, name: &str) -> Input {
    let mut map = input.with.as_map().cloned().unwrap_or_default();
    map.insert(name.into(), Value::unknown("a step before"));
    Input {
        with: Value::Map(map.into()),
        ..input.clone()
    }
}
