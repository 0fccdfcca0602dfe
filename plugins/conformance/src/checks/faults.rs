//! A question is answered with a fault.

use runsheet_step::{Answer, Fault, Form};

use super::Check;
use crate::course::{Course, End};
use crate::findings::Findings;
use crate::subject::Subject;
use crate::twisted::{self, Twisted};

pub(super) const CHECK: Check = Check {
    name: "faults",
    about: "whichever question is answered with a fault, the step goes on or fails, and keeps whether trying again may help",
    nothing: "no step asked anything",
    look,
};

fn look(subject: &Subject, findings: &mut Findings) {
    let form = Form::code("conformance");
    let faults = [
        Answer::Fault(Fault::new(form.clone(), "it was not to be")),
        Answer::Fault(Fault::transient(form, "not now")),
    ];
    for kind in &subject.kinds {
        twisted::each(
            subject,
            kind,
            |_, _| faults.to_vec(),
            |Twisted {
                 course,
                 number,
                 answer,
                 ..
             }| {
                let held = well(course, number, answer);
                findings.hold(&kind.described.kind, held, &(&course.input, number, answer));
            },
        );
    }
}

fn well(course: &Course<'_>, number: usize, answer: &Answer) -> Result<(), String> {
    let where_ = format!("with a fault for question {}", number + 1);
    let Answer::Fault(fault) = answer else {
        return Ok(());
    };
    match &course.end {
        End::Failed(failure) if failure.form == fault.form => {
            match failure.transient == fault.transient {
                true => Ok(()),
                false => Err(format!(
                    "{where_}, its failure no longer says whether trying again may help"
                )),
            }
        }
        end => end.is_proper().map_err(|why| format!("{where_}, {why}")),
    }
}
