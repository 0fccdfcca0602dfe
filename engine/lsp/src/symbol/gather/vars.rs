//! The variables of hosts, wherever they are asked for or given.

use super::Gathered;
use crate::symbol::Symbol;
use crate::tree::{Id, Tree};
use crate::wants::Sort;

impl Gathered<'_> {
    /// The variables of hosts, wherever they are asked for or given.
    pub(super) fn variables(&mut self) {
        let tree = self.tree;
        for id in tree.ids() {
            let var = tree.node(id).parent.filter(|map| holds_vars(tree, *map));
            let key = tree.node(id).key.clone().filter(|_| var.is_some());
            if let Some(range) = key.filter(|key| !tree.text[key.clone()].starts_with('$')) {
                let name = tree.text[range.clone()].to_owned();
                self.note(Symbol::Var(name), range, true);
            }
        }
    }
}

/// Whether the keys of a map are variables of hosts: of an input, of a named type, or what a site
/// or an overlay gives.
#[must_use]
pub(crate) fn holds_vars(tree: &Tree, map: Id) -> bool {
    let keys = || {
        let keys = tree.upward(map).filter_map(|id| tree.key(id));
        keys.filter(|key| !key.starts_with('$'))
    };
    if !keys().take(2).any(|key| key == "vars") {
        return false;
    }
    let mut keys: Vec<&str> = keys().collect();
    keys.reverse();
    let of_site = |keys: &[&str]| matches!(keys, ["vars"] | ["hosts" | "groups", _, "vars"]);
    match (Sort::of(tree), &keys[..]) {
        (Sort::Site, keys) | (Sort::Overlay, ["site", keys @ ..]) => of_site(keys),
        (Sort::Overlay, ["vars", _]) => true,
        (_, ["patch", keys @ ..] | keys) => match keys {
            ["define", _, rest @ ..] | rest => {
                matches!(rest, ["inputs" | "types", _, "vars"])
            }
        },
    }
}
