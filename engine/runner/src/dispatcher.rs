//! The one loop that meets the world: it carries out what the schedule wants, hands questions to
//! the executor, and turns answers, deadlines and signals into events. Each event is written,
//! applied and told, in that order; nothing acts before its question is safe.

mod arm;
mod ask;
mod carry_out;
mod close;
mod overdue;
mod restore;
#[cfg(test)]
mod tests;

use std::collections::{BTreeSet, HashMap};
use std::io;
use std::sync::Arc;

use futures_util::stream::{FuturesUnordered, StreamExt};
use runsheet_record::event::{Event, RunStarted, What};
use runsheet_record::observer::Observer;
use runsheet_record::plan::Plan;
use runsheet_record::state::InstanceId;
use runsheet_record::{State, Status};
use runsheet_step::driver::{CallKey, Clock, Pending, Sink};
use runsheet_step::{Catalogue, Moment};
use tokio::sync::mpsc;

use crate::drivers::{Confirmation, Drivers, Operator};
use crate::executor::{Executor, Performed};
use crate::journal::Journal;
use crate::permit::Permit;
use crate::schedule::{Limit, next_look, schedule};
use crate::vault::Vault;
pub(crate) use carry_out::items;
pub(crate) use close::{fan_ended, group_status};

use ask::Unit;

/// What a run is carried out with.
pub struct Setup {
    /// The kinds and facilities there are.
    pub catalogue: Arc<Catalogue>,
    /// Who serves what at the site.
    pub drivers: Arc<dyn Drivers>,
    /// The secrets.
    pub vault: Vault,
    /// The person at the run.
    pub operator: Arc<dyn Operator>,
    /// Where output goes while it comes.
    pub sink: Arc<dyn Sink>,
    /// How many steps may act at once.
    pub limit: Limit,
    /// Each message asks the run to stop: the first gently, further ones less so.
    pub cancel: mpsc::UnboundedReceiver<()>,
}

/// Runs a plan to its end.
///
/// # Errors
/// A journal that cannot be written; nothing has acted since, and what is in flight is in doubt.
pub async fn run(
    plan: &Plan,
    begun: RunStarted,
    setup: Setup,
    journal: &mut dyn Journal,
    observer: &mut dyn Observer,
) -> io::Result<State> {
    let Setup {
        catalogue,
        drivers,
        vault,
        operator,
        sink,
        limit,
        cancel,
    } = setup;
    let mut dispatcher = Dispatcher {
        state: State::new(plan.bound.clone()),
        permit: Permit::of(plan),
        clock: drivers.clock(),
        executor: Executor::new(catalogue.clone(), drivers, vault, sink),
        catalogue,
        operator,
        limit,
        cancel,
        journal,
        observer,
        units: HashMap::new(),
        tickets: HashMap::new(),
        prompts: FuturesUnordered::new(),
        asked: BTreeSet::new(),
        expired: BTreeSet::new(),
        to_perform: Vec::new(),
        restoring: None,
        run: begun.run.0.clone(),
    };
    tracing::info!(run = %begun.run, workflow = %begun.workflow, site = %begun.site, "run started");
    dispatcher.emit(What::RunStarted(begun))?;
    dispatcher.to_the_end().await?;
    Ok(dispatcher.state)
}

/// Where an answer belongs.
enum Purpose {
    /// To a mark.
    Mark(Box<arm::Mark>),
    /// What is there before the n-th question of a step, which writes.
    Before(InstanceId, usize),
    /// To the n-th question of a step.
    Question(InstanceId, usize),
    /// To a question that takes a temporary change back.
    Restore(usize),
}

/// What a person is asked about a step.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Prompt {
    /// Whether it may start.
    Start,
    /// Whether to go on though it is out of time.
    GoOn,
}

