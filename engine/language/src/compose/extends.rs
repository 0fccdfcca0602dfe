//! A file and the one it extends, made into one document.

use std::sync::Arc;

use super::Loader;
use crate::document::{Document, Place};
use crate::reader;

/// A document with what it extends. One that extends nothing stays as it is.
pub(super) fn extended(mut document: Document, loader: &mut Loader<'_>) -> Document {
    let Some(root) = document.root() else {
        return document;
    };
    let Some(naming) = root.get("extends").map(|entry| entry.value) else {
        return document;
    };
    if naming.text().is_none_or(str::is_empty) {
        reader::wrong(naming, "the path of one file", &mut loader.found);
        document.break_off();
        return document;
    }
    let own = root.number();
    let Some(base) = loader.named(naming, |_, base| Arc::clone(base)) else {
        // What the base would have brought, nobody is to miss.
        document.break_off();
        return document;
    };
    if let Some(based) = document.graft(&base) {
        let merged = with_own_keys(&mut document, own, based);
        document.set_root(merged);
    }
    document
}

/// The map of the base with the keys of the file that extends it.
fn with_own_keys(document: &mut Document, own: Place, based: Place) -> Place {
    let pairs = |place: Place| {
        let entries = document.at(place).entries();
        entries.map(|entry| (entry.name(), (entry.key.number(), entry.value.number())))
    };
    let said: Vec<_> = pairs(own).filter(|(name, _)| *name != "extends").collect();
    let is_said = |name: &str| said.iter().any(|(own, _)| *own == name);
    let rest = pairs(based).filter(|(name, _)| !is_said(name));
    let entries: Vec<_> = said
        .iter()
        .copied()
        .chain(rest)
        .map(|(_, pair)| pair)
        .collect();
    document.new_map(own, entries)
}
