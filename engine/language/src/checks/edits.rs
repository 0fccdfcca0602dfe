//! Edits of maps as they are written: a key put in, a key taken out. They move no other byte, and
//! where that cannot be done there is none.

use runsheet_diagnostics::fix::Edit;
use runsheet_diagnostics::source::Sources;
use runsheet_diagnostics::span::Span;

use crate::document::{Entry, Node};

/// How many entries a map may have in which one is looked for, so that a text costs no more than it
/// is long.
const MOST: usize = 256;

/// Whether a map is short enough to be changed.
pub(super) fn is_short(map: Node<'_>) -> bool {
    map.entries().len() <= MOST
}

/// Puts `key: value` before a key of a map.
pub(super) fn put_before(sources: &Sources, map: Node<'_>, key: Node<'_>, text: &str) -> Edit {
    let at = key.span().before();
    let text = match is_in_braces(map) {
        true => format!("{text}, "),
        false => format!("{text}\n{}", " ".repeat(column(sources, at))),
    };
    Edit { span: at, text }
}

fn is_in_braces(map: Node<'_>) -> bool {
    map.meant().written().starts_with('{')
}

/// How many characters stand before a place on its line.
fn column(sources: &Sources, at: Span) -> usize {
    let source = sources.get(at.source);
    let start = source.line_start(source.line_of(at.start as usize));
    source.text[start..at.start as usize].chars().count()
}

/// Whether the value of an entry has a name by which it may stand elsewhere too, or is one that
/// stands elsewhere.
pub(super) fn is_shared(sources: &Sources, entry: Entry<'_>) -> bool {
    let written = sources.text(entry.span());
    written.contains('&') || entry.value.written().starts_with('*')
}

/// Takes an entry out of a map that keeps others.
pub(super) fn take_out(sources: &Sources, map: Node<'_>, entry: Entry<'_>) -> Option<Edit> {
    if !is_short(map) {
        return None;
    }
    let entries: Vec<Entry<'_>> = map.entries().collect();
    let place = entry.key.span();
    let at = entries.iter().position(|one| one.key.span() == place)?;
    let whole = entry.span();
    if entries.len() < 2 || is_shared(sources, entry) {
        return None;
    }
    let span = match is_in_braces(map) {
        false => lines(sources, whole)?,
        true if at > 0 => within(entries[at - 1].span().after(), whole)?,
        true => within(place.before(), entries[1].key.span().before())?,
    };
    Some(Edit {
        span,
        text: String::new(),
    })
}

/// The lines of a stretch that has them for itself.
fn lines(sources: &Sources, stretch: Span) -> Option<Span> {
    let source = sources.get(stretch.source);
    let first = source.line_start(source.line_of(stretch.start as usize));
    let before = source.text[first..stretch.start as usize].trim();
    let ends = stretch.start as usize + source.text[stretch.range()].trim_end().len();
    let last = source.line_of(ends.saturating_sub(1));
    let end = source.line_start(last + 1).min(source.text.len());
    let behind = source.text[ends..end.max(ends)].trim();
    let is_alone = before.is_empty() && (behind.is_empty() || behind.starts_with('#'));
    is_alone.then(|| Span::at(stretch.source, first..end))
}

fn within(first: Span, last: Span) -> Option<Span> {
    (first.source == last.source && first.start <= last.end).then(|| first.to(last))
}

/// Adds an item to a list in brackets, or to one item alone.
pub(super) fn add_item(sources: &Sources, list: Node<'_>, item: &str) -> Option<Edit> {
    let span = list.span();
    let written = sources.text(span);
    let inner = written
        .strip_prefix('[')
        .and_then(|rest| rest.strip_suffix(']'));
    if let Some(inner) = inner {
        let comma = match inner.trim_end() {
            "" => "",
            inner if inner.ends_with(',') => " ",
            _ => ", ",
        };
        let at = span.part(written.len() - 1..written.len()).before();
        let text = format!("{comma}{item}");
        return Some(Edit { span: at, text });
    }
    (!list.is_list()).then(|| Edit {
        span,
        text: format!("[{written}, {item}]"),
    })
}
