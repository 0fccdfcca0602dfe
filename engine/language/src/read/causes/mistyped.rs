//! Names of causes that are mistyped where they are made: every step that says the right one would
//! be told of it otherwise.

use std::collections::{BTreeMap, BTreeSet};

use runsheet_diagnostics::diagnostic::Diagnostic;
use runsheet_diagnostics::span::Span;
use runsheet_diagnostics::suggest;

use crate::document::Node;
use crate::reader::bare;
use crate::resolve::misspelt;
use crate::spanned::Spanned;

/// How often a name must be said that is nowhere defined, for a definition to be taken for it.
const AGREED: usize = 2;

/// The names that were meant where others stand, by those others; each is told. `defined` are the
/// names that the file makes, and `is_known` tells those that it has from elsewhere.
pub(super) fn mistyped<'n>(
    root: Node<'n>,
    defined: &[Spanned<&'n str>],
    is_known: impl Fn(&str) -> bool,
    found: &mut Vec<Diagnostic>,
) -> BTreeMap<&'n str, &'n str> {
    let mut said = BTreeMap::new();
    gather(root, &mut said);
    let made: BTreeSet<&str> = defined.iter().map(|name| name.value).collect();
    let mut unused: Vec<Spanned<&str>> = defined.to_vec();
    unused.retain(|name| !said.contains_key(name.value));
    let mut meant = BTreeMap::new();
    for (name, places) in said {
        if places.len() < AGREED || made.contains(name) || is_known(name) {
            continue;
        }
        let near = suggest::nearest(name, made.iter().copied());
        let Some(at) = unused.iter().position(|one| Some(one.value) == near) else {
            continue;
        };
        let written = unused.swap_remove(at);
        let places = places.into_iter();
        found.push(misspelt(written.value, written.span, name, places));
        meant.insert(written.value, name);
    }
    meant
}

/// The names that stand under `causes:`, with all places of each. What a step gives to its kind is
/// its own affair.
fn gather<'n>(node: Node<'n>, said: &mut BTreeMap<&'n str, BTreeSet<Span>>) {
    for entry in node.entries() {
        match entry.name() {
            "with" => {}
            "causes" => names(entry.value, said),
            _ => gather(entry.value, said),
        }
    }
    for item in node.items() {
        gather(item, said);
    }
}

/// A name, names in a list, or either under names of their own.
fn names<'n>(node: Node<'n>, said: &mut BTreeMap<&'n str, BTreeSet<Span>>) {
    let under = node.entries().map(|entry| entry.value);
    let items = std::iter::once(node).chain(under);
    for item in items.flat_map(|node| std::iter::once(node).chain(node.items())) {
        if let Some(name) = item.text().filter(|_| !item.is_null()) {
            said.entry(name).or_default().insert(bare(item));
        }
    }
}
