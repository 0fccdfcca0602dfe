//! What happens next. A pure function of the state and the time: a run of ten hours is a unit
//! test of ten milliseconds.

use std::collections::{BTreeMap, BTreeSet};

use runsheet_language::expression::scope::Trouble;
use runsheet_language::workflow::{Lock, Node, Pool};
use runsheet_record::scope::Names;
use runsheet_record::state::{Instance, InstanceId, Phase};
use runsheet_record::{State, Status};
use runsheet_step::{Failure, Moment, Name, Value};

use crate::arming::{self, Waiters};
use crate::command::Command;
use crate::judge;

#[cfg(test)]
mod tests;

/// How many steps may act at once.
#[derive(Clone, Copy, Debug)]
pub struct Limit(pub usize);

/// What is to be done now.
#[must_use]
pub fn schedule(state: &State, now: Moment, limit: Limit) -> Vec<Command> {
    if state.ended.is_some() {
        return Vec::new();
    }
    let mut scheduler = Scheduler {
        state,
        now,
        limit: limit.0.max(1),
        places: state.acting(),
        taken: BTreeSet::new(),
        pooled: BTreeMap::new(),
        commands: Vec::new(),
        starters: Vec::new(),
        waiters: Vec::new(),
    };
    state.ready().for_each(|id| scheduler.look_at(id));
    for id in state.ready_to_act() {
        if scheduler.places >= scheduler.limit && !state.is_cancelled() {
            break;
        }
        scheduler.look_at(id);
    }
    scheduler.finish()
}

struct Scheduler<'s> {
    state: &'s State,
    now: Moment,
    limit: usize,
    /// How many places are taken, those given in this call included.
    places: usize,
    /// The locks given in this call.
    taken: BTreeSet<Name>,
    /// The places of pools given in this call.
    pooled: BTreeMap<Name, u32>,
    commands: Vec<Command>,
    starters: Vec<(InstanceId, Option<Vec<Name>>)>,
    waiters: Vec<InstanceId>,
}

impl Scheduler<'_> {
    fn finish(mut self) -> Vec<Command> {
        if !self.starters.is_empty() {
            self.waiters.sort_unstable();
            self.waiters.dedup();
            let (starters, waiters) = (self.starters, self.waiters);
            self.commands.push(Command::Arm { starters, waiters });
        }
        self.commands.extend(self.state.due().map(Command::Turn));
        self.commands.extend(at_the_end(self.state));
        self.commands
    }

    fn look_at(&mut self, id: InstanceId) {
        let instance = self.state.instance(id);
        match instance.phase {
            Phase::Ready(Some(not_before)) if self.now < not_before && !self.is_cancelled(id) => {}
            Phase::Closing => self.commands.push(match self.state.next_to_restore_in(id) {
                Some(step) => Command::Restore(step),
                None => Command::Close(id),
            }),
            Phase::Ready(_) | Phase::Reserved => self.decide(id, instance),
            Phase::Waiting | Phase::Running | Phase::Ended => {}
        }
    }

    fn is_cancelled(&self, id: InstanceId) -> bool {
        self.state.is_cancelled() && !self.state.is_in_finally(id)
    }

    fn decide(&mut self, id: InstanceId, instance: &Instance) {
        if self.is_cancelled(id) {
            return self.commands.push(Command::End(id, Status::Cancelled));
        }
        if judge::deadline_around(self.state, id).is_some_and(|ends| ends <= self.now) {
            let failure = Failure::code("timeout", "the group it stands in is out of time");
            return self.commands.push(Command::Fail(id, failure.into()));
        }
        let node = self.state.workflow().node(instance.node);
        if instance.is_fan {
            return self.decide_fan(id, instance);
        }
        match self.runs(id, node) {
            Err(failure) => self.commands.push(Command::Fail(id, failure)),
            Ok(false) => self.pass(id, Command::Skip(id)),
            Ok(true) if self.must_ask(instance, node) => {}
            Ok(true) if instance.confirmed == Some(false) => {
                let failure = Failure::code("declined", "it was not confirmed");
                self.commands.push(Command::Fail(id, failure.into()));
            }
            Ok(true) => self.start(id, instance, node),
        }
    }

    fn decide_fan(&mut self, id: InstanceId, instance: &Instance) {
        if !instance.expanded {
            self.expand(id);
        } else if instance.children.is_empty() {
            self.pass(id, Command::Start(id, Vec::new()));
        } else {
            self.commands.push(Command::Start(id, Vec::new()));
        }
    }

    fn expand(&mut self, fan: InstanceId) {
        if !self.commands.contains(&Command::Expand(fan)) {
            self.commands.push(Command::Expand(fan));
        }
    }

    /// Whether its `when:` holds. What a plan cannot know may run.
    fn runs(&self, id: InstanceId, node: &Node) -> Result<bool, Box<Failure>> {
        let Some(when) = &node.when else {
            return Ok(true);
        };
        match when.evaluate(&Names::of(self.state, id)) {
            Ok(Value::Bool(runs)) => Ok(runs),
            Ok(Value::Unknown(_)) if self.state.planning => Ok(true),
            Ok(other) => {
                let message = format!("`when:` gives {} rather than true or false", other.kind());
                Err(Failure::code("bad-expression", message).into())
            }
            Err(trouble) => Err(bad_expression("when", &trouble).into()),
        }
    }

    fn must_ask(&mut self, instance: &Instance, node: &Node) -> bool {
        let asks = node.confirm.is_some() && instance.confirmed.is_none() && !self.state.planning;
        if asks && let Some(id) = self.state.find(&instance.address) {
            self.commands.push(Command::Confirm(id));
        }
        asks
    }

    /// It will not act: what is armed before it is armed now, when that is decided.
    fn pass(&mut self, id: InstanceId, then: Command) {
        match arming::passed_by(self.state, id) {
            Waiters::Unread(fan) => self.expand(fan),
            Waiters::Underway => {}
            Waiters::Failed(_) | Waiters::Armed => self.commands.push(then),
            Waiters::Unarmed(waiters) => self.arm(id, None, waiters),
        }
    }

    fn start(&mut self, id: InstanceId, instance: &Instance, node: &Node) {
        let waiters = arming::before(self.state, id);
        if let Waiters::Unread(fan) = waiters {
            return self.expand(fan);
        }
        if matches!(waiters, Waiters::Underway) {
            return;
        }
        let locks = match self.locks(id, instance, node) {
            Err(failure) => return self.commands.push(Command::Fail(id, failure)),
            Ok(None) => return,
            Ok(Some(locks)) => locks,
        };
        match waiters {
            Waiters::Failed(waiter) => {
                let failure = not_armed(self.state.instance(waiter));
                self.commands.push(Command::Block(id, failure.into()));
            }
            Waiters::Unarmed(waiters) => self.arm(id, Some(locks), waiters),
            _ => self.commands.push(Command::Start(id, locks)),
        }
    }

    fn arm(&mut self, id: InstanceId, locks: Option<Vec<Name>>, waiters: Vec<InstanceId>) {
        self.starters.push((id, locks));
        self.waiters.extend(waiters);
    }

    /// The locks of a step that may take them and its places now; nothing if it has to wait.
    fn locks(
        &mut self,
        id: InstanceId,
        instance: &Instance,
        node: &Node,
    ) -> Result<Option<Vec<Name>>, Box<Failure>> {
        if !node.acts() {
            return Ok(Some(Vec::new()));
        }
        let locks = lock_names(self.state, id, node)?;
        if instance.phase == Phase::Reserved || self.state.planning {
            return Ok(Some(locks));
        }
        let held = |lock: &Name| self.state.holder(lock).is_some() || self.taken.contains(lock);
        let full = |pool: &Pool| {
            let given = self.pooled.get(&pool.name).copied().unwrap_or(0);
            self.state.in_pool(&pool.name) + given >= pool.size
        };
        // All or nothing: who waits for one of them holds none, so that no two wait for each other.
        if self.places >= self.limit || locks.iter().any(held) || node.pools.iter().any(full) {
            return Ok(None);
        }
        self.places += 1;
        for pool in &node.pools {
            *self.pooled.entry(pool.name.clone()).or_default() += 1;
        }
        self.taken.extend(locks.iter().cloned());
        Ok(Some(locks))
    }
}

