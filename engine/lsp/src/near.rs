//! What is wrong where somebody types, told at once in a file too large to be read at every key.
//!
//! The item of the list of steps that is typed in is read with the head of the file, with what
//! stands behind the list, and with the items that it names, directly or through others. What that
//! tells of the item is shown; what was told elsewhere stays, moved to where its bytes are now. The
//! whole file is read as soon as nothing is typed, and then nothing stays that is not so.

use std::collections::BTreeMap;
use std::ops::Range;

use runsheet_diagnostics::diagnostic::Diagnostic;
use runsheet_diagnostics::source::{SourceId, Sources};
use runsheet_diagnostics::span::Span;
use runsheet_step::Catalogue;

use crate::store::Store;

/// From how many bytes on a file is large.
pub const LARGE: usize = 96 * 1024;

/// How many items are read with the one that is typed in.
const MOST: usize = 64;

/// What depends on a whole file: a part of it would tell what is not so.
const OF_ALL: [&str; 4] = ["misspelt", "unused", "unreachable", "unwritten"];

/// What was found in a part of a file.
#[derive(Clone, Debug)]
pub struct Near {
    /// The bytes of which it tells.
    pub range: Range<usize>,
    /// What is wrong there.
    pub found: Vec<Diagnostic>,
}

/// Reads what stands around a byte; `None` where the file has no such parts.
#[must_use]
pub fn near(
    path: &str,
    text: &str,
    at: usize,
    store: &Store,
    catalogue: &Catalogue,
) -> Option<Near> {
    let parts = Parts::of(text)?;
    let touched = parts.at(at);
    let mut chosen = parts.named(text, touched);
    chosen.extend([0, touched, parts.all.len() - 1]);
    if chosen.len() < 4 {
        // A list is never empty.
        chosen.push(1);
    }
    chosen.sort_unstable();
    chosen.dedup();
    let mut moved = Moved::default();
    for part in chosen {
        moved.add(text, parts.all[part].clone());
    }
    let mut sources = Sources::new();
    let source = sources.add(path, moved.text.as_str());
    let (_, found) = runsheet_language::read_workflow(source, &mut sources, catalogue, store);
    let range = parts.all[touched].clone();
    let inside = |one: &Diagnostic| {
        let start = one.span().map(|span| span.start as usize);
        start.is_some_and(|start| range.start <= start && start < range.end)
    };
    let of_all = |one: &Diagnostic| OF_ALL.iter().any(|word| one.code.name.starts_with(word));
    let found = found.into_iter().filter_map(|one| moved.back(one));
    let found = found.filter(|one| inside(one) && !of_all(one)).collect();
    Some(Near { range, found })
}

/// A file in parts: what stands before the first step, each step of the list, and what is behind.
struct Parts {
    all: Vec<Range<usize>>,
}

impl Parts {
    fn of(text: &str) -> Option<Parts> {
        let list = list(text)?;
        let mut all: Vec<Range<usize>> = Vec::new();
        let (mut start, mut column, mut at) = (0, None, list);
        for line in text[list..].split_inclusive('\n') {
            let inner = line.trim_start_matches(' ');
            let indent = line.len() - inner.len();
            let blank = inner.trim_end().is_empty() || inner.starts_with('#');
            let dash = inner.starts_with("- ") || inner.trim_end() == "-";
            if dash && indent == *column.get_or_insert(indent) {
                all.push(start..at);
                start = at;
            } else if !blank && column.is_none_or(|column| indent <= column) {
                break;
            }
            at += line.len();
        }
        all.push(start..at);
        all.push(at..text.len());
        let ends = [&all[0], &all[all.len() - 1]];
        let small = ends.iter().all(|part| part.len() < LARGE);
        (all.len() > 2 && small).then_some(Parts { all })
    }

    fn at(&self, byte: usize) -> usize {
        let found = self.all.iter().position(|part| byte < part.end);
        found.unwrap_or(self.all.len() - 1)
    }

    /// The items that a part names, and those that these name.
    fn named(&self, text: &str, touched: usize) -> Vec<usize> {
        let mut ids: BTreeMap<&str, usize> = BTreeMap::new();
        for (n, part) in self.all.iter().enumerate().skip(1).rev() {
            ids.extend(id(&text[part.clone()]).map(|id| (id, n)));
        }
        let mut found = vec![touched];
        let mut done = 0;
        while done < found.len() && found.len() < MOST {
            let part = self.all[found[done]].clone();
            for named in words(&text[part]).filter_map(|word| ids.get(word)) {
                if found.len() < MOST && !found.contains(named) {
                    found.push(*named);
                }
            }
            done += 1;
        }
        found
    }
}

