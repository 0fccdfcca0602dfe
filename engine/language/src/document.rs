//! YAML 1.2 as a tree in which every key and every value knows its bytes.
//!
//! The tree keeps what the text says, not what it might mean: a scalar is text and a style, and
//! becomes a number or a version only where a type is asked for. So `1.10` is still `1.10` where
//! text is wanted. The source is kept whole, comments and blank lines included; nothing that
//! edits a file has to print the tree.
//!
//! Nodes lie in one table and are handled through [`Node`], which follows aliases by itself. A
//! document read from one text has nodes of that text only; one that was composed has nodes of
//! several, and each still knows its own.

mod alien;
mod builder;
mod changes;
pub(crate) mod glued;
mod graft;
mod kept;
mod keys;
pub(crate) mod layout;
mod limits;
mod node;
mod offsets;
mod quotes;
mod remedies;
pub(crate) mod rules;
mod scalar;
mod spaces;
mod syntax;
mod undashed;

use std::sync::Arc;

use runsheet_diagnostics::diagnostic::Diagnostic;
use runsheet_diagnostics::source::SourceId;

pub(crate) use changes::Cut;
pub use changes::Past;
pub use graft::Place;
pub use kept::kept;
pub use limits::Limits;
pub use node::{Entry, Form, Node, Style};
pub use offsets::Places;
pub(crate) use rules::TOO_LARGE;
pub use rules::{CODES, is_of_text};
pub use scalar::Core;
pub(crate) use syntax::quoted;

/// The number of a node in its document.
type Id = u32;

/// One YAML document.
#[derive(Clone, Debug)]
pub struct Document {
    /// The texts its nodes were read from; the first is the one it is named after.
    texts: Vec<(SourceId, Arc<str>)>,
    nodes: Vec<Raw>,
    /// The children of all lists and maps; those of one lie together, in a map key before value.
    children: Vec<Id>,
    /// Scalars whose text is not a stretch of the source.
    decoded: Vec<Box<str>>,
    root: Option<Id>,
    complete: bool,
    /// What composing put into the place of something else.
    changes: changes::Changes,
}

/// A node as it lies in the table.
#[derive(Clone, Copy, Debug)]
struct Raw {
    start: u32,
    end: u32,
    kind: Kind,
    /// The number of its text in the document.
    text: u16,
}

#[derive(Clone, Copy, Debug)]
enum Kind {
    /// Text that is the source's own bytes.
    Plain(Style, u32, u32),
    /// Text that had to be decoded.
    Decoded(Style, u32),
    List(u32, u32),
    Map(u32, u32),
    Alias(Id),
    /// Something was wrong here and has been said.
    Hole,
}

impl Document {
    /// Reads a text. There is always a document, with holes where something was wrong; after a
    /// mistake of syntax it ends there, and [`Document::is_complete`] says so.
    pub fn parse(source: SourceId, text: impl Into<Arc<str>>) -> (Self, Vec<Diagnostic>) {
        Self::parse_within(source, text, Limits::default())
    }

    /// Reads a text under other limits than the usual ones.
    pub fn parse_within(
        source: SourceId,
        text: impl Into<Arc<str>>,
        limits: Limits,
    ) -> (Self, Vec<Diagnostic>) {
        let text = text.into();
        if text.len() <= limits.bytes {
            let found = alien::unreadable(source, &text);
            if !found.is_empty() {
                return (Self::empty(source, text).torn(), found);
            }
        }
        let (document, found) = builder::build(source, text, limits);
        match alien::odd_spaces(&document) {
            Some(told) => (document.torn(), vec![told]),
            None => (document, found),
        }
    }

    /// One that nothing was read into.
    fn empty(source: SourceId, text: Arc<str>) -> Self {
        let capacity = text.len() / 14;
        Document {
            texts: vec![(source, text)],
            nodes: Vec::with_capacity(capacity),
            children: Vec::with_capacity(capacity),
            decoded: Vec::new(),
            root: None,
            complete: true,
            changes: changes::Changes::default(),
        }
    }

    /// The outermost value; `None` for a text with nothing but comments.
    pub fn root(&self) -> Option<Node<'_>> {
        self.root.map(|id| Node::new(self, id))
    }

    /// The text it was read from; of several, the one that names the others.
    pub fn source(&self) -> SourceId {
        self.texts[0].0
    }

    /// That whole text, comments included.
    pub fn text(&self) -> &Arc<str> {
        &self.texts[0].1
    }

    /// All texts that its nodes were read from.
    pub fn sources(&self) -> impl ExactSizeIterator<Item = SourceId> {
        self.texts.iter().map(|(source, _)| *source)
    }

    /// The same, of which it is known that more stands in its text.
    fn torn(self) -> Self {
        Document {
            complete: false,
            ..self
        }
    }

    /// Whether the text was read to its end.
    pub fn is_complete(&self) -> bool {
        self.complete
    }
}

#[cfg(test)]
#[path = "tests/document.rs"]
mod tests;
