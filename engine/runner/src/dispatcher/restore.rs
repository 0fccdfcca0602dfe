//! Temporary changes are taken back at the end, by the values that were there before.

use std::io;

use runsheet_record::event::{Restored, What};
use runsheet_record::state::InstanceId;
use runsheet_step::driver::CallKey;
use runsheet_step::fact::{Change, Key};
use runsheet_step::request::Verb;
use runsheet_step::{Answer, Catalogue, Fault, Form, Name, Request};

use super::{Dispatcher, Purpose};

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
        let (requests, lost) = inverses(&changes, &self.catalogue);
        for key in lost {
            let (address, request) = (address.clone(), key.request(Verb::Get));
            let fault = Fault::new(Form::code("no-inverse"), "what was before is not known");
            let answer = Answer::Fault(fault);
            self.emit(What::Restored(Restored {
                address,
                request,
                answer,
            }))?;
        }
        if requests.is_empty() {
            return Ok(true);
        }
        self.journal.sync()?;
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

/// The questions that take changes back, and what cannot be taken back.
fn inverses(changes: &[&Change], catalogue: &Catalogue) -> (Vec<Request>, Vec<Key>) {
    let (mut requests, mut lost) = (Vec::new(), Vec::new());
    for change in changes {
        let facility = catalogue.facility_named(&change.key.facility);
        match facility.and_then(|facility| facility.inverse(change)) {
            Some(request) => requests.push(request),
            None => lost.push(change.key.clone()),
        }
    }
    (requests, lost)
}
