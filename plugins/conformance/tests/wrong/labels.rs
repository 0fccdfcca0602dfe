//! The facility of labels, which may be wrong in one way.

use std::sync::atomic::{AtomicUsize, Ordering::Relaxed};

use runsheet_guest::step::fact::{Change, Fact};
use runsheet_guest::step::request::Verb;
use runsheet_guest::step::{Answer, Facility, Known, Prediction, Repeat, Request, Unknown, Value};

use crate::Wrong;

/// The facility.
pub(crate) struct Labels {
    pub(crate) wrong: Wrong,
    pub(crate) calls: AtomicUsize,
}

impl Facility for Labels {
    fn name(&self) -> &str {
        "labels"
    }

    fn predict(&self, request: &Request, known: Known<'_>) -> Prediction {
        let before = known(&request.key());
        let after = match &request.verb {
            Verb::Put(value) => Fact::of(value.clone()),
            _ => Fact::Absent,
        };
        let reply = match self.wrong {
            Wrong::Foresight => {
                let calls = self.calls.fetch_add(1, Relaxed);
                Answer::Unknown(Unknown::because(format!("call {calls}")))
            }
            _ => before.answer(),
        };
        let key = request.key();
        let changes = match &request.verb {
            Verb::Put(_) | Verb::Delete => vec![Change { key, before, after }],
            _ => Vec::new(),
        };
        Prediction { reply, changes }
    }

    fn inverse(&self, change: &Change) -> Option<Request> {
        match (&change.before, self.wrong) {
            (_, Wrong::Undo) => Some(change.key.request(Verb::Put("otherwise".into()))),
            (Fact::Known(value), _) => Some(change.key.request(Verb::Put(value.clone()))),
            (Fact::Absent, _) => Some(change.key.request(Verb::Delete)),
            (Fact::Unknown(_), _) => None,
        }
    }

    fn repeat(&self, request: &Request) -> Repeat {
        match (&request.verb, self.wrong) {
            (Verb::Put(value), Wrong::Repeat) => {
                Repeat::Probe(request.key().request(Verb::Put(value.clone())))
            }
            (Verb::Put(_), _) => Repeat::Probe(request.key().request(Verb::Get)),
            _ => Repeat::Safely,
        }
    }

    fn same(&self, one: &Value, other: &Value) -> bool {
        let lenient = self.wrong == Wrong::Sameness && one.is_null();
        one == other || (lenient && other.as_bool().is_some())
    }
}
