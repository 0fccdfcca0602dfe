//! The fields of `with:`, and what may be wrong with them beyond their types.

use runsheet_site::registry::{canonical, has_hive};
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

impl RegistryInput {
    /// Whether it is only read, whatever it holds.
    pub(crate) fn reads_only(&self) -> bool {
        self.verify && self.state == State::Present && self.r#type.is_empty()
    }

    /// The data in the form in which the facility has it.
    pub(crate) fn wanted(&self) -> Value {
        canonical(&self.r#type, &self.data).unwrap_or_else(|_| self.data.clone())
    }
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
    let slashed = key.replace('/', "\\").replacen(":\\", "\\", 1);
    if slashed != **key && has_hive(&slashed) && !slashed.contains(':') {
        let fault = format!("`{key}` is not written as the registry has it");
        return Some(bad("key", &fault).help(format!("write `{slashed}`")));
    }
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
    // Who only reads wants nothing of it.
    if with.get("verify").as_bool() == Some(true) && !given("type") && !given("data") {
        return None;
    }
    // Nothing is all that a value without a type holds.
    let holds_nothing = with.get("type").as_text().is_some_and(|it| &**it == "none");
    let needed = match holds_nothing && !absent {
        true => &["type"][..],
        false => &["type", "data"],
    };
    match needed.iter().find(|field| given(field) == absent) {
        Some(field) if absent => Some(bad(
            field,
            &format!("a value that is to be absent has no {field}"),
        )),
        Some(field) => Some(
            Failure::code(
                "bad-input",
                format!("a value that is to be there needs its {field}"),
            )
            .help("give `type:`, such as `dword` or `multi_sz`, and `data:`; or `state: absent`"),
        ),
        None => None,
    }
}

fn data(with: &Value) -> Option<Failure> {
    let kind = with.get("type").as_text()?;
    let given = with.get("data");
    if given.is_null() {
        return None;
    }
    if given.holds_secret() && with.get("verify").as_bool() == Some(true) {
        let fault = bad("data", "nobody who looks is told a secret");
        return Some(fault.help("leave out `verify: true`, so that it is written"));
    }
    let misfit = canonical(kind, given).err()?;
    Some(bad("data", &misfit.message).help(misfit.help))
}

fn bad(field: &str, message: &str) -> Failure {
    Failure::code("bad-input", message).at(&[field])
}
