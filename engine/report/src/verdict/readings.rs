//! The rules that hold, with every number they read.

use runsheet_record::State;
use runsheet_record::state::Instance;
use runsheet_step::Value;

use super::Reading;

/// All of them, in the order of the text.
pub(super) fn all(state: &State) -> Vec<Reading> {
    let in_order = state.in_order().into_iter().map(|id| state.instance(id));
    in_order.flat_map(of).collect()
}

fn of(instance: &Instance) -> Vec<Reading> {
    let holding = instance.checks.iter().filter(|check| check.holds);
    let one = |check: &runsheet_record::event::Check| Reading {
        address: instance.address.clone(),
        rule: check.rule.clone(),
        reads: check.reads.clone(),
        cut: was_cut(&instance.outputs) && check.reads.iter().any(|(_, value)| value.is_null()),
    };
    holding.map(one).collect()
}

/// Whether a message says that its header was cut.
fn was_cut(outputs: &Value) -> bool {
    outputs.get("cut").as_bool().unwrap_or(false)
}
