//! The facility `http`.
//!
#![doc = include_str!("pages/http.md")]

use runsheet_guest::step::fact::{Change, Fact};
use runsheet_guest::step::request::{Act, Request, Verb};
use runsheet_guest::step::shape::Type;
use runsheet_guest::step::{
    Access, Answer, Facility, Field, Known, Name, Prediction, Repeat, Unknown, Value,
};

use crate::expect::Expected;

/// The name of the facility.
pub const NAME: &str = "http";

/// What a site file says beside the driver.
#[must_use]
pub fn options() -> Vec<Field> {
    vec![Field::new(
        "base",
        Type::Text,
        "the URL that paths are below",
    )]
}

/// What is served over HTTP, as the engine needs to know it.
pub struct HttpFacility;

/// The method of an act or a list.
fn method(args: &Value) -> &str {
    args.get("method").as_text().map_or("GET", |method| method)
}

/// Whether a method only looks.
#[must_use]
pub fn only_looks(method: &str) -> bool {
    matches!(method, "GET" | "HEAD")
}

impl Facility for HttpFacility {
    fn name(&self) -> &str {
        NAME
    }

    fn page(&self) -> &str {
        include_str!("pages/http.md")
    }

    fn act_access(&self, act: &Act) -> Access {
        match only_looks(method(&act.args)) {
            true => Access::Read,
            false => Access::Write,
        }
    }

    /// A look changes nothing, and what is deleted is gone; what else becomes of a resource is the
    /// server's to say.
    fn predict_act(&self, request: &Request, act: &Act, known: Known<'_>) -> Prediction {
        let phrase = self.phrase(request);
        let after = match method(&act.args) {
            "DELETE" => Fact::Absent,
            _ => Fact::Unknown(Unknown::because(phrase.clone())),
        };
        let change = || Change {
            before: known(&request.key()),
            key: request.key(),
            after,
        };
        let is_act = !only_looks(method(&act.args));
        Prediction {
            reply: Answer::Unknown(Unknown::because(format!("the response to `{phrase}`"))),
            changes: is_act.then(change).into_iter().collect(),
        }
    }

    fn inverse(&self, _: &Change) -> Option<Request> {
        None
    }

    /// PUT and DELETE mean the same twice (RFC 9110, 9.2.2).
    fn repeat(&self, request: &Request) -> Repeat {
        let Verb::Act(act) = &request.verb else {
            return Repeat::Safely;
        };
        match method(&act.args) {
            "POST" | "PATCH" => Repeat::AskOperator,
            _ => Repeat::Safely,
        }
    }

    fn matches(&self, filter: &Value, response: &Value) -> bool {
        Expected::of(filter).is_met(response)
    }

    fn show(&self, response: &Value) -> String {
        match response.get("status") {
            Value::Null => response.to_string(),
            status => format!("{status} {}", response.get("reason")),
        }
    }

    fn phrase(&self, request: &Request) -> String {
        let url = &request.resource;
        match &request.verb {
            Verb::Get => format!("GET {url}"),
            Verb::List(args) => format!("{} {url}", method(args)),
            Verb::Act(act) => format!("{} {url}", method(&act.args)),
            Verb::Wait(wait) => format!("wait until GET {url} {}", Expected::of(&wait.filter)),
            verb => format!("{} {url}", verb.word()),
        }
    }

    /// Two requests to one server may well disturb each other.
    fn area(&self, request: &Request) -> Name {
        let url = &*request.resource;
        let server = url.splitn(4, '/').take(3).collect::<Vec<_>>().join("/");
        match url.contains("://") {
            true => server.into(),
            false => "".into(),
        }
    }
}
