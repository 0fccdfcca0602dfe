//! What a site file or a command line says as a value of a type.

use runsheet_diagnostics::{suggest, words};
use runsheet_step::pattern::Pattern;
use runsheet_step::shape::Type;
use runsheet_step::{Name, Value, duration};

use crate::document::Core;
use crate::expression::infer::families::type_of;
use crate::expression::infer::fits;
use crate::expression::version;
use crate::reader::fitting;
use crate::site::Setting;

/// Why a secret cannot stand in a file or on a command line.
pub(super) const WRITTEN_OUT: &str = "a secret is never written out";

/// A value of a type from a site file, where every scalar keeps its source text.
///
/// # Errors
/// Why it is no such value.
pub(super) fn read(setting: &Setting, kind: &Type) -> Result<Value, String> {
    match (kind, &setting.text, &setting.value) {
        (Type::List(of), None, Value::List(_)) => {
            let items = setting.items.iter().map(|item| read(item, of));
            items.collect::<Result<Vec<_>, _>>().map(Value::list)
        }
        (_, Some(text), value) if !value.is_null() => typed(text, kind),
        (_, _, value) if fits(kind, &type_of(value)) => Ok(value.clone()),
        (_, _, Value::Null) => Err(format!("expected {kind}, found nothing")),
        (_, _, value) => Err(format!("expected {kind}, found {}", words::a(value.kind()))),
    }
}

/// A value of a type from text. Lists are written with commas.
///
/// # Errors
/// Why the text is no such value.
pub(super) fn typed(text: &Name, kind: &Type) -> Result<Value, String> {
    let wrong = || format!("expected {kind}, found `{text}`");
    match kind {
        Type::Bool => text.parse().map(Value::Bool).map_err(|_| wrong()),
        Type::Int if Core::is_too_large(text) => {
            Err(format!("`{text}` is beyond 64 bits: write {}", fitting()))
        }
        Type::Int => text.parse().map(Value::Int).map_err(|_| wrong()),
        Type::Number => match text.parse() {
            Ok(number) => Ok(Value::Int(number)),
            Err(_) => text.parse().map(Value::Float).map_err(|_| wrong()),
        },
        Type::Duration => duration::parse(text).map(Value::Duration),
        Type::Version => version(text),
        Type::Pattern => match Pattern::parse(text) {
            Ok(_) => Ok(Value::Text(text.clone())),
            Err(bad) => Err(bad.message),
        },
        Type::Word(words) if !words.contains(text) => Err(wrong()),
        Type::List(of) => listed(text, of),
        Type::Secret => Err(WRITTEN_OUT.to_owned()),
        Type::Map(_) | Type::Record(_) | Type::Open(..) | Type::Moment => Err(wrong()),
        Type::OneOf(kinds) => {
            let mut read = kinds.iter().filter_map(|kind| typed(text, kind).ok());
            read.next().ok_or_else(wrong)
        }
        _ => Ok(Value::Text(text.clone())),
    }
}

/// A list from its items with commas between them. Nothing at all is an empty list.
fn listed(text: &str, of: &Type) -> Result<Value, String> {
    if text.trim().is_empty() {
        return Ok(Value::list([]));
    }
    if in_brackets(text).is_some() && *of != Type::Pattern {
        return Err("the brackets would be a part of the items".to_owned());
    }
    let parts = text.split(',').map(str::trim).enumerate();
    let items = parts.map(|(n, part)| match part {
        "" => Err(format!("item {} is empty", n + 1)),
        part => typed(&part.into(), of),
    });
    items.collect::<Result<Vec<_>, _>>().map(Value::list)
}

/// What stands between the brackets of a text that begins and ends with them.
fn in_brackets(text: &str) -> Option<&str> {
    let rest = text.trim().strip_prefix('[')?;
    rest.strip_suffix(']').map(str::trim)
}

/// Where a value is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Where {
    /// In a YAML file.
    File,
    /// On a command line.
    Line,
}

/// Why a text is no value of a type, and what is to be written instead.
pub(super) fn remedied(why: &str, text: &str, kind: &Type, place: Where) -> (String, String) {
    match why.split_once(": write ") {
        Some((reason, instead)) => (reason.to_owned(), format!("write {instead}")),
        None => (why.to_owned(), remedy(text, kind, place)),
    }
}

fn remedy(text: &str, kind: &Type, place: Where) -> String {
    let simple = match kind {
        Type::Bool => "write `true` or `false`",
        Type::Int => "write a whole number, such as `3`",
        Type::Number => "write a number, such as `3` or `0.5`",
        Type::Duration => "write numbers with units, such as `90s`, `5m` or `1h30m`",
        Type::Version => "write numbers and dots, such as `5.0`",
        Type::Path => "write a path",
        Type::Host => "write the name of a host of the site",
        Type::Text => "write a text",
        Type::Word(words) => return one_of(text, words),
        Type::List(_) if in_brackets(text).is_some() => {
            return match (in_brackets(text), place) {
                (Some(items), Where::Line) => format!("write `{items}`"),
                _ => "take the quotes off".to_owned(),
            };
        }
        Type::List(_) if place == Where::Line => "write the items with commas: `a,b`",
        Type::List(_) => "write a list: `[a, b]`",
        _ if place == Where::Line => "write it into a file, and name that by `--inputs FILE`",
        Type::Map(_) | Type::Record(_) | Type::Open(..) => "write a map: `{a: 1}`",
        _ => "write a value of that type",
    };
    simple.to_owned()
}

fn one_of(text: &str, words: &[Name]) -> String {
    match suggest::nearest(text, words.iter().map(|word| &**word)) {
        Some(near) => format!("did you mean `{near}`?"),
        None => format!("it can be {}", words::or_list(words)),
    }
}
