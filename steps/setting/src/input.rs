//! The fields of `with:`, and what may be wrong with them beyond their types.

use runsheet_step::{Failure, Value};
use serde::Deserialize;

/// The fields of `with:`.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct SettingInput {
    pub(crate) object: String,
    pub(crate) attribute: String,
    /// May be unknown to a plan.
    pub(crate) value: Value,
    #[serde(default)]
    pub(crate) verify: bool,
}

/// What is wrong; nothing of what is not known yet.
pub(crate) fn check(with: &Value) -> Vec<Failure> {
    let object = with.get("object").as_text();
    let parted = object.filter(|object| object.contains(": "));
    let fault = |object| {
        let message = format!(
            "`{object}` holds a colon with a space behind, which parts object and attribute here"
        );
        Failure::code("bad-input", message)
            .at(&["object"])
            .help("name the object under `object:` and the attribute under `attribute:`")
    };
    parted.map(fault).into_iter().collect()
}
