//! What each command leads to.

use std::io;

use futures_util::future::abortable;
use runsheet_record::Status;
use runsheet_record::event::{Confirmed, Ended, Expanded, RunEnded, Started, What};
use runsheet_record::scope::Names;
use runsheet_record::state::InstanceId;
use runsheet_step::{Failure, Name};

use super::{Dispatcher, Prompt};
use crate::command::Command;
use crate::drivers::Confirmation;
use crate::items;
use crate::judge;

impl Dispatcher<'_> {
    /// Carries one command out. Says whether that led to anything.
    pub(super) fn carry_out(&mut self, command: Command) -> io::Result<bool> {
        match command {
            Command::Expand(fan) => self.expand(fan)?,
            Command::Confirm(id) => return Ok(self.ask_person(id, Prompt::Start)),
            Command::Arm { starters, waiters } => self.arm(starters, waiters)?,
            Command::Start(id, locks) => self.start(id, locks)?,
            Command::Turn(id) => return self.turn(id),
            Command::Skip(id) => self.end_early(id, Status::Skipped)?,
            Command::End(id, status) => self.end_early(id, status)?,
            Command::Block(id, failure) => self.block(id, *failure)?,
            Command::Fail(id, failure) => self.fail(id, *failure)?,
            Command::Close(id) => return self.close(id),
            Command::Restore(id) => return self.restore(id),
            Command::Finish(_) if self.restoring.is_some() => return Ok(false),
            Command::Finish(status) => self.emit(What::RunEnded(RunEnded { status }))?,
        }
        Ok(true)
    }

    fn start(&mut self, id: InstanceId, locks: Vec<Name>) -> io::Result<()> {
        let instance = self.state.instance(id);
        let (address, attempt) = (instance.address.clone(), instance.attempt);
        tracing::info!(step = %address, attempt, "started");
        self.emit(What::Started(Started {
            address,
            attempt,
            locks,
            deadline: judge::deadline(&self.state, id, self.clock.now()),
        }))
    }

    fn expand(&mut self, fan: InstanceId) -> io::Result<()> {
        let list = items::list(&self.state, fan);
        match list.and_then(|list| items::named(&self.state, fan, &list)) {
            Ok(items) => {
                let address = self.state.instance(fan).address.clone();
                self.emit(What::Expanded(Expanded { address, items }))
            }
            Err(failure) => self.fail(fan, *failure),
        }
    }

    pub(super) fn end_early(&mut self, id: InstanceId, status: Status) -> io::Result<()> {
        let address = self.state.instance(id).address.clone();
        self.units.remove(&id);
        self.expired.remove(&id);
        self.emit(What::Ended(Ended {
            address,
            status,
            ..Ended::default()
        }))
    }

    fn block(&mut self, id: InstanceId, failure: Failure) -> io::Result<()> {
        let address = self.state.instance(id).address.clone();
        self.emit(What::Ended(Ended {
            address,
            status: Status::Blocked,
            failure: Some(failure),
            ..Ended::default()
        }))
    }

    pub(super) fn fail(&mut self, id: InstanceId, failure: Failure) -> io::Result<()> {
        tracing::info!(step = %self.state.instance(id).address, %failure, "failed");
        let ended = judge::failed(&self.state, id, failure, Vec::new());
        self.emit(What::Ended(ended))
    }

    /// Asks a person about a step, once.
    pub(super) fn ask_person(&mut self, id: InstanceId, prompt: Prompt) -> bool {
        if self.asked.contains_key(&id) {
            return false;
        }
        let instance = self.state.instance(id);
        let node = self.state.workflow().node(instance.node);
        let address = instance.address.clone();
        let say = match (prompt, &node.confirm) {
            (Prompt::Start, Some(confirm)) => {
                let said = confirm.say.evaluate(&Names::of(&self.state, id));
                said.map_or_else(|trouble| trouble.message, |value| value.to_string())
            }
            _ => format!("{address} is out of time: go on without it?"),
        };
        let operator = self.operator.clone();
        let (said, question) = abortable(async move { operator.confirm(&address, &say).await });
        self.asked.insert(id, question);
        self.prompts.push(Box::pin(async move {
            let said = said.await.ok()?;
            Some((id, prompt, said))
        }));
        true
    }

    pub(super) fn person_said(
        &mut self,
        id: InstanceId,
        prompt: Prompt,
        said: Confirmation,
    ) -> io::Result<()> {
        self.asked.remove(&id);
        if prompt == Prompt::GoOn {
            return self.go_on(id, said.yes);
        }
        let address = self.state.instance(id).address.clone();
        self.emit(What::Confirmed(Confirmed {
            address,
            yes: said.yes,
            by: said.by,
        }))
    }
}
