//! A text made of stretches of another, and what is told of it.

use std::ops::Range;

use runsheet_diagnostics::diagnostic::Diagnostic;
use runsheet_diagnostics::source::SourceId;
use runsheet_diagnostics::span::Span;

/// A text made of stretches of another.
#[derive(Default)]
pub(super) struct Moved {
    pub(super) text: String,
    /// Where each stretch begins here, and where it begins there.
    starts: Vec<(usize, usize)>,
}

impl Moved {
    pub(super) fn add(&mut self, text: &str, part: Range<usize>) {
        self.starts.push((self.text.len(), part.start));
        self.text.push_str(&text[part]);
    }

    /// What is told of this text, told of the other; without what it says of further files.
    pub(super) fn back(&self, mut told: Diagnostic) -> Option<Diagnostic> {
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

    pub(super) fn place(&self, span: Span) -> Option<Span> {
        if span.source != SourceId(0) {
            return None;
        }
        let start = span.start as usize;
        let next = self.starts.partition_point(|(here, _)| *here <= start);
        let (here, there) = self.starts.get(next.checked_sub(1)?)?;
        let start = start - here + there;
        Some(Span::at(SourceId(0), start..start + span.len()))
    }
}

/// The stretches of a text of which something is told: what it says, where, and how to mend it.
pub(super) fn spans(told: &Diagnostic) -> impl Iterator<Item = Span> {
    let labels = told.labels.iter().map(|label| label.span);
    let edits = told.fixes.iter().flat_map(|fix| &fix.edits);
    labels.chain(edits.map(|edit| edit.span))
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
