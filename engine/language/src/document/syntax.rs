//! Mistakes of YAML in words people use, with the exact byte and, where there is one, the fix.

use std::ops::Range;

use runsheet_diagnostics::diagnostic::Diagnostic;
use runsheet_diagnostics::fix::Fix;
use runsheet_diagnostics::source::SourceId;
use runsheet_diagnostics::span::Span;
use serde_yaml::granit_parser::{ErrorKind, ScanError};

use super::{glued, quotes, remedies, rules, spaces, undashed};

/// Where the parser was when it gave up.
#[derive(Clone)]
pub(super) struct Context<'t> {
    pub(super) source: SourceId,
    pub(super) text: &'t str,
    /// The bytes of the last scalar, list or map that had begun.
    pub(super) last: Range<usize>,
    /// Whether that was between brackets or braces.
    pub(super) flow: bool,
}

impl Context<'_> {
    pub(super) fn span(&self, range: Range<usize>) -> Span {
        Span::at(self.source, range)
    }

    /// The letter at a byte, or the point after the last.
    fn letter(&self, at: usize) -> Span {
        let letter = self.text.get(at..).and_then(|rest| rest.chars().next());
        self.span(at..at + letter.map_or(0, char::len_utf8))
    }

    /// From a byte to the end of what was probably meant as one value: the end of the line
    /// without its comment, or between brackets the comma or bracket that ends it.
    fn value_from(&self, start: usize) -> Range<usize> {
        let line = self.rest_of_line(start);
        let end = match self.flow {
            true => end_in_brackets(line),
            false => line.len(),
        };
        start..start + line[..end].trim_end().len()
    }

    /// From a byte to the end of its line, without its comment.
    pub(super) fn rest_of_line(&self, start: usize) -> &str {
        let line = self.text[start..].lines().next().unwrap_or_default();
        line.find(" #").map_or(line, |comment| &line[..comment])
    }

    fn same_line(&self, a: usize, b: usize) -> bool {
        let between = self.text.get(a.min(b)..a.max(b));
        between.is_some_and(|text| !text.contains('\n'))
    }
}

/// The end of a value between brackets that calls a function; nothing where the call is not over.
fn end_of_call(line: &str) -> Option<usize> {
    let mut depth = 0_usize;
    line.char_indices().find_map(|(at, letter)| {
        match letter {
            '(' => depth += 1,
            ')' => depth = depth.saturating_sub(1),
            ',' | ']' | '}' if depth == 0 => return Some(at),
            _ => {}
        }
        None
    })
}

/// The end of a value between brackets; what ends it elsewhere is part of an expression.
fn end_in_brackets(line: &str) -> usize {
    let first = line.find([',', ']', '{', '}']).unwrap_or(line.len());
    if let Some(end) = end_of_call(line).filter(|_| line[..first].contains('(')) {
        return end;
    }
    let mut at = 0;
    while let Some(found) = line[at..].find([',', ']', '{', '}']) {
        at += found;
        if !line[at..].starts_with('{') {
            return at;
        }
        at = line[at..]
            .find("}}")
            .map_or(line.len(), |close| at + close + 2);
    }
    line.len()
}

/// Where the mistake is.
fn place(error: &ScanError, text: &str) -> usize {
    let at = error.marker().byte_offset().unwrap_or(0).min(text.len());
    match error.kind() {
        // The place told is where the text began, lines above the tab.
        ErrorKind::TabInPlainScalar => at + text[at..].find('\t').unwrap_or(0),
        ErrorKind::UnknownQuotedScalarEscape => at + bad_escape(&text[at..]),
        _ => at,
    }
}

