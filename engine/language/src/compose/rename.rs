//! `$rename`: steps get other ids, and every reference to them follows.
//!
//! A reference is looked up as the language looks it up: in the list of the step that says it,
//! then outward, then on along the path. So only what means this very step is rewritten. All
//! renames of a patch are one walk over the tree as it was before them: each calls its step by the
//! old names, those of the groups around it too, and two steps may take each other's name.

use std::collections::{BTreeMap, BTreeSet};
use std::rc::Rc;

use super::lost::Owner;
use super::references::{self, Named};
use super::steps::id_of;
use crate::document::{Document, Node, Place};

/// The scalars that say new ids, by the keys and old ids that lead to the steps: `steps`, `t1`,
/// `steps`, `send`.
pub(super) type Renames = BTreeMap<Vec<String>, Place>;

/// A list of steps that names are looked up in; all its steps share it.
struct Level {
    path: Vec<String>,
    ids: BTreeSet<String>,
}

/// Renames steps of the tree at `root`; gives the tree's new place.
pub(super) fn rename(document: &mut Document, root: Place, renames: &Renames) -> Place {
    if renames.is_empty() {
        return root;
    }
    let mut walk = Walk {
        document,
        renames,
        last: root,
    };
    walk.holder(root, &mut Vec::new(), &[], true)
        .unwrap_or(root)
}

struct Walk<'w> {
    document: &'w mut Document,
    renames: &'w Renames,
    /// The new id that something was rewritten for last.
    last: Place,
}

/// A node in the place of another; nothing where it stays as it is.
type Changed = Option<Place>;

