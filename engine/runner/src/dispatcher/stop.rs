//! When somebody wants the run to stop.

use std::collections::BTreeSet;
use std::io;

use runsheet_record::Status;
use runsheet_record::event::{Ended, What};
use runsheet_record::state::InstanceId;
use runsheet_step::Failure;

use super::Dispatcher;
use super::ask::Ending;

impl Dispatcher<'_> {
    /// Whether a step did not come to its turn since it was not let think to its end. Then nothing
    /// goes on before it is heard that the run is to stop.
    pub(super) fn is_stop(&mut self, failure: &Failure) -> bool {
        let stops = failure.is_stopped() && !self.cancel.is_empty();
        self.stops |= stops;
        stops
    }

    /// First time: nothing more starts, waits end, what has written runs to its end. Then: acts
    /// are asked to end and are in doubt.
    pub(super) fn cancel_requested(&mut self) -> io::Result<()> {
        self.stops = false;
        let again = self.state.is_cancelled();
        self.emit(What::CancelRequested)?;
        for id in self.stopped(self.asked.keys(), again) {
            self.withdraw(id);
            if self.expired.contains_key(&id) {
                self.go_on(id, false)?;
            }
        }
        // Those whose turn it is have asked for nothing that is not answered.
        let due: Vec<InstanceId> = self.state.due().collect();
        for id in self.stopped(due.iter(), again) {
            let is_asked_about = self.units.contains_key(&id) || self.expired.contains_key(&id);
            if !is_asked_about && (again || !self.has_written(id)) {
                self.end_early(id, Status::Cancelled)?;
            }
        }
        for id in self.stopped(self.units.keys(), again) {
            if again {
                self.interrupt(id)?;
            } else if !self.has_written(id) {
                self.drop_calls(id);
                self.end_early(id, Status::Cancelled)?;
            }
        }
        Ok(())
    }

    /// Those that are stopped, in order: what is done finally is not, at the first word.
    fn stopped<'i>(
        &self,
        ids: impl Iterator<Item = &'i InstanceId>,
        again: bool,
    ) -> BTreeSet<InstanceId> {
        let stopped = |id: &&InstanceId| again || !self.state.is_in_finally(**id);
        ids.filter(stopped).copied().collect()
    }

    /// A person need not answer any more.
    fn withdraw(&mut self, id: InstanceId) {
        if let Some(question) = self.asked.remove(&id) {
            question.abort();
        }
    }

    /// Acts are asked to end; where none is in flight, nothing is in doubt.
    fn interrupt(&mut self, id: InstanceId) -> io::Result<()> {
        let what = self.awaited(id).what;
        if !self.drop_calls(id) {
            return self.end_early(id, Status::Cancelled);
        }
        let message = format!("interrupted, so what it has done is not known: {what}");
        if let Some(unit) = self.units.get_mut(&id) {
            let failure = Failure::code("interrupted", message);
            unit.ending = Some(Ending::Interrupted(failure));
        }
        Ok(())
    }

    pub(super) fn in_doubt(&mut self, id: InstanceId, failure: Failure) -> io::Result<()> {
        self.units.remove(&id);
        self.expired.remove(&id);
        let instance = self.state.instance(id);
        let ended = Ended {
            address: instance.address.clone(),
            status: Status::InDoubt,
            changed: true,
            failure: Some(failure),
            ..Ended::default()
        };
        self.emit(What::Ended(ended))
    }
}
