//! Steps that nothing orders and that write the same thing: what is there in the end would be
//! chance.
//!
//! Steps are planned in an order that agrees with theirs. Writers of one resource are in order if
//! each is after the one planned just before it, so every write is looked at once.

use std::collections::{BTreeMap, BTreeSet};

use runsheet_language::workflow::StepId;
use runsheet_language::workflow::order::Order;
use runsheet_record::State;
use runsheet_record::plan::{Deed, Grasp, Sign};
use runsheet_record::state::InstanceId;
use runsheet_step::{Access, Name, Value};

/// What is written, and by whom it was last.
#[derive(Default)]
pub(super) struct Writers {
    last: BTreeMap<Written, Writer>,
    /// Pairs of steps as written: of their instances the first pair is told.
    told: BTreeSet<(StepId, StepId)>,
}

/// A resource, or for an opaque act all of a host.
#[derive(PartialEq, Eq, PartialOrd, Ord)]
struct Written {
    host: Name,
    area: Option<(Name, Name)>,
}

struct Writer {
    id: InstanceId,
    locks: Vec<Name>,
    /// What a plain write makes of the resource.
    value: Option<Value>,
}

impl Writers {
    /// One more write; what is wrong with it, if anything is.
    pub(super) fn add(
        &mut self,
        state: &State,
        order: &Order,
        id: InstanceId,
        (deed, access, area): (&Deed, Access, Name),
        locks: &[Name],
    ) -> Option<Name> {
        if deed.sign == Sign::Same || deed.grasp == Grasp::Nothing {
            return None;
        }
        let opaque = access == Access::Opaque;
        let written = Written {
            host: deed.key.host.clone(),
            area: (!opaque).then(|| (deed.key.facility.clone(), area)),
        };
        let writer = Writer {
            id,
            locks: locks.to_vec(),
            value: (deed.sign != Sign::Act).then(|| deed.value.clone()),
        };
        let what = match opaque {
            true => format!("act at {} and may change anything there", written.host),
            false => format!("write {}", deed.key),
        };
        let last = self.last.get(&written);
        let clash =
            last.filter(|last| last.clashes(&writer) && !ordered(state, order, last.id, id));
        let other = clash.map(|last| last.id);
        self.last.insert(written, writer);
        let other = other.filter(|other| self.told.insert(as_written(state, *other, id)))?;
        // Only acts may be done in any order, one at a time.
        let lock = match access == Access::Write && deed.sign != Sign::Act {
            true => "",
            false => ", or a common `lock:` where the order is all the same",
        };
        let remedy = match are_items(state, other, id) {
            true => format!("leave out `parallel:` of their `foreach`{lock}"),
            false => format!("say `needs:` of one of them{lock}"),
        };
        let (one, other) = (address(state, other), address(state, id));
        Some(format!("`{one}` and `{other}` both {what}, in no order: {remedy}").into())
    }
}

impl Writer {
    /// Acts under a common lock and writes of the same value do no harm in any order.
    fn clashes(&self, other: &Writer) -> bool {
        match (&self.value, &other.value) {
            (Some(one), Some(other)) => one != other || one.why_unknown().is_some(),
            _ => !self.locks.iter().any(|lock| other.locks.contains(lock)),
        }
    }
}

/// Two steps, whichever of them comes first.
fn as_written(state: &State, one: InstanceId, other: InstanceId) -> (StepId, StepId) {
    let (one, other) = (state.instance(one).node, state.instance(other).node);
    (one.min(other), one.max(other))
}

fn address(state: &State, id: InstanceId) -> Name {
    state.instance(id).address.clone()
}

/// Whether two instances part at a `foreach`, as two of its items or steps within such.
fn are_items(state: &State, one: InstanceId, other: InstanceId) -> bool {
    let around: BTreeSet<InstanceId> = state.outward(one).collect();
    let shared = state.outward(other).find(|id| around.contains(id));
    shared.is_some_and(|id| state.instance(id).is_fan)
}

/// Whether one of two instances has ended whenever the other starts.
fn ordered(state: &State, order: &Order, one: InstanceId, other: InstanceId) -> bool {
    if one == other {
        return true;
    }
    let mine: Vec<InstanceId> = state.outward(one).collect();
    let theirs: Vec<InstanceId> = state.outward(other).collect();
    let pairs = mine.iter().rev().zip(theirs.iter().rev());
    // Instances of the two lists share nothing, and one list comes after the other.
    let Some(shared) = pairs
        .take_while(|(mine, theirs)| mine == theirs)
        .count()
        .checked_sub(1)
    else {
        return true;
    };
    let at = |path: &[InstanceId], n: usize| path.iter().rev().nth(n).copied();
    let node = |id: InstanceId| state.instance(id).node;
    let around = at(&mine, shared).map(|id| state.instance(id));
    match (at(&mine, shared + 1), at(&theirs, shared + 1), around) {
        (Some(one), Some(other), Some(around)) if !around.is_fan => {
            order.in_list(node(one), node(other)) || order.in_list(node(other), node(one))
        }
        (Some(_), Some(_), Some(fan)) => {
            let foreach = state.workflow().node(fan.node).foreach.as_ref();
            foreach.is_none_or(|foreach| foreach.parallel <= 1)
        }
        _ => true,
    }
}
