//! Temporary changes are taken back at the end, by the values that were there before.

use std::io;

use runsheet_record::event::{Restored, What};
use runsheet_record::state::InstanceId;
use runsheet_step::driver::CallKey;
use runsheet_step::fact::{Change, Fact, Key};
use runsheet_step::request::Verb;
use runsheet_step::{Answer, Catalogue, Fault, Form, Name, Request};

use super::{Dispatcher, Purpose};
use crate::back::Back;

/// The changes of one step on their way back.
pub(super) struct Restoring {
    address: Name,
    requests: Vec<Request>,
    open: usize,
}

impl Dispatcher<'_> {
    /// Takes the changes of a step back. Says whether that led to anything.
    pub(super) fn restore(&mut self, id: InstanceId) -> io::Result<bool> {
        if self.restoring.is_some() {
            return Ok(false);
        }
        let address = self.state.instance(id).address.clone();
        let changes = self.state.to_restore(id);
        let changes: Vec<Change> = changes
            .iter()
            .map(|change| self.whole(id, change))
            .collect();
        let (requests, others) = inverses(&changes, &self.catalogue);
        for (key, answer) in others {
            let (address, request) = (address.clone(), key.request(Verb::Get));
            self.emit(What::Restored(Restored {
                address,
                request,
                answer,
            }))?;
        }
        if requests.is_empty() {
            return Ok(true);
        }
        let outlasts = requests
            .iter()
            .any(|one| self.executor.outlasts_process(one));
        self.secure(outlasts)?;
        for (n, request) in requests.iter().enumerate() {
            // No attempt has the number 0: what is taken back is no question of a turn.
            let key = CallKey {
                attempt: 0,
                ..self.key(id, 0, n)
            };
            let ticket = self.executor.perform(key, request.clone(), None);
            self.tickets.insert(ticket, Purpose::Restore(n));
        }
        let open = requests.len();
        self.restoring = Some(Restoring {
            address,
            requests,
            open,
        });
        Ok(true)
    }

    /// A change with what the acts of its step have made of the resource.
    fn whole(&self, id: InstanceId, change: &Change) -> Change {
        let facility = self.catalogue.facility_named(&change.key.facility);
        let (Some(facility), Fact::Unknown(_)) = (facility, &change.after) else {
            return change.clone();
        };
        let mut now = change.before.clone();
        let mut after = change.after.clone();
        for act in &self.state.instance(id).acts {
            let predicted = facility.predict(act, &|_| now.clone()).changes;
            let its = predicted.into_iter().find(|one| one.key == change.key);
            if let Some(its) = its {
                (now, after) = (its.after.clone(), its.after);
            }
        }
        Change {
            after,
            ..change.clone()
        }
    }

    pub(super) fn restored(&mut self, n: usize, answer: Answer) -> io::Result<()> {
        let Some(mut restoring) = self.restoring.take() else {
            return Ok(());
        };
        restoring.open -= 1;
        let address = restoring.address.clone();
        let request = restoring.requests[n].clone();
        if restoring.open > 0 {
            self.restoring = Some(restoring);
        }
        self.emit(What::Restored(Restored {
            address,
            request,
            answer,
        }))
    }
}

/// The questions that take changes back; and what is as it was, or cannot be taken back.
fn inverses(changes: &[Change], catalogue: &Catalogue) -> (Vec<Request>, Vec<(Key, Answer)>) {
    let (mut requests, mut others) = (Vec::new(), Vec::new());
    for change in changes {
        let way = catalogue.facility_named(&change.key.facility);
        match way.map_or(Back::Lost, |facility| Back::of(facility, change)) {
            Back::Way(request) => requests.push(request),
            Back::Same => others.push((change.key.clone(), change.before.answer())),
            Back::Lost => others.push((change.key.clone(), lost(change))),
        }
    }
    (requests, others)
}

fn lost(change: &Change) -> Answer {
    let why = match (&change.before, &change.after) {
        (_, Fact::Unknown(_)) => "nobody knows what this act has changed",
        (Fact::Unknown(_), _) => "what was before is not known",
        _ => "there is no way back from what it is now",
    };
    Answer::Fault(Fault::new(Form::code("no-inverse"), why))
}
