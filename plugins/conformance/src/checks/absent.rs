//! A question is answered with nothing: there is no such thing.

use runsheet_step::Answer;

use super::Check;
use crate::findings::Findings;
use crate::subject::Subject;
use crate::twisted::{self, Twisted};

pub(super) const CHECK: Check = Check {
    name: "absent",
    about: "whichever question is answered with `absent`, the step goes on or fails",
    nothing: "no step asked anything",
    look,
};

fn look(subject: &Subject, findings: &mut Findings) {
    for kind in &subject.kinds {
        twisted::each(
            subject,
            kind,
            |_, _| vec![Answer::Absent],
            |Twisted { course, number, .. }| {
                let held = course.end.is_proper();
                let held = held.map_err(|why| format!("without an answer {}, {why}", number + 1));
                findings.hold(&kind.described.kind, held, &(&course.input, number));
            },
        );
    }
}
