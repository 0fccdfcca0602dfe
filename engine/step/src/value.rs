//! What flows between steps: plain data, and three things that plain data has no word for:
//! a value that a plan does not know, a secret, and a blob.

use std::fmt;
use std::sync::Arc;
use std::time::Duration;

use indexmap::IndexMap;

use crate::{Blob, Host, Moment, Name, Secret, Unknown};

/// Names to values, in the order they were written.
pub type Map = IndexMap<Name, Value>;

/// One value. 24 bytes; cloning never copies what it holds.
#[derive(Clone, Debug, Default, PartialEq)]
pub enum Value {
    /// Nothing.
    #[default]
    Null,
    /// True or false.
    Bool(bool),
    /// A whole number.
    Int(i64),
    /// Any other number.
    Float(f64),
    /// Text.
    Text(Name),
    /// A length of time.
    Duration(Duration),
    /// A dotted version such as `5.0`, compared part by part.
    Version(Name),
    /// A point in the site's time.
    Moment(Moment),
    /// Values in order.
    List(Arc<Vec<Value>>),
    /// Values by name.
    Map(Arc<Map>),
    /// A host with its variables.
    Host(Arc<Host>),
    /// A text that holds a secret.
    Secret(Arc<Secret>),
    /// A text too large to carry along.
    Blob(Arc<Blob>),
    /// What a plan does not know, and why.
    Unknown(Arc<Unknown>),
}

impl Value {
    /// How many lists and maps may stand within each other, wherever a value comes from: as many
    /// can be written into a plan or a journal, and be read from it again.
    pub const MOST_LEVELS: usize = 64;

    /// Whether lists and maps stand within each other in more than so many levels.
    #[must_use]
    pub fn is_deeper_than(&self, levels: usize) -> bool {
        let deeper = |value: &Value| value.is_deeper_than(levels - 1);
        match self {
            Value::List(_) | Value::Map(_) if levels == 0 => true,
            Value::List(items) => items.iter().any(deeper),
            Value::Map(map) => map.values().any(deeper),
            _ => false,
        }
    }

    /// Text.
    pub fn text(text: impl Into<Name>) -> Value {
        Value::Text(text.into())
    }

    /// A list.
    pub fn list(items: impl IntoIterator<Item = Value>) -> Value {
        Value::List(Arc::new(items.into_iter().collect()))
    }

    /// A map of these entries.
    pub fn map<N: Into<Name>>(entries: impl IntoIterator<Item = (N, Value)>) -> Value {
        Value::Map(Arc::new(
            entries
                .into_iter()
                .map(|(name, value)| (name.into(), value))
                .collect(),
        ))
    }

    /// Unknown for this reason.
    pub fn unknown(reason: impl Into<Name>) -> Value {
        Value::Unknown(Arc::new(Unknown::because(reason)))
    }

    /// The field of a map (or null where there is none, or where this is no map).
    #[must_use]
    pub fn get(&self, name: &str) -> &Value {
        const NULL: &Value = &Value::Null;
        match self {
            Value::Map(map) => map.get(name).unwrap_or(NULL),
            _ => NULL,
        }
    }

    /// The text, if it is one.
    #[must_use]
    pub fn as_text(&self) -> Option<&Name> {
        match self {
            Value::Text(text) | Value::Version(text) => Some(text),
            _ => None,
        }
    }

    /// The whole number, if it is one.
    #[must_use]
    pub fn as_int(&self) -> Option<i64> {
        match self {
            Value::Int(number) => Some(*number),
            _ => None,
        }
    }

    /// The truth value, if it is one.
    #[must_use]
    pub fn as_bool(&self) -> Option<bool> {
        match self {
            Value::Bool(truth) => Some(*truth),
            _ => None,
        }
    }

    /// The point in time, if it is one.
    #[must_use]
    pub fn as_moment(&self) -> Option<Moment> {
        match self {
            Value::Moment(moment) => Some(*moment),
            _ => None,
        }
    }

    /// The items of a list; none where this is no list.
    #[must_use]
    pub fn items(&self) -> &[Value] {
        match self {
            Value::List(items) => items,
            _ => &[],
        }
    }

    /// The entries of a map, if it is one.
    #[must_use]
    pub fn as_map(&self) -> Option<&Map> {
        match self {
            Value::Map(map) => Some(map),
            _ => None,
        }
    }

    /// Whether this is null.
    #[must_use]
    pub fn is_null(&self) -> bool {
        matches!(self, Value::Null)
    }

