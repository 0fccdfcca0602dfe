//! A value of a document, seen from outside.

use std::ops::Range;

use runsheet_diagnostics::span::Span;

use super::offsets::Places;
use super::{Document, Id, Kind, Raw};

/// How a scalar is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Style {
    /// Without quotes.
    Plain,
    /// `'...'`
    Single,
    /// `"..."`
    Double,
    /// `|`
    Literal,
    /// `>`
    Folded,
}

/// What a value is, as far as YAML says.
#[derive(Clone, Copy, Debug)]
pub enum Form<'d> {
    /// A scalar: its text after decoding, and how it is written.
    Scalar(&'d str, Style),
    /// A list.
    List,
    /// A map.
    Map,
    /// Something that has been complained about already.
    Hole,
}

/// A value of a document. It is a handle: cheap to copy, and an alias behaves as what it stands for.
#[derive(Clone, Copy, Debug)]
pub struct Node<'d> {
    document: &'d Document,
    /// The node as it is written here, which may be an alias.
    here: Id,
    /// What it stands for.
    id: Id,
}

/// A key of a map and its value.
#[derive(Clone, Copy, Debug)]
pub struct Entry<'d> {
    /// The key, always a scalar.
    pub key: Node<'d>,
    /// The value.
    pub value: Node<'d>,
}

impl<'d> Entry<'d> {
    /// The text of the key.
    pub fn name(&self) -> &'d str {
        self.key.text().unwrap_or_default()
    }

    /// The bytes from the key to the end of the value; where the two were brought together from
    /// several texts, those of the value.
    pub fn span(&self) -> Span {
        let (key, value) = (self.key.span(), self.value.span());
        match key.source == value.source {
            true => key.to(value),
            false => value,
        }
    }

    /// Its lines, with the line break before them, so that it can be taken out; `None` where
    /// something else stands on its first line or its last.
    pub(crate) fn lines(&self) -> Option<Span> {
        let before = self.key.line_before();
        let behind = self.value.line_behind().trim_start();
        let (key, value) = (self.key.span(), self.value.span());
        let alone = key.source == value.source
            && before.bytes().all(|b| b == b' ')
            && (behind.is_empty() || behind.starts_with('#'));
        let start = key.range().start.checked_sub(before.len() + 1)?;
        alone.then(|| Span::at(key.source, start..value.range().end))
    }
}

impl<'d> Node<'d> {
    pub(super) fn new(document: &'d Document, here: Id) -> Self {
        let id = match document.nodes[here as usize].kind {
            Kind::Alias(target) => target,
            _ => here,
        };
        Self { document, here, id }
    }

