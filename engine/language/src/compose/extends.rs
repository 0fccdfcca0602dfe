//! A file and the one it extends, made into one document.

use std::sync::Arc;

use runsheet_diagnostics::diagnostic::Diagnostic;
use runsheet_diagnostics::suggest;

use super::order::Order;
use super::patch::{self, Spot};
use super::{Loader, PATCH_FORM, directive, foreign};
use crate::document::{Document, Entry, Node, Place};
use crate::reader::{self, bare};

/// What a variant says of itself; it takes the place of what the base says.
const HEAD: &[&str] = &["workflow", "name", "summary", "see"];

/// What a variant adds to what the base has of it; what has a name there already takes its place.
const ADDED: &[&str] = &["plugins", "include", "types", "causes", "define"];

/// What a variant does not say for itself: only its patch can change it.
pub const PATCHED: &[&str] = &["inputs", "outputs", "defaults", "steps", "finally"];

/// What makes it a variant.
const VARIANT: &[&str] = &["extends", "patch"];

/// A document with what it extends. One that extends nothing stays as it is.
pub(super) fn extended(mut document: Document, loader: &mut Loader<'_>) -> Document {
    let Some(root) = document.root() else {
        return document;
    };
    if foreign::is_foreign(root) {
        loader.tell_foreign(root);
        document.break_off();
        return document;
    }
    let patch = root.get("patch").map(|entry| entry.value);
    let entries = root.entries().filter(|entry| entry.name() != "patch");
    let strays = entries.flat_map(|entry| directive::strays_of(entry));
    loader.found.extend(strays);
    let Some(naming) = root.get("extends").map(|entry| entry.value) else {
        loader.found.extend(lonely(root));
        return document;
    };
    if naming.text().is_none_or(str::is_empty) {
        reader::wrong(naming, "the path of one file", &mut loader.found);
        document.break_off();
        return document;
    }
    loader.found.extend(misplaced(root));
    let (own, patch) = (root.number(), patch.map(Node::number));
    let Some(base) = loader.named(naming, |_, base| Arc::clone(base)) else {
        // What the base would have brought, nobody is to miss.
        document.break_off();
        return document;
    };
    let told = base.root().and_then(|root| foreign::library(root, naming));
    let is_library = told.is_some();
    loader.found.extend(told);
    if is_library || !base.is_complete() || base.root().is_some_and(foreign::is_foreign) {
        document.break_off();
        return document;
    }
    let written = 0..document.count();
    let Some(based) = document.graft(&base) else {
        return document;
    };
    let mut whole = with_head(&mut document, own, based);
    if let Some(patch) = patch {
        whole = patch::apply(
            &mut document,
            whole,
            (patch, written),
            Spot::Workflow,
            (&mut Order::default(), &mut loader.found),
        );
    }
    document.set_root(whole);
    document
}

/// The map of the base with the head of the file that extends it, and what that adds.
fn with_head(document: &mut Document, own: Place, based: Place) -> Place {
    let entries = |place: Place| {
        let entries = document.at(place).entries();
        let named = entries.map(|entry| {
            let pair = (entry.key.number(), entry.value.number());
            (entry.name().to_owned(), pair)
        });
        named.collect::<Vec<_>>()
    };
    let (own_entries, base_entries) = (entries(own), entries(based));
    let mut whole = Vec::with_capacity(base_entries.len() + own_entries.len());
    let mut older = Vec::new();
    for (name, pair) in own_entries {
        let before = base_entries.iter().find(|(other, _)| *other == name);
        let before = before.map(|(_, before)| *before);
        let ours = HEAD.contains(&&*name) || name.starts_with("x-");
        match before {
            _ if PATCHED.contains(&&*name) || VARIANT.contains(&&*name) => continue,
            Some(before) if ours => older.push((pair.1, before.1)),
            Some(before) if ADDED.contains(&&*name) => {
                let value = joined(document, before.1, pair.1);
                whole.push((name, (before.0, value)));
                continue;
            }
            _ => {}
        }
        whole.push((name, pair));
    }
    for (node, before) in older {
        document.takes_place(node, before, node);
    }
    let said: Vec<String> = whole.iter().map(|(name, _)| name.clone()).collect();
    whole.extend(
        base_entries
            .into_iter()
            .filter(|(name, _)| !said.contains(name)),
    );
    let whole = document.new_map(own, whole.into_iter().map(|(_, pair)| pair));
    document.takes_place(whole, based, own);
    whole
}

/// Two lists one after the other, or two maps with the keys of both, in which what the own map has
/// takes the place of what the base has under the same key.
fn joined(document: &mut Document, base: Place, own: Place) -> Place {
    let (first, then) = (document.at(base), document.at(own));
    if first.is_list() && then.is_list() {
        let items: Vec<Place> = first
            .items()
            .chain(then.items())
            .map(Node::number)
            .collect();
        return document.new_list(base, items);
    }
    let pair = |entry: Entry<'_>| (entry.key.number(), entry.value.number());
    let is_new = |entry: &Entry<'_>| first.get(entry.name()).is_none();
    let mut older = Vec::new();
    let kept = first.entries().map(|entry| match then.get(entry.name()) {
        Some(own) => {
            older.push((own.value.number(), entry.value.number()));
            pair(own)
        }
        None => pair(entry),
    });
    let mut pairs: Vec<_> = kept.collect();
    pairs.extend(then.entries().filter(is_new).map(pair));
    for (node, before) in older {
        document.takes_place(node, before, node);
    }
    document.new_map(base, pairs)
}

/// What a variant says outside of its patch although a patch should say it.
fn misplaced(root: Node<'_>) -> Vec<Diagnostic> {
    let entries = root
        .entries()
        .filter(|entry| PATCHED.contains(&entry.name()));
    let told = entries.map(|entry| {
        let name = entry.name();
        let message = format!("a file that extends another has no `{name}` of its own");
        Diagnostic::error(&PATCH_FORM, message)
            .at(bare(entry.key), "not in a patch")
            .help(format!(
                "say under `patch: {{{name}: ..}}` what is other than in the base"
            ))
    });
    told.collect()
}

/// A patch that patches nothing, unless `extends` was mistyped, which is told elsewhere.
fn lonely(root: Node<'_>) -> Option<Diagnostic> {
    let patch = root.get("patch")?;
    let mistyped = |name: &str| suggest::nearest(name, ["extends"]).is_some();
    if root.entries().any(|entry| mistyped(entry.name())) {
        return None;
    }
    let diagnostic =
        Diagnostic::error(&PATCH_FORM, "this file extends nothing that it could patch");
    Some(
        diagnostic
            .at(bare(patch.key), "patches nothing")
            .help("name the base with `extends:`; a patch from outside is a file with `overlay: 1`, given by `--overlay`"),
    )
}

#[cfg(test)]
mod tests {
    use super::{ADDED, HEAD, PATCHED, VARIANT};
    use crate::read::WORKFLOW;

    #[test]
    fn every_key_of_a_workflow_is_one_of_those_that_variants_know_what_to_do_with() {
        for key in WORKFLOW.names() {
            let known = [HEAD, ADDED, PATCHED, VARIANT];
            let in_how_many = known.iter().filter(|keys| keys.contains(&key)).count();
            assert_eq!(in_how_many, 1, "{key}");
        }
    }
}
