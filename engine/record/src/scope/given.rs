//! `inputs` inside of a call: each worked out in the names of the caller when it is asked for, so
//! that what is not known yet stays unknown and what is not asked for needs not be known.

use std::sync::Arc;

use runsheet_language::expression::scope::{Found, Key, Missing};
use runsheet_language::workflow::{Call, CallInput, as_hosts};
use runsheet_step::{Map, Name, Value};

use super::{Inside, Names, key_name, missing};
use crate::state::InstanceId;

impl Names<'_> {
    /// `inputs`, and the one that is asked for.
    pub(super) fn inputs(&self, keys: &[Key<'_>]) -> Result<Found, Missing> {
        if let Some(Inside::Inputs(before)) = self.inside {
            return field(before, keys);
        }
        let call = self.scope().and_then(|id| {
            let node = self.state.workflow().node(self.state.instance(id).node);
            Some((id, node.call.as_deref()?))
        });
        let Some((id, call)) = call else {
            return field(&self.state.bound.inputs, keys);
        };
        match keys.first().and_then(key_name) {
            Some(name) => Ok(Found {
                value: self.given(id, call, &name)?,
                used: 1,
            }),
            None => {
                let all = call.inputs.keys();
                let all = all.map(|name| Ok((name.clone(), self.given(id, call, name)?)));
                Ok(Found {
                    value: Value::Map(Arc::new(all.collect::<Result<Map, Missing>>()?)),
                    used: 0,
                })
            }
        }
    }

    /// One input of a call.
    fn given(&self, id: InstanceId, call: &Call, name: &str) -> Result<Value, Missing> {
        let Some(number) = call.inputs.get_index_of(name) else {
            return Err(missing(1, &format!("there is no input `{name}`")));
        };
        let input = &call.inputs[number];
        if input.given.is_some() {
            return self.one(id, name, input, &Map::new());
        }
        // A default may use the inputs before it.
        let mut before = Map::new();
        for (name, input) in call.inputs.iter().take(number) {
            if let Ok(value) = self.one(id, name, input, &before) {
                before.insert(name.clone(), value);
            }
        }
        self.one(id, name, input, &before)
    }

    /// One input of a call, those before it being known.
    fn one(
        &self,
        id: InstanceId,
        name: &str,
        input: &CallInput,
        before: &Map,
    ) -> Result<Value, Missing> {
        let left = self.left.get();
        if left == 0 {
            return Err(missing(1, "too many inputs of calls are worked out for it"));
        }
        self.left.set(left - 1);
        let value = match (&input.given, &input.declared.default) {
            (Some(given), _) => given.evaluate(&self.at(id)),
            (None, Some(default)) => default.evaluate(&Names {
                inside: Some(Inside::Inputs(before)),
                ..self.at(id)
            }),
            (None, None) => return Err(missing(1, &format!("the input `{name}` is not given"))),
        };
        let value = value.map_err(|trouble| {
            let message = format!("the input `{name}`: {}", trouble.message);
            Missing {
                help: trouble.help,
                ..missing(1, &message)
            }
        })?;
        let host = |name: &Name| self.state.host_value(&Value::Text(name.clone())).ok();
        as_hosts(value, &input.declared.kind, &host)
            .map_err(|name| missing(1, &format!("`{name}` is no host of the site")))
    }
}

/// A field of a map whose values are known.
fn field(map: &Map, keys: &[Key<'_>]) -> Result<Found, Missing> {
    let Some(name) = keys.first().and_then(key_name) else {
        return Ok(Found {
            value: Value::Map(Arc::new(map.clone())),
            used: 0,
        });
    };
    match map.get(&*name) {
        Some(value) => Ok(Found {
            value: value.clone(),
            used: 1,
        }),
        None => Err(missing(1, &format!("there is no input `{name}`"))),
    }
}