/// Why a step does not start whose waiter cannot watch.
fn not_armed(waiter: &Instance) -> Failure {
    let why = waiter
        .failure
        .as_ref()
        .map_or("it failed", |failure| &*failure.message);
    let message = format!("`{}` could not be armed: {why}", waiter.address);
    Failure::code("not-armed", message)
}

/// What a step holds while it acts, in one order.
pub(crate) fn lock_names(
    state: &State,
    id: InstanceId,
    node: &Node,
) -> Result<Vec<Name>, Box<Failure>> {
    let names = Names::of(state, state.caller(id, node.lock_from));
    let mut locks: BTreeSet<Name> = BTreeSet::new();
    match &node.lock {
        Lock::None => {}
        Lock::Host => {
            if let Ok(Value::Host(host)) = Names::of(state, id).host() {
                locks.extend(state.bound.exclusive.get(&host.name).cloned());
                locks.insert(host.name.clone());
            }
        }
        Lock::Names(templates) => {
            for template in templates {
                let value = template.evaluate(&names);
                let value = value.map_err(|trouble| bad_expression("lock", &trouble))?;
                locks.insert(value.to_string().into());
            }
        }
    }
    Ok(locks.into_iter().collect())
}

/// A failure of a step whose expression cannot be worked out.
pub(crate) fn bad_expression(key: &str, trouble: &Trouble) -> Failure {
    let failure = Failure::code("bad-expression", format!("`{key}:` {}", trouble.message));
    match &trouble.help {
        Some(help) => failure.help(help.to_string()),
        None => failure,
    }
}

/// When both lists have ended: temporary changes are taken back, then the run ends.
fn at_the_end(state: &State) -> Option<Command> {
    let main = state.instance(state.main());
    let finally = state.finally().map(|id| state.instance(id).status);
    let ended = main.status.has_ended() && finally.is_none_or(Status::has_ended);
    if !ended {
        return None;
    }
    Some(match state.next_to_restore() {
        Some(id) => Command::Restore(id),
        None => Command::Finish(final_status(state, main.status, finally)),
    })
}

fn final_status(state: &State, main: Status, finally: Option<Status>) -> Status {
    let in_doubt = state
        .instances()
        .any(|(_, instance)| instance.status == Status::InDoubt);
    let finally_failed = finally.is_some_and(|status| !status.is_well());
    let not_restored = state.restored.values().any(|well| !well);
    match main {
        _ if in_doubt => Status::InDoubt,
        _ if state.is_cancelled() => Status::Cancelled,
        Status::Succeeded if finally_failed || not_restored => Status::Failed,
        // What the whole list waits for could not be watched.
        Status::Blocked => Status::Failed,
        status => status,
    }
}
