//! A question was left without an answer: may it be asked again?

use std::borrow::Cow;

use runsheet_messages::describe::FacilityDescription;
use runsheet_messages::facility::Repeated;
use runsheet_messages::method::Method;
use runsheet_step::{Access, Answer, Repeat, Request};

use super::Check;
use crate::facilities::{asked, requests, values};
use crate::findings::Findings;
use crate::subject::Subject;
use crate::world::with_facility;

pub(super) const CHECK: Check = Check {
    name: "repeat",
    about: "a facility says of each question whether it may be asked again, and looks only where it probes",
    nothing: "it has no facility that answers `repeat` itself",
    look,
};

fn look(subject: &Subject, findings: &mut Findings) {
    for facility in &subject.description.facilities {
        for request in requests(subject, &facility.name) {
            if let Some(held) = well(subject, facility, &request) {
                findings.hold(&facility.name, held, &request);
            }
        }
    }
}

fn well(
    subject: &Subject,
    facility: &FacilityDescription,
    request: &Request,
) -> Option<Result<(), String>> {
    let message = Repeated {
        facility: Cow::Borrowed(&*facility.name),
        request: Cow::Borrowed(request),
        probe: None,
    };
    let said = asked::<Repeat>(subject, facility, Method::Repeat, &message)?;
    let probe = match said {
        Ok(Repeat::Probe(probe)) => probe,
        Ok(Repeat::Safely | Repeat::AskOperator) => return Some(Ok(())),
        Err(trouble) => return Some(Err(trouble.to_string())),
    };
    let access = with_facility(&subject.facilities, &probe.facility, |it| it.access(&probe));
    if access != Access::Read {
        let what = format!("`{} {}`", probe.verb.word(), probe.resource);
        return Some(Err(format!("it probes with {what}, which is no look")));
    }
    let values = values(std::slice::from_ref(request)).into_iter();
    let answers = values.map(Answer::Value).chain([Answer::Absent]);
    for answer in answers {
        let message = Repeated {
            probe: Some(Cow::Borrowed(&answer)),
            ..message.clone()
        };
        let seen = asked::<Option<Answer>>(subject, facility, Method::Repeat, &message);
        if let Some(Err(trouble)) = seen {
            return Some(Err(format!("with the probe answered, {trouble}")));
        }
    }
    Some(Ok(()))
}
