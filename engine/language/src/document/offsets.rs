//! From the text of a scalar back to the bytes it was written with.
//!
//! Escapes, doubled quotes, folded lines and the indentation of blocks make the two differ. Both
//! are walked together, letter by letter; where they do not agree there is no answer, and the
//! caller falls back to the whole scalar.

use std::ops::Range;

use runsheet_diagnostics::source::SourceId;
use runsheet_diagnostics::span::Span;

use super::changes::{Cut, before};
use super::node::Style;

/// Where the letters of a scalar's text stand in the source. Made once for a scalar, it answers
/// for any part of it.
#[derive(Clone, Debug)]
pub struct Places {
    source: SourceId,
    letters: Letters,
    /// Where the text was rewritten, the latest change first.
    cuts: Vec<Vec<Cut>>,
}

#[derive(Clone, Debug)]
enum Letters {
    /// The text is the source's own bytes, from this one on.
    Same(usize),
    /// Each letter: its byte in the text, and its bytes in the source.
    Table(Vec<(u32, Range<u32>)>),
    /// The text could not be followed: everything stands in these bytes.
    Lost(Range<usize>),
}

impl Places {
    fn new(source: SourceId, letters: Letters) -> Self {
        Self {
            source,
            letters,
            cuts: Vec::new(),
        }
    }

    /// Those of a text that came from this one by changing parts of it.
    pub(super) fn rewritten(mut self, cuts: Vec<Cut>) -> Self {
        self.cuts.insert(0, cuts);
        self
    }

    /// Those of a text that is the source's own bytes, from `start` on.
    pub(super) fn same(source: SourceId, start: usize) -> Self {
        let letters = Letters::Same(start);
        Self::new(source, letters)
    }

    /// Those of a text that was decoded from the bytes `span` of a source.
    pub(super) fn decoded(
        source: SourceId,
        text: &str,
        span: Range<usize>,
        decoded: &str,
        style: Style,
    ) -> Self {
        let table = table(text, span.clone(), decoded, style).filter(|table| !table.is_empty());
        let letters = table.map_or(Letters::Lost(span), Letters::Table);
        Self::new(source, letters)
    }

    /// Those of something that is no text.
    pub(super) fn lost(source: SourceId, span: Range<usize>) -> Self {
        let letters = Letters::Lost(span);
        Self::new(source, letters)
    }

    /// The source bytes of a part of the text.
    pub fn at(&self, range: Range<usize>) -> Span {
        let cuts = self.cuts.iter();
        let range = cuts.fold(range, |range, cuts| before(cuts, &range));
        let bytes = match &self.letters {
            Letters::Same(start) => start + range.start..start + range.end,
            Letters::Table(letters) => within(letters, &range),
            Letters::Lost(span) => span.clone(),
        };
        Span::at(self.source, bytes)
    }
}

fn within(letters: &[(u32, Range<u32>)], range: &Range<usize>) -> Range<usize> {
    let before = |end: usize| letters.partition_point(|(at, _)| (*at as usize) < end);
    let end_of = |n: usize| letters.get(n).map_or(0, |(_, bytes)| bytes.end as usize);
    let first = before(range.start + 1).saturating_sub(1);
    let (at, bytes) = match letters.get(first) {
        Some((at, bytes)) => (*at as usize, bytes),
        None => return 0..0,
    };
    // A point behind the last letter.
    let behind = range.start > at && first + 1 == letters.len() && range.is_empty();
    let start = if behind { bytes.end } else { bytes.start } as usize;
    match before(range.end).checked_sub(1) {
        Some(last) if !range.is_empty() => start..end_of(last),
        _ => start..start,
    }
}

fn table(
    source: &str,
    span: Range<usize>,
    decoded: &str,
    style: Style,
) -> Option<Vec<(u32, Range<u32>)>> {
    let mut walk = Walk::new(source, span, style);
    let narrow = |byte: usize| u32::try_from(byte).ok();
    let letters = decoded.char_indices().map(|(at, letter)| {
        let bytes = walk.letter(letter)?;
        Some((narrow(at)?, narrow(bytes.start)?..narrow(bytes.end)?))
    });
    letters.collect()
}

struct Walk<'s> {
    raw: &'s [u8],
    source: &'s str,
    first: usize,
    at: usize,
    end: usize,
    style: Style,
    /// The columns that stand before every line of a block.
    indent: usize,
}

impl<'s> Walk<'s> {
    fn new(source: &'s str, span: Range<usize>, style: Style) -> Self {
        let quoted = usize::from(matches!(style, Style::Single | Style::Double));
        let line = source[..span.start].rfind('\n').map_or(0, |n| n + 1);
        Self {
            raw: source.as_bytes(),
            source,
            first: span.start + quoted,
            at: span.start + quoted,
            end: span.end.saturating_sub(quoted).max(span.start),
            style,
            indent: span.start - line,
        }
    }