struct Dispatcher<'r> {
    state: State,
    permit: Permit<'r>,
    clock: Arc<dyn Clock>,
    executor: Executor,
    catalogue: Arc<Catalogue>,
    operator: Arc<dyn Operator>,
    limit: Limit,
    cancel: mpsc::UnboundedReceiver<()>,
    journal: &'r mut dyn Journal,
    observer: &'r mut dyn Observer,
    /// Steps with questions on their way.
    units: HashMap<InstanceId, Unit>,
    tickets: HashMap<u64, Purpose>,
    prompts: FuturesUnordered<Pending<'static, (InstanceId, Prompt, Confirmation)>>,
    /// Steps that a person is being asked about.
    asked: BTreeSet<InstanceId>,
    /// Steps that are out of time and whose last act has been asked to end.
    expired: BTreeSet<InstanceId>,
    /// Steps whose questions are written and may be performed once they are safe.
    to_perform: Vec<InstanceId>,
    restoring: Option<restore::Restoring>,
    run: runsheet_step::Name,
}

impl Dispatcher<'_> {
    async fn to_the_end(&mut self) -> io::Result<()> {
        loop {
            self.settle()?;
            if self.state.ended.is_some() {
                return self.journal.sync();
            }
            if let Some(performed) = self.executor.ready().await {
                self.performed(performed)?;
            } else if !self.end_overdue()? {
                self.wait().await?;
            }
        }
    }

    /// Carries commands out until there are none that lead to anything.
    fn settle(&mut self) -> io::Result<()> {
        loop {
            let mut did = false;
            for command in schedule(&self.state, self.clock.now(), self.limit) {
                did |= self.carry_out(command)?;
            }
            self.perform_safely()?;
            if !did {
                return Ok(());
            }
        }
    }

    /// Waits for whatever comes first. Where nothing but waits is outstanding, a clock that can
    /// turn itself does.
    async fn wait(&mut self) -> io::Result<()> {
        let until = [self.next_deadline(), next_look(&self.state)]
            .into_iter()
            .flatten()
            .min();
        let person_is_asked = !self.prompts.is_empty();
        if !self.executor.is_busy() && !person_is_asked && self.clock.idle(until) {
            return Ok(());
        }
        let clock = self.clock.clone();
        let woken = async {
            match until {
                Some(moment) => clock.sleep_until(moment).await,
                None => std::future::pending().await,
            }
        };
        tokio::select! {
            biased;
            performed = self.executor.next() => self.performed(performed),
            Some((id, prompt, said)) = self.prompts.next(), if person_is_asked => {
                self.person_said(id, prompt, said)
            }
            Some(()) = self.cancel.recv() => self.cancel_requested(),
            () = woken => Ok(()),
        }
    }

    fn next_deadline(&self) -> Option<Moment> {
        let live = |(_, id): &(Moment, InstanceId)| !self.expired.contains(id);
        self.state.deadlines().find(live).map(|(moment, _)| moment)
    }

    /// Written, applied, told.
    fn emit(&mut self, what: What) -> io::Result<()> {
        let event = Event {
            at: self.clock.now(),
            what,
        };
        self.journal.append(&event)?;
        self.state.apply(&event);
        self.observer.on(&event, &self.state);
        Ok(())
    }

    fn performed(&mut self, performed: Performed) -> io::Result<()> {
        match self.tickets.remove(&performed.ticket) {
            Some(Purpose::Mark(mark)) => self.marked(*mark, performed.answer),
            Some(Purpose::Before(id, n)) => self.seen_before(id, n, &performed.answer),
            Some(Purpose::Question(id, n)) => self.answered(id, n, performed.answer),
            Some(Purpose::Restore(n)) => self.restored(n, performed.answer),
            None => Ok(()),
        }
    }

    fn key(&self, id: InstanceId, index: usize) -> CallKey {
        let instance = self.state.instance(id);
        CallKey {
            run: self.run.clone(),
            address: instance.address.clone(),
            attempt: instance.attempt,
            turn: instance.turns,
            index: u32::try_from(index).unwrap_or(u32::MAX),
        }
    }

    /// First time: nothing more starts, waits end, what has written runs to its end. Then: acts
    /// are asked to end and are in doubt.
    fn cancel_requested(&mut self) -> io::Result<()> {
        let again = self.state.cancelled;
        self.emit(What::CancelRequested)?;
        let mut running: Vec<InstanceId> = self.units.keys().copied().collect();
        running.sort_unstable();
        for id in running {
            if self.state.is_in_finally(id) && !again {
                continue;
            }
            if again {
                self.interrupt(id)?;
            } else if !self.has_written(id) {
                self.drop_calls(id);
                self.end_early(id, Status::Cancelled)?;
            }
        }
        Ok(())
    }
}
