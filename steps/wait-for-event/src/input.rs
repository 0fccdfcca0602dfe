//! The fields of `with:`, and what may be wrong with them beyond their types.

use runsheet_site::events::given;
use runsheet_step::{Failure, Field, Name, Stop, Unknown, Value};
use serde::Deserialize;

/// The fields of `with:`.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct WaitForEventInput {
    pub(crate) log: String,
    /// Which records; parts may be unknown to a plan.
    pub(crate) until: Value,
    /// Which records end the wait as a failure.
    #[serde(default)]
    pub(crate) unless: Value,
    #[serde(default = "one")]
    pub(crate) count: u32,
}

fn one() -> u32 {
    1
}

/// The log, which alone says where to mark.
pub(crate) fn log(with: &Value) -> Result<Name, Stop> {
    match with.get("log") {
        Value::Unknown(why) => Err(Stop::Unknown(Unknown::clone(why))),
        log => log.as_text().cloned().ok_or_else(|| {
            let message = format!("expected text, found {} `{log}`", log.kind());
            Failure::code("bad-input", message).at(&["log"]).into()
        }),
    }
}

/// What is wrong; nothing of what is not known yet.
pub(crate) fn check(with: &Value, outputs: &[Field]) -> Vec<Failure> {
    let mut faults = Vec::new();
    for which in ["until", "unless"] {
        faults.extend(given::faults(with.get(which), which, outputs));
    }
    if with.get("count").as_int().is_some_and(|count| count < 1) {
        let fault = Failure::code("bad-input", "a wait is for at least one record");
        faults.push(fault.at(&["count"]));
    }
    faults
}
