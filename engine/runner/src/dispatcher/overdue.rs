//! Deadlines and interruptions: waits end at once, acts are asked to end by their driver.

use std::io;

use runsheet_language::workflow::Then;
use runsheet_record::Status;
use runsheet_record::event::{Ended, What};
use runsheet_record::state::InstanceId;
use runsheet_step::{Access, Failure, Name, duration};

use super::{Dispatcher, Prompt};

impl Dispatcher<'_> {
    /// Ends what is out of time. Says whether there was anything.
    pub(super) fn end_overdue(&mut self) -> io::Result<bool> {
        let now = self.clock.now();
        let overdue = self
            .state
            .deadlines()
            .take_while(|(deadline, _)| *deadline <= now);
        let overdue: Vec<_> = overdue
            .map(|(_, id)| id)
            .filter(|id| !self.expired.contains(id))
            .collect();
        for id in &overdue {
            self.expired.insert(*id);
            if self.drop_calls(*id) {
                if let Some(unit) = self.units.get_mut(id) {
                    unit.timed_out = true;
                }
            } else {
                self.timed_out(*id)?;
            }
        }
        Ok(!overdue.is_empty())
    }

    /// Ends the calls of a step. Says whether an act's answer is still to come.
    pub(super) fn drop_calls(&mut self, id: InstanceId) -> bool {
        let Some(unit) = self.units.get(&id) else {
            return false;
        };
        let only_reads = unit
            .open()
            .all(|request| self.access(request) == Access::Read);
        let mut more = false;
        for ticket in unit.tickets.clone() {
            more |= self.executor.end(ticket, only_reads);
        }
        more
    }

    pub(super) fn interrupt(&mut self, id: InstanceId) -> io::Result<()> {
        if self.drop_calls(id) {
            if let Some(unit) = self.units.get_mut(&id) {
                unit.interrupted = true;
            }
            return Ok(());
        }
        let status = if self.has_written(id) {
            Status::InDoubt
        } else {
            Status::Cancelled
        };
        self.end_early(id, status)
    }

    /// What an act that was asked to end means for its step.
    pub(super) fn after_interruption(
        &mut self,
        id: InstanceId,
        interrupted: bool,
        timed_out: bool,
    ) -> io::Result<()> {
        if interrupted {
            return self.end_early(id, Status::InDoubt);
        }
        if timed_out {
            self.timed_out(id)
        } else {
            Ok(())
        }
    }

    fn timed_out(&mut self, id: InstanceId) -> io::Result<()> {
        let node = self.state.workflow().node(self.state.instance(id).node);
        match node.timeout.as_ref().map(|timeout| timeout.then) {
            Some(Then::Continue) => self.go_on(id, true),
            Some(Then::Ask) => {
                self.ask_person(id, Prompt::GoOn);
                Ok(())
            }
            _ => self.go_on(id, false),
        }
    }

    /// A step that is out of time ends well with a warning, or fails.
    pub(super) fn go_on(&mut self, id: InstanceId, goes_on: bool) -> io::Result<()> {
        let failure = self.too_late(id);
        if !goes_on {
            return self.judged(id, Err(failure.into()));
        }
        self.units.remove(&id);
        self.expired.remove(&id);
        let address = self.state.instance(id).address.clone();
        let warnings = vec![failure.message];
        let status = Status::Succeeded;
        self.emit(What::Ended(Ended {
            address,
            status,
            warnings,
            ..Ended::default()
        }))
    }

    fn too_late(&self, id: InstanceId) -> Failure {
        let instance = self.state.instance(id);
        let began = instance.attempt_started.unwrap_or(self.clock.now());
        let span = duration::show(self.clock.now().since(began));
        let open: Vec<String> = self.units.get(&id).map_or_else(Vec::new, |unit| {
            let phrase = |request: &runsheet_step::Request| {
                let facility = self.catalogue.facility_named(&request.facility);
                facility.map_or_else(String::new, |facility| facility.phrase(request))
            };
            unit.open().map(phrase).collect()
        });
        let message: Name = match open.is_empty() {
            true => format!("out of time after {span}").into(),
            false => format!("nothing came within {span}: {}", open.join(", ")).into(),
        };
        Failure::code("timeout", message)
    }
}
