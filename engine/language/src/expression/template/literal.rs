//! A scalar that is written out, by the type that stands there.

use std::ops::Range;

use runsheet_diagnostics::diagnostic::Diagnostic;
use runsheet_diagnostics::fix::Fix;
use runsheet_diagnostics::suggest;
use runsheet_step::pattern::{BadPattern, Pattern};
use runsheet_step::shape::Type;
use runsheet_step::{Name, Value, duration};

use super::{Template, read};
use crate::document::{Core, Node};
use crate::expression::functions;
use crate::reader;

/// A scalar as a value of that type, or `None` with a complaint.
pub(super) fn literal(
    node: Node<'_>,
    kind: &Type,
    found: &mut Vec<Diagnostic>,
) -> Option<Template> {
    let value = match kind {
        Type::Any => node.core().map(from_core),
        Type::Null => return null(node, found),
        Type::Bool => reader::boolean(node, found).map(|truth| truth.value.into()),
        Type::Int => reader::int(node, found).map(|number| number.value.into()),
        Type::Number => number(node, found),
        Type::Word(words) => word(node, words, found),
        Type::Known(words) => known(node, words, found),
        Type::Pattern => pattern(node, found),
        Type::Duration => length_of_time(node, found),
        Type::Version => parsed(node, found, functions::version_of),
        Type::Secret => secret(node, found),
        Type::Moment => {
            reader::wrong(node, "a time from an expression", found);
            None
        }
        _ => reader::text(node, found).map(|text| text.value.into()),
    };
    value.map(|value| Template::literal(value, node.span()))
}

fn from_core(core: Core<'_>) -> Value {
    match core {
        Core::Null => Value::Null,
        Core::Bool(truth) => Value::Bool(truth),
        Core::Int(number) => Value::Int(number),
        Core::Float(number) => Value::Float(number),
        Core::Text(text) => Value::text(text),
    }
}

fn null(node: Node<'_>, found: &mut Vec<Diagnostic>) -> Option<Template> {
    if !node.is_null() {
        reader::wrong(node, "null", found);
        return None;
    }
    Some(Template::literal(Value::Null, node.span()))
}

fn number(node: Node<'_>, found: &mut Vec<Diagnostic>) -> Option<Value> {
    match node.core() {
        Some(Core::Int(number)) => Some(Value::Int(number)),
        Some(Core::Float(number)) => Some(Value::Float(number)),
        _ => {
            reader::wrong(node, "a number", found);
            None
        }
    }
}

fn word(node: Node<'_>, words: &[Name], found: &mut Vec<Diagnostic>) -> Option<Value> {
    let words: Vec<&str> = words.iter().map(|word| &**word).collect();
    let before = found.len();
    let word = reader::word(node, &words, found)?;
    (found.len() == before).then(|| word.value.into())
}

/// Text, of which a near miss of a well-known form is a mistake.
fn known(node: Node<'_>, words: &[Name], found: &mut Vec<Diagnostic>) -> Option<Value> {
    let text = reader::text(node, found)?.value;
    let known = || words.iter().map(|word| &**word);
    if !known().any(|word| word == text) && suggest::nearest(text, known()).is_some() {
        return word(node, words, found);
    }
    Some(text.into())
}

/// The type that was meant where that of a capture is mistyped.
pub(in crate::expression) fn mistyped_capture(
    bad: &BadPattern,
    text: &str,
) -> Option<&'static str> {
    let written = text.get(bad.start..bad.end)?;
    let near = suggest::nearest(written, ["int", "word", "text", "hex"]);
    near.filter(|_| text[..bad.start].ends_with(':'))
}

fn pattern(node: Node<'_>, found: &mut Vec<Diagnostic>) -> Option<Value> {
    let text = reader::text(node, found)?.value;
    if let Err(bad) = Pattern::parse(text) {
        found.push(bad_pattern(node, text, bad));
        return None;
    }
    Some(text.into())
}

