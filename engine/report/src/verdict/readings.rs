//! Every number that was read, with the rule it satisfies.

use runsheet_record::State;
use runsheet_record::Status;
use runsheet_record::event::Check;
use runsheet_record::state::Instance;
use runsheet_step::{Name, Value};

use super::Reading;

/// All of them, in the order of the text.
pub(super) fn all(state: &State) -> Vec<Reading> {
    let in_order = state.in_order().into_iter().map(|id| state.instance(id));
    in_order.flat_map(|instance| of(state, instance)).collect()
}

fn of(state: &State, instance: &Instance) -> Vec<Reading> {
    if instance.checks.is_empty() {
        return of_kind(state, instance).into_iter().collect();
    }
    let holding = instance.checks.iter().filter(|check| check.holds);
    holding.map(|check| of_rule(instance, check)).collect()
}

/// What an `expect:` read.
fn of_rule(instance: &Instance, check: &Check) -> Reading {
    Reading {
        address: instance.address.clone(),
        rule: check.rule.clone(),
        reads: check.reads.clone(),
        cut: was_cut(&instance.outputs) && check.reads.iter().any(|(_, value)| value.is_null()),
    }
}

/// What a step that only looks has found: its rule is its kind's, told by its `doc:`.
fn of_kind(state: &State, instance: &Instance) -> Option<Reading> {
    let node = state.workflow().node(instance.node);
    let action = node
        .action()
        .filter(|action| !action.acts && !instance.is_fan)?;
    let numbers = instance.outputs.as_map()?.iter();
    let numbers = numbers.filter(|(_, value)| value.as_int().is_some());
    let reads: Vec<(Name, Value)> = numbers
        .map(|(name, value)| (name.clone(), value.clone()))
        .collect();
    if reads.is_empty() || instance.status != Status::Succeeded {
        return None;
    }
    Some(Reading {
        address: instance.address.clone(),
        rule: if node.doc.is_empty() {
            action.kind.clone()
        } else {
            node.doc.clone()
        },
        reads,
        cut: false,
    })
}

/// Whether a message says that its header was cut.
fn was_cut(outputs: &Value) -> bool {
    outputs.get("cut").as_bool().unwrap_or(false)
}
