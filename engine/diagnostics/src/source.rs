//! The texts that people wrote, by number, and where their lines begin.

use std::sync::{Arc, OnceLock};

use serde::{Deserialize, Serialize};

use crate::span::Span;

/// The number of a text in [`Sources`].
#[derive(
    Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize,
)]
#[serde(transparent)]
pub struct SourceId(pub u16);

/// One text and the name people know it by, mostly its path.
#[derive(Clone, Debug)]
pub struct Source {
    /// The name shown in messages.
    pub name: Arc<str>,
    /// The whole text, exactly as it was written.
    pub text: Arc<str>,
    starts: OnceLock<Vec<u32>>,
}

/// A place as people count it: both numbers begin at 1.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Place {
    /// The line.
    pub line: usize,
    /// The column, counted in characters.
    pub column: usize,
}

impl Source {
    /// A text under a name.
    pub fn new(name: impl Into<Arc<str>>, text: impl Into<Arc<str>>) -> Self {
        Self {
            name: name.into(),
            text: text.into(),
            starts: OnceLock::new(),
        }
    }

    /// The byte at which each line begins, the first line included.
    fn starts(&self) -> &[u32] {
        self.starts.get_or_init(|| {
            let ends = self.text.bytes().zip(1..).filter(|(b, _)| *b == b'\n');
            std::iter::once(0).chain(ends.map(|(_, at)| at)).collect()
        })
    }

    /// How many lines there are; a text that ends with a line break has one empty line after it.
    pub fn lines(&self) -> usize {
        self.starts().len()
    }

    /// The line, from 0, that holds a byte.
    pub fn line_of(&self, byte: usize) -> usize {
        self.starts()
            .partition_point(|start| *start as usize <= byte)
            .saturating_sub(1)
    }

    /// The byte at which a line, from 0, begins; the end of the text for lines beyond it.
    pub fn line_start(&self, line: usize) -> usize {
        self.starts()
            .get(line)
            .map_or(self.text.len(), |start| *start as usize)
    }

    /// The line and column of a byte. A byte inside a character counts as that character.
    pub fn place(&self, byte: usize) -> Place {
        let byte = byte.min(self.text.len());
        let line = self.line_of(byte);
        let before = self.text[self.line_start(line)..].char_indices();
        let column = before
            .take_while(|(at, c)| self.line_start(line) + at + c.len_utf8() <= byte)
            .count();
        Place {
            line: line + 1,
            column: column + 1,
        }
    }
}

/// All texts that one run has read. It only grows, so a [`Span`] stays good.
#[derive(Clone, Debug, Default)]
pub struct Sources {
    all: Vec<Source>,
}

impl Sources {
    /// No text yet.
    pub fn new() -> Self {
        Self::default()
    }

    /// Takes a text up.
    ///
    /// # Panics
    ///
    /// When there are 65,536 texts already: no reader follows that many files.
    pub fn add(&mut self, name: impl Into<Arc<str>>, text: impl Into<Arc<str>>) -> SourceId {
        let id = u16::try_from(self.all.len()).expect("readers stop long before 65,536 files");
        self.all.push(Source::new(name, text));
        SourceId(id)
    }

    /// The text of that number.
    ///
    /// # Panics
    ///
    /// When the number is of another arena.
    pub fn get(&self, id: SourceId) -> &Source {
        &self.all[usize::from(id.0)]
    }

    /// The same texts with stars in some places, byte for byte, so that spans stay good.
    pub fn masked(&self, places: &[Span]) -> Sources {
        let mut masked = self.clone();
        for place in places {
            let source = &mut masked.all[usize::from(place.source.0)];
            let range = place.range();
            let Some(secret) = source.text.get(range.clone()) else {
                continue;
            };
            let stars = secret.bytes().map(|byte| match byte {
                b'\n' => '\n',
                _ => '*',
            });
            let stars: String = stars.collect();
            let (before, after) = (&source.text[..range.start], &source.text[range.end..]);
            source.text = format!("{before}{stars}{after}").into();
        }
        masked
    }

    /// All texts in the order in which they were read.
    pub fn iter(&self) -> impl Iterator<Item = (SourceId, &Source)> {
        self.all
            .iter()
            .zip(0..)
            .map(|(source, id)| (SourceId(id), source))
    }

    /// The words under a span.
    pub fn text(&self, span: Span) -> &str {
        self.get(span.source)
            .text
            .get(span.range())
            .unwrap_or_default()
    }

    /// `file:line:column`, the form that editors and terminals make a link of.
    pub fn place(&self, span: Span) -> String {
        let source = self.get(span.source);
        let place = source.place(span.start as usize);
        format!("{}:{}:{}", source.name, place.line, place.column)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_count_characters_and_lines_begin_at_one() {
        let source = Source::new("a.yaml", "é: x\nb: y\n");
        let at = |byte| {
            let place = source.place(byte);
            (place.line, place.column)
        };
        assert_eq!(at(0), (1, 1));
        assert_eq!(at(1), (1, 1), "inside the first character");
        assert_eq!(at(2), (1, 2));
        assert_eq!(at(6), (2, 1));
        assert_eq!(at(11), (3, 1), "after the last line break");
        assert_eq!(at(99), (3, 1), "beyond the text");
    }

    #[test]
    fn a_span_gives_its_words_and_its_place() {
        let mut sources = Sources::new();
        sources.add("a.yaml", "x");
        let b = sources.add("b.yaml", "one\ntwo three\n");
        let span = Span::at(b, 8..13);
        assert_eq!(sources.text(span), "three");
        assert_eq!(sources.place(span), "b.yaml:2:5");
    }
}
