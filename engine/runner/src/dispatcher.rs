//! The one loop that meets the world: it carries out what the schedule wants, hands questions to
//! the executor, and turns answers, deadlines and signals into events. Each event is written,
//! applied and told, in that order; nothing acts before its question is safe.

mod arm;
mod ask;
mod begun;
mod carry_out;
mod close;
mod idle;
mod overdue;
mod restore;
mod stop;
#[cfg(test)]
mod tests;

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::io;
use std::sync::Arc;
use std::task::Poll;

use futures_util::future::AbortHandle;
use futures_util::stream::{FuturesUnordered, StreamExt};
use runsheet_record::State;
use runsheet_record::event::{Event, RunStarted, What};
use runsheet_record::observer::Observer;
use runsheet_record::plan::Plan;
use runsheet_record::state::InstanceId;
use runsheet_step::driver::{CallKey, Clock, Pending, Sink};
use runsheet_step::{Answer, Catalogue, Failure, Moment};
use tokio::sync::mpsc;

use crate::drivers::{Confirmation, Drivers, Operator};
use crate::executor::Executor;
use crate::journal::Journal;
use crate::permit::Permit;
use crate::rescue;
use crate::schedule::{Limit, schedule};
use crate::vault::Vault;
pub(crate) use close::{fan_ended, group_status, verdict};

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
        asked: BTreeMap::new(),
        expired: BTreeMap::new(),
        looks: BTreeSet::new(),
        to_perform: Vec::new(),
        restoring: None,
        stops: false,
        run: begun.run.0.clone(),
    };
    tracing::info!(run = %begun.run, workflow = %begun.workflow, site = %begun.site, "run started");
    dispatcher.emit(What::RunStarted(begun))?;
    // A run that is killed before it has written anything still has its name.
    dispatcher.journal.sync()?;
    dispatcher.until_the_end().await?;
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
    prompts: FuturesUnordered<Pending<'static, Option<(InstanceId, Prompt, Confirmation)>>>,
    /// Steps that a person is being asked about, and how to take the question back.
    asked: BTreeMap<InstanceId, AbortHandle>,
    /// Steps that are out of time, with what that is as a failure, and whose last act or about
    /// whom a person has still to say something.
    expired: BTreeMap<InstanceId, Failure>,
    /// When to look whether a step has given a sign of life.
    looks: BTreeSet<(Moment, InstanceId)>,
    /// Steps whose questions are written and may be performed once they are safe.
    to_perform: Vec<InstanceId>,
    restoring: Option<restore::Restoring>,
    /// A step was not let think to its end: what is on its way to `cancel` comes first.
    stops: bool,
    run: runsheet_step::Name,
}

impl Dispatcher<'_> {
    async fn until_the_end(&mut self) -> io::Result<()> {
        loop {
            self.settle()?;
            if self.state.ended.is_some() {
                return self.journal.sync();
            }
            if self.cancel.try_recv().is_ok() {
                self.cancel_requested()?;
            } else if !self.take_answers().await? && !self.end_overdue()? {
                self.wait().await?;
            }
        }
    }

    /// Takes all answers that are there. What they set free then starts together: it shares marks
    /// and one sync.
    async fn take_answers(&mut self) -> io::Result<bool> {
        let mut took = false;
        while let Some((ticket, answer)) = self.executor.ready().await {
            self.performed(ticket, answer)?;
            took = true;
        }
        Ok(took)
    }

    /// Carries commands out until there are none that lead to anything.
    fn settle(&mut self) -> io::Result<()> {
        loop {
            let mut did = false;
            for command in schedule(&self.state, self.clock.now(), self.limit) {
                did |= self.carry_out(command)?;
                if self.stops {
                    break;
                }
            }
            did |= self.perform_safely()?;
            if !did || self.stops {
                return Ok(());
            }
        }
    }

    /// Waits for whatever comes first. Where nothing but waits is outstanding, a clock that can
    /// turn itself does.
    async fn wait(&mut self) -> io::Result<()> {
        // A clock that turns itself never waits; who else is on this thread has a turn too.
        breathe().await;
        let pause = self.state.next_pause(self.clock.now());
        let until = [self.next_deadline(), self.next_sign(), pause]
            .into_iter()
            .flatten()
            .min();
        // A question that is taken back counts until it is dropped.
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
            (ticket, answer) = self.executor.next() => self.performed(ticket, answer),
            Some(said) = self.prompts.next(), if person_is_asked => match said {
                Some((id, prompt, said)) => self.person_said(id, prompt, said),
                None => Ok(()),
            },
            Some(()) = self.cancel.recv() => self.cancel_requested(),
            () = woken => Ok(()),
        }
    }

    fn next_deadline(&self) -> Option<Moment> {
        let live = |(_, id): &(Moment, InstanceId)| !self.expired.contains_key(id);
        self.state.deadlines().find(live).map(|(moment, _)| moment)
    }

    /// Written, applied, told.
    fn emit(&mut self, what: What) -> io::Result<()> {
        let at = self.clock.now();
        let what = rescue::instead(&self.state, what, at);
        let event = Event { at, what };
        self.journal.append(&event)?;
        self.state.apply(&event);
        self.observer.on(&event, &self.state);
        Ok(())
    }

    fn performed(&mut self, ticket: u64, answer: Answer) -> io::Result<()> {
        match self.tickets.remove(&ticket) {
            Some(Purpose::Mark(mark)) => self.marked(*mark, answer),
            Some(Purpose::Before(id, n)) => self.seen_before(id, n, &answer),
            Some(Purpose::Question(id, n)) => self.answered(id, n, answer),
            Some(Purpose::Restore(n)) => self.restored(n, answer),
            None => Ok(()),
        }
    }

    /// The key of a question of a step's attempt; turn 0 is what is marked before it.
    fn key(&self, id: InstanceId, turn: u32, index: usize) -> CallKey {
        let instance = self.state.instance(id);
        CallKey {
            run: self.run.clone(),
            address: instance.address.clone(),
            attempt: instance.attempt,
            turn,
            index: u32::try_from(index).unwrap_or(u32::MAX),
        }
    }
}

/// Lets others on this thread go on, once.
async fn breathe() {
    let mut breathed = false;
    std::future::poll_fn(|context| {
        if std::mem::replace(&mut breathed, true) {
            return Poll::Ready(());
        }
        context.waker().wake_by_ref();
        Poll::Pending
    })
    .await;
}
