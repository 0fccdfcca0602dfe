//! Changes that would mend a mistake of YAML, where it is plain what was meant.

use std::ops::Range;

use runsheet_diagnostics::fix::Fix;
use serde_yaml::granit_parser::ErrorKind;

use super::syntax::{Context, quoted};

/// The change for a mistake at a byte.
pub(super) fn remedy(kind: &ErrorKind, at: usize, context: &Context<'_>) -> Option<Fix> {
    match kind {
        ErrorKind::UnclosedFlowCollection { .. } => closed_bracket(at, context),
        ErrorKind::UnclosedQuotedScalar if !context.flow => closed_quote(at, context),
        ErrorKind::UnknownQuotedScalarEscape => plain_backslashes(at, context),
        ErrorKind::UnexpectedCharacter { .. } if !context.flow => quoted_value(at, context),
        ErrorKind::SimpleKeyExpected => colon(at, context),
        _ => None,
    }
}

/// The line of a byte, from there to its end without blanks and comment.
fn rest_of_line(at: usize, context: &Context<'_>) -> Range<usize> {
    let rest = context.text.get(at..).unwrap_or_default();
    let line = rest.lines().next().unwrap_or_default();
    let line = line.find(" #").map_or(line, |comment| &line[..comment]);
    at..at + line.trim_end().len()
}

/// Closes what a line opens and does not close, unless it looks as if it went on below.
fn closed_bracket(at: usize, context: &Context<'_>) -> Option<Fix> {
    let start = context.text[..at].rfind('\n').map_or(0, |feed| feed + 1);
    let line = rest_of_line(start, context);
    let text = &context.text[line.clone()];
    if text.ends_with([',', '[', '{']) {
        return None;
    }
    let missing = left_open(text)?;
    let end = context.span(line.end..line.end);
    (!missing.is_empty()).then(|| Fix::replace(format!("close it with `{missing}`"), end, missing))
}

/// The brackets that close what a line leaves open; nothing where it closes another one, or leaves
/// a quote open.
fn left_open(line: &str) -> Option<String> {
    let mut open = Vec::new();
    let mut quote = None;
    for letter in line.chars() {
        match letter {
            _ if quote.is_some() => quote = quote.filter(|quote| *quote != letter),
            '"' | '\'' => quote = Some(letter),
            '[' => open.push(']'),
            '{' => open.push('}'),
            ']' | '}' if open.pop() != Some(letter) => return None,
            _ => {}
        }
    }
    quote.is_none().then(|| open.iter().rev().collect())
}

fn closed_quote(at: usize, context: &Context<'_>) -> Option<Fix> {
    let rest = context.text.get(at..)?;
    let quote = rest.chars().next().filter(|c| matches!(c, '"' | '\''))?;
    let line = rest.lines().next()?.trim_end();
    // Another quote, or what may be a comment, leaves open where it was to end.
    if line[1..].contains(['"', '\'', '#', '\\']) {
        return None;
    }
    let end = context.span(at + line.len()..at + line.len());
    Some(Fix::replace(format!("close it with {quote}"), end, quote))
}

/// Between single quotes a backslash is a letter like any other.
fn plain_backslashes(at: usize, context: &Context<'_>) -> Option<Fix> {
    let line = context.text[..at].rfind('\n').map_or(0, |feed| feed + 1);
    let from = line.max(context.last.end.min(at));
    let open = from + context.text[from..].find('"')?;
    let inner = context.text[open + 1..].split(['"', '\n']).next()?;
    let whole = open..open + inner.len() + 2;
    let closed = context.text.get(whole.clone())?.ends_with('"') && !inner.ends_with('\\');
    let single = format!("'{}'", inner.replace('\'', "''"));
    closed.then(|| Fix::replace("put single quotes", context.span(whole), single))
}

fn quoted_value(at: usize, context: &Context<'_>) -> Option<Fix> {
    let value = rest_of_line(at, context);
    let text = &context.text[value.clone()];
    let is_value = text.starts_with(['@', '`', '%']);
    is_value.then(|| Fix::replace("quote it", context.span(value), quoted(text)))
}

fn colon(at: usize, context: &Context<'_>) -> Option<Fix> {
    let line = rest_of_line(at, context);
    let word = &context.text[line.clone()];
    let is_word = !word.is_empty() && word.chars().all(|c| c.is_alphanumeric() || c == '_');
    let end = context.span(line.end..line.end);
    is_word.then(|| Fix::replace("make it a key", end, ":"))
}
