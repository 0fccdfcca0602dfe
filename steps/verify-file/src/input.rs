//! The fields of `with:`, and what may be wrong with them beyond their types.

use runsheet_site::text::faults_of_pattern;
use runsheet_step::{Failure, Field, Name, Stop, Unknown, Value};
use serde::Deserialize;

/// The fields of `with:`.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct VerifyFileInput {
    pub(crate) path: Paths,
    #[serde(default = "yes")]
    pub(crate) exists: bool,
    #[serde(default)]
    pub(crate) size: Option<u64>,
    #[serde(default)]
    pub(crate) min_size: Option<u64>,
    #[serde(default)]
    pub(crate) max_size: Option<u64>,
    #[serde(default)]
    pub(crate) multiple_of: Option<u64>,
    #[serde(default)]
    pub(crate) line: Option<String>,
    #[serde(default)]
    pub(crate) lacks: Vec<String>,
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

fn yes() -> bool {
    true
}

const SIZES: &[&str] = &["size", "min_size", "max_size", "multiple_of"];
const LINES: &[&str] = &["line", "lacks", "only_new"];
const CONTENT: &[&str] = &[
    "size",
    "min_size",
    "max_size",
    "multiple_of",
    "line",
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
    faults.extend(several(with));
    faults.extend(SIZES.iter().filter_map(|field| size(with, field)));
    let none = ["line", "lacks"]
        .iter()
        .all(|field| with.get(field).is_null());
    if with.get("only_new").as_bool() == Some(true) && none {
        faults.push(
            Failure::code("bad-input", "there are no lines to look at")
                .at(&["only_new"])
                .help("say which lines with `line:` or `lacks:`, or leave this out"),
        );
    }
    faults.extend(faults_of_pattern(with.get("line"), &["line"], outputs));
    for (n, lack) in with.get("lacks").items().iter().enumerate() {
        faults.extend(faults_of_pattern(lack, &["lacks", &n.to_string()], &[]));
    }
    faults
}

fn presence(with: &Value) -> Vec<Failure> {
    if with.get("exists").as_bool() != Some(false) {
        return Vec::new();
    }
    let given = CONTENT.iter().filter(|field| !with.get(field).is_null());
    given
        .map(|field| {
            let message = format!("a file that is not to be there has no `{field}`");
            Failure::code("bad-input", message).at(&[field])
        })
        .collect()
}

fn several(with: &Value) -> Vec<Failure> {
    let Value::List(paths) = with.get("path") else {
        return Vec::new();
    };
    if paths.is_empty() {
        let fault = Failure::code("bad-input", "there is no file to look at");
        return vec![fault.at(&["path"])];
    }
    let given = LINES.iter().filter(|field| !with.get(field).is_null());
    given
        .map(|field| {
            let message = format!("`{field}` is for one file, and there are several");
            Failure::code("bad-input", message)
                .at(&[field])
                .help("look at the lines in a step of their own")
        })
        .collect()
}

fn size(with: &Value, field: &str) -> Option<Failure> {
    let least = i64::from(field == "multiple_of");
    let given = with.get(field).as_int().filter(|given| *given < least)?;
    let message = format!(
        "{given} is no length of a {}",
        if least == 1 { "record" } else { "file" }
    );
    Some(Failure::code("bad-input", message).at(&[field]))
}
