//! Functions that make one type of another.

use runsheet_step::shape::Type;
use runsheet_step::{Map, Value, duration};

use super::texts::{LONGEST, TOO_LONG, text_of};
use super::{Function, parameter, refused};
use crate::expression::infer::families::{
    ANY, DURATION, NUMBER, SCALAR, TEXT, VERSION, may_hold_secret,
};

pub(super) static VERSION_FN: Function = Function {
    name: "version",
    parameters: &[parameter("text", TEXT.or(VERSION))],
    repeats: false,
    shallow: false,
    secrets: false,
    gives: |_| Type::Version,
    call: |arguments| match &arguments[0] {
        Value::Text(text) => version_of(text),
        Value::Version(text) => Ok(Value::Version(text.clone())),
        other => Err(refused("text", other)),
    },
    doc: "a version, compared part by part",
    examples: &[
        ("version(\"5.10\") > version(\"5.5\")", "true"),
        ("version(\"5\") == version(\"5.0\")", "true"),
    ],
};

/// A text as a version.
///
/// # Errors
/// If it is not numbers with dots between them.
pub(crate) fn version_of(text: &str) -> Result<Value, String> {
    let number = |part: &str| !part.is_empty() && part.bytes().all(|b| b.is_ascii_digit());
    if text.split('.').all(number) {
        return Ok(Value::Version(text.into()));
    }
    Err(format!(
        "`{text}` is no version: write numbers and dots, such as `5.0`"
    ))
}

pub(super) static DURATION_FN: Function = Function {
    name: "duration",
    parameters: &[parameter("text", TEXT.or(DURATION))],
    repeats: false,
    shallow: false,
    secrets: false,
    gives: |_| Type::Duration,
    call: |arguments| match &arguments[0] {
        Value::Text(text) => duration::parse(text).map(Value::Duration),
        Value::Duration(span) => Ok(Value::Duration(*span)),
        other => Err(refused("text", other)),
    },
    doc: "a length of time",
    examples: &[("duration(\"90s\") < duration(\"2m\")", "true")],
};

pub(super) static DEFAULT: Function = Function {
    name: "default",
    parameters: &[parameter("value", ANY), parameter("otherwise", ANY)],
    repeats: false,
    shallow: true,
    secrets: true,
    gives: |types| match types {
        [Type::Null | Type::Any, other] => other.clone(),
        [value, other] if may_hold_secret(other) && !may_hold_secret(value) => {
            Type::OneOf(vec![value.clone(), other.clone()])
        }
        [value, _] => value.clone(),
        _ => Type::Any,
    },
    // What is missing altogether never comes here; the evaluator sees to that.
    call: |arguments| {
        let second = usize::from(arguments[0].is_null());
        Ok(arguments[second].clone())
    },
    doc: "the first value, or the second where the first is null or its step was not run",
    examples: &[("default(null, 5)", "5"), ("default(4, 5)", "4")],
};

pub(super) static TEXT_FN: Function = Function {
    name: "text",
    parameters: &[parameter("value", SCALAR)],
    repeats: false,
    shallow: false,
    secrets: true,
    gives: text_of,
    call: |arguments| match &arguments[0] {
        Value::List(_) | Value::Map(_) | Value::Null => {
            let wanted = "one value (`json` writes lists and maps)";
            Err(refused(wanted, &arguments[0]))
        }
        secret @ Value::Secret(_) => Ok(secret.clone()),
        value => Ok(Value::text(value.to_string())),
    },
    doc: "a value as text",
    examples: &[("text(4395)", "4395"), ("text(duration(\"90s\"))", "1m30s")],
};

pub(super) static INT_FN: Function = Function {
    name: "int",
    parameters: &[parameter("value", TEXT.or(NUMBER))],
    repeats: false,
    shallow: false,
    secrets: false,
    gives: |_| Type::Int,
    call: |arguments| match &arguments[0] {
        Value::Int(number) => Ok(Value::Int(*number)),
        Value::Text(text) => {
            let number = text.trim().parse().map(Value::Int);
            number.map_err(|_| format!("`{text}` is no whole number"))
        }
        Value::Float(number) if number.fract() == 0.0 && number.abs() < 9e15 => {
            #[expect(
                clippy::cast_possible_truncation,
                reason = "it is whole and small enough"
            )]
            let number = *number as i64;
            Ok(Value::Int(number))
        }
        Value::Float(number) => Err(format!("{number} is no whole number")),
        other => Err(refused("text or a number", other)),
    },
    doc: "a whole number",
    examples: &[("int(\"42\") + 1", "43")],
};

pub(super) static JSON: Function = Function {
    name: "json",
    parameters: &[parameter("value", ANY)],
    repeats: false,
    shallow: false,
    secrets: false,
    gives: |_| Type::Text,
    call: |arguments| {
        let mut out = String::new();
        json(&arguments[0], &mut out);
        if out.len() > LONGEST {
            return Err(TOO_LONG.to_owned());
        }
        Ok(Value::text(out))
    },
    doc: "a value as JSON text, lists and maps included",
    examples: &[
        ("json([1, \"a\\\"b\", null])", "[1,\"a\\\"b\",null]"),
        ("json(m)", "{\"a\":1,\"b\":2}"),
    ],
};

fn json(value: &Value, out: &mut String) {
    match value {
        Value::Null => out.push_str("null"),
        Value::Bool(_) | Value::Int(_) => out.push_str(&value.to_string()),
        Value::Float(number) if number.is_finite() => out.push_str(&number.to_string()),
        Value::List(items) => json_list(items, out),
        Value::Map(map) => json_map(map, out),
        other => json_text(&other.to_string(), out),
    }
}

fn json_list(items: &[Value], out: &mut String) {
    out.push('[');
    for (n, item) in items.iter().enumerate() {
        if n > 0 {
            out.push(',');
        }
        json(item, out);
    }
    out.push(']');
}

fn json_map(map: &Map, out: &mut String) {
    out.push('{');
    for (n, (key, value)) in map.iter().enumerate() {
        if n > 0 {
            out.push(',');
        }
        json_text(key, out);
        out.push(':');
        json(value, out);
    }
    out.push('}');
}

fn json_text(text: &str, out: &mut String) {
    out.push('"');
    for letter in text.chars() {
        match letter {
            '"' | '\\' => out.extend(['\\', letter]),
            '\n' => out.push_str("\\n"),
            '\r' => out.push_str("\\r"),
            '\t' => out.push_str("\\t"),
            c if u32::from(c) < 0x20 => out.push_str(&format!("\\u{:04x}", u32::from(c))),
            c => out.push(c),
        }
    }
    out.push('"');
}
