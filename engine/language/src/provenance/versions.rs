//! A document as it was before and after every patch, and what each of them says of one value.
//!
//! Composing only adds nodes: the tree that a patch was laid over is still there, whole. So the
//! layers of a value are found by looking it up in one tree after the other; a step keeps its
//! identity through renames and moves by what its node took the place of.

use crate::document::{Document, Node, Place};

/// A part of the way to a value.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Part {
    /// A key of a map.
    Key(String),
    /// An item of a list, by its `id:` or its number.
    Item(String),
}

/// A whole tree, and what made it of the one before.
#[derive(Clone, Copy, Debug)]
pub(super) struct Version<'d> {
    pub(super) root: Node<'d>,
    /// The patch, or the file that extends another; nothing: the tree that came first.
    pub(super) by: Option<Node<'d>>,
}

/// What one version says of a value.
#[derive(Clone, Copy, Debug)]
pub(super) struct Said<'d> {
    pub(super) version: Version<'d>,
    /// What is said there, and where; of what is taken out, the patch that does.
    pub(super) node: Node<'d>,
    pub(super) is_removed: bool,
    /// Whether it is content of its own, and not a change of what was there.
    pub(super) is_whole: bool,
}

/// All versions of a document, the last first.
pub(super) fn versions(document: &Document) -> Vec<Version<'_>> {
    let mut all = Vec::new();
    let mut at = document.root();
    while let Some(root) = at {
        let past = document.past(root);
        all.push(Version {
            root,
            by: past.map(|past| document.at(past.by)),
        });
        at = past.map(|past| document.at(past.older));
    }
    all
}

/// What each version says of the value that a way leads to, the last first.
pub(super) fn said<'d>(document: &'d Document, way: &[Part]) -> Vec<Said<'d>> {
    let versions = versions(document);
    let mut known: Vec<Option<Node<'d>>> = vec![None; way.len()];
    let trails: Vec<Vec<Option<Node<'d>>>> = versions
        .iter()
        .map(|version| {
            let trail = follow(document, version.root, way, &known);
            for (known, node) in known.iter_mut().zip(&trail) {
                *known = node.or(*known);
            }
            trail
        })
        .collect();
    let mut said = Vec::new();
    for (at, version) in versions.iter().enumerate() {
        let older = trails.get(at + 1).map_or(&[][..], Vec::as_slice);
        let (new, old) = (
            target(version, &trails[at]),
            older.last().copied().flatten(),
        );
        match new {
            Some(new) => said.extend(changes(document, *version, new, old)),
            None => said.extend(removal(document, *version, older)),
        }
    }
    said
}

/// What the whole way leads to; the tree itself where there is no way.
fn target<'d>(version: &Version<'d>, trail: &[Option<Node<'d>>]) -> Option<Node<'d>> {
    trail.last().copied().unwrap_or(Some(version.root))
}

/// The nodes on the way, as far as it leads; `later` are those of a later version.
fn follow<'d>(
    document: &'d Document,
    root: Node<'d>,
    way: &[Part],
    later: &[Option<Node<'d>>],
) -> Vec<Option<Node<'d>>> {
    let mut at = Some(root);
    let mut trail = Vec::with_capacity(way.len());
    for (part, later) in way.iter().zip(later) {
        at = at.and_then(|at| match (part, later) {
            (Part::Key(key), _) => Some(at.get(key)?.value),
            (Part::Item(_), Some(later)) => same(document, at, *later),
            (Part::Item(id), None) => item(at, id),
        });
        trail.push(at);
    }
    trail
}

/// The item of a list with an id, or of a number.
pub(super) fn item<'d>(list: Node<'d>, id: &str) -> Option<Node<'d>> {
    let is_it = |item: &Node<'d>| item.get("id").and_then(|entry| entry.value.text()) == Some(id);
    let by_number = || list.items().nth(id.parse().ok()?);
    list.items().find(is_it).or_else(by_number)
}

/// The item of an older list that a later one came from.
fn same<'d>(document: &'d Document, list: Node<'d>, later: Node<'d>) -> Option<Node<'d>> {
    let older = ages(document, later);
    let mut items = list.items();
    items.find(|item| older.contains(&item.number()))
}

/// A node and all that it took the place of.
fn ages(document: &Document, node: Node<'_>) -> Vec<Place> {
    let mut all = vec![node.number()];
    let mut at = node;
    while let Some(past) = document.past(at) {
        all.push(past.older);
        at = document.at(past.older);
    }
    all
}

/// What made a value of the older one, if there was one: a patch may say it more than once.
fn changes<'d>(
    document: &'d Document,
    version: Version<'d>,
    new: Node<'d>,
    old: Option<Node<'d>>,
) -> Vec<Said<'d>> {
    let old = old.map(Node::number);
    let mut said = Vec::new();
    let mut at = Some(new);
    while let Some(node) = at.filter(|node| Some(node.number()) != old) {
        let past = document.past(node);
        // A text in which a name was exchanged has no place but that of the old one.
        let is_whole = past.is_none_or(|past| past.by == past.older || past.by == node.number());
        let shown = match past {
            Some(past) if !is_whole => document.at(past.by),
            _ => node,
        };
        if is_whole || is_told(node, shown) {
            said.push(Said {
                version,
                node: shown,
                is_removed: false,
                is_whole,
            });
        }
        at = past.map(|past| document.at(past.older));
    }
    said
}

/// Whether a change is one of this very value: a rename changes all maps around it, and is told of
/// the step alone.
fn is_told(node: Node<'_>, by: Node<'_>) -> bool {
    let is_rename = by.text().is_some();
    let id = node.get("id").map(|entry| entry.value.number());
    !is_rename || id == Some(by.number())
}

/// The part of a way that leads to a step of an older tree only, and what the step is called now.
pub(super) fn renamed<'d>(document: &'d Document, way: &[Part]) -> Option<(usize, &'d str)> {
    let versions = versions(document);
    let newest = versions.first()?.root;
    for version in &versions[1..] {
        let trail = follow(document, version.root, way, &vec![None; way.len()]);
        let mut at = newest;
        for (number, part) in way.iter().enumerate() {
            let (Some(older), true) = (trail[number], at.is_list()) else {
                match part {
                    Part::Key(key) => at = at.get(key)?.value,
                    Part::Item(_) => break,
                }
                continue;
            };
            let mut items = at.items();
            at = items.find(|item| ages(document, *item).contains(&older.number()))?;
            let now = at.get("id").and_then(|entry| entry.value.text());
            match (part, now) {
                (Part::Item(id), Some(now)) if id != now => return Some((number, now)),
                _ => {}
            }
        }
    }
    None
}

/// What took the value out, or one of those that it stood in.
fn removal<'d>(
    document: &'d Document,
    version: Version<'d>,
    older: &[Option<Node<'d>>],
) -> Option<Said<'d>> {
    older.last().copied().flatten()?;
    let numbers: Vec<Place> = older.iter().flatten().map(|node| node.number()).collect();
    let mut gone = document.gone().iter();
    let past = gone.find(|past| numbers.contains(&past.older))?;
    Some(Said {
        version,
        node: document.at(past.by),
        is_removed: true,
        is_whole: false,
    })
}
