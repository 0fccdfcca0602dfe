//! The fields of `with:`, and what may be wrong with them beyond their types.

use runsheet_step::shape::Type;
use runsheet_step::{Failure, Field, Value};
use serde::Deserialize;

pub(crate) const TYPES: &[&str] = &["text", "int", "bool"];

/// The fields of `with:`.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct ManualInput {
    pub(crate) say: String,
    #[serde(default)]
    pub(crate) act: Option<ActInput>,
    /// Names to types, or null.
    #[serde(default)]
    pub(crate) form: Value,
}

/// What a driver does that can do it by itself.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct ActInput {
    pub(crate) name: String,
    /// May hold secrets, and what is unknown to a plan.
    #[serde(default)]
    pub(crate) args: Value,
}

/// The outputs that the form brings.
pub(crate) fn form_fields(with: &Value) -> Vec<Field> {
    let form = with.get("form").as_map().into_iter().flatten();
    form.map(|(name, word)| {
        let kind = match word.as_text().map(|word| &**word) {
            Some("int") => Type::Int,
            Some("bool") => Type::Bool,
            _ => Type::Text,
        };
        Field::new(name.clone(), kind, "asked for in the form")
    })
    .collect()
}

/// What is wrong; nothing of what is not known yet.
pub(crate) fn check(with: &Value, outputs: &[Field]) -> Vec<Failure> {
    let mut faults = Vec::new();
    if with
        .get("say")
        .as_text()
        .is_some_and(|say| say.trim().is_empty())
    {
        let fault = Failure::code("bad-input", "there is nothing for a person to read");
        faults.push(fault.at(&["say"]).help("say what to do, and where"));
    }
    for (name, _) in with.get("form").as_map().into_iter().flatten() {
        if outputs.iter().any(|output| output.name == *name) {
            let message = format!("the field `{name}` would hide the output of that name");
            let fault = Failure::code("bad-input", message).at(&["form", name]);
            faults.push(fault.help("give the field another name"));
        }
    }
    faults
}
