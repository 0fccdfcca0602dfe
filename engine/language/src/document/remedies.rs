//! Changes that would mend a mistake of YAML, where it is plain what was meant.

use std::ops::Range;

use runsheet_diagnostics::diagnostic::Diagnostic;
use runsheet_diagnostics::fix::Fix;
use serde_yaml::granit_parser::{ErrorKind, Parser};

use super::syntax::{Context, quoted};
use super::{Document, quotes, rules};

/// The change for a mistake at a byte.
pub(super) fn remedy(kind: &ErrorKind, at: usize, context: &Context<'_>) -> Option<Fix> {
    match kind {
        ErrorKind::UnclosedFlowCollection { .. } => Some(closed_bracket(at, context)?.1),
        ErrorKind::ExpectedBlockMappingKey | ErrorKind::ExpectedBlockSequenceEntry => {
            indented(at, context)
        }
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
/// Also the place of the innermost that is open.
pub(super) fn closed_bracket(at: usize, context: &Context<'_>) -> Option<(usize, Fix)> {
    let start = context.text[..at].rfind('\n').map_or(0, |feed| feed + 1);
    let line = rest_of_line(start, context);
    let text = &context.text[line.clone()];
    if text.ends_with([',', '[', '{']) {
        return None;
    }
    let open = left_open(text)?;
    let (innermost, _) = open.last()?;
    let missing: String = open.iter().rev().map(|(_, close)| close).collect();
    let end = context.span(line.end..line.end);
    let fix = Fix::replace(format!("close it with `{missing}`"), end, missing);
    Some((start + innermost, fix))
}

/// Where a line opens brackets that it leaves open, and what closes each; nothing where it closes
/// another one, or leaves a quote open.
pub(super) fn left_open(line: &str) -> Option<Vec<(usize, char)>> {
    let mut open = Vec::new();
    let mut quote = None;
    for (at, letter) in line.char_indices() {
        match letter {
            _ if quote.is_some() => quote = quote.filter(|quote| *quote != letter),
            '"' | '\'' => quote = Some(letter),
            '[' => open.push((at, ']')),
            '{' => open.push((at, '}')),
            ']' | '}' if open.pop().map(|(_, close)| close) != Some(letter) => return None,
            _ => {}
        }
    }
    quote.is_none().then_some(open)
}

/// Texts up to this size are read again as a whole to see whether a change mends them.
pub(super) const TRIED: usize = 256 << 10;

/// How far around a change a text is read again that is larger.
const AROUND: usize = 16 << 10;

/// Larger texts are not tried.
const MOST: usize = 16 << 20;

/// Whether a text is YAML that was changed at a byte; of a large one, the lines around it.
pub(super) fn is_yaml(text: &str, at: usize) -> bool {
    let tried = match text.len() {
        0..=TRIED => Some(text),
        length => (length <= MOST).then(|| &text[around(text, at)]),
    };
    tried.is_some_and(parses)
}

/// The first byte of the lines above another one that a change there is tried with.
pub(super) fn above(text: &str, at: usize) -> usize {
    let first = match text.len() {
        0..=TRIED => 0,
        _ => text.floor_char_boundary(at.saturating_sub(AROUND)),
    };
    text[..first].rfind('\n').map_or(0, |feed| feed + 1)
}

/// Whole lines around a byte: items or keys of one list or map, so that they are YAML alone.
fn around(text: &str, at: usize) -> Range<usize> {
    let first = above(text, at);
    let last = text.ceil_char_boundary(at.saturating_add(AROUND));
    let lines = text[first..last]
        .split_inclusive('\n')
        .scan(first, |next, line| {
            let start = *next;
            *next += line.len();
            Some((start, line))
        });
    let says = |line: &str| !line.trim().is_empty() && !line.trim_start().starts_with('#');
    let said: Vec<(usize, usize)> = lines
        .filter(|(_, line)| says(line))
        .map(|(start, line)| (start, indentation(line)))
        .collect();
    let (above, below) = said.split_at(said.partition_point(|(start, _)| *start <= at));
    let depth = above.iter().map(|(_, depth)| *depth).min().unwrap_or(0);
    let begin = above.iter().find(|(_, own)| *own == depth);
    let inner = below.iter().take_while(|(_, own)| *own >= depth).count();
    // Where the text goes on, the last of them may be cut off in its middle.
    let end = match below.get(inner) {
        Some((end, _)) => *end,
        None if last == text.len() => last,
        None => {
            let item = below.iter().rfind(|(_, own)| *own == depth);
            item.map_or(last, |(start, _)| *start)
        }
    };
    begin.map_or(first, |(start, _)| *start)..end
}

/// Whether a text is YAML.
pub(super) fn parses(text: &str) -> bool {
    Parser::new_from_str(text).all(|event| event.is_ok())
}

/// A map in braces of which the first is missing.
pub(super) fn unopened(value: Range<usize>, context: &Context<'_>) -> Option<Diagnostic> {
    let text = context.text.get(value.clone())?;
    let is_map = text.ends_with('}') && !text.contains('{') && is_yaml(&format!("{{{text}"), 0);
    let (start, end) = (value.start..value.start, value.end - 1..value.end);
    is_map.then(|| {
        Diagnostic::error(&rules::SYNTAX, "this bracket is never opened")
            .at(context.span(end), "closed here")
            .help("open it before the first key")
            .fix(Fix::replace("open it with `{`", context.span(start), "{"))
    })
}

/// Whether a text is YAML after a change.
pub(super) fn mends(fix: &Fix, context: &Context<'_>) -> bool {
    let at = fix.edits.first().map_or(0, |edit| edit.span.start as usize);
    context.text.len() <= MOST && is_yaml(&fix.apply_to(context.text), at)
}

/// Puts a line as deep as one of its neighbours, if the file is YAML then.
fn indented(at: usize, context: &Context<'_>) -> Option<Fix> {
    let start = context.text[..at].rfind('\n').map_or(0, |feed| feed + 1);
    let own = indentation(&context.text[start..]);
    let above = context.text[..start]
        .lines()
        .rev()
        .find(|line| !line.trim().is_empty());
    let below = context.text[start..]
        .lines()
        .skip(1)
        .find(|line| !line.trim().is_empty());
    let beside = above.map(|line| line.find(|c| !matches!(c, ' ' | '-')));
    let depths = [
        beside.flatten(),
        above.map(indentation),
        below.map(indentation),
    ];
    let depth = depths.into_iter().flatten().find(|depth| {
        let spaces = " ".repeat(*depth);
        let (before, after) = (&context.text[..start], &context.text[start + own..]);
        let moved = format!("{before}{spaces}{after}");
        *depth != own && is_yaml(&moved, start) && says_nothing_twice(moved, context)
    })?;
    let spaces = context.span(start..start + own);
    // Another depth may be YAML too, and mean something else.
    let fix = Fix::replace("indent it like its neighbour", spaces, " ".repeat(depth));
    Some(fix.by_choice())
}

/// Whether no key of a text that is YAML stands twice in one map: mending that would take the
/// value of one out.
fn says_nothing_twice(text: String, context: &Context<'_>) -> bool {
    if text.len() > TRIED {
        return true;
    }
    let (_, found) = Document::parse(context.source, text);
    found
        .iter()
        .all(|one| one.code.name != rules::DUPLICATE_KEY.name)
}

pub(super) fn indentation(line: &str) -> usize {
    line.len() - line.trim_start_matches(' ').len()
}

fn closed_quote(at: usize, context: &Context<'_>) -> Option<Fix> {
    let rest = context.text.get(at..)?;
    rest.chars().next().filter(|c| matches!(c, '"' | '\''))?;
    let line = rest.lines().next()?.trim_end();
    // Another quote, or what may be a comment, leaves open where it was to end.
    if line[1..].contains(['"', '\'', '#', '\\']) {
        return None;
    }
    quotes::closing(at, context)
}

/// Between single quotes a backslash is a letter like any other.
fn plain_backslashes(at: usize, context: &Context<'_>) -> Option<Fix> {
    let open = context.text[..at].rfind('"')?;
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
