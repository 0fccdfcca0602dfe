//! Spaces in place of the tabs that indent a line, where it is plain how many were meant.

use std::ops::Range;

use runsheet_diagnostics::fix::Fix;
use serde_yaml::granit_parser::{Event, Parser};

use super::remedies::TRIED;
use super::syntax::Context;

/// More lines that begin with tabs than these are each put right alone.
const MOST_TABBED: usize = 24;

/// How many spaces may have been meant by a tab, the likeliest first.
const WIDTHS: [usize; 5] = [2, 4, 8, 3, 6];

/// New texts for ranges, in their order.
type Edits = Vec<(Range<usize>, String)>;

/// Puts spaces for the tabs that indent a line, as many for each as make the file YAML; for those
/// of all lines, if this one alone does not. Nothing where other widths would say something else.
pub(super) fn without_tabs(line: Range<usize>, context: &Context<'_>) -> Option<Fix> {
    let text = context.text;
    let mut all = indentations(text);
    let only_tabs = all
        .iter()
        .all(|range| !text[range.clone()].starts_with(' '));
    all.retain(|range| text[range.clone()].contains('\t'));
    let alone = [line];
    let found = match all.len() {
        0..=MOST_TABBED => sure(&alone, text).or_else(|| sure(&all, text)),
        _ => None,
    };
    // Where tabs indent every line, any width leaves each as deep as its neighbours.
    let alike = only_tabs && is_deeper(&alone[0], text);
    let edits = found.or_else(|| alike.then(|| spaced(&alone, 2, text)))?;
    let mend = |fix: Fix, (range, spaces)| fix.edit(context.span(range), spaces);
    Some(edits.into_iter().fold(Fix::new("put spaces"), mend))
}

/// The edits of the likeliest width, if every width that makes YAML makes the same.
fn sure(lines: &[Range<usize>], text: &str) -> Option<Edits> {
    let mended = WIDTHS.map(|width| {
        let edits = spaced(lines, width, text);
        let mended = edited(&edits, text);
        (edits, mended)
    });
    let mut possible = mended.iter().filter_map(|(edits, mended)| {
        let nested = mended.len() <= TRIED && is_nested(text, mended);
        Some((edits, events(mended).filter(|_| nested)?))
    });
    let (edits, said) = possible.next()?;
    possible
        .all(|(_, other)| other == said)
        .then(|| edits.clone())
}

/// What a text says, if it is YAML.
fn events(text: &str) -> Option<Vec<Event<'_>>> {
    let events = Parser::new_from_str(text).map(|event| Some(event.ok()?.0));
    events.collect()
}

/// Whether each line that a tab indented is deeper than the key above it that waits for a value.
fn is_nested(old: &str, new: &str) -> bool {
    let mut above = None;
    let lines = old.lines().zip(new.lines());
    let mut lines = lines.filter(|(old, _)| has_content(old));
    lines.all(|(old, new)| {
        let tabbed = old[..old.len() - old.trim_start().len()].contains('\t');
        let depth = new.len() - new.trim_start_matches(' ').len();
        let key = std::mem::replace(&mut above, waiting(new));
        !tabbed || key.is_none_or(|key| depth > key)
    })
}

/// Whether a line is deeper than such a key above it, if every tab is two spaces.
fn is_deeper(line: &Range<usize>, text: &str) -> bool {
    let spaces = |text: &str| text.replace('\t', "  ");
    let above = text[..line.start]
        .lines()
        .rev()
        .find(|line| has_content(line));
    let key = above.and_then(|above| waiting(&spaces(above)));
    key.is_none_or(|key| spaces(&text[line.clone()]).len() > key)
}

fn has_content(line: &str) -> bool {
    let written = line.trim_start();
    !written.is_empty() && !written.starts_with('#')
}

/// The column of the key or the dash with nothing behind it that a line ends with.
fn waiting(line: &str) -> Option<usize> {
    let written = line.find(" #").map_or(line, |comment| &line[..comment]);
    let mut written = written.trim_end();
    // An anchor, a tag and the mark of a text of many lines stand before the value.
    while let Some((before, last)) = written.rsplit_once(' ') {
        let is_mark = last.starts_with(['&', '!', '|', '>']);
        if !is_mark {
            break;
        }
        written = before.trim_end();
    }
    let mut key = written.trim_start();
    while let Some(item) = key.strip_prefix("- ") {
        key = item.trim_start();
    }
    let waits = key == "-" || key.ends_with(':');
    waits.then(|| written.len() - key.len())
}

/// Indentations with as many spaces for each tab.
fn spaced(lines: &[Range<usize>], width: usize, text: &str) -> Edits {
    let spaces = " ".repeat(width);
    let spaced = |range: &Range<usize>| {
        let text = text[range.clone()].replace('\t', &spaces);
        (range.clone(), text)
    };
    lines.iter().map(spaced).collect()
}

fn edited(edits: &Edits, text: &str) -> String {
    let mut end = 0;
    let mut new = String::with_capacity(text.len());
    for (range, spaces) in edits {
        new.push_str(&text[end..range.start]);
        new.push_str(spaces);
        end = range.end;
    }
    new + &text[end..]
}

/// Where the indentation of each line stands.
fn indentations(text: &str) -> Vec<Range<usize>> {
    let mut at = 0;
    let mut found = Vec::new();
    for line in text.split_inclusive('\n') {
        let width = line.len() - line.trim_start_matches([' ', '\t']).len();
        found.push(at..at + width);
        at += line.len();
    }
    found
}
