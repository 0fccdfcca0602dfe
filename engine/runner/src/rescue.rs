//! What `rescue:` makes of a failure: steps that run in its stead, and the end that they lead to.

use runsheet_record::event::{Ended, What};
use runsheet_record::state::{InstanceId, Phase};
use runsheet_record::{State, Status};
use runsheet_step::{Failure, Moment};

use crate::judge;

/// What is said in place of the end of a step: that it is being rescued, if it has failed for good
/// and is not cancelled or out of the time of a group around it, which has a rescue of its own.
pub(crate) fn instead(state: &State, what: What, now: Moment) -> What {
    match what {
        What::Ended(ended) if is_rescued(state, &ended, now) => What::Rescuing(ended),
        other => other,
    }
}

fn is_rescued(state: &State, ended: &Ended, now: Moment) -> bool {
    let Some(id) = state.find(&ended.address) else {
        return false;
    };
    let is_cancelled = state.is_cancelled() && !state.is_in_finally(id);
    let in_time = judge::deadline_around(state, id).is_none_or(|ends| ends > now);
    // What waits for its turn fails because it could not be armed: that is over before it begins.
    let has_begun = state.instance(id).phase != Phase::Waiting;
    ended.status == Status::Failed && is_there(state, id) && has_begun && in_time && !is_cancelled
}

/// Whether an instance has a rescue that has not been tried.
pub(crate) fn is_there(state: &State, id: InstanceId) -> bool {
    let instance = state.instance(id);
    let list = state.workflow().node(instance.node).rescue;
    list.is_some() && !instance.is_fan && instance.rescuing.is_none()
}

/// The end of what has been rescued, from how its rescue ended.
pub(crate) fn ended(state: &State, id: InstanceId) -> Ended {
    let instance = state.instance(id);
    let failed = instance.rescuing.as_deref().cloned().unwrap_or_default();
    let Some(list) = instance.children.last().map(|list| state.instance(*list)) else {
        return failed;
    };
    let failed = Ended {
        changed: failed.changed || list.changed,
        may_change: failed.may_change || list.may_change,
        ..failed
    };
    match list.status {
        status if status.is_well() => Ended {
            status: Status::Succeeded,
            outputs: runsheet_step::Value::Null,
            rescued: true,
            ..failed
        },
        Status::Failed | Status::Blocked => Ended {
            failure: Some(both(failed.failure.clone(), list.failure.as_deref())),
            ..failed
        },
        status => Ended { status, ..failed },
    }
}

/// The failure that was to be rescued, which says of its rescue too.
fn both(failure: Option<Failure>, rescue: Option<&Failure>) -> Failure {
    let failure = failure.unwrap_or_else(|| Failure::code("failed", "it failed"));
    let why = rescue.map_or("it could not begin", |rescue| &*rescue.message);
    let message = format!("{}; its rescue failed too: {why}", failure.message);
    Failure {
        message: message.into(),
        ..failure
    }
}
