//! How many steps a group stands for, or a step that calls something: those that act or look, as
//! `graph` counts them.

use std::collections::BTreeMap;

use super::matching::Block;

/// The lists whose steps make up what holds them. Those of `rescue:` run in their place.
const LISTS: [&str; 2] = ["steps", "finally"];

/// Writes down of every block how many steps it holds.
pub(super) fn fill(whole: &mut Block) {
    let kinds = whole.lists.iter().filter(|list| list.key == "define");
    let kinds = kinds.flat_map(|list| &list.blocks);
    let mut counting = Counting {
        kinds: kinds.map(|kind| (kind.id.clone(), kind.clone())).collect(),
        known: BTreeMap::new(),
    };
    counting.fill(whole);
}

struct Counting {
    /// What can be called, by its name.
    kinds: BTreeMap<String, Block>,
    /// How many steps each of them holds.
    known: BTreeMap<String, usize>,
}

impl Counting {
    fn fill(&mut self, block: &mut Block) {
        block.holds = self.held(block).filter(|count| *count > 0);
        for inner in block.lists.iter_mut().flat_map(|list| &mut list.blocks) {
            self.fill(inner);
        }
    }

    /// How many steps are in a group, or in what a step calls; nothing for any other step.
    fn held(&mut self, block: &Block) -> Option<usize> {
        let lists = block.lists.iter();
        let mut lists = lists.filter(|list| LISTS.contains(&&*list.key)).peekable();
        if lists.peek().is_some() {
            let steps = lists.flat_map(|list| &list.blocks);
            return Some(steps.map(|step| self.held(step).unwrap_or(1)).sum());
        }
        let mut values = block.values.iter();
        let (_, uses) = values.find(|(key, _)| key == "uses")?;
        let name = uses.written();
        if let Some(known) = self.known.get(&name) {
            return Some(*known);
        }
        let kind = self.kinds.get(&name)?.clone();
        // What calls itself is told elsewhere, and is counted once here.
        self.known.insert(name.clone(), 0);
        let count = self.held(&kind)?;
        self.known.insert(name, count);
        Some(count)
    }
}
