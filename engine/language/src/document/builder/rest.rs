//! What else is wrong with a text that cannot be read to its end: the lines that a mistake of syntax
//! spoils are left out, and what stands behind them is looked through.

use std::ops::Range;
use std::sync::Arc;

use runsheet_diagnostics::diagnostic::Diagnostic;
use runsheet_diagnostics::source::SourceId;

use super::super::{Limits, rules};
use super::Builder;

/// How many mistakes of syntax are told of one text.
pub(super) const MOST: usize = 16;

/// The largest text that is read again.
const LARGEST: usize = 1 << 20;

impl Builder {
    /// The lines that the mistake told last spoils: from the beginning of the item of the outermost
    /// list that it is in, or of the outermost key, to the next one.
    pub(super) fn spoilt(&self, text: &str) -> Option<Range<usize>> {
        let mistake = self.found.last()?;
        let codes = [rules::SYNTAX.name, rules::TAB.name, rules::UNQUOTED.name];
        if text.len() > LARGEST || !codes.contains(&mistake.code.name) {
            return None;
        }
        let at = mistake.span()?.range().start;
        let begins = |id| self.document.nodes[id as usize].start as usize;
        let bracket = self.open.iter().find(|open| open.flow);
        let last = self.document.nodes.last().map_or(0, |raw| raw.end as usize);
        let first = bracket.map_or(last, |open| begins(open.id)).min(at);
        let first = first
            + text[first..at]
                .find(|c: char| !c.is_whitespace())
                .unwrap_or(0);
        let list = self.open.get(1).filter(|open| !open.map && !open.flow);
        let column = list.map_or(0, |list| {
            text[..begins(list.id)]
                .chars()
                .rev()
                .take_while(|c| *c == ' ')
                .count()
        });
        Some(around(text, first..at, column))
    }
}

/// The whole items that a stretch lies in, of which each begins at a column or at none.
fn around(text: &str, stretch: Range<usize>, column: usize) -> Range<usize> {
    let (mut start, mut at) = (0, 0);
    for line in text.split_inclusive('\n') {
        let is_item = begins_item(line, column);
        if is_item && at <= stretch.start {
            start = at;
        }
        if is_item && at > stretch.end {
            return start..at;
        }
        at += line.len();
    }
    start..text.len()
}

/// Whether a line begins a key or an item, at a column or at none.
fn begins_item(line: &str, column: usize) -> bool {
    let bare = line.trim_start_matches(' ');
    let depth = line.len() - bare.len();
    let bare = bare.trim_end();
    let is_item = bare.starts_with("- ") || bare == "-";
    let is_key =
        bare.starts_with(char::is_alphabetic) && (bare.ends_with(':') || bare.contains(": "));
    (depth == 0 || depth == column) && (is_item || is_key)
}

/// What is wrong behind some lines of a text.
pub(super) fn behind(
    spoilt: &Range<usize>,
    (source, text): (SourceId, &str),
    limits: Limits,
    rounds: usize,
) -> Vec<Diagnostic> {
    let (before, rest) = text.split_at(spoilt.start);
    let (lines, after) = rest.split_at(spoilt.len());
    let blanks = lines
        .bytes()
        .map(|byte| if byte == b'\n' { '\n' } else { ' ' });
    let blanks: String = blanks.collect();
    let without: Arc<str> = [before, &blanks, after].concat().into();
    let (_, mut found) = super::build_within(source, without, limits, rounds);
    let has_anchors = lines.contains('&');
    found.retain(|one| {
        let is_behind = one
            .span()
            .is_some_and(|span| span.range().start >= spoilt.end);
        let follows = has_anchors && one.code.name == rules::ALIAS.name;
        is_behind && !follows
    });
    found
}
