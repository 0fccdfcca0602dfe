//! A stretch of bytes in one text.

use std::ops::Range;

use serde::{Deserialize, Serialize};

use crate::source::SourceId;

/// The bytes `start..end` of one text.
#[derive(
    Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize,
)]
pub struct Span {
    /// The text.
    pub source: SourceId,
    /// The first byte.
    pub start: u32,
    /// The byte after the last.
    pub end: u32,
}

impl Span {
    /// The bytes `range` of a text. Offsets beyond 4 GiB, which no reader accepts, saturate.
    pub fn at(source: SourceId, range: Range<usize>) -> Self {
        let narrow = |byte| u32::try_from(byte).unwrap_or(u32::MAX);
        let start = narrow(range.start);
        Self {
            source,
            start,
            end: narrow(range.end).max(start),
        }
    }

    /// The bytes, without the text they are in.
    pub fn range(self) -> Range<usize> {
        self.start as usize..self.end as usize
    }

    /// How many bytes.
    pub fn len(self) -> usize {
        self.range().len()
    }

    /// Whether it is a point between two bytes.
    pub fn is_empty(self) -> bool {
        self.start == self.end
    }

    /// From the beginning of this one to the end of another of the same text; one of another text
    /// adds nothing.
    #[must_use]
    pub fn to(self, other: Span) -> Span {
        if self.source != other.source {
            return self;
        }
        Span {
            source: self.source,
            start: self.start.min(other.start),
            end: self.end.max(other.end),
        }
    }

    /// A part of this span: `range` counts from its first byte and is cut at its last.
    #[must_use]
    pub fn part(self, range: Range<usize>) -> Span {
        let (start, end) = (self.start as usize, self.end as usize);
        let first = (start + range.start).min(end);
        let last = (start + range.end).min(end);
        Span::at(self.source, first..last)
    }

    /// The point before the first byte, where something can be inserted.
    #[must_use]
    pub fn before(self) -> Span {
        Span {
            end: self.start,
            ..self
        }
    }

    /// The point after the last byte.
    #[must_use]
    pub fn after(self) -> Span {
        Span {
            start: self.end,
            ..self
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_part_stays_inside_its_span() {
        let span = Span::at(SourceId(3), 10..20);
        assert_eq!(span.part(2..4), Span::at(SourceId(3), 12..14));
        assert_eq!(span.part(8..40), Span::at(SourceId(3), 18..20));
        assert_eq!(span.part(90..95), span.after());
    }

    #[test]
    fn two_spans_are_joined_in_either_order() {
        let (a, b) = (Span::at(SourceId(0), 1..3), Span::at(SourceId(0), 7..9));
        assert_eq!(a.to(b), Span::at(SourceId(0), 1..9));
        assert_eq!(b.to(a), a.to(b));
    }

    #[test]
    fn places_of_two_texts_are_not_joined() {
        let (a, b) = (Span::at(SourceId(0), 1..3), Span::at(SourceId(1), 7..9));
        assert_eq!(a.to(b), a);
        assert_eq!(b.to(a), b);
    }
}
