//! Text from a site file or a command line as a value of a type.

use runsheet_step::pattern::Pattern;
use runsheet_step::shape::Type;
use runsheet_step::{Name, Value, duration};

use crate::expression::version;

/// A value of a type from text. Lists are written with commas.
///
/// # Errors
/// Why the text is no such value.
pub(super) fn typed(text: &Name, kind: &Type) -> Result<Value, String> {
    let wrong = || format!("expected {kind}, found `{text}`");
    match kind {
        Type::Bool => text.parse().map(Value::Bool).map_err(|_| wrong()),
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
        Type::List(of) => {
            let parts = text
                .split(',')
                .map(str::trim)
                .filter(|part| !part.is_empty());
            let items = parts.map(|part| typed(&part.into(), of));
            items.collect::<Result<Vec<_>, _>>().map(Value::list)
        }
        Type::Secret => Err("a secret is never written out: name where it is kept".to_owned()),
        Type::Map(_) | Type::Record(_) | Type::Open(..) | Type::Moment => Err(wrong()),
        Type::OneOf(kinds) => {
            let mut read = kinds.iter().filter_map(|kind| typed(text, kind).ok());
            read.next().ok_or_else(wrong)
        }
        _ => Ok(Value::Text(text.clone())),
    }
}
