//! The hosts and groups of a site, and the locks that its hosts share.

use super::Gathered;
use crate::symbol::Symbol;
use crate::tree::{Id, Tree};

impl Gathered<'_> {
    /// Hosts and groups of a site.
    pub(super) fn site(&mut self) {
        let tree = self.tree;
        let under = |key: &str| {
            let map = tree.get(Tree::ROOT, key).into_iter();
            map.flat_map(|map| tree.children(map))
                .copied()
                .collect::<Vec<_>>()
        };
        for host in under("hosts") {
            let (key, name) = (tree.node(host).key.clone(), tree.key(host));
            let symbol = Symbol::Host(name.unwrap_or_default().to_owned());
            self.note(symbol, key.unwrap_or_default(), true);
            if let Some(at) = tree.get(host, "at") {
                self.host(at);
            }
            if let Some(lock) = tree.get(host, "exclusive") {
                self.lock(lock);
            }
        }
        for group in under("groups") {
            let (key, name) = (tree.node(group).key.clone(), tree.key(group));
            let symbol = Symbol::Group(name.unwrap_or_default().to_owned());
            self.note(symbol, key.unwrap_or_default(), true);
            let list = tree.get(group, "hosts").unwrap_or(group);
            for member in tree.children(list).to_vec() {
                self.host(member);
            }
        }
    }

    fn host(&mut self, id: Id) {
        if let Some((range, name)) = self.tree.inner(id).zip(self.tree.scalar(id)) {
            self.note(Symbol::Host(name.to_owned()), range, false);
        }
    }
}
