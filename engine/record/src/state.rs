//! Where a run stands: the sum of its events.
//!
//! [`State::apply`] is the only way it changes. The same state serves a live run, a dry run, a
//! replay and, later, a resume; what it says depends on the events alone.

mod apply;
mod ends;
mod instance;
mod lists;
mod lookup;
mod queue;
mod restoring;
#[cfg(test)]
mod tests;

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::sync::Arc;

use runsheet_language::bound::Bound;
use runsheet_language::workflow::{StepId, Workflow};
use runsheet_step::fact::Key;
use runsheet_step::{Moment, Name};

use crate::event::{Event, RunStarted};
use crate::status::Status;

use queue::Queue;

pub use instance::{Instance, InstanceId, Phase};

/// Where a run stands.
pub struct State {
    /// The workflow with its inputs and site.
    pub bound: Arc<Bound>,
    /// How the run began, once it has.
    pub begun: Option<RunStarted>,
    /// How the run ended, once it has.
    pub ended: Option<Status>,
    /// How often somebody has said that it is to stop.
    pub cancels: u32,
    /// The temporary changes that have been taken back, by step and resource, and whether that
    /// went well.
    pub restored: BTreeMap<(Name, Key), bool>,
    /// Whether this is a plan, in which what is not known may run.
    pub planning: bool,
    instances: Vec<Instance>,
    by_address: HashMap<Name, InstanceId>,
    queue: Queue,
    /// Steps that hold their locks and wait for marks.
    reserved: BTreeSet<InstanceId>,
    /// Running steps that are due for a turn.
    due: BTreeSet<InstanceId>,
    /// When running steps are out of time.
    deadlines: BTreeSet<(Moment, InstanceId)>,
    locks: BTreeMap<Name, InstanceId>,
    acting: usize,
    /// How many acting steps hold a place of a pool.
    pools: BTreeMap<Name, u32>,
    /// How many instances have written.
    writers: u32,
    /// For each step, those of its list that need it.
    followers: Arc<[Vec<StepId>]>,
    /// The place of each step in its list.
    places: Arc<[usize]>,
    main: InstanceId,
    finally: Option<InstanceId>,
    /// The first failure outside `finally`.
    failed_first: Option<InstanceId>,
}

impl State {
    /// A run of this workflow before anything has happened.
    #[must_use]
    pub fn new(bound: Arc<Bound>) -> State {
        let mut state = State {
            followers: followers(&bound.workflow),
            places: places(&bound.workflow),
            bound,
            begun: None,
            ended: None,
            cancels: 0,
            restored: BTreeMap::new(),
            planning: false,
            instances: Vec::new(),
            by_address: HashMap::new(),
            queue: Queue::default(),
            reserved: BTreeSet::new(),
            due: BTreeSet::new(),
            deadlines: BTreeSet::new(),
            locks: BTreeMap::new(),
            acting: 0,
            pools: BTreeMap::new(),
            writers: 0,
            main: InstanceId(0),
            finally: None,
            failed_first: None,
        };
        state.main = state.add(StepId::MAIN, None, "".into(), None);
        state.instance_mut(state.main).phase = Phase::Ready(None);
        state.enqueue(state.main);
        state.finally = state
            .workflow()
            .finally
            .map(|list| state.add(list, None, "finally".into(), None));
        state
    }

    /// One thing more has happened. An event that does not fit is of another run or another
    /// workflow, and changes nothing.
    pub fn apply(&mut self, event: &Event) {
        apply::apply(self, event);
    }

    /// Whether somebody wants it to stop.
    #[must_use]
    pub fn is_cancelled(&self) -> bool {
        self.cancels > 0
    }

    /// The workflow.
    #[must_use]
    pub fn workflow(&self) -> &Workflow {
        &self.bound.workflow
    }

    /// One instance.
    #[must_use]
    pub fn instance(&self, id: InstanceId) -> &Instance {
        &self.instances[id.index()]
    }

    /// All instances that belong to the run as it stands, in the order they came to be.
    pub fn instances(&self) -> impl Iterator<Item = (InstanceId, &Instance)> {
        let live = |(id, instance): &(InstanceId, &Instance)| {
            self.by_address.get(&instance.address) == Some(id)
        };
        let numbered = self.instances.iter().enumerate();
        numbered
            .map(|(n, instance)| (InstanceId::at(n), instance))
            .filter(live)
    }

    /// The instance of an address.
    #[must_use]
    pub fn find(&self, address: &str) -> Option<InstanceId> {
        self.by_address.get(address).copied()
    }

    /// The list of the whole run.
    #[must_use]
    pub fn main(&self) -> InstanceId {
        self.main
    }

    /// The list of `finally:`.
    #[must_use]
    pub fn finally(&self) -> Option<InstanceId> {
        self.finally
    }

    /// The step whose failure came first.
    #[must_use]
    pub fn first_failure(&self) -> Option<&Instance> {
        self.failed_first.map(|id| self.instance(id))
    }

    /// What is due for a turn.
    pub fn due(&self) -> impl Iterator<Item = InstanceId> + '_ {
        self.due.iter().copied()
    }

    /// When running steps are out of time, the next first.
    pub fn deadlines(&self) -> impl Iterator<Item = (Moment, InstanceId)> + '_ {
        self.deadlines.iter().copied()
    }

    /// Who holds a lock.
    #[must_use]
    pub fn holder(&self, lock: &str) -> Option<InstanceId> {
        self.locks.get(lock).copied()
    }

    /// How many acting steps hold a place of a pool.
    #[must_use]
    pub fn in_pool(&self, pool: &str) -> u32 {
        self.pools.get(pool).copied().unwrap_or(0)
    }

    /// How many acting steps hold a place.
    #[must_use]
    pub fn acting(&self) -> usize {
        self.acting
    }
}

fn places(workflow: &Workflow) -> Arc<[usize]> {
    let mut places = vec![0; workflow.nodes.len()];
    for node in &workflow.nodes {
        for (place, child) in node.children.iter().enumerate() {
            places[child.index()] = place;
        }
        if let Some(rescue) = node.rescue {
            places[rescue.index()] = node.children.len();
        }
    }
    places.into()
}

fn followers(workflow: &Workflow) -> Arc<[Vec<StepId>]> {
    let mut followers = vec![Vec::new(); workflow.nodes.len()];
    for id in workflow.ids() {
        for need in &workflow.node(id).needs {
            followers[need.index()].push(id);
        }
    }
    followers.into()
}
