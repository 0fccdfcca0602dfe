//! How often words stand in texts. A few questions are answered by looking through the texts; who
//! asks more has all words counted.

use std::cell::{Cell, OnceCell};
use std::collections::HashMap;
use std::hash::Hash;

/// How many questions are answered by looking through the texts.
const LOOKS: usize = 8;

/// The words of some texts.
pub(in crate::resolve) struct Words<'w> {
    texts: &'w [&'w str],
    asked: Cell<usize>,
    /// Whole names, outside of comments, counted.
    names: OnceCell<HashMap<&'w str, usize>>,
    /// Words of any case, everywhere, counted.
    parts: OnceCell<HashMap<String, usize>>,
}

impl<'w> Words<'w> {
    pub(in crate::resolve) fn of(texts: &'w [&'w str]) -> Self {
        Self {
            texts,
            asked: Cell::new(0),
            names: OnceCell::new(),
            parts: OnceCell::new(),
        }
    }

    /// How often a whole name stands outside of comments.
    pub(in crate::resolve) fn times(&self, name: &str) -> usize {
        match self.is_worth_counting() {
            true => self.names().get(name).copied().unwrap_or(0),
            false => self.texts.iter().map(|text| times(text, name)).sum(),
        }
    }

    /// Whether a word in small letters stands more than so many times, in any case.
    pub(super) fn has_part(&self, part: &str, times: usize) -> bool {
        if self.is_worth_counting() {
            return self.parts().get(part).is_some_and(|count| *count > times);
        }
        let words = self.texts.iter().flat_map(|text| words(text));
        words
            .filter(|word| is_same(word, part))
            .nth(times)
            .is_some()
    }

    /// Whether enough was asked by now.
    fn is_worth_counting(&self) -> bool {
        self.asked.set(self.asked.get() + 1);
        self.asked.get() > LOOKS
    }

    fn names(&self) -> &HashMap<&'w str, usize> {
        self.names.get_or_init(|| {
            let lines = self.texts.iter().flat_map(|text| text.lines());
            let said = lines.map(|line| &line[..comment(line)]);
            counted(said.flat_map(|line| line.split(|c| !is_of_name(c))))
        })
    }

    fn parts(&self) -> &HashMap<String, usize> {
        self.parts
            .get_or_init(|| counted(self.texts.iter().flat_map(|text| parts(text))))
    }
}

/// How often each word is among those.
fn counted<W: Eq + Hash>(words: impl Iterator<Item = W>) -> HashMap<W, usize> {
    let mut counts = HashMap::new();
    for word in words {
        *counts.entry(word).or_default() += 1;
    }
    counts
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