    fn raw(self) -> &'d Raw {
        &self.document.nodes[self.id as usize]
    }

    /// The document that it is in.
    pub(crate) fn document(self) -> &'d Document {
        self.document
    }

    /// The outermost value of the document that it is in.
    pub(crate) fn root(self) -> Option<Node<'d>> {
        self.document.root()
    }

    /// Its number, by which composing handles it.
    pub fn number(self) -> Id {
        self.here
    }

    /// Where it is written; for an alias, the alias.
    pub fn span(self) -> Span {
        let raw = &self.document.nodes[self.here as usize];
        let (source, _) = self.document.text_of(raw);
        Span::at(source, raw.start as usize..raw.end as usize)
    }

    /// What an alias stands for, where that is written; any other value itself.
    #[must_use]
    pub fn meant(self) -> Node<'d> {
        Node {
            here: self.id,
            ..self
        }
    }

    /// What it took the place of, where patches put it.
    #[must_use]
    pub fn older(self) -> Option<Node<'d>> {
        let past = self.document.past(self)?;
        Some(self.document.at(past.older))
    }

    /// Where it is said what it is: it itself, or the patch that made something else of an older
    /// node.
    #[must_use]
    pub fn said_by(self) -> Node<'d> {
        let past = self.document.past(self);
        past.map_or(self, |past| self.document.at(past.by))
    }

    /// Whether its text is another than the source has, since a step in it was renamed.
    pub fn is_rewritten(self) -> bool {
        self.document.changes.rewritten.contains_key(&self.id)
    }

    /// A short stretch that stands for it in messages: it, or its first line.
    pub fn place(self) -> Span {
        let line = self.written().lines().next().unwrap_or_default();
        self.span().part(0..line.len())
    }

    /// The source text of it as it is written, quotes included.
    pub fn written(self) -> &'d str {
        let range = self.span().range();
        let raw = &self.document.nodes[self.here as usize];
        let (_, text) = self.document.text_of(raw);
        text.get(range).unwrap_or_default()
    }

    /// The whole text that it stands in.
    pub(crate) fn whole_text(self) -> &'d str {
        let raw = &self.document.nodes[self.here as usize];
        self.document.text_of(raw).1
    }

    /// What stands on its line before it.
    pub(crate) fn line_before(self) -> &'d str {
        let raw = &self.document.nodes[self.here as usize];
        let (_, text) = self.document.text_of(raw);
        let before = text.get(..raw.start as usize).unwrap_or_default();
        before.rsplit('\n').next().unwrap_or_default()
    }

    /// What stands on its last line behind it.
    pub(crate) fn line_behind(self) -> &'d str {
        let raw = &self.document.nodes[self.here as usize];
        let (_, text) = self.document.text_of(raw);
        let behind = text.get(raw.end as usize..).unwrap_or_default();
        behind.lines().next().unwrap_or_default()
    }

    /// What it is.
    pub fn form(self) -> Form<'d> {
        let document = self.document;
        match self.raw().kind {
            Kind::Plain(style, start, end) => {
                let (_, text) = document.text_of(self.raw());
                Form::Scalar(&text[start as usize..end as usize], style)
            }
            Kind::Decoded(style, n) => Form::Scalar(&document.decoded[n as usize], style),
            Kind::List(..) => Form::List,
            Kind::Map(..) => Form::Map,
            // An alias never stands for an alias.
            Kind::Hole | Kind::Alias(_) => Form::Hole,
        }
    }

    /// The text of a scalar.
    pub fn text(self) -> Option<&'d str> {
        match self.form() {
            Form::Scalar(text, _) => Some(text),
            _ => None,
        }
    }

    /// Whether it is nothing: left out, `~` or `null`.
    pub fn is_null(self) -> bool {
        matches!(
            self.form(),
            Form::Scalar("" | "~" | "null" | "Null" | "NULL", Style::Plain)
        )
    }

    /// Whether it is a list.
    pub fn is_list(self) -> bool {
        matches!(self.form(), Form::List)
    }

    /// Whether it is a map.
    pub fn is_map(self) -> bool {
        matches!(self.form(), Form::Map)
    }

    /// Whether something was wrong here and has been said.
    pub fn is_hole(self) -> bool {
        matches!(self.form(), Form::Hole)
    }

    /// The items of a list; none where it is no list.
    pub fn items(self) -> impl ExactSizeIterator<Item = Node<'d>> + use<'d> {
        let range = match self.raw().kind {
            Kind::List(first, count) => first as usize..(first + count) as usize,
            _ => 0..0,
        };
        let document = self.document;
        let items = document.children[range].iter();
        items.map(move |id| Node::new(document, *id))
    }

    /// The entries of a map in the order they are written; none where it is no map.
    pub fn entries(self) -> impl ExactSizeIterator<Item = Entry<'d>> + use<'d> {
        let range = match self.raw().kind {
            Kind::Map(first, count) => first as usize..(first + count) as usize,
            _ => 0..0,
        };
        let document = self.document;
        let pairs = document.children[range].chunks_exact(2);
        pairs.map(move |pair| Entry {
            key: Node::new(document, pair[0]),
            value: Node::new(document, pair[1]),
        })
    }

    /// The entry of a map with that key.
    pub fn get(self, key: &str) -> Option<Entry<'d>> {
        self.entries().find(|entry| entry.name() == key)
    }

    /// The value that a path of keys and indexes leads to, and the key it stands under. Where the
    /// path leads nowhere, the last value on it: errors that know only a path find their place so.
    pub fn walk<S: AsRef<str>>(
        self,
        path: impl IntoIterator<Item = S>,
    ) -> (Option<Node<'d>>, Node<'d>) {
        let mut found = (None, self);
        for part in path {
            let part = part.as_ref();
            if let Some(entry) = found.1.get(part) {
                found = (Some(entry.key), entry.value);
            } else if let Some(item) = part.parse().ok().and_then(|n| found.1.items().nth(n)) {
                found = (None, item);
            } else {
                break;
            }
        }
        found
    }

    /// The source bytes of a part of a scalar's text: `range` counts in the decoded text. Where
    /// the decoded text cannot be followed in the source, the whole scalar.
    pub fn part(self, range: Range<usize>) -> Span {
        self.places().at(range)
    }

    /// Where every letter of a scalar's text stands, to be asked about many parts of it.
    pub fn places(self) -> Places {
        let raw = self.raw();
        if let Some(rewritten) = self.document.changes.rewritten.get(&self.id) {
            let old = Node::new(self.document, rewritten.of).places();
            return old.rewritten(rewritten.cuts.clone());
        }
        let (source, text) = self.document.text_of(raw);
        let span = raw.start as usize..raw.end as usize;
        match (raw.kind, self.form()) {
            (Kind::Plain(_, start, _), _) => Places::same(source, start as usize),
            (_, Form::Scalar(decoded, style)) => {
                Places::decoded(source, text, span, decoded, style)
            }
            _ => Places::lost(source, span),
        }
    }

    /// What it is, as messages say it after "found": ``text `lots` ``, `a list`, `nothing`.
    pub fn found(self) -> String {
        match self.form() {
            _ if self.is_null() => "nothing".to_owned(),
            Form::Scalar(text, _) => format!("`{}`", shortened(text)),
            Form::List => "a list".to_owned(),
            Form::Map => "a map".to_owned(),
            Form::Hole => "a mistake".to_owned(),
        }
    }
}

/// The first line of a text, and no more of it than a message can carry.
fn shortened(text: &str) -> String {
    let line = text.lines().next().unwrap_or_default();
    let mut short: String = line.chars().take(40).collect();
    if short.len() < text.len() {
        short.push_str("...");
    }
    short
}
