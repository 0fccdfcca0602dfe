//! Whose marks must be taken before a step starts.
//!
//! A wait looks from just before the nearest step above it that acts, so that it misses nothing
//! that step causes and takes nothing older for it. Which steps these are is found from the text
//! (see the workflow's `Arming`); here they become instances.

use runsheet_language::expression::Expr;
use runsheet_language::expression::references::Reference;
use runsheet_language::workflow::{StepId, Workflow};
use runsheet_record::event::{Promised, Reserved, What};
use runsheet_record::scope::Names;
use runsheet_record::state::InstanceId;
use runsheet_record::{State, Status};
use runsheet_step::{Catalogue, Failure, Name, Request, Stop, Value};

use crate::input::place;

/// The waiters of a step that is about to start.
pub(crate) enum Waiters {
    /// The items of this `foreach` must be read before they are known.
    Unread(InstanceId),
    /// These have no marks yet.
    Unarmed(Vec<InstanceId>),
    /// Their marks have been asked for, and are not there yet.
    Underway,
    /// One of them could not be armed: it has failed, and what it waits for must not start.
    Failed(InstanceId),
    /// All are armed.
    Armed,
}

/// That a step holds these locks while it is armed for; none: it will be passed by.
pub(crate) fn reserved(state: &State, starter: InstanceId, locks: Option<Vec<Name>>) -> What {
    What::Reserved(Reserved {
        address: state.instance(starter).address.clone(),
        passes: locks.is_none(),
        locks: locks.unwrap_or_default(),
    })
}

/// That so many marks are being taken for a waiter.
pub(crate) fn promised(state: &State, waiter: InstanceId, marks: usize) -> What {
    What::Promised(Promised {
        address: state.instance(waiter).address.clone(),
        marks: u32::try_from(marks).unwrap_or(u32::MAX),
    })
}

/// The marks that a waiter asks for.
///
/// # Errors
/// A place that cannot be worked out or is not known yet, or a failure of the kind's own.
pub(crate) fn marks_of(
    state: &State,
    catalogue: &Catalogue,
    waiter: InstanceId,
) -> Result<Vec<Request>, Box<Failure>> {
    let node = state.workflow().node(state.instance(waiter).node);
    let Some(action) = node.action() else {
        return Ok(Vec::new());
    };
    let Some(kind) = catalogue.kind(&action.kind) else {
        return Ok(Vec::new());
    };
    let input = place(state, waiter, action, kind.shape())?;
    match kind.arm(&input) {
        Ok(requests) => Ok(requests),
        Err(Stop::Failed(failure)) => Err(failure),
        Err(Stop::Unknown(why)) => {
            let message = format!("where it waits is not known yet: {why}");
            Err(Failure::code("armed-too-early", message).into())
        }
        Err(Stop::Pending) => Err(Failure::code("bad-kind", "arming asks nothing").into()),
    }
}

/// Who is armed before this instance starts.
pub(crate) fn before(state: &State, id: InstanceId) -> Waiters {
    let node = state.instance(id).node;
    let mut steps = state.workflow().node(node).arming.armed_here.clone();
    if state.workflow().node(node).parent() == node {
        steps.extend(at_the_start(state, node));
    }
    let mut waiters = match reach(state, id, &steps) {
        Ok(waiters) => waiters,
        Err(fan) => return Waiters::Unread(fan),
    };
    // Whatever it should have been armed before did not start: it is armed at its own start.
    if state.workflow().node(node).arms() && !waiters.contains(&id) {
        waiters.push(id);
    }
    sorted(state, waiters)
}

/// Who is armed when it is decided that this instance does not run, or has no items.
pub(crate) fn passed_by(state: &State, id: InstanceId) -> Waiters {
    let node = state.instance(id).node;
    let workflow = state.workflow();
    let inside = within(workflow, node).into_iter();
    let armed = inside.flat_map(|step| &workflow.node(step).arming.armed_here);
    let outside = armed
        .copied()
        .filter(|waiter| !workflow.within(*waiter, node));
    match reach(state, id, &outside.collect::<Vec<_>>()) {
        Ok(waiters) => sorted(state, waiters),
        Err(fan) => Waiters::Unread(fan),
    }
}

