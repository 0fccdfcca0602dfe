//! Reading a map with known keys, such as the head of a step.
//!
//! Every reading pushes what is wrong and goes on. A mistyped key is complained about once and
//! then read as what it was meant to be, so that no second complaint follows from the first.

mod commas;
mod expect;
pub(crate) mod listed;
mod stranger;

use runsheet_diagnostics::code::Code;
use runsheet_diagnostics::diagnostic::Diagnostic;
use runsheet_diagnostics::fix::Fix;
use runsheet_diagnostics::span::Span;

use crate::document::{Entry, Node};
use crate::spanned::Spanned;

pub use crate::keys::Keys;
pub use expect::{boolean, entries, int, items, missing, named, text, word, wrong};
pub(crate) use expect::{fitting, in_brackets, is_input, meant};

/// A key that nothing reads.
pub(crate) static UNKNOWN_KEY: Code =
    Code::new("unknown-key", include_str!("pages/unknown-key.md"));
/// A key that must be there.
pub(crate) static MISSING_KEY: Code =
    Code::new("missing-key", include_str!("pages/missing-key.md"));
/// A value of another type.
pub(crate) static WRONG_TYPE: Code = Code::new("wrong-type", include_str!("pages/wrong-type.md"));
/// A word that is none of those possible here.
pub(crate) static UNKNOWN_WORD: Code =
    Code::new("unknown-word", include_str!("pages/unknown-word.md"));

/// All codes of this module.
pub static CODES: &[&Code] = &[&UNKNOWN_KEY, &MISSING_KEY, &WRONG_TYPE, &UNKNOWN_WORD];

/// A map that is being read.
#[derive(Debug)]
pub struct Reader<'d, 'o> {
    node: Node<'d>,
    what: String,
    /// The entries under the keys they were meant to have.
    entries: Vec<(String, Entry<'d>)>,
    /// Whether a key could not be read as anything.
    lost: bool,
    /// Keys of which it has been told that they are missing, or stand elsewhere.
    told: Vec<String>,
    found: &'o mut Vec<Diagnostic>,
}

/// How many unknown keys of one map are told one by one.
const MOST_STRANGERS: usize = 100;

impl<'d, 'o> Reader<'d, 'o> {
    /// Begins to read a map: complains if it is none, and about every key it should not have.
    /// Keys that begin with `x-` are the user's own.
    pub fn new(node: Node<'d>, keys: Keys<'_>, found: &'o mut Vec<Diagnostic>) -> Option<Self> {
        let read: Vec<_> = entries(node, keys.what, found)?.collect();
        let mut reader = Self {
            node,
            what: keys.what.to_owned(),
            entries: Vec::with_capacity(read.len()),
            lost: false,
            told: keys.elsewhere.iter().map(|key| (*key).to_owned()).collect(),
            found,
        };
        let mut strange = Vec::new();
        for entry in commas::rejoined(read, keys, reader.found) {
            let name = entry.name();
            if keys.knows(name) {
                reader.entries.push((name.to_owned(), entry));
            } else if keys.elsewhere.contains(&name) || is_merged(node, entry) {
                // It has been told, and this would only follow from it.
                reader.lost = true;
            } else if !name.starts_with("x-") {
                strange.push(entry);
            }
        }
        for entry in strange.iter().take(MOST_STRANGERS) {
            reader.stranger(*entry, keys);
        }
        if let Some(entry) = strange.get(MOST_STRANGERS) {
            let more = strange.len() - MOST_STRANGERS;
            let message = format!("{more} more keys from here on are no keys of {}", keys.what);
            let diagnostic = Diagnostic::error(&UNKNOWN_KEY, message);
            let help = "mend those above first";
            let told = diagnostic.at(bare(entry.key), "unknown keys").help(help);
            reader.found.push(told);
        }
        Some(reader)
    }

    /// Whether a key stood there that could not be read as anything.
    pub fn has_lost(&self) -> bool {
        self.lost
    }

    fn get(&self, key: &str) -> Option<Entry<'d>> {
        let found = self.entries.iter().find(|(name, _)| name == key);
        found.map(|(_, entry)| *entry)
    }

    /// Reads an entry that stands elsewhere, which has been told, as if it stood here.
    pub(crate) fn adopt(&mut self, key: &str, entry: Entry<'d>) {
        self.told.push(key.to_owned());
        self.entries.push((key.to_owned(), entry));
    }

