//! The fields of `with:`, and what may be wrong with them beyond their types.

use runsheet_site::events::given;
use runsheet_step::{Failure, Field, Moment, Name, Stop, Unknown, Value};
use serde::Deserialize;

/// The fields of `with:`.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct VerifyEventInput {
    pub(crate) log: String,
    pub(crate) r#match: Value,
    #[serde(default)]
    pub(crate) exists: Value,
    #[serde(default)]
    pub(crate) count: Option<i64>,
    #[serde(default)]
    pub(crate) within: Value,
    #[serde(default)]
    pub(crate) after: Value,
    #[serde(default)]
    pub(crate) only_new: bool,
}

/// How many records there are to be.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Wanted {
    Any,
    None,
    Some,
    Exactly(i64),
}

impl VerifyEventInput {
    pub(crate) fn wanted(&self) -> Wanted {
        match (self.count, &self.exists) {
            (Some(count), _) => Wanted::Exactly(count),
            (None, Value::Bool(false)) => Wanted::None,
            (None, Value::Text(_)) => Wanted::Any,
            (None, _) => Wanted::Some,
        }
    }

    /// What is looked for, from a moment on where one is given.
    pub(crate) fn filter(&self, after: Option<Moment>) -> Value {
        let Some(after) = after else {
            return self.r#match.clone();
        };
        let limited = |one: &Value| {
            let mut one = one.as_map().cloned().unwrap_or_default();
            one.insert("after".into(), after.into());
            Value::Map(one.into())
        };
        match &self.r#match {
            Value::List(several) => Value::list(several.iter().map(limited)),
            one => limited(one),
        }
    }
}

/// The log to mark, if records count from a mark on.
pub(crate) fn armed(with: &Value) -> Result<Option<Name>, Stop> {
    match with.get("only_new") {
        Value::Unknown(why) => return Err(Stop::Unknown(Unknown::clone(why))),
        only_new if only_new.as_bool() != Some(true) => return Ok(None),
        _ => {}
    }
    match with.get("log") {
        Value::Unknown(why) => Err(Stop::Unknown(Unknown::clone(why))),
        log => Ok(log.as_text().cloned()),
    }
}

/// What is wrong; nothing of what is not known yet.
pub(crate) fn check(with: &Value, outputs: &[Field]) -> Vec<Failure> {
    let mut faults = given::faults(with.get("match"), "match", outputs);
    let given = |field: &&str| !with.get(field).is_null();
    let bad = |message: &str, field: &str| Failure::code("bad-input", message).at(&[field]);
    if with.get("count").as_int().is_some_and(|count| count < 0) {
        faults.push(bad("a count is not less than 0", "count"));
    }
    if given(&"count") && given(&"exists") {
        let fault = bad("`count` says already whether there are to be any", "exists");
        faults.push(fault.help("leave one of both out"));
    }
    let limits = ["only_new", "within", "after"];
    let mut limits = limits.iter().filter(|field| given(field));
    if let (Some(first), Some(second)) = (limits.next(), limits.next()) {
        let message = format!("`{first}` says already from when on records count");
        faults.push(bad(&message, second).help("leave one of both out"));
    }
    faults
}
