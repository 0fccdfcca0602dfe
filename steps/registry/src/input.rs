//! The fields of `with:`, and what may be wrong with them beyond their types.

use runsheet_site::registry::has_hive;
use runsheet_step::{Failure, Value};
use serde::Deserialize;

/// The fields of `with:`.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct RegistryInput {
    pub(crate) key: String,
    pub(crate) value: String,
    #[serde(default)]
    pub(crate) r#type: String,
    /// May be a secret, and unknown to a plan.
    #[serde(default)]
    pub(crate) data: Value,
    #[serde(default)]
    pub(crate) state: State,
    #[serde(default)]
    pub(crate) create_key: bool,
    #[serde(default)]
    pub(crate) verify: bool,
}

/// Whether a value is to be there.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum State {
    #[default]
    Present,
    Absent,
}

/// What is wrong; nothing of what is not known yet.
pub(crate) fn check(with: &Value) -> Vec<Failure> {
    let faults = [hive(with), presence(with), data(with)];
    faults.into_iter().flatten().collect()
}

fn hive(with: &Value) -> Option<Failure> {
    let key = with.get("key").as_text()?;
    let fault = if !has_hive(key) {
        format!("`{key}` does not begin with a hive")
    } else if key.contains(':') {
        format!("`{key}` holds a colon, which parts a key from a value here")
    } else {
        return None;
    };
    Some(
        bad("key", &fault).help("write `HKLM\\...`, `HKCU\\...`, `HKCR\\...`, `HKU\\...` or `HKCC\\...`, and the value's name under `value:`"),
    )
}

fn presence(with: &Value) -> Option<Failure> {
    let absent = match with.get("state") {
        Value::Unknown(_) => return None,
        state => state.as_text().is_some_and(|state| &**state == "absent"),
    };
    let given = |field| !with.get(field).is_null();
    match ["type", "data"]
        .into_iter()
        .find(|field| given(field) == absent)
    {
        Some(field) if absent => Some(bad(
            field,
            &format!("a value that is to be absent has no {field}"),
        )),
        Some(field) => Some(
            Failure::code(
                "bad-input",
                format!("a value that is to be there needs its {field}"),
            )
            .help("give `type: dword` or `type: sz`, and `data:`; or `state: absent`"),
        ),
        None => None,
    }
}

fn data(with: &Value) -> Option<Failure> {
    let kind = with.get("type").as_text()?;
    match (&**kind, with.get("data")) {
        (_, Value::Unknown(_) | Value::Null) => None,
        ("dword", Value::Int(number)) if u32::try_from(*number).is_ok() => None,
        ("dword", Value::Int(number)) => Some(
            bad("data", &format!("{number} does not fit into a dword"))
                .help("a dword is a whole number from 0 to 4294967295"),
        ),
        ("dword", other) => {
            let message = format!(
                "a dword is a whole number, and this is {} `{other}`",
                other.kind()
            );
            let whole = other.as_text().filter(|text| text.parse::<u32>().is_ok());
            Some(match whole {
                Some(number) => {
                    bad("data", &message).help(format!("write it without quotes: {number}"))
                }
                None => bad("data", &message).help("give a whole number, or say `type: sz`"),
            })
        }
        ("sz", Value::Text(_) | Value::Secret(_)) => None,
        ("sz", other) => Some(
            bad(
                "data",
                &format!("an sz is a text, and this is {} `{other}`", other.kind()),
            )
            .help(format!("write it in quotes: \"{other}\"")),
        ),
        _ => None,
    }
}

fn bad(field: &str, message: &str) -> Failure {
    Failure::code("bad-input", message).at(&[field])
}
