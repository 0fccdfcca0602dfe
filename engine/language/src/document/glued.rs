//! A key without its colon, a key or a dash without the space that YAML wants behind it, and quotes
//! within quotes.

use runsheet_diagnostics::diagnostic::Diagnostic;
use runsheet_diagnostics::fix::Fix;
use runsheet_diagnostics::span::Span;
use serde_yaml::granit_parser::ErrorKind;

use super::node::Node;
use super::remedies::{is_yaml, mends};
use super::rules;
use super::syntax::{Context, quoted};
use crate::keys::{self, OVERLAY, SITE, WORKFLOW};

/// How many quotes of a line are tried as the end of a text.
const MOST_ENDS: usize = 8;

/// A space that is missing in the line of a mistake or the one above, if the text is YAML with it.
pub(super) fn missing_space(at: usize, context: &Context<'_>) -> Option<Diagnostic> {
    let above = &context.text[..start_of_line(context.text, at)];
    let lines = [at, above.trim_end().len()].map(|at| start_of_line(context.text, at));
    lines.into_iter().find_map(|start| {
        let line = context.text[start..].lines().next()?;
        let (word, end) = glued(line)?;
        let end = start + end;
        let (before, after) = context.text.split_at(end);
        let word = start + word..end;
        is_yaml(&format!("{before} {after}"), end).then(|| {
            let name = &context.text[word.clone()];
            wants_space(name)
                .at(context.span(word), "a space is missing behind this")
                .fix(Fix::replace("put a space", context.span(end..end), " "))
        })
    })
}

/// A key that stands before a brace or bracket without its `:`, as in `with {argv: [x]}`, if the
/// text is YAML with it.
pub(super) fn missing_colon(at: usize, context: &Context<'_>) -> Option<Diagnostic> {
    let start = start_of_line(context.text, at);
    let line = context.text[start..].lines().next()?;
    let (head, _) = line.split_once(['{', '['])?;
    let key = head.trim_start_matches(' ');
    let key = key.strip_prefix("- ").unwrap_or(key).strip_suffix(' ')?;
    let word = key.trim_end();
    if !is_word(word) {
        return None;
    }
    let end = start + head.trim_end().len();
    let fix = Fix::replace("put a colon", context.span(end..end), ":");
    let key = context.span(end - word.len()..end);
    mends(&fix, context).then(|| wants_colon(key).fix(fix))
}

/// A key whose `:` is missing between it and its value, as in `name dirsync`, if the text is YAML
/// with it. Of a line that YAML takes for the beginning of a key, the one above is it.
pub(super) fn lost_colon(kind: &ErrorKind, at: usize, context: &Context<'_>) -> Option<Diagnostic> {
    let own = start_of_line(context.text, at);
    let start = match kind {
        ErrorKind::SimpleKeyExpected => own,
        ErrorKind::MappingValueNotAllowed | ErrorKind::ExpectedDocumentStart => {
            line_above(context.text, own)?
        }
        ErrorKind::CommentInterceptedScalar => own,
        _ => return None,
    };
    let line = context.rest_of_line(start).trim_end();
    let said = line.trim_start_matches(' ');
    let said = said.strip_prefix("- ").unwrap_or(said).trim_start();
    let (word, value) = said.split_once(' ')?;
    if !is_word(word) {
        return None;
    }
    let end = start + line.len() - said.len() + word.len();
    let fix = Fix::replace("put a colon", context.span(end..end), ":");
    let value = value.trim_start();
    // Words may as well go on with what stands above them.
    let is_alone = !value.contains(' ') || value.starts_with('$');
    let is_value =
        value.starts_with(['"', '\'']) || is_alone && is_key(word, said.len() == line.len());
    let fix = if is_value { fix } else { fix.by_choice() };
    let key = context.span(end - word.len()..end);
    let told = wants_colon(key).help(match is_value {
        true => format!("write `{word}: {value}`"),
        false => {
            format!("write `{word}: {value}`, or indent the line if it goes on with the text above")
        }
    });
    mends(&fix, context).then(|| told.fix(fix))
}

/// Whether a word is a key of the language: of a file itself, or of any part of one.
fn is_key(word: &str, is_outermost: bool) -> bool {
    let mut files = [&WORKFLOW, &SITE, &OVERLAY].into_iter();
    match is_outermost {
        true => files.any(|keys| keys.knows(word)),
        false => files.flat_map(keys::within).any(|keys| keys.knows(word)),
    }
}

/// Where the last line before another one begins that says anything.
fn line_above(text: &str, line: usize) -> Option<usize> {
    let mut end = line;
    loop {
        let start = start_of_line(text, end.checked_sub(1)?);
        let said = text[start..end].trim();
        if !said.is_empty() && !said.starts_with('#') {
            return Some(start);
        }
        end = start;
    }
}

