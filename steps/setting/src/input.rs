//! The fields of `with:`, and what may be wrong with them beyond their types.

use runsheet_site::settings::{LEVELS, is_level};
use runsheet_step::{Failure, Value};
use serde::Deserialize;

/// The fields of `with:`.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct SettingInput {
    pub(crate) object: String,
    /// Without one the object itself is meant.
    #[serde(default)]
    pub(crate) attribute: Option<String>,
    /// May be unknown to a plan.
    #[serde(default)]
    pub(crate) value: Value,
    #[serde(default)]
    pub(crate) state: State,
    #[serde(default)]
    pub(crate) verify: bool,
}

/// Whether an object is to be there.
#[derive(Debug, Default, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub(crate) enum State {
    #[default]
    Present,
    Absent,
}

/// A level of logging that there is not.
fn level(with: &Value) -> Option<Failure> {
    let attribute = with.get("attribute").as_text()?;
    let value = with.get("value");
    let is_known = |text: &str| LEVELS.iter().any(|level| level.eq_ignore_ascii_case(text));
    let fits = match value {
        Value::Unknown(_) | Value::Null => true,
        value => value.as_text().is_some_and(|text| is_known(text)),
    };
    if fits || !is_level(attribute) {
        return None;
    }
    let fault = Failure::code("bad-input", format!("`{attribute}` has no level `{value}`"));
    Some(
        fault
            .at(&["value"])
            .help("it can be None, Minimum, Medium or Maximum"),
    )
}

/// What is wrong; nothing of what is not known yet.
pub(crate) fn check(with: &Value) -> Vec<Failure> {
    let mut faults = Vec::new();
    let is_given = |name| !with.get(name).is_null();
    let only_reads = match with.get("verify") {
        Value::Unknown(_) => true,
        verify => verify.as_bool() == Some(true),
    };
    match (is_given("attribute"), is_given("state")) {
        (true, true) => faults.push(
            Failure::code(
                "bad-input",
                "`state` is said of an object, not of an attribute",
            )
            .at(&["state"])
            .help("leave out `attribute`, or say what it is to be with `value`"),
        ),
        (true, false) if !is_given("value") && !only_reads => {
            let fault = Failure::code("bad-input", "a setting needs its `value`");
            faults.push(fault.help("say what it is to be, or only read it with `verify: true`"));
        }
        (false, false) => faults.push(
            Failure::code("bad-input", "a setting needs its `attribute`")
                .help("name it, or say with `state` whether the object itself is to be there"),
        ),
        (false, true) if is_given("value") => faults.push(
            Failure::code("bad-input", "an object has no `value` of its own")
                .at(&["value"])
                .help("name the attribute that is to have it, or leave it out"),
        ),
        (true, false) | (false, true) => {}
    }
    faults.extend(level(with));
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
