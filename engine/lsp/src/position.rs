//! Places as editors count them: lines from 0, and in a line UTF-16 units, or bytes where both
//! sides agreed on those.

use std::ops::Range;
use std::sync::Arc;

use lsp_types::{Position, Range as Places, TextDocumentContentChangeEvent};

/// How columns are counted.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Encoding {
    /// In bytes.
    Utf8,
    /// In units of UTF-16, which every editor knows.
    #[default]
    Utf16,
}

/// A text and where its lines begin.
#[derive(Clone, Debug)]
pub struct Text {
    text: Arc<str>,
    starts: Arc<[usize]>,
}

impl Text {
    /// A whole text.
    #[must_use]
    pub fn new(text: impl Into<Arc<str>>) -> Text {
        let text = text.into();
        let starts = starts(&text).into();
        Text { text, starts }
    }

    /// The text.
    #[must_use]
    pub fn get(&self) -> &Arc<str> {
        &self.text
    }

    /// The bytes of a line, from 0, with its line break.
    fn line(&self, line: usize) -> Range<usize> {
        let end = self.text.len();
        let start = self.starts.get(line).copied().unwrap_or(end);
        start..self.starts.get(line + 1).copied().unwrap_or(end)
    }

    /// The byte of a place; a column behind the end of its line is that end.
    #[must_use]
    pub fn byte(&self, place: Position, encoding: Encoding) -> usize {
        let range = self.line(place.line as usize);
        let line = self.text[range.clone()].trim_end_matches(['\n', '\r']);
        let mut column = 0;
        for (at, letter) in line.char_indices() {
            if column >= place.character as usize {
                return range.start + at;
            }
            column += width(letter, encoding);
        }
        range.start + line.len()
    }

    /// The place of a byte. A byte inside a letter counts as that letter.
    #[must_use]
    pub fn place(&self, byte: usize, encoding: Encoding) -> Position {
        let byte = byte.min(self.text.len());
        let line = self.starts.partition_point(|start| *start <= byte) - 1;
        let start = self.starts[line];
        let before = self.text[start..].char_indices();
        let before = before.take_while(|(at, letter)| start + at + letter.len_utf8() <= byte);
        let column: usize = before.map(|(_, letter)| width(letter, encoding)).sum();
        let narrow = |n| u32::try_from(n).unwrap_or(u32::MAX);
        Position::new(narrow(line), narrow(column))
    }

    /// The places of some bytes.
    #[must_use]
    pub fn places(&self, bytes: &Range<usize>, encoding: Encoding) -> Places {
        Places::new(
            self.place(bytes.start, encoding),
            self.place(bytes.end, encoding),
        )
    }

    /// Makes a change; gives the bytes that it replaced and how many came.
    pub fn change(
        &mut self,
        change: &TextDocumentContentChangeEvent,
        encoding: Encoding,
    ) -> (Range<usize>, usize) {
        let Some(places) = change.range else {
            let all = 0..self.text.len();
            *self = Text::new(change.text.as_str());
            return (all, change.text.len());
        };
        let (start, end) = (
            self.byte(places.start, encoding),
            self.byte(places.end, encoding),
        );
        let range = start..end.max(start);
        let mut text = String::with_capacity(self.text.len() + change.text.len());
        text.push_str(&self.text[..range.start]);
        text.push_str(&change.text);
        text.push_str(&self.text[range.end..]);
        *self = Text::new(text);
        (range, change.text.len())
    }
}

fn width(letter: char, encoding: Encoding) -> usize {
    match encoding {
        Encoding::Utf8 => letter.len_utf8(),
        Encoding::Utf16 => letter.len_utf16(),
    }
}

/// The byte at which each line begins. A line ends with `\n`, `\r\n` or `\r`.
fn starts(text: &str) -> Vec<usize> {
    let bytes = text.as_bytes();
    let mut starts = vec![0];
    for (at, byte) in bytes.iter().enumerate() {
        let alone = *byte == b'\r' && bytes.get(at + 1) != Some(&b'\n');
        if *byte == b'\n' || alone {
            starts.push(at + 1);
        }
    }
    starts
}

#[cfg(test)]
mod tests {
    use super::*;

    fn change(range: Places, text: &str) -> TextDocumentContentChangeEvent {
        TextDocumentContentChangeEvent {
            range: Some(range),
            range_length: None,
            text: text.to_owned(),
        }
    }

    #[test]
    fn columns_are_units_of_utf_16_or_bytes() {
        let text = Text::new("a: é𝄞x\nb\r\nc\rd");
        let at = |byte, encoding| {
            let place = text.place(byte, encoding);
            (place.line, place.character)
        };
        let x = text.get().find('x').unwrap();
        assert_eq!(at(x, Encoding::Utf16), (0, 6));
        assert_eq!(at(x, Encoding::Utf8), (0, 9));
        assert_eq!(at(text.get().find('c').unwrap(), Encoding::Utf16), (2, 0));
        assert_eq!(at(text.get().find('d').unwrap(), Encoding::Utf16), (3, 0));
    }

    #[test]
    fn every_byte_comes_back_from_its_place() {
        let text = Text::new("é: 𝄞\r\n  - x\n\ny: ü");
        for encoding in [Encoding::Utf8, Encoding::Utf16] {
            for (at, _) in text.get().char_indices().filter(|(_, c)| *c != '\n') {
                assert_eq!(text.byte(text.place(at, encoding), encoding), at);
            }
        }
    }

    #[test]
    fn a_change_replaces_what_its_places_hold() {
        let mut text = Text::new("é: one\nb: two\n");
        let places = Places::new(Position::new(0, 3), Position::new(1, 1));
        assert_eq!(
            text.change(&change(places, "x\nc"), Encoding::Utf16),
            (4..9, 3)
        );
        assert_eq!(&**text.get(), "é: x\nc: two\n");
        let beyond = Places::new(Position::new(9, 9), Position::new(9, 9));
        text.change(&change(beyond, "d: 1"), Encoding::Utf16);
        assert_eq!(&**text.get(), "é: x\nc: two\nd: 1");
    }
}
