//! Nodes of several texts in one document, and new lists and maps made of them.
//!
//! A table only grows: a node that another takes the place of stays where it is, and nobody comes
//! by it any more. So a part of one document can be a part of another without being written anew.

use std::sync::Arc;

use runsheet_diagnostics::source::SourceId;

use super::changes::{Cut, Rewritten};
use super::node::{Form, Node, Style};
use super::{Document, Id, Kind, Raw};

/// The number of a node, by which a document is put together.
pub type Place = Id;

impl Document {
    /// The text of a node.
    pub(super) fn text_of(&self, raw: &Raw) -> (SourceId, &Arc<str>) {
        let (source, text) = &self.texts[usize::from(raw.text)];
        (*source, text)
    }

    /// The number that the next node gets.
    pub(crate) fn count(&self) -> Place {
        narrow(self.nodes.len())
    }

    /// The node of that number.
    pub(crate) fn at(&self, place: Place) -> Node<'_> {
        Node::new(self, place)
    }

    /// Makes room for all that [`Document::graft`] will take up of these, at once: a table that
    /// grows bit by bit is for a while in memory twice.
    pub(crate) fn reserve<'d>(&mut self, others: impl Iterator<Item = &'d Document> + Clone) {
        let sum = |length: fn(&Document) -> usize| others.clone().map(length).sum();
        self.nodes.reserve_exact(sum(|other| other.nodes.len()));
        let children = sum(|other| other.children.len());
        self.children.reserve_exact(children);
        self.decoded.reserve_exact(sum(|other| other.decoded.len()));
    }

    /// Takes all nodes of another document up; gives the number of its outermost one here.
    pub(crate) fn graft(&mut self, other: &Document) -> Option<Place> {
        let nodes = narrow(self.nodes.len());
        let children = narrow(self.children.len());
        let decoded = narrow(self.decoded.len());
        let texts: Vec<u16> = other
            .texts
            .iter()
            .map(|text| self.text_number(text))
            .collect();
        self.nodes.extend(other.nodes.iter().map(|raw| Raw {
            kind: match raw.kind {
                Kind::Decoded(style, n) => Kind::Decoded(style, n + decoded),
                Kind::List(first, count) => Kind::List(first + children, count),
                Kind::Map(first, count) => Kind::Map(first + children, count),
                Kind::Alias(target) => Kind::Alias(target + nodes),
                kind @ (Kind::Plain(..) | Kind::Hole) => kind,
            },
            text: texts[usize::from(raw.text)],
            ..*raw
        }));
        self.children
            .extend(other.children.iter().map(|id| id + nodes));
        self.decoded.extend(other.decoded.iter().cloned());
        self.complete &= other.complete;
        self.changes.graft(&other.changes, nodes);
        other.root.map(|root| root + nodes)
    }

    /// As [`Document::graft`]; gives the number that a node of the other one has here.
    pub(crate) fn graft_part(&mut self, other: &Document, part: Place) -> Place {
        let first = narrow(self.nodes.len());
        self.graft(other);
        first + part
    }

    fn text_number(&mut self, text: &(SourceId, Arc<str>)) -> u16 {
        let known = self.texts.iter().position(|(source, _)| *source == text.0);
        let number = known.unwrap_or_else(|| {
            self.texts.push(text.clone());
            self.texts.len() - 1
        });
        u16::try_from(number).unwrap_or(u16::MAX)
    }

    /// A new map in the place of `like`, with these keys and values.
    pub(crate) fn new_map(
        &mut self,
        like: Place,
        entries: impl IntoIterator<Item = (Place, Place)>,
    ) -> Place {
        let first = narrow(self.children.len());
        let entries = entries.into_iter().flat_map(|(key, value)| [key, value]);
        self.children.extend(entries);
        let count = narrow(self.children.len()) - first;
        self.new_node(like, Kind::Map(first, count))
    }

    /// A new list in the place of `like`, with these items.
    pub(crate) fn new_list(
        &mut self,
        like: Place,
        items: impl IntoIterator<Item = Place>,
    ) -> Place {
        let first = narrow(self.children.len());
        self.children.extend(items);
        let count = narrow(self.children.len()) - first;
        self.new_node(like, Kind::List(first, count))
    }

    /// A scalar with another text, parts of which took the place of parts of the old one.
    pub(crate) fn new_text(&mut self, like: Place, text: String, cuts: Vec<Cut>) -> Place {
        let style = match self.at(like).form() {
            Form::Scalar(_, style) => style,
            _ => Style::Plain,
        };
        self.decoded.push(text.into());
        let node = self.new_node(like, Kind::Decoded(style, narrow(self.decoded.len() - 1)));
        self.changes
            .rewritten
            .insert(node, Rewritten { of: like, cuts });
        node
    }

    fn new_node(&mut self, like: Place, kind: Kind) -> Place {
        // What an alias stands for elsewhere stays as it is.
        let raw = self.nodes[like as usize];
        self.nodes.push(Raw { kind, ..raw });
        narrow(self.nodes.len() - 1)
    }

    /// Says that more would belong to it, which could not be read.
    pub(crate) fn break_off(&mut self) {
        self.complete = false;
    }

    /// Makes a node the outermost one.
    pub(crate) fn set_root(&mut self, root: Place) {
        self.root = Some(root);
    }
}

fn narrow(n: usize) -> u32 {
    u32::try_from(n).unwrap_or(u32::MAX)
}
