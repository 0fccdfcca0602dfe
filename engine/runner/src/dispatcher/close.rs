//! How a group or a `foreach` ended, from how what is in it ended.

use std::io;

use runsheet_diagnostics::words;
use runsheet_language::workflow::Failures;
use runsheet_record::event::{Ended, What};
use runsheet_record::state::{Instance, InstanceId};
use runsheet_record::{State, Status};
use runsheet_step::{Failure, Name, Outcome, Value};

use super::Dispatcher;
use crate::call;
use crate::judge::Verdict;
use crate::rescue;

impl Dispatcher<'_> {
    /// Says whether that led to anything: a group that a person is asked about stays open.
    pub(super) fn close(&mut self, id: InstanceId) -> io::Result<bool> {
        if self.asked.contains_key(&id) {
            return Ok(false);
        }
        self.closed(id).map(|()| true)
    }

    fn closed(&mut self, id: InstanceId) -> io::Result<()> {
        let instance = self.state.instance(id);
        if instance.is_fan {
            return self.emit(What::Ended(fan_ended(&self.state, instance)));
        }
        if instance.rescuing.is_some() {
            return self.emit(What::Ended(rescue::ended(&self.state, id)));
        }
        let status = group_status(&self.state, id);
        match status {
            Status::Failed if self.is_late(id) => self.timed_out(id),
            Status::Succeeded | Status::Failed => {
                let verdict = verdict(&self.state, id, status);
                self.judged(id, verdict)
            }
            other => self.end_early(id, other),
        }
    }
}

/// What a group came to whose steps have ended, well or not.
pub(crate) fn verdict(state: &State, id: InstanceId, status: Status) -> Verdict {
    let instance = state.instance(id);
    if status != Status::Succeeded {
        let failure = inner_failure(state, instance);
        let is_call = state.workflow().is_call(instance.node);
        return Err(match is_call {
            true => failure.outputs(call::outputs_there(state, id)).into(),
            false => failure.into(),
        });
    }
    let changed = children(state, instance).any(|child| child.changed);
    let outputs = call::outputs(state, id)?;
    if state.is_unrestored(id) {
        let failure = Failure::code("not-restored", "not all of its changes were taken back");
        return Err(failure.outputs(outputs).into());
    }
    Ok(Outcome { outputs, changed })
}

fn children<'s>(state: &'s State, instance: &'s Instance) -> impl Iterator<Item = &'s Instance> {
    instance.children.iter().map(|child| state.instance(*child))
}

/// A group is as its worst child is.
pub(crate) fn group_status(state: &State, id: InstanceId) -> Status {
    let any = |status| children(state, state.instance(id)).any(|child| child.status == status);
    let order = [
        Status::InDoubt,
        Status::Failed,
        Status::Cancelled,
        Status::Blocked,
    ];
    match order.into_iter().find(|status| any(*status)) {
        Some(Status::Blocked) => Status::Failed,
        Some(status) => status,
        None => Status::Succeeded,
    }
}

/// The failure of the first that failed.
fn inner_failure(state: &State, instance: &Instance) -> Failure {
    let failed = children(state, instance).find(|child| child.status == Status::Failed);
    let failure = failed.and_then(|child| child.failure.as_deref().cloned());
    failure.unwrap_or_else(|| Failure::code("blocked", "what it needs did not end well"))
}

/// How a `foreach` ended, by its `failures:`.
pub(crate) fn fan_ended(state: &State, fan: &Instance) -> Ended {
    let node = state.workflow().node(fan.node);
    let failures = node
        .foreach
        .as_ref()
        .map(|foreach| foreach.failures)
        .unwrap_or_default();
    let all: Vec<&Instance> = children(state, fan).collect();
    let bad: Vec<&Instance> = all
        .iter()
        .copied()
        .filter(|one| !one.status.is_well())
        .collect();
    let has = |status| bad.iter().any(|one| one.status == status);
    let status = match failures {
        _ if bad.is_empty() => Status::Succeeded,
        _ if has(Status::InDoubt) => Status::InDoubt,
        _ if has(Status::Cancelled) => Status::Cancelled,
        Failures::Warn if bad.len() < all.len() => Status::Succeeded,
        _ => Status::Failed,
    };
    Ended {
        address: fan.address.clone(),
        status,
        changed: all.iter().any(|one| one.changed),
        may_change: !all.iter().any(|one| one.changed) && all.iter().any(|one| one.may_change),
        failure: (status == Status::Failed).then(|| first_failure(&bad)),
        warnings: fan_warnings(&all, &bad, status),
        ..Ended::default()
    }
}

fn first_failure(bad: &[&Instance]) -> Failure {
    let failure = bad.iter().find_map(|one| one.failure.as_deref().cloned());
    failure.unwrap_or_else(|| Failure::code("blocked", "none of its items could run"))
}

fn fan_warnings(all: &[&Instance], bad: &[&Instance], status: Status) -> Vec<Name> {
    if all.is_empty() {
        return vec!["there are no items".into()];
    }
    if bad.is_empty() || status != Status::Succeeded {
        return Vec::new();
    }
    let name = |one: &&Instance| one.item.as_ref().map_or_else(String::new, Value::to_string);
    let names: Vec<_> = bad.iter().map(name).collect();
    let count = words::count("item", bad.len());
    vec![
        format!(
            "{count} of {} did not end well: {}",
            all.len(),
            names.join(", ")
        )
        .into(),
    ]
}