impl Walk<'_> {
    /// A map with lists of steps: a step, a definition or the whole workflow.
    fn holder(
        &mut self,
        map: Place,
        path: &mut Vec<String>,
        outer: &[Rc<Level>],
        whole: bool,
    ) -> Changed {
        let mut inside: Vec<Rc<Level>> = outer.to_vec();
        inside.extend(self.level(map, path, "steps"));
        self.map(map, |walk, name, value| {
            path.push(name.to_owned());
            let changed = match name {
                "steps" => walk.list(value, path, &inside),
                "finally" | "rescue" => {
                    let mut levels = inside.clone();
                    levels.extend(walk.level(map, &path[..path.len() - 1], name));
                    walk.list(value, path, &levels)
                }
                "define" if whole => walk.definitions(value, path),
                "id" => {
                    let to = walk.renamed(&path[..path.len() - 1]);
                    let owner = Owner::step_of(&walk.list_since(path));
                    to.inspect(|to| walk.document.lose(owner, value, *to))
                }
                "needs" => walk.names(value, &outer[outer.len().saturating_sub(1)..]),
                "since" => walk.names(value, outer),
                "when" | "expect" | "warn" | "changed" => walk.value(value, &inside, true),
                _ => walk.value(value, &inside, false),
            };
            path.pop();
            changed
        })
    }

    fn definitions(&mut self, map: Place, path: &mut Vec<String>) -> Changed {
        self.map(map, |walk, name, value| {
            path.push(name.to_owned());
            let changed = walk.holder(value, path, &[], false);
            path.pop();
            changed
        })
    }

    /// The list of a map under a key, to look names up in.
    fn level(&self, map: Place, path: &[String], key: &str) -> Option<Rc<Level>> {
        let list = self.document.at(map).get(key)?.value;
        let ids = list.items().filter_map(id_of).map(str::to_owned);
        let mut path = path.to_vec();
        path.push(key.to_owned());
        Some(Rc::new(Level {
            path,
            ids: ids.collect(),
        }))
    }

    fn list(&mut self, list: Place, path: &mut Vec<String>, levels: &[Rc<Level>]) -> Changed {
        self.items(list, |walk, item| {
            let id = id_of(walk.document.at(item)).unwrap_or_default();
            path.push(id.to_owned());
            let changed = walk.holder(item, path, levels, false);
            path.pop();
            changed
        })
    }

    /// Ids that stand for steps of the innermost of these lists that has them.
    fn names(&mut self, value: Place, levels: &[Rc<Level>]) -> Changed {
        let node = self.document.at(value);
        let Some(name) = node.text() else {
            return self.items(value, |walk, item| walk.names(item, levels));
        };
        let level = levels.iter().rev().find(|level| level.ids.contains(name))?;
        let mut path = level.path.clone();
        path.push(name.to_owned());
        let whole = 0..name.len();
        let to = self.renamed(&path)?;
        Some(self.rewritten(value, &[(whole, to)]))
    }

    /// The list of the step whose `id` a path leads to, by the new ids of the groups around it.
    fn list_since(&self, path: &[String]) -> Vec<String> {
        let list = &path[..path.len().saturating_sub(2)];
        let since = |at: usize| {
            let to = self.renames.get(&list[..=at])?;
            self.document.at(*to).text()
        };
        let since = |at: usize| since(at).unwrap_or(&list[at]).to_owned();
        (0..list.len()).map(since).collect()
    }

    /// The new id of the step that a path leads to.
    fn renamed(&mut self, path: &[String]) -> Changed {
        let to = self.renames.get(path).copied()?;
        self.last = to;
        Some(to)
    }

    /// A scalar with new ids in place of the old.
    fn rewritten(&mut self, scalar: Place, parts: &[Named<Place>]) -> Place {
        let new_id = |to: Place| self.document.at(to).text().unwrap_or_default().to_owned();
        let parts = parts.iter().map(|(range, to)| (range.clone(), new_id(*to)));
        let parts: Vec<_> = parts.collect();
        references::replaced(self.document, scalar, &parts)
    }

    /// A value with expressions in it, or where `bare` is said an expression itself.
    fn value(&mut self, value: Place, levels: &[Rc<Level>], bare: bool) -> Changed {
        let node = self.document.at(value);
        let Some(text) = node.text() else {
            let changed = self.map(value, |walk, name, value| {
                walk.value(value, levels, name == "when")
            });
            return changed
                .or_else(|| self.items(value, |walk, item| walk.value(item, levels, false)));
        };
        let meant = references::of_steps(text, bare, |names| self.meant(names, levels));
        self.last = meant.last()?.1;
        Some(self.rewritten(value, &meant))
    }

    /// Which of the names after `steps` mean steps that are renamed, and the new id of each.
    fn meant(&self, names: &[String], levels: &[Rc<Level>]) -> Vec<(usize, Place)> {
        let holds = |level: &&Rc<Level>| names.first().is_some_and(|id| level.ids.contains(id));
        let Some(level) = levels.iter().rev().find(holds) else {
            return Vec::new();
        };
        let mut path = level.path.clone();
        let mut meant = Vec::new();
        for (at, name) in names.iter().enumerate() {
            path.push(name.clone());
            meant.extend(self.renames.get(&path).map(|to| (at, *to)));
            path.push("steps".to_owned());
        }
        meant
    }

    fn map(
        &mut self,
        map: Place,
        mut each: impl FnMut(&mut Self, &str, Place) -> Changed,
    ) -> Changed {
        let entries = self.document.at(map).entries();
        let mut entries: Vec<(String, Place, Place)> = entries
            .map(|entry| {
                (
                    entry.name().to_owned(),
                    entry.key.number(),
                    entry.value.number(),
                )
            })
            .collect();
        let mut any = false;
        for (name, _, value) in &mut entries {
            if let Some(changed) = each(self, name, *value) {
                any |= std::mem::replace(value, changed) != changed;
            }
        }
        if !any {
            return None;
        }
        let entries = entries.into_iter().map(|(_, key, value)| (key, value));
        let new = self.document.new_map(map, entries);
        self.document.takes_place(new, map, self.last);
        Some(new)
    }

    fn items(&mut self, list: Place, mut each: impl FnMut(&mut Self, Place) -> Changed) -> Changed {
        let mut items: Vec<Place> = self.document.at(list).items().map(Node::number).collect();
        let mut any = false;
        for item in &mut items {
            if let Some(changed) = each(self, *item) {
                any |= std::mem::replace(item, changed) != changed;
            }
        }
        if !any {
            return None;
        }
        let new = self.document.new_list(list, items);
        self.document.takes_place(new, list, self.last);
        Some(new)
    }
}
