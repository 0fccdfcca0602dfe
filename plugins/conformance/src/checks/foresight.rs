//! A facility foresees what a write changes, from what it is told and nothing else.

use std::borrow::Cow;

use runsheet_messages::describe::FacilityDescription;
use runsheet_messages::facility::{AboutRequest, Predict, Subject as Of};
use runsheet_messages::method::Method;
use runsheet_step::fact::{Fact, Key};
use runsheet_step::request::Verb;
use runsheet_step::{Access, Prediction, Request};

use super::Check;
use crate::facilities::{about, asked, facts, made_up, requests, writes};
use crate::findings::Findings;
use crate::subject::Subject;

pub(super) const CHECK: Check = Check {
    name: "foresight",
    about: "a facility predicts the same each time, from what it is told, and says truly what a question may do",
    nothing: "it has no facilities of its own",
    look,
};

fn look(subject: &Subject, findings: &mut Findings) {
    for facility in &subject.description.facilities {
        let all = requests(subject, &facility.name);
        for request in &all {
            let said = about(subject, facility, Of::Request(Cow::Borrowed(request)));
            let said = match said.transpose() {
                Ok(said) => said,
                Err(trouble) => {
                    findings.broken(&facility.name, format!("`about`: {trouble}"), request);
                    continue;
                }
            };
            let held = honest(request, said.as_ref());
            findings.hold(&facility.name, held, request);
            for fact in facts(&all).into_iter().filter(|_| writes(request)) {
                let held = foresees(subject, facility, request, said.as_ref(), &fact);
                findings.hold(&facility.name, held, &(request, &fact));
            }
        }
    }
}

/// Whether what is said of a question can be true.
fn honest(request: &Request, said: Option<&AboutRequest>) -> Result<(), String> {
    let Some(said) = said else { return Ok(()) };
    let verb = request.verb.word();
    let reads = !writes(request);
    match said.access {
        Access::Write | Access::Opaque if reads => Err(format!("it says that `{verb}` writes")),
        Access::Read if matches!(request.verb, Verb::Put(_) | Verb::Delete) => {
            Err(format!("it says that `{verb}` only reads"))
        }
        _ if said.phrase.is_empty() && !made_up(request) => {
            Err(format!("it has no phrase for `{verb}`"))
        }
        _ => Ok(()),
    }
}

fn foresees(
    subject: &Subject,
    facility: &FacilityDescription,
    request: &Request,
    said: Option<&AboutRequest>,
    fact: &Fact,
) -> Result<(), String> {
    let mut known = vec![(request.key(), fact.clone())];
    let others = said.iter().flat_map(|said| &said.looks_at);
    known.extend(others.map(|key| (key.clone(), Fact::Absent)));
    let message = Predict {
        facility: Cow::Borrowed(&*facility.name),
        request: Cow::Borrowed(request),
        facts: known.clone(),
    };
    let predict = || asked::<Prediction>(subject, facility, Method::Predict, &message);
    let (Some(one), Some(other)) = (predict(), predict()) else {
        return Ok(());
    };
    let one = one.map_err(|trouble| format!("`predict`: {trouble}"))?;
    if other.as_ref() != Ok(&one) {
        return Err("it predicts something else when asked again".to_owned());
    }
    let reads = said.is_some_and(|said| said.access == Access::Read);
    for change in &one.changes {
        if reads {
            return Err(format!(
                "it says that this only reads, and changes {}",
                change.key
            ));
        }
        if !as_told(&known, &change.key, &change.before) {
            return Err(format!(
                "it says that {} was {:?}, and was told otherwise",
                change.key, change.before
            ));
        }
    }
    Ok(())
}

/// Whether this is what it was told of a resource; of others it may say that it does not know.
fn as_told(known: &[(Key, Fact)], key: &Key, before: &Fact) -> bool {
    match known.iter().find(|(told, _)| told == key) {
        Some((_, fact)) => fact == before || matches!(before, Fact::Unknown(_)),
        None => matches!(before, Fact::Unknown(_)),
    }
}
