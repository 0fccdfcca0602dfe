//! What steps hold while they act: pools and locks. Nothing defines them but that they are named.

use runsheet_language::keys::Takes;

use super::Gathered;
use crate::symbol::{Symbol, names_held};
use crate::tree::{Id, Tree};
use crate::wants::Wants;

impl Gathered<'_> {
    /// The pool or lock that is named by what may stand here.
    pub(super) fn held(&mut self, id: Id, wants: &Wants) {
        let tree = self.tree;
        match (under(tree, id), wants) {
            (Some("pool"), Wants::Takes(Takes::AtLeast(_))) => {
                let range = tree.node(id).key.clone().unwrap_or_default();
                let name = tree.key(id).unwrap_or_default();
                if names_held(name) {
                    self.note(Symbol::Pool(name.to_owned()), range, true);
                }
            }
            (Some("lock"), Wants::Takes(Takes::Either(_) | Takes::Value(_)))
            | (Some("exclusive"), Wants::Takes(Takes::Text)) => self.lock(id),
            _ => {}
        }
    }

    /// A lock that a scalar names.
    pub(super) fn lock(&mut self, id: Id) {
        let named = self.tree.inner(id).zip(self.tree.scalar(id));
        if let Some((range, name)) = named.filter(|(_, name)| names_held(name)) {
            self.note(Symbol::Lock(name.to_owned()), range, true);
        }
    }
}

/// The key that a name stands under: for a pool the one above its own, and never a directive.
fn under(tree: &Tree, id: Id) -> Option<&str> {
    let keys = tree.upward(id).filter_map(|id| tree.key(id));
    let mut keys = keys.filter(|key| !key.starts_with('$'));
    let nearest = keys.next()?;
    match nearest {
        "lock" | "exclusive" => Some(nearest),
        _ => keys.next(),
    }
}
