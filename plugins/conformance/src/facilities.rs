//! What facilities are asked: the questions that the plugin's own kinds asked, and plain ones.

use std::borrow::Cow;

use runsheet_host::line::{Trouble, ask};
use runsheet_messages::describe::FacilityDescription;
use runsheet_messages::facility::{About, Subject as Of};
use runsheet_messages::method::Method;
use runsheet_step::fact::{Fact, Key};
use runsheet_step::request::{Act, Verb};
use runsheet_step::{Request, Unknown, Value};
use serde::Serialize;
use serde::de::DeserializeOwned;

use crate::sample::HOST;
use crate::subject::Subject;

/// So many questions of kinds are looked at for each facility.
const MOST: usize = 40;

/// The name of an act that no facility has.
const MADE_UP: &str = "sample";

/// Whether a question is an act that only a test asks for.
pub(crate) fn made_up(request: &Request) -> bool {
    matches!(&request.verb, Verb::Act(act) if &*act.name == MADE_UP)
}

/// Questions for a facility.
pub(crate) fn requests(subject: &Subject, facility: &str) -> Vec<Request> {
    let mut all: Vec<Request> = Vec::new();
    let kinds = subject.kinds.iter();
    for course in kinds.flat_map(|kind| subject.courses(kind)) {
        for request in course.requests() {
            if *request.facility == *facility && !all.contains(request) && all.len() < MOST {
                all.push(request.clone());
            }
        }
    }
    let act = Verb::Act(Act {
        name: MADE_UP.into(),
        args: Value::map([("sample", Value::from(1))]),
        effects: None,
    });
    let verbs = [
        Verb::Get,
        Verb::List(Value::Null),
        Verb::Put("sample".into()),
        Verb::Put(7.into()),
        Verb::Delete,
        Verb::Mark,
        act,
    ];
    let key = Key {
        host: HOST.into(),
        facility: facility.into(),
        resource: "sample".into(),
    };
    all.extend(verbs.map(|verb| key.request(verb)));
    all
}

/// Values that a resource of a facility may have: those that its kinds put there, and plain ones.
pub(crate) fn values(requests: &[Request]) -> Vec<Value> {
    let put = requests.iter().filter_map(|request| match &request.verb {
        Verb::Put(value) => Some(value.clone()),
        _ => None,
    });
    let plain = [Value::Null, true.into(), 1.into(), "sample".into()];
    let mut values: Vec<Value> = put.chain(plain).collect();
    values.push(Value::map([("state", Value::text("sample"))]));
    values.push(Value::list([1.into()]));
    values
}

/// How a resource may stand.
pub(crate) fn facts(requests: &[Request]) -> Vec<Fact> {
    let values = values(requests).into_iter().map(Fact::Known);
    let others = [Fact::Absent, Fact::Unknown(Unknown::because("the test"))];
    values.chain(others).collect()
}

/// Whether a question changes something or may do so.
pub(crate) fn writes(request: &Request) -> bool {
    matches!(request.verb, Verb::Put(_) | Verb::Delete | Verb::Act(_))
}

/// The answer of a facility over the line; nothing where it leaves the method to the engine.
pub(crate) fn asked<A: DeserializeOwned>(
    subject: &Subject,
    facility: &FacilityDescription,
    method: Method,
    message: &impl Serialize,
) -> Option<Result<A, Trouble>> {
    let its_own = facility.answers.iter().any(|name| **name == *method.name());
    let answer =
        (its_own && subject.line.answers(method)).then(|| ask(&*subject.line, method, message))?;
    match answer {
        Err(Trouble::Unsupported) => None,
        answer => Some(answer),
    }
}

/// What `about` answers.
pub(crate) fn about<A: DeserializeOwned>(
    subject: &Subject,
    facility: &FacilityDescription,
    of: Of<'_>,
) -> Option<Result<A, Trouble>> {
    let facility_name = Cow::Borrowed(&*facility.name);
    let message = About {
        facility: facility_name,
        of,
    };
    asked(subject, facility, Method::About, &message)
}