/// The first line of the list of steps.
fn list(text: &str) -> Option<usize> {
    let at = match text.starts_with("steps:") {
        true => 0,
        false => text.find("\nsteps:")? + 1,
    };
    let end = at + text[at..].find('\n')?;
    let rest = text[at + "steps:".len()..end].trim();
    (rest.is_empty() || rest.starts_with('#')).then_some(end + 1)
}

/// The id of an item.
fn id(item: &str) -> Option<&str> {
    let mut starts = item.match_indices("id:").map(|(at, _)| at);
    let at = starts.find(|at| item[..*at].ends_with([' ', '{', '-']))?;
    words(&item[at + 3..]).next()
}

fn words(text: &str) -> impl Iterator<Item = &str> {
    let name = |c: char| c.is_alphanumeric() || matches!(c, '-' | '_');
    text.split(move |c| !name(c))
        .filter(|word| !word.is_empty())
}

/// A text made of stretches of another.
#[derive(Default)]
struct Moved {
    text: String,
    /// Where each stretch begins here, and where it begins there.
    starts: Vec<(usize, usize)>,
}

impl Moved {
    fn add(&mut self, text: &str, part: Range<usize>) {
        self.starts.push((self.text.len(), part.start));
        self.text.push_str(&text[part]);
    }

    fn place(&self, span: Span) -> Option<Span> {
        if span.source != SourceId(0) {
            return None;
        }
        let start = span.start as usize;
        let next = self.starts.partition_point(|(here, _)| *here <= start);
        let (here, there) = self.starts.get(next.checked_sub(1)?)?;
        Some(Span::at(
            SourceId(0),
            start - here + there..start - here + there + span.len(),
        ))
    }

    /// What is told of this text, told of the other; without what it says of further files.
    fn back(&self, mut told: Diagnostic) -> Option<Diagnostic> {
        let labels = std::mem::take(&mut told.labels).into_iter();
        let moved = labels.filter_map(|mut label| {
            label.span = self.place(label.span)?;
            Some(label)
        });
        told.labels = moved.collect();
        told.fixes.retain_mut(|fix| {
            fix.edits.iter_mut().all(|edit| {
                let place = self.place(edit.span);
                edit.span = place.unwrap_or(edit.span);
                place.is_some()
            })
        });
        (!told.labels.is_empty()).then_some(told)
    }
}

/// What was told before an edit, at the bytes of after it; nothing of what the edit touched.
pub fn shift(found: &mut Vec<Diagnostic>, edit: &Range<usize>, came: usize) {
    let moved = |span: Span| {
        let range = span.range();
        if span.source != SourceId(0) || range.end <= edit.start {
            return Some(span);
        }
        if range.start < edit.end {
            return None;
        }
        let shift = |at: usize| at + came - edit.len();
        Some(Span::at(span.source, shift(range.start)..shift(range.end)))
    };
    found.retain_mut(|told| {
        let labels = told.labels.iter_mut().map(|label| &mut label.span);
        let edits = told.fixes.iter_mut().flat_map(|fix| &mut fix.edits);
        let mut spans = labels.chain(edits.map(|edit| &mut edit.span));
        spans.all(|span| moved(*span).map(|there| *span = there).is_some())
    });
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_is_taken_apart_at_the_items_of_its_list() {
        let text = "name: a\nsteps:\n  # first\n  - id: a\n    with: {x: 1}\n  - {id: b}\n\n  - id: c\nfinally:\n  - id: d\n";
        let parts = Parts::of(text).unwrap();
        let shown: Vec<&str> = parts.all.iter().map(|part| &text[part.clone()]).collect();
        let wanted = [
            "name: a\nsteps:\n  # first\n",
            "  - id: a\n    with: {x: 1}\n",
            "  - {id: b}\n\n",
            "  - id: c\n",
            "finally:\n  - id: d\n",
        ];
        assert_eq!(shown, wanted);
        assert_eq!(shown.concat(), text);
        assert_eq!(parts.at(text.find("x: 1").unwrap()), 1);
    }

    #[test]
    fn an_item_brings_those_it_names() {
        let text = "steps:\n- {id: a}\n- {id: b, needs: [a]}\n- {id: c}\n- {id: d, when: steps.b.changed}\n";
        let parts = Parts::of(text).unwrap();
        assert_eq!(parts.named(text, 4), [4, 2, 1]);
    }
}
