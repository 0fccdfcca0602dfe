//! Deadlines and interruptions: waits end at once, acts are asked to end by their driver.

use std::io;

use runsheet_language::workflow::Then;
use runsheet_record::Status;
use runsheet_record::event::{Ended, What};
use runsheet_record::state::InstanceId;
use runsheet_step::{Failure, duration};

use super::ask::Ending;
use super::begun::Awaited;
use super::{Dispatcher, Prompt};
use crate::judge;

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
            .filter(|id| !self.expired.contains_key(id))
            .collect();
        for id in &overdue {
            self.expire(*id)?;
        }
        Ok(self.end_idle()? || !overdue.is_empty())
    }

    /// A step is out of time: at once, or when the act in flight has been answered.
    pub(super) fn expire(&mut self, id: InstanceId) -> io::Result<()> {
        let failure = self.too_late(id);
        self.expired.insert(id, failure);
        if !self.drop_calls(id) {
            return self.timed_out(id);
        }
        if let Some(unit) = self.units.get_mut(&id) {
            unit.ending = Some(Ending::TimedOut);
        }
        Ok(())
    }

    /// Ends the calls of a step: looks and waits are dropped; acts, and what acts have begun, are
    /// asked to end. Says whether an answer to that is still to come.
    pub(super) fn drop_calls(&mut self, id: InstanceId) -> bool {
        let Some(unit) = self.units.get(&id) else {
            return false;
        };
        let (mut more, mut dropped) = (false, Vec::new());
        for (ticket, question) in unit.tickets.clone() {
            let unit = self.units.get(&id);
            let request = unit.and_then(|unit| unit.requests.get(question?));
            let acts = request.is_some_and(|request| self.is_at_work(id, request));
            if self.executor.end(ticket, acts) {
                more = true;
            } else if self.tickets.remove(&ticket).is_some() {
                dropped.extend(question);
            }
        }
        if let Some(unit) = self.units.get_mut(&id).filter(|_| more) {
            unit.give_up(&dropped);
        }
        more
    }

    /// What an act that was asked to end means for its step.
    pub(super) fn after(&mut self, id: InstanceId, ending: Option<Ending>) -> io::Result<()> {
        match ending {
            Some(Ending::Interrupted(failure)) => self.in_doubt(id, failure),
            Some(Ending::TimedOut) => self.timed_out(id),
            None => Ok(()),
        }
    }

    /// A step or group is out of time. Where a group around it is, that one says what it means.
    pub(super) fn timed_out(&mut self, id: InstanceId) -> io::Result<()> {
        let now = self.clock.now();
        let around = judge::deadline_around(&self.state, id);
        let node = self.state.workflow().node(self.state.instance(id).node);
        match node.timeout.as_ref().map(|timeout| timeout.then) {
            _ if around.is_some_and(|ends| ends <= now) => self.go_on(id, false),
            Some(Then::Continue) => self.go_on(id, true),
            Some(Then::Ask) => {
                let failure = self.too_late(id);
                self.expired.entry(id).or_insert(failure);
                self.ask_person(id, Prompt::GoOn);
                Ok(())
            }
            _ => self.go_on(id, false),
        }
    }

    /// Whether a group failed because it was out of time, and what that means is for its
    /// `timeout:` to say.
    pub(super) fn is_late(&self, id: InstanceId) -> bool {
        let instance = self.state.instance(id);
        let node = self.state.workflow().node(instance.node);
        let then = node.timeout.as_ref().map(|timeout| timeout.then);
        let late = instance
            .deadline
            .is_some_and(|ends| ends <= self.clock.now());
        late && then.is_some_and(|then| then != Then::Fail)
    }

    /// A step that is out of time ends well with a warning, or fails.
    pub(super) fn go_on(&mut self, id: InstanceId, goes_on: bool) -> io::Result<()> {
        let told = self.expired.remove(&id);
        let failure = told.unwrap_or_else(|| self.too_late(id));
        if !goes_on {
            return self.judged(id, Err(failure.into()));
        }
        self.units.remove(&id);
        let instance = self.state.instance(id);
        let ended = Ended {
            address: instance.address.clone(),
            status: Status::Succeeded,
            changed: !instance.changes.is_empty() || self.has_written(id),
            warnings: vec![failure.message],
            ..Ended::default()
        };
        self.emit(What::Ended(ended))
    }

    fn too_late(&self, id: InstanceId) -> Failure {
        let (instance, now) = (self.state.instance(id), self.clock.now());
        let began = instance.attempt_started.unwrap_or(now);
        // A clock that goes by itself is looked at a little later.
        let ends = instance.deadline.map_or(now, |ends| ends.min(now));
        let span = duration::show(ends.since(began));
        let Awaited { acts, what } = self.awaited(id);
        let message = match (what.is_empty(), acts) {
            (true, _) => format!("out of time after {span}"),
            (_, true) => format!("not over within {span}: {what}"),
            (_, false) => format!("nothing came within {span}: {what}"),
        };
        Failure::code("timeout", message)
    }
}