    /// Leaves an entry out of which it has been told what is wrong.
    pub(crate) fn forget(&mut self, key: &str) {
        self.entries.retain(|(name, _)| name != key);
    }

    /// Whether it has been told what is wrong with a key.
    pub(crate) fn is_told(&self, key: &str) -> bool {
        self.told.iter().any(|told| told == key)
    }

    /// The map that is read.
    pub fn node(&self) -> Node<'d> {
        self.node
    }

    /// Where the list of what is wrong grows.
    pub fn found(&mut self) -> &mut Vec<Diagnostic> {
        self.found
    }

    /// Whether that key is there.
    pub fn has(&self, key: &str) -> bool {
        self.get(key).is_some()
    }

    /// The key and value as they are.
    pub fn take(&mut self, key: &str) -> Option<Entry<'d>> {
        self.get(key)
    }

    /// The value as it is, or a complaint that it is missing.
    pub fn require(&mut self, key: &str) -> Option<Node<'d>> {
        if let Some(entry) = self.get(key) {
            return Some(entry.value);
        }
        if self.is_told(key) {
            return None;
        }
        missing(self.node, &self.what, key, self.found);
        None
    }

    /// Text: a scalar of any look as its source has it.
    pub fn text(&mut self, key: &str) -> Option<Spanned<&'d str>> {
        text(self.get(key)?.value, self.found)
    }

    /// `true` or `false`.
    pub fn boolean(&mut self, key: &str) -> Option<Spanned<bool>> {
        boolean(self.get(key)?.value, self.found)
    }

    /// A whole number.
    pub fn int(&mut self, key: &str) -> Option<Spanned<i64>> {
        int(self.get(key)?.value, self.found)
    }

    /// One of these words.
    pub fn word<'w>(&mut self, key: &str, words: &[&'w str]) -> Option<Spanned<&'w str>> {
        word(self.get(key)?.value, words, self.found)
    }

    /// The items of a list; none where the key is not there.
    pub fn items(&mut self, key: &str) -> Vec<Node<'d>> {
        let read = self
            .get(key)
            .and_then(|entry| items(entry.value, self.found));
        read.map(Iterator::collect).unwrap_or_default()
    }

    /// The entries of a map of any keys; none where the key is not there.
    pub fn entries(&mut self, key: &str) -> Vec<Entry<'d>> {
        let read = self
            .get(key)
            .and_then(|entry| entries(entry.value, "this", self.found));
        read.map(Iterator::collect).unwrap_or_default()
    }

    /// Texts: a list of them, or one alone.
    pub fn texts(&mut self, key: &str) -> Vec<Spanned<&'d str>> {
        let Some(entry) = self.get(key) else {
            return Vec::new();
        };
        if entry.value.text().is_some() && !entry.value.is_null() {
            return text(entry.value, self.found).into_iter().collect();
        }
        let read = self.items(key);
        let texts = read.into_iter().filter_map(|item| text(item, self.found));
        texts.collect()
    }

    /// A map with known keys within this one.
    pub fn nested(&mut self, key: &str, keys: Keys<'_>) -> Option<Reader<'d, '_>> {
        let value = self.get(key)?.value;
        Reader::new(value, keys, self.found)
    }
}

/// Whether an entry stands elsewhere in the text than the map that has it, as `<<` would bring it.
fn is_merged(map: Node<'_>, entry: Entry<'_>) -> bool {
    let (map, key) = (map.meant().span(), entry.key.span());
    map.source == key.source && (key.start < map.start || map.end < key.end)
}

/// The bytes of a scalar without its quotes, where they can be told.
pub(crate) fn bare(node: Node<'_>) -> Span {
    node.part(0..node.text().map_or(0, str::len))
}

/// Puts a key before all others of a file, as deep as they stand; nothing where they stand in
/// braces or behind other words.
pub(crate) fn put_first(root: Node<'_>, key: &str) -> Option<Fix> {
    let depth = root.line_before().trim_start_matches('\u{feff}');
    let is_alone = root.is_map() && depth.trim_start_matches(' ').is_empty();
    let is_block = !root.written().starts_with('{');
    (is_alone && is_block).then(|| {
        let place = root.span().before();
        Fix::replace(
            format!("put `{key}` first"),
            place,
            format!("{key}\n{depth}"),
        )
    })
}

#[cfg(test)]
#[path = "tests/reader.rs"]
mod tests;
