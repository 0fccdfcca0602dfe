//! A plan cannot know an answer.

use runsheet_step::{Answer, Unknown};

use super::Check;
use crate::course::End;
use crate::findings::Findings;
use crate::subject::Subject;
use crate::twisted::{self, Twisted};

pub(super) const CHECK: Check = Check {
    name: "unknown-answers",
    about: "whichever answer a plan cannot know, the step goes on or says that it cannot know",
    nothing: "no step asked anything",
    look,
};

fn look(subject: &Subject, findings: &mut Findings) {
    let unknown = Answer::Unknown(Unknown::because("the test"));
    for kind in &subject.kinds {
        twisted::each(
            subject,
            kind,
            |_, _| vec![unknown.clone()],
            |twisted| {
                let held = well(&twisted);
                let with = (&twisted.course.input, twisted.number);
                findings.hold(&kind.described.kind, held, &with);
            },
        );
    }
}

fn well(twisted: &Twisted<'_, '_>) -> Result<(), String> {
    let number = twisted.number + 1;
    let end = &twisted.course.end;
    let held = match end {
        // What fails all the same, or after more was asked, does not fail for that.
        End::Failed(_) if *end == twisted.plain.end => Ok(()),
        End::Failed(_) if twisted.course.transcript.len() > number => Ok(()),
        End::Failed(failure) => Err(format!("it fails: {failure}")),
        end => end.is_proper(),
    };
    held.map_err(|why| format!("with answer {number} not known, {why}"))
}
