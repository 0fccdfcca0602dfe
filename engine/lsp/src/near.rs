//! What is wrong where somebody types, told at once in a file too large to be read at every key.
//!
//! The item of the list of steps that is typed in is read, and those that name a step of it, as it
//! is or as it was: with the head of the file, with what stands behind the list, and with all that
//! they name themselves, directly or through others. What that tells of these items is shown; what
//! was told elsewhere stays, moved to where its bytes are now. The whole file is read as soon as
//! nothing is typed, and then nothing stays that is not so.

mod parts;

use std::ops::Range;

use runsheet_diagnostics::diagnostic::Diagnostic;
use runsheet_diagnostics::source::{SourceId, Sources};
use runsheet_diagnostics::span::Span;
use runsheet_step::Catalogue;

use crate::store::Store;
use parts::Parts;

/// From how many bytes on a file is large.
pub const LARGE: usize = 96 * 1024;

/// What depends on a whole file: a part of it would tell what is not so.
const OF_ALL: [&str; 4] = ["misspelt", "unused", "unreachable", "unordered"];

/// What was found in parts of a file.
#[derive(Clone, Debug)]
pub struct Near {
    /// The bytes of which it tells.
    pub ranges: Vec<Range<usize>>,
    /// What is wrong there.
    pub found: Vec<Diagnostic>,
}

/// An edit: where it begins, what it took away, and how many bytes came.
#[derive(Clone, Copy, Debug)]
pub struct Edit<'e> {
    /// Where it begins.
    pub at: usize,
    /// What it took away.
    pub gone: &'e str,
    /// How many bytes came.
    pub came: usize,
}

impl Near {
    /// Whether it tells of what stands at a byte.
    #[must_use]
    pub fn holds(&self, byte: usize) -> bool {
        self.ranges.iter().any(|range| range.contains(&byte))
    }
}

/// Reads what stands around an edit; `None` where the file has no such parts.
#[must_use]
pub fn near(
    path: &str,
    text: &str,
    edit: Edit<'_>,
    store: &Store,
    catalogue: &Catalogue,
) -> Option<Near> {
    let parts = Parts::of(text)?;
    let touched = parts.at(edit.at + edit.came);
    let naming = parts.naming(text, touched, edit);
    let (mut chosen, told) = parts.named(text, touched, naming);
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
    let mut near = Near {
        ranges: told
            .into_iter()
            .map(|part| parts.all[part].clone())
            .collect(),
        found: Vec::new(),
    };
    let inside = |one: &Diagnostic| {
        one.span()
            .is_some_and(|span| near.holds(span.start as usize))
    };
    let of_all = |one: &Diagnostic| OF_ALL.iter().any(|word| one.code.name.starts_with(word));
    let found = found.into_iter().filter_map(|one| moved.back(one));
    let found = found.filter(|one| inside(one) && !of_all(one)).collect();
    near.found = found;
    Some(near)
}

/// Forgets what is told only where nothing is wrong, if something is.
pub fn forget_advice(found: &mut Vec<Diagnostic>) {
    if found.iter().any(Diagnostic::is_error) {
        let advice = runsheet_language::codes_of_advice();
        found.retain(|one| !advice.iter().any(|code| code.name == one.code.name));
    }
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
