//! The comments and empty lines of the texts, each given out once, to what it stands with.

use std::collections::BTreeMap;

use runsheet_diagnostics::source::{SourceId, Sources};
use runsheet_diagnostics::span::Span;
use runsheet_language::format::remarks::remarks;

use super::tree::Above;

/// What the texts say beside their values.
pub(super) struct Remarks<'s> {
    sources: &'s Sources,
    read: BTreeMap<SourceId, Text>,
}

/// Of one text, by the numbers of lines.
#[derive(Default)]
struct Text {
    above: BTreeMap<usize, Vec<Above>>,
    behind: BTreeMap<usize, String>,
}

impl<'s> Remarks<'s> {
    pub(super) fn new(sources: &'s Sources) -> Self {
        Self {
            sources,
            read: BTreeMap::new(),
        }
    }

    /// What stands above the line on which a span begins.
    pub(super) fn above(&mut self, span: Span) -> Vec<Above> {
        let line = self.first_line(span);
        let above = self.text(span.source).above.remove(&line);
        above.unwrap_or_default()
    }

    /// The comment behind what ends where a span ends.
    pub(super) fn behind(&mut self, span: Span) -> Option<String> {
        let line = self.last_line(span);
        self.text(span.source).behind.remove(&line)
    }

    /// Whether comments stand between the lines of a span.
    pub(super) fn has_any_within(&mut self, span: Span) -> bool {
        let (first, last) = (self.first_line(span), self.last_line(span));
        let text = self.text(span.source);
        let is_comment = |above: &Above| matches!(above, Above::Comment(_));
        let mut above = text.above.range(first + 1..=last.max(first + 1));
        first < last
            && (text.behind.range(first..last).next().is_some()
                || above.any(|(_, above)| above.iter().any(is_comment)))
    }

    /// What stands below everything in a text.
    pub(super) fn at_the_end(&mut self, source: SourceId) -> Vec<Above> {
        let above = self.text(source).above.remove(&usize::MAX);
        let mut above = above.unwrap_or_default();
        while above.last() == Some(&Above::Blank) {
            above.pop();
        }
        above
    }

    /// The line of its first byte, counted from 0.
    pub(super) fn first_line(&self, span: Span) -> usize {
        self.sources.get(span.source).line_of(span.range().start)
    }

    /// The line of its last byte.
    fn last_line(&self, span: Span) -> usize {
        let range = span.range();
        let last = range.end.saturating_sub(1).max(range.start);
        self.sources.get(span.source).line_of(last)
    }

    fn text(&mut self, source: SourceId) -> &mut Text {
        let sources = self.sources;
        let read = || of(&sources.get(source).text);
        self.read.entry(source).or_insert_with(read)
    }
}

fn of(text: &str) -> Text {
    let mut found = Text::default();
    let mut alone = BTreeMap::new();
    for remark in remarks(text) {
        match remark.is_alone {
            true => alone.insert(remark.line, remark.text),
            false => found.behind.insert(remark.line, remark.text),
        };
    }
    let mut above = Vec::new();
    for (number, line) in text.lines().enumerate() {
        if let Some(comment) = alone.remove(&number) {
            above.push(Above::Comment(comment));
        } else if line.trim().is_empty() {
            if above.last() != Some(&Above::Blank) {
                above.push(Above::Blank);
            }
        } else if is_bare_dash(line) {
            above.extend(found.behind.remove(&number).map(Above::Comment));
        } else if !above.is_empty() {
            found.above.insert(number, std::mem::take(&mut above));
        }
    }
    found.above.insert(usize::MAX, above);
    found
}

/// Whether the item that begins on a line stands on the next: what is said of the one is said of
/// the other.
fn is_bare_dash(line: &str) -> bool {
    let rest = line.trim_start().strip_prefix('-').map(str::trim_start);
    rest.is_some_and(|rest| rest.is_empty() || rest.starts_with('#'))
}
