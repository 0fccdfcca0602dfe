//! How one file writes a map, for changes that move its keys: only where it is sure what moves.

use runsheet_diagnostics::fix::Fix;
use runsheet_diagnostics::span::Span;

use super::{Entry, Node};

/// A map that one file writes alone.
#[derive(Clone, Copy)]
pub(crate) struct Layout<'d> {
    map: Node<'d>,
    /// Whether it stands between braces.
    pub(crate) is_flow: bool,
}

impl<'d> Layout<'d> {
    /// `None` for a map that patches put together, for one that an alias stands for, and where
    /// lines do not end as ours.
    pub(crate) fn of(map: Node<'d>) -> Option<Self> {
        let written = map.written();
        let (source, bytes) = (map.span().source, map.span().range());
        let is_inside = |node: Node<'_>| {
            let span = node.span();
            span.source == source && bytes.contains(&span.range().start)
        };
        let is_own = |entry: Entry<'_>| {
            let place = entry.value.span();
            is_inside(entry.key) && place.source == source && place.range().start <= bytes.end
        };
        let keys = map.entries().map(|entry| entry.key.span().start);
        let is_one = map.is_map() && map.entries().all(is_own) && keys.is_sorted_by(|a, b| a < b);
        (is_one && !written.contains('\r')).then(|| Self {
            map,
            is_flow: written.starts_with('{'),
        })
    }

    /// The text of an entry as another map can take it over: it stands on one line, without a
    /// comment of its own, and no anchor, tag or alias goes with it.
    pub(crate) fn text(&self, entry: Entry<'_>, into: Layout<'_>) -> Option<String> {
        let value = entry.value.written();
        let marked = match entry.value.text() {
            Some(_) => value.starts_with(['&', '*', '!', '|', '>']),
            None => value.contains(['&', '*', '!', '#']),
        };
        let is_plain = entry.value.text() == Some(value);
        let would_end = into.is_flow && !self.is_flow && value.contains([',', '{', '}', '[', ']']);
        let is_sure = between(entry.key, entry.value)?.trim_matches(' ') == ":"
            && !value.contains('\n')
            && !self.has_comment(entry);
        let would_break = marked || (is_plain && would_end);
        (is_sure && !would_break).then(|| format!("{}: {value}", entry.key.written()))
    }

    /// The change that also takes entries out, with the commas or line breaks that go with them.
    pub(crate) fn without(&self, mut fix: Fix, gone: &[Entry<'_>]) -> Option<Fix> {
        let goes = |entry: Entry<'_>| gone.iter().any(|one| one.key.span() == entry.key.span());
        let mut kept = self.map.entries().skip_while(|entry| goes(*entry));
        let first = kept.next()?;
        let first = first.key.span();
        let mut before: Option<Entry<'_>> = None;
        for entry in self.map.entries() {
            let is_at_front = entry.key.span() < first;
            if goes(entry) {
                let span = match (self.is_flow, before) {
                    (false, _) => own_lines(entry)?,
                    (true, None) => entry.key.span().before().to(first.before()),
                    (true, Some(before)) => before.value.span().after().to(entry.value.span()),
                };
                if self.has_comment(entry) || !self.is_clear(entry)? {
                    return None;
                }
                // What stands in front of all that stay goes as one.
                if !(self.is_flow && is_at_front && before.is_some()) {
                    fix = fix.edit(span, "");
                }
            }
            before = Some(entry);
        }
        self.is_clear(self.at(first)?)?.then_some(fix)
    }

    /// Where texts come to stand before an entry, and the text to put there.
    pub(crate) fn before(&self, entry: Entry<'_>, texts: &[String]) -> Option<(Span, String)> {
        let between = match self.is_flow {
            true => ", ".to_owned(),
            false => on_a_new_line(entry)?,
        };
        let is_free = self.is_clear(entry)? && (self.is_flow || !is_commented(entry));
        let text: String = texts
            .iter()
            .map(|text| format!("{text}{between}"))
            .collect();
        is_free.then(|| (entry.key.span().before(), text))
    }

    /// Whether a comment stands behind an entry, up to the end of the map.
    fn has_comment(&self, entry: Entry<'_>) -> bool {
        let behind = entry.value.line_behind();
        let (end, from) = (self.map.span().range().end, entry.value.span().range().end);
        let inside = match self.is_flow {
            true => behind.get(..end.saturating_sub(from)).unwrap_or(behind),
            false => behind,
        };
        inside.contains('#')
    }

    fn at(&self, key: Span) -> Option<Entry<'d>> {
        self.map.entries().find(|entry| entry.key.span() == key)
    }

    /// Whether nothing but commas and spaces stands before an entry in its braces.
    fn is_clear(&self, entry: Entry<'_>) -> Option<bool> {
        if !self.is_flow {
            return Some(true);
        }
        let mut others = self.map.entries();
        let at = others.position(|one| one.key.span() == entry.key.span())?;
        let between = match at.checked_sub(1).and_then(|n| self.map.entries().nth(n)) {
            Some(before) => between(before.value, entry.key)?.trim().strip_prefix(',')?,
            None => {
                let start = self.map.span().range().start + 1;
                let text = self.map.whole_text();
                text.get(start..entry.key.span().range().start)?
            }
        };
        Some(between.trim().is_empty())
    }
}

/// What stands between two values of one text, the first before the second.
pub(crate) fn between<'d>(before: Node<'d>, after: Node<'_>) -> Option<&'d str> {
    let (from, to) = (before.span(), after.span());
    let bytes = from.range().end..to.range().start;
    let text = before.whole_text();
    text.get(bytes).filter(|_| from.source == to.source)
}

/// A line break, and the spaces under which an entry stands; `None` where more than dashes stands
/// before it.
pub(crate) fn on_a_new_line(entry: Entry<'_>) -> Option<String> {
    let before = entry.key.line_before();
    let is_first = before.bytes().all(|b| matches!(b, b' ' | b'-'));
    is_first.then(|| format!("\n{}", " ".repeat(before.len())))
}

/// The lines of an entry, if no comment belongs to it.
fn own_lines(entry: Entry<'_>) -> Option<Span> {
    entry.lines().filter(|_| !is_commented(entry))
}

/// Whether the line above an entry is a comment.
pub(crate) fn is_commented(entry: Entry<'_>) -> bool {
    let start = entry.key.span().range().start;
    let text = entry.key.whole_text().get(..start).unwrap_or_default();
    let above = text.rsplit('\n').nth(1).unwrap_or_default();
    above.trim_start().starts_with('#')
}
