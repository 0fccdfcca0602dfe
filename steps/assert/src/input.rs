//! The fields of `with:`, and what may be wrong with them beyond their types.

use runsheet_step::{Failure, Maybe, Value};
use serde::Deserialize;

/// The fields of `with:`.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct AssertInput {
    pub(crate) that: Value,
    #[serde(default)]
    pub(crate) say: Option<String>,
}

/// One thing that must hold; a plan may not know yet whether it does.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Claim {
    pub(crate) that: Maybe<bool>,
    #[serde(default)]
    pub(crate) say: Option<Value>,
}

/// What is wrong; nothing of what is not known yet.
pub(crate) fn check(with: &Value) -> Vec<Failure> {
    let that = with.get("that");
    let fault = |field: &str, message: &str| Failure::code("bad-input", message).at(&[field]);
    match that {
        Value::List(claims) if claims.is_empty() => {
            vec![fault("that", "nothing is claimed").help("claim something, or leave the step out")]
        }
        Value::List(_) if !with.get("say").is_null() => {
            vec![fault("say", "each claim of a list has its own `say`")]
        }
        _ => Vec::new(),
    }
}
