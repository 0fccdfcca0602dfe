//! The words of a workflow that mean something to the product: keys, kinds, ids, names in
//! expressions and words from lists. Found in the text alone, without asking the rules that judge
//! them.

use std::ops::Range;

use runsheet_diagnostics::source::SourceId;
use runsheet_language::document::{Document, Node};

/// Keys whose value is a word from a list.
const WORD_KEYS: [&str; 10] = [
    "type", "control", "state", "in_doubt", "effects", "failures", "undo", "lock", "category",
    "bool",
];

/// Keys whose value is an expression by itself.
const EXPRESSION_KEYS: [&str; 5] = ["when", "expect", "warn", "changed", "that"];

/// Maps whose keys are names that people make.
const MADE: [&str; 6] = ["inputs", "vars", "foreach", "groups", "hosts", "causes"];

/// Keys of `foreach:` that nobody makes.
const FOREACH_KEYS: [&str; 4] = ["parallel", "failures", "key", "order"];

/// Maps whose keys nobody but a driver knows.
const FREE: [&str; 2] = ["args", "env"];

/// What is no name in an expression.
const LITERALS: [&str; 6] = ["true", "false", "null", "and", "or", "not"];

/// What a word is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Role {
    /// A key that the product knows.
    Key,
    /// The name of a kind.
    Kind,
    /// A name where somebody makes it: an input, a variable, an id.
    Definition,
    /// A name where somebody uses it.
    Reference,
    /// A word from a list.
    Word,
}

/// One word, and where it stands.
#[derive(Clone, Debug)]
pub(crate) struct Word {
    /// The bytes.
    pub(crate) range: Range<usize>,
    /// What it is.
    pub(crate) role: Role,
}

/// All words of a workflow, in order, each once.
pub(crate) fn words(text: &str) -> Vec<Word> {
    let (document, _) = Document::parse(SourceId::default(), text);
    let mut collector = Collector {
        text,
        found: Vec::new(),
    };
    if let Some(root) = document.root() {
        collector.node(root, "");
    }
    let mut found = collector.found;
    found.sort_by_key(|word| word.range.start);
    found.dedup_by_key(|word| word.range.start);
    found
}

struct Collector<'t> {
    text: &'t str,
    found: Vec<Word>,
}

impl Collector<'_> {
    /// Everything in a value; `key` is the nearest key above it.
    fn node(&mut self, node: Node<'_>, key: &str) {
        for entry in node.entries() {
            let name = entry.name();
            let made = MADE.contains(&key) && !(key == "foreach" && FOREACH_KEYS.contains(&name));
            if made {
                self.add(entry.key, 0..name.len(), Role::Definition);
            } else if !FREE.contains(&key) && !name.starts_with("x-") {
                self.add(entry.key, 0..name.len(), Role::Key);
            }
            self.value(entry.value, name, made.then_some(key));
        }
        for item in node.items() {
            // Causes in a list have no names.
            let key = if key == "causes" && item.is_map() {
                ""
            } else {
                key
            };
            self.value(item, key, None);
        }
    }

    /// A value under a key, or under a name that somebody made within `made`.
    fn value(&mut self, node: Node<'_>, key: &str, made: Option<&str>) {
        let Some(text) = node.text() else {
            self.node(node, if made.is_some() { "" } else { key });
            return;
        };
        let whole = 0..text.len();
        match (made, key) {
            (Some("vars"), _) => self.add(node, whole, Role::Word),
            (None, "uses") => self.add(node, whole, Role::Kind),
            (None, "id") => self.add(node, whole, Role::Definition),
            (None, "since" | "needs" | "causes") => self.add(node, whole, Role::Reference),
            (None, key) if EXPRESSION_KEYS.contains(&key) => self.names(node, text, whole),
            (None, key) if WORD_KEYS.contains(&key) => self.word_or_list_type(node, text),
            _ => {}
        }
        for range in embedded(text) {
            self.names(node, text, range);
        }
        self.captures(node, text);
    }

    /// `dword`, or both words of `list<host>`.
    fn word_or_list_type(&mut self, node: Node<'_>, text: &str) {
        match text.split_once('<') {
            Some((list, of)) => {
                let of_start = list.len() + 1;
                self.add(node, 0..list.len(), Role::Word);
                self.add(
                    node,
                    of_start..of_start + of.trim_end_matches('>').len(),
                    Role::Word,
                );
            }
            None => self.add(node, 0..text.len(), Role::Word),
        }
    }

    /// The names in an expression, but those it makes for itself: `other` of
    /// `all(list, other => other > 1)`.
    fn names(&mut self, node: Node<'_>, text: &str, range: Range<usize>) {
        for word in identifiers(text, range) {
            let name = &text[word.clone()];
            let own = text.contains(&format!("{name} =>"));
            if !own && !LITERALS.contains(&name) {
                self.add(node, word, Role::Reference);
            }
        }
    }

    /// The types of captures: `{r:int}`.
    fn captures(&mut self, node: Node<'_>, text: &str) {
        for (open, _) in text.match_indices('{') {
            let Some(inside) = text[open + 1..].split('}').next() else {
                continue;
            };
            let Some((name, kind)) = inside.split_once(':') else {
                continue;
            };
            let is_name = |word: &str| word.chars().all(|c| c.is_ascii_lowercase());
            if is_name(name) && is_name(kind) && !kind.is_empty() {
                let start = open + 1 + name.len() + 1;
                self.add(node, start..start + kind.len(), Role::Word);
            }
        }
    }

    /// Adds a word, if its letters stand in the source as they stand in the value.
    fn add(&mut self, node: Node<'_>, range: Range<usize>, role: Role) {
        let word = node.text().and_then(|text| text.get(range.clone()));
        let range = node.part(range).range();
        if word.is_some() && word == self.text.get(range.clone()) {
            self.found.push(Word { range, role });
        }
    }
}

/// The insides of `${{ }}`.
fn embedded(text: &str) -> impl Iterator<Item = Range<usize>> {
    text.match_indices("${{").map(|(open, _)| {
        let end = text[open..]
            .find("}}")
            .map_or(text.len(), |length| open + length);
        open + 3..end
    })
}

/// The names in an expression, what stands in quotes left out.
fn identifiers(text: &str, range: Range<usize>) -> Vec<Range<usize>> {
    let mut found: Vec<Range<usize>> = Vec::new();
    let mut quote = None;
    let mut number = false;
    for (at, c) in text.char_indices().filter(|(at, _)| range.contains(at)) {
        let goes_on = found.last().is_some_and(|word| word.end == at);
        if quote.is_some() {
            quote = quote.filter(|open| *open != c);
        } else if matches!(c, '"' | '\'') {
            quote = Some(c);
        } else if c.is_ascii_alphabetic() && !number || (goes_on && is_within(c)) {
            match found.last_mut().filter(|_| goes_on) {
                Some(word) => word.end = at + 1,
                None => found.push(at..at + 1),
            }
        } else {
            number = c.is_ascii_digit();
        }
    }
    found
}

fn is_within(c: char) -> bool {
    c.is_ascii_alphanumeric() || matches!(c, '_' | '-')
}
