//! A list of steps after a patch: each item of the patch is one step by its id, old or new.

use super::change::{Change, Position};
use super::directive::PLACES;
use super::lost::Owner;
use super::order::{Beside, Placed};
use super::patch::{Pair, Patching, Spot};
use crate::document::{Cut, Node, Place};

/// A step of the list that is patched.
#[derive(Clone, Debug)]
pub(super) struct Slot {
    pub(super) id: String,
    pub(super) node: Place,
}

impl Patching<'_> {
    /// The steps of a list after a patch; without a list, those of a new one.
    pub(super) fn steps(&mut self, base: Option<Place>, patch: Place) -> Place {
        let mut slots = base.map(|base| self.slots(base)).unwrap_or_default();
        let items: Vec<Place> = self.at(patch).items().map(Node::number).collect();
        for item in items {
            if let Some(change) = self.change(item) {
                let address = change.address.clone();
                self.step(&mut slots, &change, &address, base.is_none());
            }
        }
        let nodes = slots.iter().map(|slot| slot.node);
        let list = self.document.new_list(base.unwrap_or(patch), nodes);
        if let Some(base) = base {
            self.document.takes_place(list, base, patch);
        }
        list
    }

    fn slots(&self, list: Place) -> Vec<Slot> {
        let slot = |item: Node<'_>| Slot {
            id: id_of(item).unwrap_or_default().to_owned(),
            node: item.number(),
        };
        self.at(list).items().map(slot).collect()
    }

    /// Applies one item to the step it names, at this level or further in.
    fn step(&mut self, slots: &mut Vec<Slot>, change: &Change, address: &str, fresh: bool) {
        let (first, rest) = match address.split_once('.') {
            Some((first, rest)) => (first, Some(rest)),
            None => (address, None),
        };
        let known = slots.iter().position(|slot| slot.id == first);
        match (known, rest) {
            (Some(at), Some(rest)) => {
                self.path.push(first.to_owned());
                slots[at].node = self.inner(slots[at].node, change, rest);
                self.path.pop();
            }
            (Some(at), None) => self.known(slots, at, change),
            (None, None) if change.is_new(fresh) => {
                self.added(slots, change, first);
            }
            (None, _) if change.optional => {}
            (None, _) => {
                let told = self.no_step(slots, change, address);
                self.found.push(told);
            }
        }
    }

    /// A group after a change of a step in it, or a step after one of a step that rescues it:
    /// `send.rescue.again`.
    fn inner(&mut self, group: Place, change: &Change, rest: &str) -> Place {
        let mut entries = self.pairs(group);
        let rescued = rest.strip_prefix("rescue.");
        let rescued = rescued.filter(|_| entries.iter().any(|pair| pair.name == "rescue"));
        let (list, rest) = rescued.map_or(("steps", rest), |rest| ("rescue", rest));
        let Some(body) = entries.iter_mut().find(|pair| pair.name == list) else {
            if !change.optional {
                let told = self.no_group(group, change);
                self.found.push(told);
            }
            return group;
        };
        let mut slots = self.slots(body.value);
        self.path.push(list.to_owned());
        self.step(&mut slots, change, rest, false);
        self.path.pop();
        let nodes = slots.iter().map(|slot| slot.node);
        let list = self.document.new_list(body.value, nodes);
        self.document.takes_place(list, body.value, change.place);
        body.value = list;
        let entries = entries.iter().map(|pair| (pair.key, pair.value));
        let map = self.document.new_map(group, entries);
        self.document.takes_place(map, group, change.place);
        map
    }

    /// A step that is there.
    fn known(&mut self, slots: &mut Vec<Slot>, at: usize, change: &Change) {
        let old = slots[at].node;
        if change.delete {
            self.document.went(old, change.place);
            let id = self.id_place(&slots[at]);
            let owner = Owner::step_of(&self.path);
            self.document.lose(owner, id, change.place);
            slots.remove(at);
            return;
        }
        self.path.push(slots[at].id.clone());
        slots[at].node = match change.replace {
            true => self.replaced(old, change),
            false => self.map(old, change.content.clone(), change.place, Spot::Holder),
        };
        if let Some(to) = change.rename {
            self.renamed(to);
        }
        self.path.pop();
        if let Some(position) = change.position {
            let slot = slots.remove(at);
            let to = self.index(slots, position);
            if let (Some(to), Some(beside)) = (to, self.beside(slots, position)) {
                let placed = self.placed(&slot, beside, change, true);
                self.document.moves(placed.step, placed.by);
                self.order.put(placed, to != at);
            }
            slots.insert(to.unwrap_or(at), slot);
        }
    }

    /// Wholly new content under an old id.
    fn replaced(&mut self, old: Place, change: &Change) -> Place {
        let id = self.pairs(old).into_iter().find(|pair| pair.name == "id");
        let node = self.content(change, id.unwrap_or_else(|| change.id.clone()));
        self.document.takes_place(node, old, change.place);
        node
    }

    fn content(&mut self, change: &Change, id: Pair) -> Place {
        for pair in &change.content {
            self.plain(pair.value);
        }
        let all = [id].into_iter().chain(change.content.iter().cloned());
        let entries: Vec<_> = all.map(|pair| (pair.key, pair.value)).collect();
        self.document.new_map(change.place, entries)
    }

    fn added(&mut self, slots: &mut Vec<Slot>, change: &Change, id: &str) {
        let id_pair = self.last_of(&change.id, id);
        let node = self.content(change, id_pair);
        let slot = Slot {
            id: id.to_owned(),
            node,
        };
        let position = change.position.unwrap_or(Position::Last);
        let at = self.index(slots, position).unwrap_or(slots.len());
        if let Some(beside) = self.beside(slots, position) {
            let placed = self.placed(&slot, beside, change, false);
            self.order.put(placed, true);
        }
        slots.insert(at, slot);
    }

    fn placed(&self, slot: &Slot, beside: Beside, change: &Change, moved: bool) -> Placed {
        let said = self.at(change.place).entries();
        let mut said = said.filter(|entry| PLACES.contains(&entry.name()));
        Placed {
            step: self.id_place(slot),
            beside,
            moved,
            by: said.next().map_or(change.place, |entry| entry.key.number()),
        }
    }

    /// The scalar that says the id of a step.
    fn id_place(&self, slot: &Slot) -> Place {
        let id = self.at(slot.node).get("id");
        id.map_or(slot.node, |id| id.value.number())
    }

    /// What a position means in a list; nothing where its neighbour is not there.
    fn beside(&self, slots: &[Slot], position: Position) -> Option<Beside> {
        let neighbour = |id: Place| {
            let name = self.at(id).text()?;
            let slot = slots.iter().find(|slot| slot.id == name)?;
            Some(self.id_place(slot))
        };
        Some(match position {
            Position::First => Beside::First(self.path.clone()),
            Position::Last => Beside::Last(self.path.clone()),
            Position::Before(id) => Beside::Before(neighbour(id)?),
            Position::After(id) => Beside::After(neighbour(id)?),
        })
    }

    /// The id that an address ends with.
    fn last_of(&mut self, address: &Pair, id: &str) -> Pair {
        let text = self.at(address.value).text().unwrap_or_default();
        let before = text.len() - id.len();
        if before == 0 {
            return address.clone();
        }
        let cut = Cut {
            new: 0..0,
            old: 0..before,
        };
        let value = self
            .document
            .new_text(address.value, id.to_owned(), vec![cut]);
        Pair {
            value,
            ..address.clone()
        }
    }

    /// Where in a list a step comes to stand; nothing where its neighbour is not there.
    fn index(&mut self, slots: &[Slot], position: Position) -> Option<usize> {
        match position {
            Position::First => Some(0),
            Position::Last => Some(slots.len()),
            Position::Before(id) => self.place_of(slots, id),
            Position::After(id) => self.place_of(slots, id).map(|at| at + 1),
        }
    }

    fn place_of(&mut self, slots: &[Slot], id: Place) -> Option<usize> {
        self.lost.take_up(self.document);
        let node = self.document.at(id);
        let name = node.text().unwrap_or_default();
        let at = slots.iter().position(|slot| slot.id == name);
        if at.is_none() && !node.is_hole() {
            self.compared += slots.len();
            let told = self.no_neighbour(slots, node, name);
            self.found.push(told);
        }
        at
    }
}

/// The id of a step.
pub(super) fn id_of(step: Node<'_>) -> Option<&str> {
    step.get("id")?.value.text().filter(|id| !id.is_empty())
}
