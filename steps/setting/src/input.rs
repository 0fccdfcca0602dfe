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
    #[serde(default)]
    pub(crate) value: Value,
    #[serde(default)]
    pub(crate) verify: bool,
}

/// What is wrong; nothing of what is not known yet.
pub(crate) fn check(with: &Value) -> Vec<Failure> {
    let mut faults = Vec::new();
    if with.get("value").is_null() && with.get("verify").as_bool() != Some(true) {
        let fault = Failure::code("bad-input", "a setting needs its `value`");
        faults.push(fault.help("say what it is to be, or only read it with `verify: true`"));
    }
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
    faults.extend(parted.map(fault));
    faults
}
