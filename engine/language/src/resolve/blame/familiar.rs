//! How often words stand in texts. A few questions are answered by looking through the texts; who
//! asks more has all words counted.

use std::cell::{Cell, OnceCell};
use std::collections::HashMap;

/// How many questions are answered by looking through the texts.
const LOOKS: usize = 8;

/// The words of some texts.
pub(in crate::resolve) struct Words<'w> {
    texts: &'w [&'w str],
    asked: Cell<usize>,
    table: OnceCell<Table<'w>>,
}

/// All words, counted.
#[derive(Default)]
struct Table<'w> {
    /// Whole names, outside of comments.
    names: HashMap<&'w str, usize>,
    /// Words of any case, everywhere.
    parts: HashMap<String, usize>,
}

impl<'w> Words<'w> {
    pub(in crate::resolve) fn of(texts: &'w [&'w str]) -> Self {
        Self {
            texts,
            asked: Cell::new(0),
            table: OnceCell::new(),
        }
    }

    /// How often a whole name stands outside of comments.
    pub(in crate::resolve) fn times(&self, name: &str) -> usize {
        match self.table() {
            Some(table) => table.names.get(name).copied().unwrap_or(0),
            None => self.texts.iter().map(|text| times(text, name)).sum(),
        }
    }

    /// Whether a word in small letters stands more than so many times, in any case.
    pub(super) fn has_part(&self, part: &str, times: usize) -> bool {
        if let Some(table) = self.table() {
            return table.parts.get(part).is_some_and(|count| *count > times);
        }
        let words = self.texts.iter().flat_map(|text| words(text));
        words
            .filter(|word| is_same(word, part))
            .nth(times)
            .is_some()
    }

    /// The words counted, once enough was asked.
    fn table(&self) -> Option<&Table<'w>> {
        self.asked.set(self.asked.get() + 1);
        let worth = self.asked.get() > LOOKS;
        worth.then(|| self.table.get_or_init(|| Table::of(self.texts)))
    }
}

impl<'w> Table<'w> {
    fn of(texts: &[&'w str]) -> Self {
        let mut table = Table::default();
        for line in texts.iter().flat_map(|text| text.lines()) {
            for word in line[..comment(line)].split(|c| !is_of_name(c)) {
                *table.names.entry(word).or_default() += 1;
            }
            for part in parts(line) {
                *table.parts.entry(part).or_default() += 1;
            }
        }
        table
    }
}

fn is_of_name(c: char) -> bool {
    c.is_alphanumeric() || matches!(c, '-' | '_')
}

/// Where the comment of a line begins.
fn comment(line: &str) -> usize {
    line.find("# ").unwrap_or(line.len())
}

fn times(text: &str, name: &str) -> usize {
    let places = text.match_indices(name);
    let whole = places.filter(|(at, _)| {
        let (before, behind) = (&text[..*at], &text[at + name.len()..]);
        let line = before.rfind('\n').map_or(0, |end| end + 1);
        !before.ends_with(is_of_name)
            && !behind.starts_with(is_of_name)
            && !before[line..].contains("# ")
    });
    whole.count()
}

fn words(text: &str) -> impl Iterator<Item = &str> {
    let words = text.split(|c: char| !c.is_alphanumeric());
    words.filter(|word| !word.is_empty())
}

fn is_same(word: &str, part: &str) -> bool {
    match word.is_ascii() {
        true => word.eq_ignore_ascii_case(part),
        false => word.to_lowercase() == part,
    }
}

/// The words that a text is made of, in small letters.
pub(super) fn parts(text: &str) -> impl Iterator<Item = String> {
    words(text).map(str::to_lowercase)
}

#[cfg(test)]
mod tests {
    use super::{LOOKS, Words};

    #[test]
    fn looking_through_the_texts_counts_as_the_table_does() {
        let texts = [
            "id: send-1 # send-1 here\nÜber: {of: send-1, x: SEND}\n",
            "send-12 resend-1 über\r\nsend",
        ];
        for name in ["send-1", "send", "Über", "of", "nowhere", "e", "1"] {
            let (looking, counted) = (Words::of(&texts), Words::of(&texts));
            counted.asked.set(LOOKS);
            assert_eq!(looking.times(name), counted.times(name), "{name}");
            for times in 0..5 {
                let part = name.to_lowercase();
                let seen = looking.has_part(&part, times);
                assert_eq!(seen, counted.has_part(&part, times), "{part} {times}");
            }
        }
    }
}
