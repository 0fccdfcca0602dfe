//! The fields of `with:`, and what may be wrong with them beyond their types.

use runsheet_site::file::wildcard::{is_wild, parts};
use runsheet_site::lines::{faults_of_patterns, patterns};
use runsheet_site::text::outputs_of_patterns;
use runsheet_step::{Failure, Field, Name, Stop, Unknown, Value};
use serde::Deserialize;

/// The fields of `with:`. Those that are values are looked at after the file.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct VerifyFileInput {
    pub(crate) path: Paths,
    #[serde(default)]
    pub(crate) exists: Value,
    #[serde(default)]
    pub(crate) count: Option<u64>,
    #[serde(default)]
    pub(crate) size: Option<u64>,
    #[serde(default)]
    pub(crate) min_size: Option<u64>,
    #[serde(default)]
    pub(crate) max_size: Option<u64>,
    #[serde(default)]
    pub(crate) multiple_of: Option<u64>,
    #[serde(default)]
    pub(crate) locked: Option<bool>,
    #[serde(default)]
    pub(crate) read_only: Option<bool>,
    #[serde(default)]
    pub(crate) line: Value,
    #[serde(default)]
    pub(crate) contains: Value,
    #[serde(default)]
    pub(crate) lacks: Value,
    #[serde(default)]
    pub(crate) only_new: bool,
}

/// One file or several.
#[derive(Debug, Deserialize)]
#[serde(untagged)]
pub(crate) enum Paths {
    One(String),
    Several(Vec<String>),
}

impl Paths {
    pub(crate) fn all(&self) -> &[String] {
        match self {
            Paths::One(path) => std::slice::from_ref(path),
            Paths::Several(paths) => paths,
        }
    }
}

/// Whether a file is to be there.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Presence {
    There,
    Gone,
    Either,
}

impl VerifyFileInput {
    pub(crate) fn presence(&self) -> Presence {
        match &self.exists {
            Value::Bool(false) => Presence::Gone,
            Value::Text(_) => Presence::Either,
            // How many there are to be says whether there are to be any.
            _ if self.count.is_some() => Presence::Either,
            _ => Presence::There,
        }
    }

    /// Whether lines are to be looked at.
    pub(crate) fn has_lines(&self) -> bool {
        let given = [&self.line, &self.contains, &self.lacks];
        given.iter().any(|given| !given.is_null())
    }
}

/// The outputs that the patterns bring.
pub(crate) fn captures(with: &Value) -> Vec<Field> {
    outputs_of_patterns(patterns(with.get("line")))
}

const SIZES: &[&str] = &["size", "min_size", "max_size", "multiple_of"];
const LINES: &[&str] = &["line", "contains", "lacks", "only_new"];
const CONTENT: &[&str] = &[
    "size",
    "min_size",
    "max_size",
    "multiple_of",
    "locked",
    "read_only",
    "line",
    "contains",
    "lacks",
];

/// The path to mark, if lines are to be looked at from a mark on.
pub(crate) fn armed(with: &Value) -> Result<Option<Name>, Stop> {
    match with.get("only_new") {
        Value::Unknown(why) => return Err(Stop::Unknown(Unknown::clone(why))),
        only_new if only_new.as_bool() != Some(true) => return Ok(None),
        _ => {}
    }
    match with.get("path") {
        Value::Unknown(why) => Err(Stop::Unknown(Unknown::clone(why))),
        path => Ok(path.as_text().cloned()),
    }
}

/// What is wrong; nothing of what is not known yet.
pub(crate) fn check(with: &Value, outputs: &[Field]) -> Vec<Failure> {
    let mut faults = presence(with);
    faults.extend(paths(with));
    faults.extend(SIZES.iter().filter_map(|field| size(with, field)));
    let none = LINES[..3].iter().all(|field| with.get(field).is_null());
    if with.get("only_new").as_bool() == Some(true) && none {
        let fault = bad("there are no lines to look at", &["only_new"]);
        let help = "say which lines with `line:`, `contains:` or `lacks:`, or leave this out";
        faults.push(fault.help(help));
    }
    faults.extend(faults_of_patterns(with.get("line"), &["line"], outputs));
    for (n, lack) in patterns(with.get("lacks")).iter().enumerate() {
        // Each unwanted line has its own captures.
        let path = ["lacks", &n.to_string()];
        faults.extend(faults_of_patterns(lack, &path, &[]));
    }
    faults
}

fn bad(message: &str, path: &[&str]) -> Failure {
    Failure::code("bad-input", message).at(path)
}

fn presence(with: &Value) -> Vec<Failure> {
    if !with.get("exists").is_null() && !with.get("count").is_null() {
        let fault = bad(
            "`count` says already whether there are to be any",
            &["exists"],
        );
        return vec![fault.help("leave one of both out")];
    }
    if with.get("exists").as_bool() != Some(false) {
        return Vec::new();
    }
    let given = CONTENT.iter().filter(|field| !with.get(field).is_null());
    given
        .map(|field| {
            let message = format!("a file that is not to be there has no `{field}`");
            bad(&message, &[field])
        })
        .collect()
}

fn paths(with: &Value) -> Vec<Failure> {
    let several = matches!(with.get("path"), Value::List(_));
    let given = patterns(with.get("path"));
    if several && given.is_empty() {
        return vec![bad("there is no file to look at", &["path"])];
    }
    let texts = || given.iter().filter_map(Value::as_text);
    let mut faults = Vec::new();
    for path in texts().filter(|path| is_wild(parts(path).0)) {
        let message = format!("`{path}` has a wildcard in a directory");
        let help = "only the name of a file may have wildcards, such as `NME\\TMP*.NME`";
        faults.push(bad(&message, &["path"]).help(help));
    }
    if several || texts().any(|path| is_wild(path)) {
        let given = LINES.iter().filter(|field| !with.get(field).is_null());
        faults.extend(given.map(|field| {
            let message = format!("`{field}` is for one file, and there are several");
            bad(&message, &[field]).help("look at the lines in a step of their own")
        }));
    }
    faults
}

fn size(with: &Value, field: &str) -> Option<Failure> {
    let least = i64::from(field == "multiple_of");
    let given = with.get(field).as_int().filter(|given| *given < least)?;
    let message = format!(
        "{given} is no length of a {}",
        if least == 1 { "record" } else { "file" }
    );
    Some(bad(&message, &[field]))
}
