//! A list of steps after a patch: each item of the patch is one step by its id, old or new.

use super::change::{Change, Position};
use super::directive::PLACES;
use super::lost::Owner;
use super::order::{Beside, Placed};
use super::patch::{Pair, Patching, Spot};
use super::slots::{Opened, Slot, Slots};
use crate::document::{Cut, Node, Place};

impl Patching<'_> {
    /// The steps of a list after a patch; without a list, those of a new one.
    pub(super) fn steps(&mut self, base: Option<Place>, patch: Place) -> Place {
        let slots = base.map(|base| Slots::of(self.document, base));
        let mut slots = slots.unwrap_or_default();
        let items: Vec<Place> = self.at(patch).items().map(Node::number).collect();
        for item in items {
            if let Some(change) = self.change(item) {
                let around = self.item.replace(item);
                let address = change.address.clone();
                self.step(&mut slots, &change, &address, base.is_none());
                self.item = around;
            }
        }
        let list = self.written(&mut slots, base.unwrap_or(patch));
        if let Some(base) = base {
            self.document.takes_place(list, base, patch);
        }
        list
    }

    /// A list in the place of another, with all changes in its groups.
    fn written(&mut self, slots: &mut Slots, like: Place) -> Place {
        self.close_all(slots);
        let nodes = slots.iter().map(|slot| slot.node);
        self.document.new_list(like, nodes)
    }

    /// Writes the changes within all groups of a list.
    fn close_all(&mut self, slots: &mut Slots) {
        let open: Vec<usize> = slots.order().collect();
        for at in open {
            self.close(slots.at_mut(at));
        }
    }

    /// Writes the changes within a group.
    fn close(&mut self, slot: &mut Slot) {
        for mut opened in std::mem::take(&mut slot.open) {
            let list = self.written(&mut opened.slots, opened.list);
            self.document.takes_place(list, opened.list, opened.by);
            let mut entries = self.pairs(slot.node);
            for pair in entries.iter_mut().filter(|pair| pair.name == opened.key) {
                pair.value = list;
            }
            let entries = entries.iter().map(|pair| (pair.key, pair.value));
            let map = self.document.new_map(slot.node, entries);
            self.document.takes_place(map, slot.node, opened.by);
            slot.node = map;
        }
    }

    /// Applies one item to the step it names, at this level or further in.
    fn step(&mut self, slots: &mut Slots, change: &Change, address: &str, fresh: bool) {
        let (first, rest) = match address.split_once('.') {
            Some((first, rest)) => (first, Some(rest)),
            None => (address, None),
        };
        match (slots.find(first), rest) {
            (Some(at), Some(rest)) => {
                self.path.push(first.to_owned());
                self.inner(slots.at_mut(at), change, rest);
                self.path.pop();
            }
            (Some(at), None) => self.known(slots, at, change),
            (None, None) if change.is_new(fresh) => {
                self.added(slots, change, first);
            }
            (None, _) if change.optional => {}
            (None, _) => {
                self.settle(slots);
                let meant = self.elsewhere(slots, change, address);
                let told = meant.unwrap_or_else(|| self.no_step(slots, change, address));
                self.found.push(told);
            }
        }
    }

    /// Changes a step in a group, or one that rescues a step: `send.rescue.again`.
    fn inner(&mut self, group: &mut Slot, change: &Change, rest: &str) {
        let has = |key: &str| self.at(group.node).get(key).is_some();
        let rescued = rest.strip_prefix("rescue.").filter(|_| has("rescue"));
        let (key, rest) = rescued.map_or(("steps", rest), |rest| ("rescue", rest));
        let Some(opened) = self.opened(group, key, change.place) else {
            if !change.optional {
                let meant = self.rescuing(self.at(group.node), change, rest);
                let told = meant.unwrap_or_else(|| self.no_group(group.node, change));
                self.found.push(told);
            }
            return;
        };
        self.path.push(key.to_owned());
        self.step(opened, change, rest, false);
        self.path.pop();
    }

    /// The steps of a list of a group, to change one of them; nothing where it has no such list.
    fn opened<'s>(
        &self,
        group: &'s mut Slot,
        key: &'static str,
        by: Place,
    ) -> Option<&'s mut Slots> {
        let known = group.open.iter().position(|opened| opened.key == key);
        let at = match known {
            Some(at) => at,
            None => {
                let list = self.at(group.node).get(key)?.value.number();
                group.open.push(Opened {
                    key,
                    list,
                    slots: Slots::of(self.document, list),
                    by,
                });
                group.open.len() - 1
            }
        };
        let opened = &mut group.open[at];
        opened.by = by;
        Some(&mut opened.slots)
    }

    /// A step that is there.
    fn known(&mut self, slots: &mut Slots, at: usize, change: &Change) {
        self.close(slots.at_mut(at));
        let old = slots.at(at).node;
        self.path.push(slots.at(at).id.clone());
        if change.delete || change.replace {
            self.says_again(old, change.place);
        }
        self.path.pop();
        if change.delete {
            self.document.went(old, change.place);
            let id = self.id_place(slots.at(at));
            let owner = Owner::step_of(&self.path);
            self.document.lose(owner, id, change.place);
            slots.unlink(at);
            return;
        }
        self.path.push(slots.at(at).id.clone());
        slots.at_mut(at).node = match change.replace {
            true => self.replaced(old, change),
            false => self.map(old, change.content.clone(), change.place, Spot::Holder),
        };
        if let Some(to) = change.rename {
            self.renamed(to);
        }
        self.path.pop();
        if let Some(position) = change.position {
            self.moved(slots, at, (position, change));
        }
    }

    /// A step that is to stand elsewhere.
    fn moved(&mut self, slots: &mut Slots, at: usize, (position, change): (Position, &Change)) {
        let stood = slots.before(at);
        slots.unlink(at);
        let to = self.place(slots, position);
        if let (Some(to), Some(beside)) = (to, self.beside(slots, position)) {
            let placed = self.placed(slots.at(at), beside, change, true);
            self.put_again(&slots.at(at).id, placed.step, placed.by);
            self.document.moves(placed.step, placed.by);
            self.order.put(placed, to != stood);
        }
        slots.link(at, to.unwrap_or(stood));
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

    fn added(&mut self, slots: &mut Slots, change: &Change, id: &str) {
        let id_pair = self.last_of(&change.id, id);
        let slot = Slot::new(id, self.content(change, id_pair));
        let position = change.position.unwrap_or(Position::Last);
        let before = self.place(slots, position).unwrap_or(slots.last());
        if let Some(beside) = self.beside(slots, position) {
            let placed = self.placed(&slot, beside, change, false);
            self.put.insert(placed.step, placed.by);
            self.order.put(placed, true);
        }
        slots.add(slot, before);
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
    fn beside(&self, slots: &Slots, position: Position) -> Option<Beside> {
        let neighbour = |id: Place| {
            let at = slots.find(self.at(id).text()?)?;
            Some(self.id_place(slots.at(at)))
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

    /// The step that one comes to stand behind, if any; nothing where its neighbour is not there.
    fn place(&mut self, slots: &mut Slots, position: Position) -> Option<Option<usize>> {
        match position {
            Position::First => Some(None),
            Position::Last => Some(slots.last()),
            Position::Before(id) => self.neighbour(slots, id).map(|at| slots.before(at)),
            Position::After(id) => self.neighbour(slots, id).map(Some),
        }
    }

    fn neighbour(&mut self, slots: &mut Slots, id: Place) -> Option<usize> {
        let node = self.document.at(id);
        let name = node.text().unwrap_or_default().to_owned();
        let at = slots.find(&name);
        if at.is_none() && !node.is_hole() {
            self.settle(slots);
            let told = self.no_neighbour(slots, self.document.at(id), &name);
            self.found.push(told);
        }
        at
    }

    /// Makes ready to tell what is missed in a list: what it holds now, and what it held before.
    fn settle(&mut self, slots: &mut Slots) {
        self.lost.take_up(self.document);
        self.compared += slots.len();
        if self.compares() {
            self.close_all(slots);
        }
    }
}

/// The id of a step.
pub(super) fn id_of(step: Node<'_>) -> Option<&str> {
    step.get("id")?.value.text().filter(|id| !id.is_empty())
}
