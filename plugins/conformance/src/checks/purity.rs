//! The same input and the same answers, the same turn.

use std::borrow::Cow;

use runsheet_host::line::{Trouble, ask};
use runsheet_messages::method::Method;
use runsheet_messages::step::{Checked, OneStep};
use runsheet_step::{Input, Turn};

use super::Check;
use crate::course::{Course, End};
use crate::findings::Findings;
use crate::subject::{Kind, Subject};

pub(super) const CHECK: Check = Check {
    name: "pure",
    about: "the same input and the same answers give the same turn, whenever it is asked",
    nothing: "it has no kinds",
    look,
};

fn look(subject: &Subject, findings: &mut Findings) {
    for kind in &subject.kinds {
        let name = &kind.described.kind;
        let courses: Vec<Course<'_>> = subject.courses(kind).collect();
        // Backwards, so that what a plugin kept of the turn before is of no use to it.
        for course in courses.iter().rev() {
            if let End::Trouble(_, trouble @ Trouble::Wavered(_)) = &course.end {
                findings.broken(name, trouble.to_string(), &course.input);
            }
            for (length, turn) in course.turns.iter().rev() {
                let held = again(subject, kind, course, *length, turn);
                let shown = (&course.input, &course.transcript[..*length]);
                findings.hold(name, held, &shown);
            }
        }
        for input in kind.inputs.iter().filter(|_| kind.described.checks) {
            let (one, other) = (checked(subject, kind, input), checked(subject, kind, input));
            let held = match one == other {
                true => Ok(()),
                false => Err("`check` says something else when asked again".to_owned()),
            };
            findings.hold(name, held, input);
        }
    }
}

fn again(
    subject: &Subject,
    kind: &Kind,
    course: &Course<'_>,
    length: usize,
    turn: &Turn,
) -> Result<(), String> {
    let transcript = &course.transcript[..length];
    let player = subject.player(kind);
    match player.turn(&course.input, transcript) {
        Ok(again) if again == *turn => Ok(()),
        Ok(again) => Err(format!(
            "its turn after {length} answers was {}, and asked again is {}",
            word(turn),
            word(&again)
        )),
        Err(trouble) => Err(format!("asked again, {trouble}")),
    }
}

fn word(turn: &Turn) -> String {
    serde_json::to_string(turn).unwrap_or_default()
}

fn checked(subject: &Subject, kind: &Kind, input: &Input) -> Option<Checked> {
    let message = OneStep {
        kind: Cow::Borrowed(&kind.described.kind),
        input: Cow::Borrowed(input),
    };
    ask(&*subject.line, Method::Check, &message).ok()
}
