//! The fields of `with:`, and what may be wrong with them beyond their types.

use runsheet_site::text::faults_of_pattern;
use runsheet_step::{Failure, Field, Name, Stop, Unknown, Value};
use serde::Deserialize;

/// The fields of `with:`.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct WaitForEventInput {
    pub(crate) log: String,
    /// Which records; parts may be unknown to a plan.
    pub(crate) until: Value,
    #[serde(default)]
    pub(crate) abort: Option<Value>,
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
    let mut faults: Vec<_> = ["until", "abort"]
        .into_iter()
        .filter(|which| says_nothing(with.get(which)))
        .map(|which| {
            Failure::code("bad-input", "this would be any record")
                .at(&[which])
                .help("name at least an `id:`, a `source:` or a `category:`")
        })
        .collect();
    if with.get("count").as_int().is_some_and(|count| count < 1) {
        let fault = Failure::code("bad-input", "a wait is for at least one record");
        faults.push(fault.at(&["count"]));
    }
    let text = |which: &str| with.get(which).get("text");
    faults.extend(faults_of_pattern(
        text("until"),
        &["until", "text"],
        outputs,
    ));
    faults.extend(faults_of_pattern(text("abort"), &["abort", "text"], &[]));
    faults
}

fn says_nothing(record: &Value) -> bool {
    let nothing = |record: &runsheet_step::Map| record.values().all(Value::is_null);
    record.as_map().is_some_and(nothing)
}
