//! GALINDEX.GLB: by which words an entry of the Global Address List is found (Q86375).
//!
//! 52 numbers of four bytes, and six bytes for each word of each name. Inferred: the numbers are
//! pairs, for each letter where its words begin and how many there are; a word is the number of its
//! entry and its place in the name; words are under their first letter, those without one at the end.

use super::corrupt::Corrupt;
use super::field::{Reader, Writer};

const FILE: &str = "GALINDEX.GLB";
const LETTERS: usize = 26;
const WORD: usize = 6;
/// Bytes before the first word.
pub const HEAD: usize = LETTERS * 2 * 4;

/// The index of a Global Address List.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Index {
    /// For each letter, its words.
    letters: Vec<Vec<Word>>,
}

impl Default for Index {
    fn default() -> Self {
        let letters = vec![Vec::new(); LETTERS];
        Self { letters }
    }
}

/// A word of a name.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Word {
    /// The entry in GAL.NME, from 0.
    pub entry: u32,
    /// The word within the name, from 0.
    pub place: u16,
}

impl Index {
    /// The index of names in the order of their entries. Words are what stands between spaces.
    pub fn of<'n>(names: impl IntoIterator<Item = &'n str>) -> Self {
        let mut index = Self::default();
        for (name, entry) in names.into_iter().zip(0..) {
            for (word, place) in name.split_whitespace().zip(0..) {
                index.letters[letter(word)].push(Word { entry, place });
            }
        }
        index
    }

    /// The words under the first letter of a word.
    #[must_use]
    pub fn under(&self, word: &str) -> &[Word] {
        &self.letters[letter(word)]
    }

    /// How many words there are.
    #[must_use]
    pub fn words(&self) -> usize {
        self.letters.iter().map(Vec::len).sum()
    }

    /// The bytes of the file.
    #[must_use]
    pub fn encode(&self) -> Vec<u8> {
        let mut into = Writer::default();
        let mut first = 0;
        for words in &self.letters {
            let count = u32::try_from(words.len()).unwrap_or(u32::MAX);
            into.long(first).long(count);
            first += count;
        }
        for word in self.letters.iter().flatten() {
            into.long(word.entry).word(word.place);
        }
        into.into_bytes()
    }

    /// Reads the file.
    ///
    /// # Errors
    /// The first place that is not as it should be.
    pub fn decode(bytes: &[u8]) -> Result<Self, Corrupt> {
        let mut head = Reader::new(FILE, bytes);
        let mut words = Reader::new(FILE, bytes);
        words.raw(HEAD)?;
        let mut next = 0;
        let mut letters = Vec::with_capacity(LETTERS);
        for _ in 0..LETTERS {
            if head.long()? != next {
                return Err(head.corrupt_at(head.at() - 4, format!("{next}, the next word")));
            }
            let count = head.long()?;
            next = next.saturating_add(count);
            if words.rest() / WORD < count as usize {
                return Err(head.corrupt_at(head.at() - 4, "as many words as follow"));
            }
            let mut word = || {
                Ok(Word {
                    entry: words.long()?,
                    place: words.word()?,
                })
            };
            letters.push((0..count).map(|_| word()).collect::<Result<_, Corrupt>>()?);
        }
        words.end()?;
        Ok(Self { letters })
    }
}

fn letter(word: &str) -> usize {
    let letter = word.bytes().find(u8::is_ascii_alphabetic);
    let letter = letter.map_or(b'Z', |it| it.to_ascii_uppercase());
    usize::from(letter - b'A')
}
