//! The fields of `with:`, and what may be wrong with them beyond their types.

use runsheet_site::text::faults_of_pattern;
use runsheet_step::{Failure, Field, Value};
use serde::Deserialize;

/// The fields of `with:`.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct ExecInput {
    /// Each may be a secret, and unknown to a plan.
    pub(crate) argv: Vec<Value>,
    /// An empty text is none.
    #[serde(default)]
    pub(crate) runner: Option<Value>,
    #[serde(default)]
    pub(crate) cwd: Option<Value>,
    #[serde(default)]
    pub(crate) env: Value,
    #[serde(default)]
    pub(crate) stdin: Option<Value>,
    #[serde(default = "zero")]
    pub(crate) exit_codes: Vec<i32>,
    #[serde(default)]
    pub(crate) output: Option<Output>,
}

fn zero() -> Vec<i32> {
    vec![0]
}

/// How the output is read.
#[derive(Debug, Deserialize)]
#[serde(untagged)]
pub(crate) enum Output {
    Format(Format),
    Pattern(ByPattern),
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum Format {
    Json,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct ByPattern {
    pub(crate) pattern: String,
    #[serde(default)]
    pub(crate) from: From,
    #[serde(default)]
    pub(crate) line: Line,
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum From {
    #[default]
    Stdout,
    Stderr,
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum Line {
    #[default]
    Any,
    Whole,
}

/// What is wrong; nothing of what is not known yet.
pub(crate) fn check(with: &Value, outputs: &[Field]) -> Vec<Failure> {
    let mut faults = Vec::new();
    if let Value::List(argv) = with.get("argv") {
        let program = argv.first().unwrap_or(&Value::Null);
        let nothing = |text: &str| text.trim().is_empty();
        if program.is_null() || program.as_text().is_some_and(|text| nothing(text)) {
            faults.push(
                Failure::code("bad-input", "there is no program to run")
                    .at(&["argv"])
                    .help("the first of `argv` is the program, such as `argv: [reqmain, -dM, -t]`"),
            );
        }
    }
    let pattern = with.get("output").get("pattern");
    faults.extend(faults_of_pattern(pattern, &["output", "pattern"], outputs));
    faults
}
