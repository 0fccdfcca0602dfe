//! A kind answers every turn of an ordinary course, and comes to an end.

use super::Check;
use crate::course::End;
use crate::findings::Findings;
use crate::subject::Subject;

pub(super) const CHECK: Check = Check {
    name: "answers",
    about: "each kind answers every turn of an ordinary course and comes to an end",
    nothing: "it has no kinds",
    look,
};

fn look(subject: &Subject, findings: &mut Findings) {
    for kind in &subject.kinds {
        for course in subject.courses(kind) {
            let held = match &course.end {
                End::Unknown(why) if course.input.with.why_unknown().is_none() => {
                    Err(format!("it cannot know {why}, though all was known"))
                }
                end => end.is_proper(),
            };
            findings.hold(&kind.described.kind, held, &course.input);
        }
    }
}
