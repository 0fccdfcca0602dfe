//! Acts that are answered before that which they began is over, such as the start of a program:
//! who ends the wait for it has the driver end it too.

use runsheet_record::state::InstanceId;
use runsheet_step::request::Verb;
use runsheet_step::{Access, Answer, Entry, Request};

use super::Dispatcher;

impl Dispatcher<'_> {
    /// The act of this attempt that began what a question waits for.
    fn began(&self, id: InstanceId, request: &Request) -> Option<&Request> {
        if !matches!(request.verb, Verb::Wait(_)) {
            return None;
        }
        let facility = self.catalogue.facility_named(&request.facility)?;
        let is_its = |entry: &&Entry| match (&entry.request.verb, &entry.answer) {
            (Verb::Act(act), Some(Answer::Value(reply))) => {
                entry.request.host == request.host
                    && entry.request.facility == request.facility
                    && facility.begun(act, reply).as_ref() == Some(&request.resource)
            }
            _ => false,
        };
        let transcript = &self.state.instance(id).transcript;
        transcript.iter().find(is_its).map(|entry| &entry.request)
    }

    /// Whether something goes on at the site for as long as this question is open.
    pub(super) fn is_at_work(&self, id: InstanceId, request: &Request) -> bool {
        self.access(request) != Access::Read || self.began(id, request).is_some()
    }

    /// What a step is waiting for in a reader's words, and whether that is the end of an act.
    pub(super) fn awaited(&self, id: InstanceId) -> Awaited {
        let Some(unit) = self.units.get(&id) else {
            return Awaited::default();
        };
        let open: Vec<&Request> = unit.open().collect();
        let phrase = |request: &&Request| {
            let request = self.began(id, request).unwrap_or(request);
            let facility = self.catalogue.facility_named(&request.facility);
            facility.map_or_else(String::new, |facility| facility.phrase(request))
        };
        Awaited {
            acts: open.iter().any(|request| self.is_at_work(id, request)),
            what: open.iter().map(phrase).collect::<Vec<_>>().join(", "),
        }
    }
}

/// What a step is waiting for.
#[derive(Default)]
pub(super) struct Awaited {
    /// Whether it, or part of it, is the end of an act.
    pub(super) acts: bool,
    /// In a reader's words; empty: nothing.
    pub(super) what: String,
}
