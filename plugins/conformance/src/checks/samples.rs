//! The samples that the author gives come to a good end.

use super::Check;
use crate::findings::Findings;
use crate::subject::Subject;

pub(super) const CHECK: Check = Check {
    name: "samples",
    about: "each sample that its author gives is done with what it finds",
    nothing: "no samples are given",
    look,
};

fn look(subject: &Subject, findings: &mut Findings) {
    for kind in &subject.kinds {
        for course in subject.courses(kind).take(kind.samples) {
            let held = match course.outcome() {
                Some(_) => Ok(()),
                None => Err(format!(
                    "a sample of it ends otherwise: {}",
                    course.end.told()
                )),
            };
            findings.hold(&kind.described.kind, held, &course.input);
        }
    }
    for stranger in &subject.strangers {
        let why = "a sample uses it, and the plugin brings no such kind";
        findings.broken(stranger, why, &());
    }
}
