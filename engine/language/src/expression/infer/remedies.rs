//! What a written value would have to be so that it can be compared.

use runsheet_diagnostics::fix::Fix;
use runsheet_step::{Value, duration};

use super::families::{DURATION, Families, NULL, NUMBER, TEXT, VERSION};
use crate::expression::{Expr, Kind, version};

/// A value that stands there as one of the family that the other side has.
pub(super) fn converted(other: Families, literal: &Expr) -> Option<Fix> {
    let Kind::Literal(value) = &*literal.kind else {
        return None;
    };
    let other = other.without(NULL);
    let is = |family: Families| other.meets(family) && other.without(family).is_empty();
    match value {
        Value::Text(text) if is(VERSION) && version(text).is_ok() => called("version", "", literal),
        Value::Int(_) | Value::Float(_) if is(VERSION) => called("version", "'", literal),
        Value::Text(text) if is(DURATION) && duration::parse(text).is_ok() => {
            called("duration", "", literal)
        }
        Value::Text(text) if is(NUMBER) && text.parse::<i64>().is_ok() => {
            let title = format!("change to `{text}`");
            Some(Fix::replace(title, literal.span, &**text))
        }
        Value::Int(number) if is(TEXT) => {
            let meant = format!("'{number}'");
            Some(Fix::replace(
                format!("change to `{meant}`"),
                literal.span,
                meant,
            ))
        }
        _ => None,
    }
}

/// Puts it into a call.
fn called(function: &str, quote: &str, literal: &Expr) -> Option<Fix> {
    let fix = Fix::new(format!("make {function} of it with `{function}(..)`"));
    let before = format!("{function}({quote}");
    let fix = fix.edit(literal.span.before(), before);
    Some(fix.edit(literal.span.after(), format!("{quote})")))
}