/// What a mistake of syntax is to a person.
pub(super) fn diagnostic(error: &ScanError, context: Context<'_>) -> Diagnostic {
    let at = place(error, context.text);
    let kind = error.kind();
    let better = quotes::left_open(at, &context)
        .or_else(|| undashed::long_dash(at, &context))
        .or_else(|| glued::missing_colon(at, &context))
        .or_else(|| misread(kind, at, &context))
        .or_else(|| tab(at, &context))
        .or_else(|| glued::missing_space(at, &context))
        .or_else(|| undashed::item(at, &context))
        .or_else(|| holds_colon(kind, at, &context))
        .or_else(|| glued::lost_colon(kind, at, &context))
        .or_else(|| unclosed_above(kind, at, &context));
    if let Some(told) = better {
        return told;
    }
    let (code, message, label, help) = match error.kind() {
        ErrorKind::RecursionLimitExceeded => {
            let help = "no workflow needs as many levels: move the inner parts out";
            (
                &rules::TOO_LARGE,
                "values are nested too deeply".to_owned(),
                "here",
                help,
            )
        }
        kind => {
            let (message, help) = words(kind, context.text[at..].starts_with('-'));
            let message = message.map_or_else(|| error.info(), str::to_owned);
            (&rules::SYNTAX, message, label(kind), help)
        }
    };
    let place = match error.kind() {
        ErrorKind::SimpleKeyExpected => context.span(context.value_from(at)),
        _ => context.letter(at),
    };
    let diagnostic = Diagnostic::error(code, message).at(place, label);
    let diagnostic = match remedies::remedy(error.kind(), at, &context) {
        Some(fix) => diagnostic.fix(fix),
        None => diagnostic,
    };
    match help {
        "" => diagnostic,
        help => diagnostic.help(help),
    }
}

/// What is said at the place.
fn label(kind: &ErrorKind) -> &'static str {
    match kind {
        ErrorKind::UnclosedFlowCollection { .. } | ErrorKind::UnclosedQuotedScalar => "opened here",
        ErrorKind::SimpleKeyExpected => "a `:` is missing after it",
        ErrorKind::UnknownQuotedScalarEscape => "begins an escape",
        _ => "the file is read up to here",
    }
}

/// Where a text between double quotes holds an escape that YAML does not know.
fn bad_escape(text: &str) -> usize {
    let mut at = 0;
    while let Some(found) = text[at..].find('\\') {
        at += found;
        match text[at + 1..].chars().next() {
            Some(letter) if "0abt\tnvfre \"/\\N_LPxuU\n".contains(letter) => {
                at += 1 + letter.len_utf8();
            }
            _ => return at,
        }
    }
    0
}

/// The message, where we have a better one than the parser, and what to do.
fn words(kind: &ErrorKind, item: bool) -> (Option<&'static str>, &'static str) {
    match kind {
        ErrorKind::MappingValueNotAllowed => (
            Some("a key cannot begin here"),
            "indent the line as its neighbours, or quote the value if it holds `: `",
        ),
        ErrorKind::InvalidColonPlacement => (
            Some("a `:` has no place here"),
            "close the bracket above, or put a comma before the key",
        ),
        ErrorKind::UnclosedFlowCollection { .. } => (
            Some("this bracket is never closed"),
            "close it; lines inside brackets need no indentation but a comma between them",
        ),
        ErrorKind::UnclosedQuotedScalar => (Some("this quote is never closed"), "close it"),
        ErrorKind::ExpectedBlockMappingKey | ErrorKind::ExpectedBlockSequenceEntry => (
            Some("this line stands at a depth that fits no line above"),
            match item {
                true => "give the items of one list the same indentation, each with `- `",
                false => "give the keys of one map the same indentation",
            },
        ),
        ErrorKind::SimpleKeyExpected => (Some("this key has no `:`"), "write `key: value`"),
        ErrorKind::UnexpectedCharacter { .. } => (
            Some("a value cannot begin with this character"),
            "quote the value",
        ),
        ErrorKind::UnknownQuotedScalarEscape => (
            Some("this text holds an escape that YAML does not know"),
            "between double quotes write `\\\\` for a backslash, or use single quotes",
        ),
        ErrorKind::BlockSequenceEntryNotAllowed => (
            Some("a list cannot begin here"),
            "begin it on a line of its own, deeper than its key",
        ),
        ErrorKind::ExpectedFlowMappingSeparator | ErrorKind::ExpectedFlowSequenceSeparator => (
            Some("a comma or the closing bracket is missing before this"),
            "quote values that hold brackets, braces or commas",
        ),
        _ => (None, ""),
    }
}

