//! What a program wrote, read as the workflow says.

use runsheet_site::text::{captured_by_a_line, pattern};
use runsheet_step::{Failure, Map, Value};

use crate::input::{ByPattern, Format, From, Line, Output};

/// The outputs that reading it brings.
pub(crate) fn read(output: &Output, stdout: &Value, stderr: &Value) -> Result<Map, Failure> {
    match output {
        Output::Format(Format::Json) => json(readable(stdout, From::Stdout)?),
        Output::Pattern(by) => {
            let text = match by.from {
                From::Stdout => stdout,
                From::Stderr => stderr,
            };
            captures(by, readable(text, by.from)?)
        }
    }
}

fn captures(by: &ByPattern, text: &str) -> Result<Map, Failure> {
    let pattern = pattern(&by.pattern, &["output", "pattern"])?;
    let found = match by.line {
        Line::Any => captured_by_a_line(&pattern, text),
        Line::Whole => pattern.captured(text.trim_end(), false),
    };
    found.ok_or_else(|| {
        let message = format!(
            "no {} of its {} reads `{}`",
            match by.line {
                Line::Any => "line",
                Line::Whole => "whole",
            },
            word(by.from),
            by.pattern
        );
        Failure::code("no-match", message).help(match tail(text) {
            tail if tail.is_empty() => "it wrote nothing".to_owned(),
            tail => format!("it wrote: {tail}"),
        })
    })
}

fn json(text: &str) -> Result<Map, Failure> {
    let data: serde_json::Value = serde_json::from_str(text).map_err(|error| {
        Failure::code("no-json", format!("its output is no JSON: {error}"))
            .help(format!("it wrote: {}", tail(text)))
    })?;
    Ok(Map::from([("json".into(), plain(data))]))
}

/// Plain data, whatever its keys look like: none of them is special in the output of a program.
fn plain(data: serde_json::Value) -> Value {
    match data {
        serde_json::Value::Null => Value::Null,
        serde_json::Value::Bool(truth) => truth.into(),
        serde_json::Value::Number(number) => match number.as_i64() {
            Some(whole) => whole.into(),
            None => Value::Float(number.as_f64().unwrap_or(f64::NAN)),
        },
        serde_json::Value::String(text) => text.into(),
        serde_json::Value::Array(items) => Value::list(items.into_iter().map(plain)),
        serde_json::Value::Object(fields) => {
            Value::map(fields.into_iter().map(|(name, value)| (name, plain(value))))
        }
    }
}

fn readable(text: &Value, from: From) -> Result<&str, Failure> {
    let why = match text {
        Value::Text(text) => return Ok(text),
        Value::Null => return Ok(""),
        Value::Secret(_) => "holds a secret",
        Value::Blob(_) => "is too long to be read here",
        _ => "is no text",
    };
    Err(Failure::code(
        "unreadable-output",
        format!("its {} {why}", word(from)),
    ))
}

fn word(from: From) -> &'static str {
    match from {
        From::Stdout => "output",
        From::Stderr => "error output",
    }
}

/// The last lines of a text, for messages.
pub(crate) fn tail(text: &str) -> String {
    let mut lines: Vec<_> = text
        .lines()
        .rev()
        .map(str::trim_end)
        .filter(|line| !line.is_empty())
        .take(5)
        .collect();
    lines.reverse();
    lines.join(" | ")
}
