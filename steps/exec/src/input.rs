//! The fields of `with:`, and what may be wrong with them beyond their types.

use runsheet_site::lines::{faults_of_patterns, patterns};
use runsheet_site::text::outputs_of_patterns;
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
    #[serde(default)]
    pub(crate) exit_codes: ExitCodes,
    #[serde(default)]
    pub(crate) output: Option<Format>,
    #[serde(default)]
    pub(crate) stdout: Value,
    #[serde(default)]
    pub(crate) stderr: Value,
    #[serde(default)]
    pub(crate) lacks: Value,
}

/// Which exit codes mean success.
#[derive(Debug, Deserialize)]
#[serde(untagged)]
pub(crate) enum ExitCodes {
    These(Vec<i32>),
    Any(Any),
}

/// The word for all of them.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum Any {
    Any,
}

impl Default for ExitCodes {
    fn default() -> ExitCodes {
        ExitCodes::These(vec![0])
    }
}

impl ExitCodes {
    pub(crate) fn mean_success(&self, exit: i32) -> bool {
        match self {
            ExitCodes::These(codes) => codes.contains(&exit),
            ExitCodes::Any(Any::Any) => true,
        }
    }
}

/// What the output is beside text.
#[derive(Clone, Copy, Debug, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum Format {
    Json,
}

/// The outputs that the patterns bring.
pub(crate) fn captures(with: &Value) -> Vec<Field> {
    let given = ["stdout", "stderr"].map(|field| with.get(field));
    outputs_of_patterns(given.into_iter().flat_map(patterns))
}

/// What is wrong; nothing of what is not known yet.
/// A whole command line where the program belongs: no program is called `dir /b`.
fn command_line(program: &str) -> Option<Failure> {
    let mut words = program.split_whitespace();
    let first = words.next()?;
    let is_argument = |word: &str| {
        let option = word.strip_prefix(['/', '-']);
        let option =
            option.is_some_and(|name| name.starts_with(|c: char| c.is_alphanumeric() || c == '-'));
        option || matches!(word, ">" | ">>" | "<" | "|" | "&&")
    };
    if first.contains(['/', '\\', ':']) || !words.any(is_argument) {
        return None;
    }
    let message = format!("no program is called `{program}`");
    let items: Vec<&str> = program.split_whitespace().collect();
    let help = match items
        .iter()
        .any(|word| matches!(*word, ">" | ">>" | "<" | "|" | "&&"))
    {
        true => {
            "there is no shell: run one program, and take what it writes from `outputs`".to_owned()
        }
        false => format!(
            "each argument is an item of its own: `[{}]`",
            items.join(", ")
        ),
    };
    Some(Failure::code("bad-input", message).at(&["argv"]).help(help))
}

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
        faults.extend(program.as_text().and_then(|text| command_line(text)));
    }
    let mut taken = outputs.to_vec();
    for field in ["stdout", "stderr"] {
        let given = with.get(field);
        faults.extend(faults_of_patterns(given, &[field], &taken));
        taken.extend(outputs_of_patterns(patterns(given)));
    }
    faults.extend(faults_of_patterns(with.get("lacks"), &["lacks"], &[]));
    faults
}