/// A tab in the indentation of the line, whatever the parser made of it.
pub(super) fn tab(at: usize, context: &Context<'_>) -> Option<Diagnostic> {
    let line = context.text[..at].rfind('\n').map_or(0, |n| n + 1);
    let written = &context.text[line..];
    let width = written.find(|c| !matches!(c, ' ' | '\t'));
    let indentation = &written[..width.unwrap_or(written.len())];
    let first = line + indentation.find('\t')?;
    let mut told = Diagnostic::error(&rules::TAB, "a tab cannot indent")
        .at(context.letter(first), "a tab")
        .help("indent with spaces");
    let fix = spaces::without_tabs(line..line + indentation.len(), context);
    told.fixes.extend(fix);
    Some(told)
}

/// A plain text with a `: ` in it, by which YAML begins a key.
fn holds_colon(kind: &ErrorKind, at: usize, context: &Context<'_>) -> Option<Diagnostic> {
    let start = context.last.start;
    let is_value = matches!(kind, ErrorKind::MappingValueNotAllowed)
        && !context.flow
        && context.same_line(start, at)
        && context.text[..start].ends_with(": ");
    let value = context.value_from(start);
    let text = context.text.get(value.clone()).filter(|_| is_value)?;
    if let Some(told) = remedies::unopened(value.clone(), context) {
        return Some(told);
    }
    let message = "this text holds `: `, by which YAML begins another key";
    Some(
        Diagnostic::error(&rules::SYNTAX, message)
            .at(
                context.span(value.clone()),
                "it has to be quoted as a whole",
            )
            .help(format!("write {}", quoted(text)))
            .fix(Fix::replace("quote it", context.span(value), quoted(text))),
    )
}

/// A bracket that the line above opens and does not close, and a key below it.
fn unclosed_above(kind: &ErrorKind, at: usize, context: &Context<'_>) -> Option<Diagnostic> {
    let is_colon = matches!(kind, ErrorKind::InvalidColonPlacement);
    let is_separator = matches!(
        kind,
        ErrorKind::ExpectedFlowMappingSeparator
            | ErrorKind::ExpectedFlowSequenceSeparator
            | ErrorKind::BlockEntryInFlowCollection
    );
    let below = (is_colon || is_separator) && context.flow;
    let line = context.text[..at].rfind('\n').filter(|_| below)?;
    let end = context.text[..line].trim_end().len();
    let (open, fix) = remedies::closed_bracket(end, context)?;
    if is_separator && !remedies::mends(&fix, context) {
        return None;
    }
    let (message, help) = words(&ErrorKind::UnclosedFlowCollection { open: '[' }, false);
    Some(
        Diagnostic::error(&rules::SYNTAX, message.unwrap_or_default())
            .at(context.letter(open), "opened here")
            .help(help)
            .fix(fix),
    )
}

/// An expression or a text that YAML took apart because it was not quoted.
fn misread(kind: &ErrorKind, at: usize, context: &Context<'_>) -> Option<Diagnostic> {
    let start = match kind {
        ErrorKind::MappingValueNotAllowed
        | ErrorKind::ExpectedFlowMappingSeparator
        | ErrorKind::ExpectedFlowSequenceSeparator
        | ErrorKind::MappingKeyNotAllowed => context.last.start,
        // The quoted text itself never became a scalar.
        ErrorKind::InvalidTrailingDoubleQuotedScalar
        | ErrorKind::InvalidTrailingSingleQuotedScalar => {
            let after = context.last.end;
            after + context.text.get(after..)?.find(['"', '\''])?
        }
        _ => return None,
    };
    let call = in_call(start, context);
    let start = call.unwrap_or(start);
    let taken_apart = context.same_line(start, at);
    let value = match call {
        Some(start) => start..start + end_in_brackets(context.rest_of_line(start)),
        None => context.value_from(start),
    };
    let text = context.text.get(value.clone())?;
    if let Some(told) = glued::quote_within(start, context).filter(|_| taken_apart) {
        return Some(told);
    }
    let expression =
        call.is_some() || text.contains("${{") || text.contains(" ? ") || quoted_first(text);
    if !taken_apart || !expression {
        return None;
    }
    Some(unquoted(context.span(value), text))
}

