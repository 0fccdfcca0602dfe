//! The fields of `with:`, and what may be wrong with them beyond their types.

use runsheet_site::text::{faults_of_pattern, outputs_of_pattern};
use runsheet_step::{Failure, Field, Name, Stop, Unknown, Value};
use serde::Deserialize;

/// The fields that say which messages count.
pub(crate) const FILTER: &[&str] = &["from", "to", "subject", "body"];

/// The fields of `with:`.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct VerifyMessageInput {
    pub(crate) mailbox: String,
    #[serde(default)]
    pub(crate) from: Value,
    #[serde(default)]
    pub(crate) to: Value,
    #[serde(default)]
    pub(crate) subject: Value,
    #[serde(default)]
    pub(crate) body: Value,
    #[serde(default = "one")]
    pub(crate) count: u32,
}

fn one() -> u32 {
    1
}

impl VerifyMessageInput {
    /// Which messages count; parts may be unknown to a plan.
    pub(crate) fn filter(&self) -> Value {
        let fields = [&self.from, &self.to, &self.subject, &self.body];
        let given = FILTER
            .iter()
            .zip(fields)
            .filter(|(_, value)| !value.is_null());
        Value::map(given.map(|(name, value)| (*name, value.clone())))
    }
}

/// The mailbox, which alone says where to mark.
pub(crate) fn mailbox(with: &Value) -> Result<Name, Stop> {
    match with.get("mailbox") {
        Value::Unknown(why) => Err(Stop::Unknown(Unknown::clone(why))),
        mailbox => mailbox.as_text().cloned().ok_or_else(|| {
            let message = format!("expected text, found {} `{mailbox}`", mailbox.kind());
            Failure::code("bad-input", message).at(&["mailbox"]).into()
        }),
    }
}

/// What is wrong; nothing of what is not known yet.
pub(crate) fn check(with: &Value, outputs: &[Field]) -> Vec<Failure> {
    let mut faults = Vec::new();
    if FILTER.iter().all(|field| with.get(field).is_null()) {
        faults.push(
            Failure::code("bad-input", "this would be any message")
                .help("say at least `from:` or `subject:`"),
        );
    }
    if with.get("count").as_int().is_some_and(|count| count < 1) {
        let fault = Failure::code("bad-input", "a wait is for at least one message");
        faults.push(fault.at(&["count"]));
    }
    faults.extend(faults_of_pattern(
        with.get("subject"),
        &["subject"],
        outputs,
    ));
    let taken: Vec<_> = outputs
        .iter()
        .cloned()
        .chain(outputs_of_pattern(with.get("subject")))
        .collect();
    faults.extend(faults_of_pattern(with.get("body"), &["body"], &taken));
    faults
}