/// Complains of what is written out of a pattern in which expressions stand at these bytes.
pub(super) fn around_expressions(
    node: Node<'_>,
    text: &str,
    expressions: &[Range<usize>],
    found: &mut Vec<Diagnostic>,
) {
    let mut written = text.to_owned();
    for range in expressions {
        written.replace_range(range.clone(), &"x".repeat(range.len()));
    }
    if let Err(bad) = Pattern::parse(&written) {
        let apart = |range: &Range<usize>| bad.end <= range.start || range.end <= bad.start;
        if expressions.iter().all(apart) {
            found.push(bad_pattern(node, text, bad));
        }
    }
}

fn bad_pattern(node: Node<'_>, text: &str, bad: BadPattern) -> Diagnostic {
    let span = node.part(bad.start..bad.end);
    let near = mistyped_capture(&bad, text);
    let diagnostic = Diagnostic::error(read::wrong_value(), bad.message).at(span, "here");
    match near {
        Some(near) => diagnostic.did_you_mean(near, span),
        None => diagnostic,
    }
}

/// A duration. A bare number may be of seconds or minutes, and it is its author who knows.
fn length_of_time(node: Node<'_>, found: &mut Vec<Diagnostic>) -> Option<Value> {
    let value = parsed(node, found, |text| {
        duration::parse(text).map(Value::Duration)
    });
    let text = node.text().unwrap_or_default();
    let meant = duration::meant(text).filter(|_| value.is_none());
    if let Some((said, meant)) = found.last_mut().zip(meant) {
        said.help = Some(format!("did you mean `{meant}`?"));
        // In capitals it may be of months.
        let fix = Fix::replace(format!("change to `{meant}`"), node.span(), &*meant);
        said.fixes.push(match text.contains('M') {
            true => fix.by_choice(),
            false => fix,
        });
        return value;
    }
    let (amount, unit) = text.split_at(text.trim_end_matches(|c: char| !c.is_ascii_digit()).len());
    let is_amount = !amount.is_empty() && amount.bytes().all(|b| b.is_ascii_digit());
    let Some(said) = found.last_mut().filter(|_| value.is_none() && is_amount) else {
        return value;
    };
    let units = UNITS.iter().filter(|(said, _)| *said == unit.trim());
    for (_, unit) in units {
        let meant = format!("{amount}{unit}");
        let title = format!("change to `{meant}`");
        said.fixes.push(Fix::replace(title, node.span(), meant));
    }
    if unit.is_empty() {
        said.help = Some("a bare number could be of seconds or of minutes".to_owned());
    }
    value
}

/// Units as people write them, and what they are called here; none may be either of two.
const UNITS: &[(&str, &str)] = &[
    ("", "s"),
    ("", "m"),
    ("sec", "s"),
    ("secs", "s"),
    ("second", "s"),
    ("seconds", "s"),
    ("min", "m"),
    ("mins", "m"),
    ("minute", "m"),
    ("minutes", "m"),
    ("hour", "h"),
    ("hours", "h"),
    ("day", "d"),
    ("days", "d"),
];

fn parsed(
    node: Node<'_>,
    found: &mut Vec<Diagnostic>,
    parse: impl FnOnce(&str) -> Result<Value, String>,
) -> Option<Value> {
    let text = reader::text(node, found)?;
    let complaint = |message| {
        let diagnostic = Diagnostic::error(read::wrong_value(), message);
        found.push(diagnostic.at(text.span, "here"));
    };
    parse(text.value).map_err(complaint).ok()
}

fn secret(node: Node<'_>, found: &mut Vec<Diagnostic>) -> Option<Value> {
    let help = "let the site keep it, under `secrets:`, and write `${{ secrets.NAME }}`";
    let message = "a secret is never written out";
    let diagnostic = Diagnostic::error(read::wrong_value(), message);
    found.push(
        diagnostic
            .at(node.span(), "would be readable by all")
            .help(help)
            .confidential(),
    );
    None
}