/// A key that has swallowed the bracket or the quote that its value begins with, as in `with:{a` or
/// `with {a`.
pub(crate) fn swallowed(key: Node<'_>) -> Option<Diagnostic> {
    let text = key.text().filter(|text| key.written() == *text)?;
    let colonless = text
        .find(' ')
        .filter(|end| is_word(&text[..*end]) && text[*end..].trim_start().starts_with(['{', '[']));
    if let Some(end) = colonless {
        let fix = Fix::replace("put a colon", key.part(end..end), ":");
        return Some(wants_colon(key.part(0..end)).fix(fix));
    }
    let (_, end) =
        glued(text).filter(|(_, end)| text[*end..].starts_with(['{', '[', '"', '\'']))?;
    let behind = key.part(end..end);
    let told = wants_space(&text[..end]).at(key.part(0..end), "a space is missing behind this");
    Some(told.fix(Fix::replace("put a space", behind, " ")))
}

fn wants_colon(key: Span) -> Diagnostic {
    Diagnostic::error(&rules::SYNTAX, "this key has no `:`")
        .at(key, "a `:` is missing after it")
        .help("write `key: value`")
}

fn wants_space(name: &str) -> Diagnostic {
    let message = format!("a space is missing behind `{name}`");
    Diagnostic::error(&rules::SYNTAX, message).help(format!(
        "write `{name} ` and then the value, or quote it all if it is one text"
    ))
}

/// Where a key or a dash begins at the beginning of a line, and where the space behind it is
/// missing.
fn glued(line: &str) -> Option<(usize, usize)> {
    let indentation = line.len() - line.trim_start().len();
    let item = line[indentation..].strip_prefix('-').unwrap_or_default();
    if item.starts_with(|letter: char| letter.is_ascii_alphabetic()) && item.contains(": ") {
        return Some((indentation, indentation + 1));
    }
    let begin = line.len() - line.trim_start_matches([' ', '-']).len();
    let is_key = |letter: char| letter.is_ascii_alphanumeric() || matches!(letter, '_' | '-');
    let key = line[begin..]
        .find(|letter| !is_key(letter))
        .filter(|length| *length > 0)?;
    let value = line[begin + key..].strip_prefix(':')?;
    let is_glued = !value.is_empty() && !value.starts_with([' ', '\t', ':', '/', '\\']);
    is_glued.then_some((begin, begin + key + 1))
}

/// A text between quotes with the same quote in it, which ends it too early: `'it's'`.
pub(super) fn quote_within(start: usize, context: &Context<'_>) -> Option<Diagnostic> {
    let line = context.rest_of_line(start);
    let quote = line
        .chars()
        .next()
        .filter(|letter| matches!(letter, '"' | '\''))?;
    let mut quotes = line.match_indices(quote).map(|(at, _)| at).skip(1);
    let early = quotes.next()?;
    if !line[early + 1..].starts_with(char::is_alphanumeric) {
        return None;
    }
    let ends = |at: &usize| {
        let behind = line[at + 1..].trim_start();
        let is_end = behind.is_empty() || behind.starts_with([',', ']', '}']);
        is_end && !is_in_expression(&line[1..*at])
    };
    let ends = quotes.filter(ends).take(MOST_ENDS);
    let mut meant = ends.map(|last| {
        let value = context.span(start..start + last + 1);
        let meant = quoted(&line[1..last]);
        (
            meant.clone(),
            Fix::replace("quote it as a whole", value, meant),
        )
    });
    // One of them may stand in an expression, and end nothing.
    let (meant, fix) = meant.find(|(_, fix)| mends(fix, context))?;
    let message = format!("the {quote} in this text ends it");
    let told = Diagnostic::error(&rules::SYNTAX, message)
        .at(fix.edits[0].span, "YAML reads it up to the second quote")
        .help(format!("write {meant}"));
    Some(told.fix(fix))
}

/// Whether a text breaks off in an expression.
fn is_in_expression(text: &str) -> bool {
    let open = text.rfind("${{");
    open.is_some_and(|open| !text[open..].contains("}}"))
}

/// Whether that can be a key as this language has them.
pub(super) fn is_word(text: &str) -> bool {
    let is_of_word = |letter: char| letter.is_alphanumeric() || matches!(letter, '_' | '-');
    let is_glued = text.starts_with('-') || text.ends_with('-');
    !text.is_empty() && !is_glued && text.chars().all(is_of_word)
}

fn start_of_line(text: &str, at: usize) -> usize {
    text[..at].rfind('\n').map_or(0, |feed| feed + 1)
}