    /// Why this or a part of it is not known, or nothing where all is known.
    #[must_use]
    pub fn why_unknown(&self) -> Option<Unknown> {
        match self {
            Value::Unknown(why) => Some(Unknown::clone(why)),
            Value::List(items) => Unknown::all(items.iter().filter_map(Value::why_unknown)),
            Value::Map(map) => Unknown::all(map.values().filter_map(Value::why_unknown)),
            _ => None,
        }
    }

    /// Whether this or a part of it holds a secret.
    #[must_use]
    pub fn holds_secret(&self) -> bool {
        match self {
            Value::Secret(_) => true,
            Value::List(items) => items.iter().any(Value::holds_secret),
            Value::Map(map) => map.values().any(Value::holds_secret),
            _ => false,
        }
    }

    /// The word for what kind of value this is, as messages say it.
    #[must_use]
    pub fn kind(&self) -> &'static str {
        match self {
            Value::Null => "null",
            Value::Bool(_) => "bool",
            Value::Int(_) => "int",
            Value::Float(_) => "number",
            Value::Text(_) => "text",
            Value::Duration(_) => "duration",
            Value::Version(_) => "version",
            Value::Moment(_) => "time",
            Value::List(_) => "list",
            Value::Map(_) => "map",
            Value::Host(_) => "host",
            Value::Secret(_) => "secret",
            Value::Blob(_) => "blob",
            Value::Unknown(_) => "unknown",
        }
    }
}

impl fmt::Display for Value {
    /// As text shows it: `5m`, `SALES`, `[1, 2]`, `{id: 4395}`, `-p***`, `(known after ...)`.
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Value::Null => out.write_str("null"),
            Value::Bool(truth) => write!(out, "{truth}"),
            Value::Int(number) => write!(out, "{number}"),
            Value::Float(number) => write!(out, "{number}"),
            Value::Text(text) | Value::Version(text) => out.write_str(text),
            Value::Duration(span) => out.write_str(&crate::duration::show(*span)),
            Value::Moment(moment) => write!(out, "{moment}"),
            Value::List(items) => show_list(items, out),
            Value::Map(map) => show_map(map, out),
            Value::Host(host) => out.write_str(&host.name),
            Value::Secret(secret) => write!(out, "{secret}"),
            Value::Blob(blob) => write!(out, "{blob}"),
            Value::Unknown(why) => write!(out, "(known after {why})"),
        }
    }
}

fn show_list(items: &[Value], out: &mut fmt::Formatter<'_>) -> fmt::Result {
    out.write_str("[")?;
    for (n, item) in items.iter().enumerate() {
        write!(out, "{}{item}", if n > 0 { ", " } else { "" })?;
    }
    out.write_str("]")
}

fn show_map(map: &Map, out: &mut fmt::Formatter<'_>) -> fmt::Result {
    out.write_str("{")?;
    for (n, (name, value)) in map.iter().enumerate() {
        write!(out, "{}{name}: {value}", if n > 0 { ", " } else { "" })?;
    }
    out.write_str("}")
}

impl From<bool> for Value {
    fn from(truth: bool) -> Value {
        Value::Bool(truth)
    }
}

impl From<i64> for Value {
    fn from(number: i64) -> Value {
        Value::Int(number)
    }
}

impl From<i32> for Value {
    fn from(number: i32) -> Value {
        Value::Int(number.into())
    }
}

impl From<u32> for Value {
    fn from(number: u32) -> Value {
        Value::Int(number.into())
    }
}

impl From<&str> for Value {
    fn from(text: &str) -> Value {
        Value::Text(text.into())
    }
}

impl From<String> for Value {
    fn from(text: String) -> Value {
        Value::Text(text.into())
    }
}

impl From<Name> for Value {
    fn from(text: Name) -> Value {
        Value::Text(text)
    }
}

impl From<Moment> for Value {
    fn from(moment: Moment) -> Value {
        Value::Moment(moment)
    }
}

impl From<Duration> for Value {
    fn from(span: Duration) -> Value {
        Value::Duration(span)
    }
}

impl<T: Into<Value>> From<Option<T>> for Value {
    fn from(value: Option<T>) -> Value {
        value.map_or(Value::Null, Into::into)
    }
}

impl<T: Into<Value>> From<Vec<T>> for Value {
    fn from(items: Vec<T>) -> Value {
        Value::list(items.into_iter().map(Into::into))
    }
}

#[cfg(test)]
mod tests {
    use super::Value;

    #[test]
    fn a_value_is_small() {
        assert_eq!(size_of::<Value>(), 24);
    }

    #[test]
    fn a_part_that_is_not_known_is_found() {
        let value = Value::list([1.into(), Value::map([("a", Value::unknown("x"))])]);
        assert_eq!(
            value.why_unknown().map(|why| why.to_string()).as_deref(),
            Some("x")
        );
    }
}
