//! How a step ends: at once, or after the list that rescues it.

use runsheet_step::Moment;

use super::apply::give_back;
use super::{InstanceId, Phase, State};
use crate::event::Ended;
use crate::status::Status;

/// What acts no more holds nothing and waits for nothing.
fn let_go(state: &mut State, id: InstanceId) {
    give_back(state, id);
    forget_deadline(state, id);
    state.due.remove(&id);
    state.dequeue(id);
    state.reserved.remove(&id);
}

/// The list that rescues it comes to be, and starts.
pub(super) fn on_rescuing(state: &mut State, failed: &Ended) {
    let Some(id) = state.find(&failed.address) else {
        return;
    };
    if state.instance(id).status.has_ended() || state.instance(id).rescuing.is_some() {
        return;
    }
    let_go(state, id);
    let instance = state.instance_mut(id);
    instance.phase = Phase::Running;
    instance.status = Status::Running;
    instance.transcript = Vec::new();
    instance.rescuing = Some(Box::new(failed.clone()));
    close_inside(state, id, Status::Blocked);
    state.open_rescue(id);
    state.look_again();
}

pub(super) fn on_ended(state: &mut State, at: Moment, ended: &Ended) {
    let Some(id) = state.find(&ended.address) else {
        return;
    };
    if state.instance(id).status.has_ended() {
        return;
    }
    let_go(state, id);
    let instance = state.instance_mut(id);
    instance.phase = Phase::Ended;
    instance.status = ended.status;
    instance.outputs = ended.outputs.clone();
    instance.changed = ended.changed;
    instance.may_change = ended.may_change;
    instance.rescued = ended.rescued;
    instance.failure = ended.failure.clone().map(Box::new);
    instance.checks = ended.checks.clone();
    instance.warnings = ended.warnings.clone();
    instance.causes = ended.causes.clone();
    instance.ended = Some(at);
    instance.transcript = Vec::new();
    close_inside(state, id, ended.status);
    remember_failure(state, id);
    state.after_end(id);
    state.look_again();
}

/// A group that ends without running takes what is in it along.
fn close_inside(state: &mut State, id: InstanceId, status: Status) {
    for child in state.instance(id).children.clone() {
        if !state.instance(child).status.has_ended() {
            state.block(child, status);
        }
    }
}

fn remember_failure(state: &mut State, id: InstanceId) {
    // What failed in it, and in its rescue, is told by itself, or is got over.
    let is_inside = |first: &InstanceId| state.outward(*first).any(|around| around == id);
    if state.instance(id).rescuing.is_some() && state.failed_first.as_ref().is_some_and(is_inside) {
        state.failed_first = None;
    }
    let instance = state.instance(id);
    let is_first = state.failed_first.is_none() && instance.failure.is_some();
    if is_first && instance.status == Status::Failed && !state.is_in_finally(id) {
        state.failed_first = Some(id);
    }
}

pub(super) fn forget_deadline(state: &mut State, id: InstanceId) {
    if let Some(deadline) = state.instance_mut(id).deadline.take() {
        state.deadlines.remove(&(deadline, id));
    }
}