/// Tells that YAML took a value apart.
pub(super) fn unquoted(span: Span, text: &str) -> Diagnostic {
    let message = "YAML reads this expression as something else";
    Diagnostic::error(&rules::UNQUOTED, message)
        .at(span, "it has to be quoted as a whole")
        .help(format!("write {}", quoted(text)))
        .fix(Fix::replace("quote it", span, quoted(text)))
}

/// Where the value begins that calls a function around a byte, between brackets: YAML ends it at
/// the first comma.
fn in_call(at: usize, context: &Context<'_>) -> Option<usize> {
    let line = context.text[..at].rfind('\n').map_or(0, |feed| feed + 1);
    let before = context.text.get(line..at)?;
    // The parser tells of the bracket only after what it looks at ahead.
    remedies::left_open(before).filter(|open| !open.is_empty())?;
    let mut colons = before.rmatch_indices(": ").map(|(colon, _)| colon + 2);
    let opens = |start: &usize| {
        let value = &before[*start..];
        let is_plain = !value.starts_with(['[', '{', '"', '\'']);
        is_plain && opens_call(value)
    };
    colons.find(opens).map(|start| line + start)
}

/// Whether a text opens a bracket of a call that it does not close.
pub(super) fn opens_call(text: &str) -> bool {
    text.matches('(').count() > text.matches(')').count()
}

/// Whether a text begins with a quoted word and goes on, such as `"SALES" in inputs.names`.
fn quoted_first(text: &str) -> bool {
    let mut letters = text.chars();
    let quote = letters.next().filter(|c| matches!(c, '"' | '\''));
    let after = quote.and_then(|quote| letters.as_str().split_once(quote));
    after.is_some_and(|(_, rest)| !rest.trim().is_empty())
}

/// A text between the quotes that need the fewest changes to it.
pub(crate) fn quoted(text: &str) -> String {
    if text.contains(['"', '\\']) {
        format!("'{}'", text.replace('\'', "''"))
    } else {
        format!("\"{text}\"")
    }
}

/// A tag before a key, which is read as if it were not there.
pub(super) fn tagged_key(tag: Range<usize>, key: Span, context: &Context<'_>) -> Diagnostic {
    let whole = context.span(tag.clone()).to(key.before());
    Diagnostic::error(&rules::TAG, "a tag stands before a key")
        .at(context.span(tag), "read as a tag")
        .help("leave the tag out: no key takes one")
        .fix(Fix::replace("leave the tag out", whole, "").by_choice())
}

/// A tag of the user's own, which is mostly an expression that begins with `!`.
pub(super) fn custom_tag(tag: Range<usize>, context: &Context<'_>) -> Diagnostic {
    let value = context.value_from(tag.start);
    let text = &context.text[value.clone()];
    let tag = context.span(tag);
    let whole = context.span(value);
    let told = Diagnostic::error(
        &rules::TAG,
        "YAML reads `!` at the beginning of a value as a tag",
    )
    .at(tag, "read as a tag");
    // A key behind it, below which more may follow.
    let behind = text.split_whitespace().nth(1);
    if behind.is_some_and(|word| word.ends_with(':') && word.len() > 1) {
        return told.help("leave the tag out: no value takes one");
    }
    told.help(format!(
        "write {} if it is text or an expression",
        quoted(text)
    ))
    .fix(Fix::replace("quote it", whole, quoted(text)))
}
