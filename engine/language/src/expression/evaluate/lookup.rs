//! What is asked of a value, key by key.

use std::borrow::Cow;
use std::sync::Arc;

use runsheet_diagnostics::{suggest, words};
use runsheet_step::{Host, Map, Value};

use super::Evaluated;
use crate::expression::references::Link;
use crate::expression::scope::{Key, Trouble};

/// Looks up what is asked of a value, key by key.
pub(super) fn walk(mut value: Value, links: &[Link<'_>], keys: &[Key<'_>]) -> Evaluated {
    let mut at = 0;
    while at < links.len() {
        if matches!(value, Value::Unknown(_)) {
            return Ok(value);
        }
        // A host's variables are looked up in place: copying them all would cost more than all else.
        if let (Value::Host(host), Some(key)) = (&value, keys.get(at + 1))
            && name_of(keys[at]) == Some("vars")
        {
            let next = member(&host.vars, *key, links[at + 1])?;
            value = next;
            at += 2;
            continue;
        }
        value = inside(&value, keys[at], links[at])?;
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

/// The name that a key is as it stands, be it in brackets.
fn name_of(key: Key<'_>) -> Option<&str> {
    match key {
        Key::Name(name) => Some(name),
        Key::Value(Value::Text(name)) => Some(name),
        Key::Value(_) => None,
    }
}

fn of_host(host: &Host, name: &str, link: Link<'_>) -> Evaluated {
    match name {
        "name" => Ok(Value::Text(host.name.clone())),
        "groups" => Ok(Value::list(host.groups.iter().cloned().map(Value::Text))),
        "vars" => Ok(Value::Map(Arc::new(host.vars.clone()))),
        other => {
            let message = format!("a host has no `{other}`");
            let help = "ask for its `name`, `groups` or `vars`";
            Err(missing(link, message).helped(Some(help)))
        }
    }
}

fn inside(value: &Value, key: Key<'_>, link: Link<'_>) -> Evaluated {
    match (value, key) {
        (Value::Map(map), key) => member(map, key, link),
        (Value::Host(host), Key::Name(name)) => of_host(host, name, link),
        (Value::Host(host), Key::Value(Value::Text(name))) => of_host(host, name, link),
        (Value::List(items), Key::Value(Value::Int(n))) => {
            let item = usize::try_from(*n).ok().and_then(|n| items.get(n));
            item.cloned().ok_or_else(|| {
                let length = words::count("item", items.len());
                missing(link, format!("there is no item {n} in a list of {length}"))
            })
        }
        (Value::Null, _) => Err(missing(link, "null has no fields".to_owned())),
        (value, key) => {
            let value = words::a(value.kind());
            let message = match key {
                Key::Name(name) => format!("{value} has no `{name}`"),
                Key::Value(key) => format!("{value} is not asked by {}", words::a(key.kind())),
            };
            Err(Trouble::new(link.span(), message))
        }
    }
}

fn member(map: &Map, key: Key<'_>, link: Link<'_>) -> Evaluated {
    let name = match key {
        Key::Name(name) => Cow::Borrowed(name),
        Key::Value(Value::Text(name)) => Cow::Borrowed(&**name),
        Key::Value(Value::Host(host)) => Cow::Borrowed(&*host.name),
        Key::Value(other) => Cow::Owned(other.to_string()),
    };
    if let Some(value) = map.get(&*name) {
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
