//! The steps of a file as far as its tree shows them, whatever state it is in.
//!
//! A step is known by its *scope* and its dotted name: `t1.send` of the workflow itself, or of a
//! kind that the file defines. What is in one scope is not seen from another. The steps of a
//! `rescue:` and of `finally:` are seen from among themselves only, so that these keys stand in
//! their names: `send.rescue.again`, `finally:.tell`. The latter has a letter that no id may have,
//! since a group may be called `finally`.

use std::ops::Range;

use crate::tree::{Id, Tree};
use crate::wants;

/// The list that a step is rescued by, as part of the names of the steps in it.
pub const RESCUE: &str = "rescue";
/// The list that runs when all is over, as part of the names of the steps in it.
pub const LAST: &str = "finally:";

/// A list of steps that sees only itself.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Scope {
    /// The workflow of the file.
    Main,
    /// A kind that the file defines, by its name.
    Define(String),
}

/// A step or group.
#[derive(Clone, Debug)]
pub struct Step {
    /// Where its names are looked up.
    pub scope: Scope,
    /// Its dotted name.
    pub dotted: String,
    /// The bytes of its id.
    pub span: Range<usize>,
    /// Its map.
    pub node: Id,
    /// Its kind as written, without quotes.
    pub kind: Option<String>,
    /// The name of its items, with its bytes, and the list they come from.
    pub item: Option<(Range<usize>, Id)>,
    /// Whether it stands in a `patch:`, which changes a step that another file has.
    pub patches: bool,
    /// Whether it stands in `finally:`.
    pub last: bool,
}

impl Step {
    /// Its own name.
    #[must_use]
    pub fn id(&self) -> &str {
        id_of(&self.dotted)
    }
}

/// All steps of a file, groups before what is in them.
#[must_use]
pub fn steps(tree: &Tree) -> Vec<Step> {
    let mut walk = Walk {
        tree,
        found: Vec::new(),
        patches: false,
        last: false,
    };
    walk.map(Tree::ROOT, &Scope::Main);
    if let Some(all) = tree.get(Tree::ROOT, "define") {
        for one in tree.children(all) {
            let name = tree.key(*one).unwrap_or_default();
            walk.map(*one, &Scope::Define(name.to_owned()));
        }
    }
    walk.patches = true;
    if let Some(patch) = tree.get(Tree::ROOT, "patch") {
        walk.map(patch, &Scope::Main);
    }
    walk.found
}

struct Walk<'t> {
    tree: &'t Tree,
    found: Vec<Step>,
    patches: bool,
    last: bool,
}

impl Walk<'_> {
    fn map(&mut self, map: Id, scope: &Scope) {
        for (key, prefix) in [("steps", ""), ("finally", LAST)] {
            self.last = prefix == LAST;
            if let Some(list) = self.tree.get(map, key) {
                self.list(list, scope, prefix);
            }
        }
    }

    fn list(&mut self, list: Id, scope: &Scope, prefix: &str) {
        for node in self.tree.children(list) {
            let Some(id) = self.tree.get(*node, "id") else {
                continue;
            };
            let Some(span) = self.tree.inner(id) else {
                continue;
            };
            let dotted = match prefix {
                "" => self.tree.text[span.clone()].to_owned(),
                prefix => format!("{prefix}.{}", &self.tree.text[span.clone()]),
            };
            let step = self.step(*node, scope, dotted.clone(), span);
            self.found.push(step);
            if let Some(inner) = self.tree.get(*node, "steps") {
                self.list(inner, scope, &dotted);
            }
            if let Some(inner) = self.tree.get(*node, RESCUE) {
                self.list(inner, scope, &format!("{dotted}.{RESCUE}"));
            }
        }
    }

    fn step(&self, node: Id, scope: &Scope, dotted: String, span: Range<usize>) -> Step {
        let tree = self.tree;
        let foreach = tree.get(node, "foreach");
        let item = foreach.and_then(|foreach| item(tree, foreach));
        Step {
            scope: scope.clone(),
            dotted,
            span,
            node,
            kind: tree.scalar_of(node, "uses").map(str::to_owned),
            item,
            patches: self.patches,
            last: self.last,
        }
    }
}

/// The name in a `foreach:`: the key that is none of the language's own.
fn item(tree: &Tree, foreach: Id) -> Option<(Range<usize>, Id)> {
    let table = wants::of_foreach();
    let known = |key: &str| table.is_some_and(|table| table.knows(key));
    let mut entries = tree.children(foreach).iter();
    let entry = entries.find(|entry| tree.key(**entry).is_some_and(|key| !known(key)))?;
    Some((tree.node(*entry).key.clone()?, *entry))
}

/// The step that a node stands in.
#[must_use]
pub fn around<'s>(steps: &'s [Step], tree: &Tree, node: Id) -> Option<&'s Step> {
    tree.upward(node)
        .find_map(|id| steps.iter().find(|step| step.node == id))
}

/// The dotted name of the list that a step stands in: that of the group, or nothing.
#[must_use]
pub fn list_of(dotted: &str) -> &str {
    dotted.rfind('.').map_or("", |end| &dotted[..end])
}

/// The own name of a step.
#[must_use]
pub fn id_of(dotted: &str) -> &str {
    dotted.rsplit('.').next().unwrap_or(dotted)
}

/// Whether a step is in another, or the same.
#[must_use]
pub fn is_within(dotted: &str, other: &str) -> bool {
    let rest = dotted.strip_prefix(other);
    rest.is_some_and(|rest| rest.is_empty() || rest.starts_with('.'))
}

/// The dotted names that an id may mean, seen from a step: in it, beside it, then outward.
pub fn meanings<'n>(from: &'n str, id: &'n str) -> impl Iterator<Item = String> + 'n {
    let mut prefix = Some(from);
    let prefixes = std::iter::from_fn(move || {
        let now = prefix?;
        prefix = match now.rfind('.') {
            Some(dot) => Some(&now[..dot]),
            None if now.is_empty() => None,
            None => Some(""),
        };
        Some(now)
    });
    prefixes.map(move |prefix| match prefix {
        "" => id.to_owned(),
        prefix => format!("{prefix}.{id}"),
    })
}