    fn byte(&self, at: usize) -> Option<u8> {
        (at < self.end).then(|| self.raw[at])
    }

    /// The bytes that became this letter of the decoded text.
    fn letter(&mut self, letter: char) -> Option<Range<usize>> {
        match self.style {
            Style::Double => self.joined_lines(),
            Style::Literal | Style::Folded => self.lost_breaks(letter),
            Style::Single | Style::Plain => {}
        }
        let start = self.at;
        match self.style {
            Style::Literal | Style::Folded => self.block(letter)?,
            Style::Plain => self.flow(letter)?,
            Style::Single => match self.byte(start) {
                Some(b'\'') if letter == '\'' => self.at += 2,
                _ => self.flow(letter)?,
            },
            Style::Double => match self.byte(start) {
                Some(b'\\') => self.escape()?,
                _ => self.flow(letter)?,
            },
        }
        Some(start..self.at)
    }

    /// A letter that stands for itself.
    fn same(&mut self, letter: char) -> Option<()> {
        let found = self.source.get(self.at..self.end)?.chars().next()?;
        (found == letter).then(|| self.at += letter.len_utf8())
    }

    /// A letter of a plain or quoted text, in which line breaks are folded: one is a space, and
    /// of several the first says nothing.
    fn flow(&mut self, letter: char) -> Option<()> {
        let Some(breaks) = self.fold() else {
            return self.same(letter);
        };
        match (letter, breaks) {
            (' ', 1) => self.skip_blank(),
            ('\n', 2) => self.skip_blank(),
            ('\n', 3..) => self.skip_line(),
            _ => return None,
        }
        Some(())
    }

    /// How many line breaks follow here with nothing but blanks between them; `None` for none.
    fn fold(&self) -> Option<usize> {
        let rest = &self.raw[self.at.min(self.end)..self.end];
        let blank = rest.iter().take_while(|b| b.is_ascii_whitespace());
        let breaks = blank.filter(|b| **b == b'\n').count();
        (breaks > 0).then_some(breaks)
    }

    fn skip_blank(&mut self) {
        while self.byte(self.at).is_some_and(|b| b.is_ascii_whitespace()) {
            self.at += 1;
        }
    }

    fn skip_line(&mut self) {
        while self.byte(self.at).is_some_and(|b| b != b'\n') {
            self.at += 1;
        }
        self.at += 1;
    }

    /// Lines of a double-quoted text joined by a backslash at the end of the first.
    fn joined_lines(&mut self) {
        while self.byte(self.at) == Some(b'\\') {
            let after = self.at + 1;
            let feed = after + usize::from(self.byte(after) == Some(b'\r'));
            if self.byte(feed) != Some(b'\n') {
                return;
            }
            self.at = feed;
            self.skip_blank();
        }
    }

    fn escape(&mut self) -> Option<()> {
        let wide = |byte| match byte {
            b'x' => 4,
            b'u' => 6,
            b'U' => 10,
            _ => 2,
        };
        let first = self.byte(self.at + 1)?;
        let high = self.source.get(self.at + 2..self.at + 4);
        let surrogate = first == b'u'
            && high
                .and_then(|digits| u8::from_str_radix(digits, 16).ok())
                .is_some_and(|high| (0xd8..0xdc).contains(&high));
        self.at += if surrogate { 12 } else { wide(first) };
        Some(())
    }

    /// Line breaks of a block of which nothing remains before this letter.
    fn lost_breaks(&mut self, letter: char) {
        if letter == '\n' || (letter == ' ' && self.style == Style::Folded) {
            return;
        }
        while let Some(feed) = self.line_break() {
            self.at = feed + 1;
            self.skip_indent();
        }
    }

    /// A letter of a block. Line breaks stand for themselves, or in folded ones for a space.
    fn block(&mut self, letter: char) -> Option<()> {
        match self.line_break() {
            Some(feed) => {
                self.at = feed + 1;
                self.skip_indent();
                Some(())
            }
            // Empty lines before and the line break after the text lie outside the block's bytes.
            None if letter == '\n' && (self.at == self.first || self.at >= self.end) => Some(()),
            None => self.same(letter),
        }
    }

    /// The byte of the line break that follows here, `\r\n` counting as one.
    fn line_break(&self) -> Option<usize> {
        let feed = self.at + usize::from(self.byte(self.at) == Some(b'\r'));
        (self.byte(feed) == Some(b'\n')).then_some(feed)
    }

    fn skip_indent(&mut self) {
        let from = self.at;
        while self.at - from < self.indent && self.byte(self.at) == Some(b' ') {
            self.at += 1;
        }
    }
}
