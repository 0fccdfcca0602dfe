//! What a `foreach` goes through: its list, and a name for each item.

use std::collections::BTreeSet;

use runsheet_language::workflow::Foreach;
use runsheet_record::State;
use runsheet_record::scope::Names;
use runsheet_record::state::InstanceId;
use runsheet_step::{Failure, Name, Value};

use crate::schedule::bad_expression;

/// The list of a `foreach`, evaluated; empty where an instance is none.
///
/// # Errors
/// An expression that fails.
pub(crate) fn list(state: &State, fan: InstanceId) -> Result<Value, Box<Failure>> {
    let Some(foreach) = foreach(state, fan) else {
        return Ok(Value::list([]));
    };
    let list = foreach.list.evaluate(&Names::of(state, fan));
    list.map_err(|trouble| bad_expression("foreach", &trouble).into())
}

/// The items of its list, each with the name of its instance.
///
/// # Errors
/// No list, a `key:` that fails, or two items of one name.
pub(crate) fn named(
    state: &State,
    fan: InstanceId,
    list: &Value,
) -> Result<Vec<(Name, Value)>, Box<Failure>> {
    let Value::List(items) = list else {
        let message = format!("`foreach:` needs a list, this is {}", list.kind());
        return Err(Failure::code("not-a-list", message).into());
    };
    let Some(foreach) = foreach(state, fan) else {
        return Ok(Vec::new());
    };
    let mut seen = BTreeSet::new();
    let named = |item: &Value| {
        let name = name(state, fan, foreach, item)?;
        if seen.insert(name.clone()) {
            return Ok((name, item.clone()));
        }
        let message = format!("two items of `{}` are called `{name}`", foreach.var);
        Err(Box::new(Failure::code("duplicate-key", message)))
    };
    items.iter().map(named).collect()
}

fn foreach(state: &State, fan: InstanceId) -> Option<&Foreach> {
    let node = state.workflow().node(state.instance(fan).node);
    node.foreach.as_ref()
}

fn name(
    state: &State,
    fan: InstanceId,
    foreach: &Foreach,
    item: &Value,
) -> Result<Name, Box<Failure>> {
    let Some(key) = &foreach.key else {
        return Ok(item.to_string().into());
    };
    let names = Names::of(state, fan).with_item(&foreach.var, item);
    let value = key.evaluate(&names);
    let value = value.map_err(|trouble| Box::new(bad_expression("key", &trouble)))?;
    Ok(value.to_string().into())
}
