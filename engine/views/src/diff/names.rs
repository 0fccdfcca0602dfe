//! The ids that steps have after, by where they stand: two lists may each have a step of one id, of
//! which one has another name now.

use std::collections::BTreeMap;

use runsheet_language::keys::LISTS_OF_STEPS;

use super::matching::{Block, lists, pairs};

/// The steps of a block that is there before and after: by the key of their list and their id
/// before.
#[derive(Debug, Default)]
pub(super) struct Names {
    lists: BTreeMap<String, BTreeMap<String, Named>>,
}

/// A step before, as it is called after.
#[derive(Debug)]
pub(super) struct Named {
    id: String,
    inner: Names,
}

/// What a step can name: the steps of its own list, then those around it.
#[derive(Clone, Copy, Debug)]
pub(super) struct Scope<'n> {
    /// The steps of the block around.
    names: &'n Names,
    /// The list that it stands in.
    key: &'n str,
    outer: Option<&'n Scope<'n>>,
}

impl Names {
    /// The names of all that is below two blocks. What is gone keeps its own: a reference to it is
    /// none to a step of that id elsewhere.
    pub(super) fn of(before: &Block, after: &Block) -> Names {
        let mut names = Names::default();
        for (key, one, other) in lists(before, after) {
            let list = names.lists.entry(key.to_owned()).or_default();
            for pair in pairs(one, other) {
                let Some(before) = pair.before else { continue };
                let named = match pair.after {
                    Some(after) => Named {
                        id: after.id.clone(),
                        inner: Names::of(before, after),
                    },
                    None => Named {
                        id: before.id.clone(),
                        inner: Names::default(),
                    },
                };
                list.insert(before.id.clone(), named);
            }
        }
        names
    }

    /// Those below a step of it.
    pub(super) fn below(&self, key: &str, id: &str) -> Option<&Names> {
        Some(&self.lists.get(key)?.get(id)?.inner)
    }

    /// A step below the block, by its id before.
    pub(super) fn find(&self, id: &str) -> Option<&Named> {
        // The first that has one counts.
        LISTS_OF_STEPS
            .iter()
            .find_map(|key| self.lists.get(*key)?.get(id))
    }
}

impl Named {
    /// What it is called after.
    pub(super) fn id(&self) -> &str {
        &self.id
    }

    /// A step below it, by its id before.
    pub(super) fn find(&self, id: &str) -> Option<&Named> {
        self.inner.find(id)
    }
}

impl<'n> Scope<'n> {
    /// What a step of a list can name; a definition sees nothing outside of itself.
    pub(super) fn of(
        names: &'n Names,
        key: &'n str,
        outer: Option<&'n Scope<'n>>,
    ) -> Option<Scope<'n>> {
        LISTS_OF_STEPS
            .contains(&key)
            .then_some(Scope { names, key, outer })
    }

    /// The step that an id means here.
    pub(super) fn find(&self, id: &str) -> Option<&'n Named> {
        let own = self.names.lists.get(self.key).and_then(|list| list.get(id));
        let beside = own.or_else(|| self.names.find(id));
        beside.or_else(|| self.outer.and_then(|outer| outer.find(id)))
    }
}
