//! What a call gives, worked out from what stands in it when that has ended.

use runsheet_language::expression::scope::Trouble;
use runsheet_language::workflow::{OutputDeclaration, as_hosts};
use runsheet_record::State;
use runsheet_record::scope::Names;
use runsheet_record::state::InstanceId;
use runsheet_step::{Failure, Map, Name, Value};

use crate::schedule::bad_expression;

/// The outputs of a call that ended well; of any other group an empty map.
///
/// # Errors
/// An output that cannot be worked out.
pub(crate) fn outputs(state: &State, id: InstanceId) -> Result<Value, Box<Failure>> {
    let mut outputs = Map::new();
    for (name, output) in declared(state, id) {
        let value = value(state, id, output).map_err(|trouble| {
            let key = format!("outputs.{name}");
            bad_expression(&key, &trouble)
        })?;
        outputs.insert(name.clone(), value);
    }
    Ok(Value::Map(outputs.into()))
}

/// Those outputs of a call that failed which can be worked out all the same.
pub(crate) fn outputs_there(state: &State, id: InstanceId) -> Value {
    let there = declared(state, id).filter_map(|(name, output)| {
        let value = value(state, id, output).ok()?;
        Some((name.clone(), value))
    });
    Value::map(there)
}

fn declared(
    state: &State,
    id: InstanceId,
) -> impl Iterator<Item = (&Name, &OutputDeclaration)> + use<'_> {
    let node = state.workflow().node(state.instance(id).node);
    node.call.iter().flat_map(|call| &call.outputs)
}

fn value(state: &State, id: InstanceId, output: &OutputDeclaration) -> Result<Value, Trouble> {
    let value = output.value.evaluate(&Names::inside(state, id))?;
    let host = |name: &Name| state.bound.hosts.get(name).cloned().map(Value::Host);
    as_hosts(value, &output.kind, &host).map_err(|name| Trouble {
        span: output.value.span(),
        message: format!("`{name}` is no host of the site"),
        help: None,
        missing: false,
    })
}
