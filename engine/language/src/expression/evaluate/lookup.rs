//! What is asked of a value, key by key.

use std::sync::Arc;

use runsheet_diagnostics::{suggest, words};
use runsheet_step::Value;

use super::Evaluated;
use crate::expression::references::Link;
use crate::expression::scope::Trouble;

/// Looks up what is asked of a value, key by key.
pub(super) fn walk(mut value: Value, links: &[Link<'_>], keys: &[Value]) -> Evaluated {
    let mut at = 0;
    while at < links.len() {
        if matches!(value, Value::Unknown(_)) {
            return Ok(value);
        }
        // A host's variables are looked up in place: copying them all would cost more than all else.
        if let (Value::Host(host), Some(key)) = (&value, keys.get(at + 1))
            && keys[at].as_text().is_some_and(|text| &**text == "vars")
        {
            let next = member(&host.vars, key, links[at + 1])?;
            value = next;
            at += 2;
            continue;
        }
        value = inside(&value, &keys[at], links[at])?;
        at += 1;
    }
    Ok(value)
}

fn missing(link: Link<'_>, message: String) -> Trouble {
    Trouble {
        missing: true,
        ..Trouble::new(link.span(), message)
    }
}

fn inside(value: &Value, key: &Value, link: Link<'_>) -> Evaluated {
    match (value, key) {
        (Value::Map(map), key) => member(map, key, link),
        (Value::Host(host), Value::Text(name)) => match &**name {
            "name" => Ok(Value::Text(host.name.clone())),
            "groups" => Ok(Value::list(host.groups.iter().cloned().map(Value::Text))),
            "vars" => Ok(Value::Map(Arc::new(host.vars.clone()))),
            other => {
                let message = format!("a host has no `{other}`");
                let help = "ask for its `name`, `groups` or `vars`";
                Err(missing(link, message).helped(Some(help)))
            }
        },
        (Value::List(items), Value::Int(n)) => {
            let item = usize::try_from(*n).ok().and_then(|n| items.get(n));
            item.cloned().ok_or_else(|| {
                let length = words::count("item", items.len());
                missing(link, format!("there is no item {n} in a list of {length}"))
            })
        }
        (Value::Null, _) => Err(missing(link, "null has no fields".to_owned())),
        (value, key) => {
            let (value, key) = (words::a(value.kind()), words::a(key.kind()));
            let message = match link {
                Link::Field(name) => format!("{value} has no `{}`", name.value),
                Link::Index(_) => format!("{value} is not asked by {key}"),
            };
            Err(Trouble::new(link.span(), message))
        }
    }
}

fn member(map: &runsheet_step::Map, key: &Value, link: Link<'_>) -> Evaluated {
    let name = match key {
        Value::Text(name) => name.clone(),
        Value::Host(host) => host.name.clone(),
        other => other.to_string().into(),
    };
    if let Some(value) = map.get(&name) {
        return Ok(value.clone());
    }
    let near = suggest::nearest(&name, map.keys().map(|key| &**key));
    let help = match near {
        Some(near) => format!("did you mean `{near}`?"),
        None => format!("there is {}", words::and_list(map.keys())),
    };
    let help = Some(help).filter(|_| !map.is_empty());
    Err(missing(link, format!("there is no `{name}`")).helped(help))
}