/// A step or group and all that is in it.
fn within(workflow: &Workflow, node: StepId) -> Vec<StepId> {
    let mut found = vec![node];
    let mut at = 0;
    while let Some(next) = found.get(at).copied() {
        found.extend(&workflow.node(next).children);
        at += 1;
    }
    found
}

/// Those of a whole list that nothing in it acts before.
fn at_the_start(state: &State, list: StepId) -> Vec<StepId> {
    let workflow = state.workflow();
    let waits = |step: &StepId| {
        let node = workflow.node(*step);
        node.arms() && node.arming.before.is_empty() && workflow.within(*step, list)
    };
    workflow.ids().filter(waits).collect()
}

fn reach(state: &State, from: InstanceId, steps: &[StepId]) -> Result<Vec<InstanceId>, InstanceId> {
    let mut found = Vec::new();
    for step in steps {
        found.extend(state.reach(from, *step)?);
    }
    Ok(found)
}

/// Whether it is decided already that a waiter will not run: its `when:`, or that of a group
/// around it, is false by what has ended. It needs no marks, and cannot keep anybody from starting.
fn is_ruled_out(state: &State, waiter: InstanceId) -> bool {
    state.outward(waiter).any(|id| {
        let instance = state.instance(id);
        let node = state.workflow().node(instance.node);
        let open = !instance.is_fan && instance.status == Status::Waiting;
        open && node.when.as_ref().is_some_and(|when| {
            is_settled(state, id, when)
                && matches!(when.evaluate(&Names::of(state, id)), Ok(Value::Bool(false)))
        })
    })
}

/// Whether all that an expression reads stays as it is: a step that has not ended may yet give
/// what `default(...)` stands in for now.
fn is_settled(state: &State, id: InstanceId, expr: &Expr) -> bool {
    are_settled(state, id, &expr.references())
}

fn are_settled(state: &State, id: InstanceId, references: &[Reference]) -> bool {
    references.iter().all(|reference| {
        let first = reference.keys.first().and_then(|key| key.name());
        match (&*reference.root.value, first) {
            ("failure" | "outputs", _) | ("steps", None) => false,
            ("steps", Some(step)) => state
                .seen_from(id, &step.value)
                .is_some_and(|step| state.instance(step).status.has_ended()),
            ("inputs", _) => inputs_are_settled(state, id),
            _ => true,
        }
    })
}

/// Whether all that the call around an instance is given stays as it is.
fn inputs_are_settled(state: &State, id: InstanceId) -> bool {
    let Some(around) = state.call_around(id) else {
        return true;
    };
    let node = state.workflow().node(state.instance(around).node);
    let given = node.call.iter().flat_map(|call| call.inputs.values());
    let mut given = given.filter_map(|input| input.given.as_ref());
    given.all(|given| are_settled(state, around, &given.references()))
}

fn sorted(state: &State, waiters: Vec<InstanceId>) -> Waiters {
    let unarmed = |id: &InstanceId| !state.instance(*id).is_armed() && !is_ruled_out(state, *id);
    let (ended, mut waiting): (Vec<_>, Vec<_>) = waiters
        .into_iter()
        .filter(unarmed)
        .partition(|id| state.instance(*id).status.has_ended());
    let failed = |id: &&InstanceId| state.instance(**id).status == Status::Failed;
    if let Some(failed) = ended.iter().find(failed) {
        return Waiters::Failed(*failed);
    }
    if waiting.is_empty() {
        return Waiters::Armed;
    }
    waiting.retain(|id| !state.instance(*id).is_promised());
    if waiting.is_empty() {
        Waiters::Underway
    } else {
        Waiters::Unarmed(waiting)
    }
}
