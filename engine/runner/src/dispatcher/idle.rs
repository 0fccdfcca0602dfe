//! `timeout: {idle: ..}`: a step that gives no sign of life for too long is out of time. Signs of
//! life are its answers and its output.

use std::io;

use runsheet_record::state::InstanceId;
use runsheet_step::Moment;

use super::Dispatcher;
use crate::judge;

impl Dispatcher<'_> {
    /// A step has begun to wait for answers.
    pub(super) fn watch(&mut self, id: InstanceId) {
        if let Some(span) = judge::idle(&self.state, id) {
            self.looks.insert((self.clock.now().after(span), id));
        }
    }

    pub(super) fn next_sign(&self) -> Option<Moment> {
        self.looks.first().map(|(moment, _)| *moment)
    }

    /// Ends what has given no sign of life. Says whether there was anything.
    pub(super) fn end_idle(&mut self) -> io::Result<bool> {
        let now = self.clock.now();
        let mut did = false;
        while let Some((_, id)) = self.looks.first().filter(|(moment, _)| *moment <= now) {
            let id = *id;
            self.looks.pop_first();
            match self.idle_until(id) {
                Some(later) if later > now => {
                    self.looks.insert((later, id));
                }
                Some(_) => {
                    did = true;
                    self.expire(id)?;
                }
                None => {}
            }
        }
        Ok(did)
    }

    /// When a step will have been silent for too long; nothing: it waits for nothing.
    fn idle_until(&self, id: InstanceId) -> Option<Moment> {
        let unit = self
            .units
            .get(&id)
            .filter(|_| !self.expired.contains_key(&id))?;
        let span = judge::idle(&self.state, id)?;
        let sign = self.executor.last_sign(&self.state.instance(id).address);
        Some(
            sign.map_or(unit.since, |sign| sign.max(unit.since))
                .after(span),
        )
    }
}
