//! The fields of `with:`, and what may be wrong with them beyond their types.

use runsheet_site::lines::faults_of_patterns;
use runsheet_site::text::{faults_of_pattern, outputs_of_pattern, outputs_of_patterns};
use runsheet_step::{Failure, Field, Name, Stop, Unknown, Value};
use serde::Deserialize;

/// The fields that say which message is meant.
const WHICH: &[&str] = &["from", "to", "subject"];

/// The fields of `with:`. Those that are values may be unknown to a plan.
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
    #[serde(default)]
    pub(crate) lacks: Value,
    #[serde(default)]
    pub(crate) attachment: Value,
    #[serde(default)]
    pub(crate) unless: Value,
    #[serde(default = "one")]
    pub(crate) count: u32,
    #[serde(default = "yes")]
    pub(crate) exists: bool,
    #[serde(default)]
    pub(crate) within: Value,
}

/// What is to hang on a message.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Attachment {
    #[serde(default)]
    pub(crate) name: Option<String>,
    #[serde(default)]
    pub(crate) none: bool,
    #[serde(default)]
    pub(crate) min_size: Option<i64>,
    #[serde(default)]
    pub(crate) line: Value,
    #[serde(default)]
    pub(crate) lacks: Value,
}

fn one() -> u32 {
    1
}

fn yes() -> bool {
    true
}

impl VerifyMessageInput {
    /// Which messages are meant. Of one that is not to come the text counts too.
    pub(crate) fn filter(&self) -> Vec<(&'static str, Value)> {
        let mut filter = vec![
            ("from", self.from.clone()),
            ("to", self.to.clone()),
            ("subject", self.subject.clone()),
        ];
        if !self.exists {
            filter.push(("body", self.body.clone()));
        }
        let read = ["line", "lacks"].map(|field| self.attachment.get(field));
        if read.iter().any(|given| !given.is_null()) {
            filter.push(("attachments", true.into()));
        }
        filter.retain(|(_, value)| !value.is_null());
        filter
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

/// The outputs that the patterns bring.
pub(crate) fn captures(with: &Value) -> Vec<Field> {
    let attachment = with.get("attachment");
    let given = [
        with.get("subject"),
        with.get("body"),
        attachment.get("name"),
        attachment.get("line"),
    ];
    outputs_of_patterns(given.into_iter().flat_map(each))
}

/// A pattern, or each of several.
fn each(given: &Value) -> &[Value] {
    match given {
        Value::List(several) => several,
        one => std::slice::from_ref(one),
    }
}

/// What is wrong; nothing of what is not known yet.
pub(crate) fn check(with: &Value, outputs: &[Field]) -> Vec<Failure> {
    let mut faults = which(with);
    faults.extend(presence(with));
    if with.get("count").as_int().is_some_and(|count| count < 1) {
        faults.push(bad("a wait is for at least one message", &["count"]));
    }
    faults.extend(unless(with.get("unless")));
    faults.extend(patterns(with, outputs));
    faults.extend(attachment(with.get("attachment")));
    faults
}

fn bad(message: &str, path: &[&str]) -> Failure {
    Failure::code("bad-input", message).at(path)
}

fn given(with: &Value, field: &str) -> bool {
    !with.get(field).is_null()
}

fn which(with: &Value) -> Vec<Failure> {
    if WHICH.iter().any(|field| given(with, field)) {
        return Vec::new();
    }
    let fault = bad("this would be any message", &[]);
    vec![fault.help("say at least `from:`, `to:` or `subject:`")]
}

/// What does not go together with whether the message is to come.
fn presence(with: &Value) -> Vec<Failure> {
    if with.get("exists").as_bool() != Some(false) {
        let within = given(with, "within").then(|| {
            bad("`within` is for a message that is not to come", &["within"])
                .help("how long to wait for one that is to come says `timeout:` of the step")
        });
        return within.into_iter().collect();
    }
    let useless = ["lacks", "attachment", "unless", "count"].into_iter();
    useless
        .filter(|field| given(with, field))
        .map(|field| {
            let message = format!("a message that is not to come has no `{field}`");
            bad(&message, &[field])
        })
        .collect()
}

fn unless(unless: &Value) -> Vec<Failure> {
    let mut faults = Vec::new();
    let single = matches!(unless, Value::Map(_));
    for (index, one) in each(unless).iter().enumerate() {
        let index = index.to_string();
        let path = if single {
            vec!["unless"]
        } else {
            vec!["unless", &index]
        };
        if one
            .as_map()
            .is_some_and(|one| one.values().all(Value::is_null))
        {
            faults.push(bad("this would be any message", &path));
        }
        for field in ["subject", "body"] {
            let path = [&path[..], &[field]].concat();
            faults.extend(faults_of_pattern(one.get(field), &path, &[]));
        }
    }
    faults
}

fn patterns(with: &Value, outputs: &[Field]) -> Vec<Failure> {
    let subject = with.get("subject");
    let mut faults = faults_of_pattern(subject, &["subject"], outputs);
    let mut taken = [outputs.to_vec(), outputs_of_pattern(subject)].concat();
    faults.extend(faults_of_patterns(with.get("body"), &["body"], &taken));
    taken.extend(outputs_of_patterns(each(with.get("body"))));
    faults.extend(faults_of_patterns(with.get("lacks"), &["lacks"], &[]));
    let of = |field| with.get("attachment").get(field);
    faults.extend(faults_of_pattern(
        of("name"),
        &["attachment", "name"],
        &taken,
    ));
    taken.extend(outputs_of_pattern(of("name")));
    faults.extend(faults_of_patterns(
        of("line"),
        &["attachment", "line"],
        &taken,
    ));
    faults.extend(faults_of_patterns(
        of("lacks"),
        &["attachment", "lacks"],
        &[],
    ));
    faults
}

fn attachment(wanted: &Value) -> Vec<Failure> {
    let mut faults = Vec::new();
    if wanted.get("none").as_bool() == Some(true) {
        let useless = ["min_size", "line", "lacks"].into_iter();
        faults.extend(useless.filter(|field| given(wanted, field)).map(|field| {
            let message = format!("an attachment that is not to be there has no `{field}`");
            bad(&message, &["attachment", field])
        }));
    }
    if wanted.get("min_size").as_int().is_some_and(|size| size < 0) {
        let path = ["attachment", "min_size"];
        faults.push(bad("a length is not less than 0", &path));
    }
    faults
}
