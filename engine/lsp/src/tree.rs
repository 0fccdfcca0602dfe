//! A text as a tree, whatever state it is in.
//!
//! The language reads a file strictly and stops where YAML breaks; an editor asks its questions
//! while a line is half typed. So this goes by indentation and brackets alone, takes what it finds
//! for what it was probably going to be, and never fails. What a value means is not known here.

mod block;
mod flow;

use std::ops::Range;
use std::sync::Arc;

/// The number of a node in its tree.
pub type Id = usize;

/// How deep brackets are followed.
const DEPTH: usize = 64;

/// A text as a tree; the first node is the outermost value.
#[derive(Clone, Debug)]
pub struct Tree {
    /// The text.
    pub text: Arc<str>,
    nodes: Vec<Node>,
}

/// One value: the whole text, an item of a list, or what stands under a key.
#[derive(Clone, Debug)]
pub struct Node {
    /// The list or map it stands in.
    pub parent: Option<Id>,
    /// The key it stands under, without quotes.
    pub key: Option<Range<usize>>,
    /// Whether a colon was typed behind the key.
    pub colon: bool,
    /// Its bytes.
    pub span: Range<usize>,
    /// What it is.
    pub body: Body,
}

/// What a value is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Body {
    /// Nothing yet.
    Nothing,
    /// A scalar: its bytes without quotes, and whether it is plain, in `'`, in `"` or a block.
    Scalar(Range<usize>, Style),
    /// A list.
    List(Vec<Id>),
    /// A map; its nodes have keys.
    Map(Vec<Id>),
}

/// How a scalar is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Style {
    /// Without quotes.
    Plain,
    /// `'...'`
    Single,
    /// `"..."`
    Double,
    /// `|` or `>`
    Block,
}

/// One part of the way from the outermost value to another.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Part {
    /// Under this key.
    Key(String),
    /// This item of a list.
    Item(usize),
}

/// What stands at a byte.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Hit {
    /// The key of this node.
    Key(Id),
    /// This node itself.
    Value(Id),
}

impl Tree {
    /// The outermost value.
    pub const ROOT: Id = 0;

    /// Reads a text.
    #[must_use]
    pub fn parse(text: impl Into<Arc<str>>) -> Tree {
        block::parse(text.into())
    }

    /// One node.
    #[must_use]
    pub fn node(&self, id: Id) -> &Node {
        &self.nodes[id]
    }

    /// All nodes, those that hold others before these.
    pub fn ids(&self) -> Range<Id> {
        0..self.nodes.len()
    }

    /// The bytes from the key to the end of the value.
    #[must_use]
    pub fn extent(&self, id: Id) -> Range<usize> {
        let node = self.node(id);
        let start = node.key.as_ref().map_or(node.span.start, |key| key.start);
        start..node.span.end.max(start)
    }

    /// The key that a node stands under.
    #[must_use]
    pub fn key(&self, id: Id) -> Option<&str> {
        let key = self.node(id).key.clone()?;
        Some(&self.text[key])
    }

    /// What is in a list or a map.
    #[must_use]
    pub fn children(&self, id: Id) -> &[Id] {
        match &self.node(id).body {
            Body::List(all) | Body::Map(all) => all,
            _ => &[],
        }
    }

    /// The value under a key of a map.
    #[must_use]
    pub fn get(&self, id: Id, key: &str) -> Option<Id> {
        let mut children = self.children(id).iter().copied();
        children.find(|child| self.key(*child) == Some(key))
    }

    /// The bytes of a scalar, without quotes.
    #[must_use]
    pub fn inner(&self, id: Id) -> Option<Range<usize>> {
        match &self.node(id).body {
            Body::Scalar(inner, _) => Some(inner.clone()),
            _ => None,
        }
    }

    /// The text of a scalar as it is written, without quotes.
    #[must_use]
    pub fn scalar(&self, id: Id) -> Option<&str> {
        Some(&self.text[self.inner(id)?])
    }

    /// The scalar under a key of a map.
    #[must_use]
    pub fn scalar_of(&self, id: Id, key: &str) -> Option<&str> {
        self.scalar(self.get(id, key)?)
    }

    /// The way from the outermost value to a node.
    #[must_use]
    pub fn path(&self, id: Id) -> Vec<Part> {
        let mut parts = Vec::new();
        let mut at = id;
        while let Some(parent) = self.node(at).parent {
            let part = match self.key(at) {
                Some(key) => Part::Key(key.to_owned()),
                None => {
                    let place = self.children(parent).iter().position(|child| *child == at);
                    Part::Item(place.unwrap_or_default())
                }
            };
            parts.push(part);
            at = parent;
        }
        parts.reverse();
        parts
    }

    /// A node and all that hold it, itself first.
    pub fn upward(&self, id: Id) -> impl Iterator<Item = Id> + '_ {
        std::iter::successors(Some(id), |at| self.node(*at).parent)
    }

    /// What stands at a byte; the innermost that does.
    #[must_use]
    pub fn at(&self, byte: usize) -> Option<Hit> {
        let mut at = Tree::ROOT;
        loop {
            let holds = |id: &&Id| {
                let extent = self.extent(**id);
                extent.start <= byte && byte <= extent.end
            };
            let Some(child) = self.children(at).iter().rev().find(holds) else {
                break;
            };
            at = *child;
            let key = self.node(at).key.as_ref();
            if key.is_some_and(|key| key.start <= byte && byte <= key.end) {
                return Some(Hit::Key(at));
            }
        }
        let span = &self.node(at).span;
        (span.start <= byte && byte <= span.end).then_some(Hit::Value(at))
    }
}

#[cfg(test)]
#[path = "tests/tree.rs"]
mod tests;
