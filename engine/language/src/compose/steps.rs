//! A list of steps after a patch: each item of the patch is one step by its id, old or new.

use runsheet_diagnostics::diagnostic::Diagnostic;
use runsheet_diagnostics::fix::Fix;
use runsheet_diagnostics::suggest;

use super::change::{Change, Position};
use super::directive::PLACES;
use super::lost::Owner;
use super::order::{Beside, Placed};
use super::patch::{Pair, Patching, Spot};
use super::{PATCH_CLASH, PATCH_HITS_NOTHING};
use crate::document::{Cut, Node, Place};
use crate::reader::bare;

/// A step of the list that is patched.
#[derive(Clone, Debug)]
pub(super) struct Slot {
    id: String,
    node: Place,
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
            self.document.lose(Owner::Step, id, change.place);
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
            let told = self.no_neighbour(slots, node, name);
            self.found.push(told);
        }
        at
    }

    /// Tells that the step that another is to stand beside is not in its list.
    fn no_neighbour(&self, slots: &[Slot], said: Node<'_>, name: &str) -> Diagnostic {
        let span = bare(said);
        let message = format!("there is no step `{name}` in this list");
        let diagnostic = Diagnostic::error(&PATCH_HITS_NOTHING, message).at(span, "hits nothing");
        let written = (span, &str::to_owned as &dyn Fn(&str) -> String);
        let lost = self.lost.told(
            (Owner::Step, name),
            diagnostic,
            written,
            "name another step",
        );
        let diagnostic = match lost {
            Ok((told, _)) => return told,
            Err(diagnostic) => diagnostic,
        };
        if let Some((old, to)) = self.renames_to(name) {
            return diagnostic
                .at(bare(self.at(to)), "only after this patch")
                .did_you_mean(old, span);
        }
        let near = suggest::nearest(name, slots.iter().map(|slot| slot.id.as_str()));
        match (near, self.holding(slots, name)) {
            (Some(near), _) => diagnostic.did_you_mean(near, span),
            (None, Some((group, inner))) => diagnostic
                .at(bare(self.at(inner)), format!("stands in `{group}`"))
                .help(format!("a step beside it is called `{group}.ID`")),
            (None, None) => diagnostic.help("name a step of the same list"),
        }
    }

    /// The step of this list that this patch gives a name to, as it is called until then.
    fn renames_to(&self, name: &str) -> Option<(&str, Place)> {
        self.renames.iter().find_map(|(path, to)| {
            let (old, list) = path.split_last()?;
            let is_it = list == self.path && self.at(*to).text() == Some(name);
            is_it.then_some((old.as_str(), *to))
        })
    }

    /// The group of a list that holds a step of that name, and the scalar that says it there.
    fn holding<'s>(&self, slots: &'s [Slot], name: &str) -> Option<(&'s str, Place)> {
        slots.iter().find_map(|slot| {
            let body = self.at(slot.node).get("steps")?.value;
            let inner = body.items().find(|item| id_of(*item) == Some(name))?;
            Some((slot.id.as_str(), inner.get("id")?.value.number()))
        })
    }

    /// Tells that `address`, the rest of what a change names, leads nowhere from here.
    fn no_step(&mut self, slots: &[Slot], change: &Change, address: &str) -> Diagnostic {
        self.lost.take_up(self.document);
        let span = bare(self.at(change.id.value));
        let message = format!("there is no step `{}` to change", change.address);
        let diagnostic = Diagnostic::error(&PATCH_HITS_NOTHING, message).at(span, "hits nothing");
        let outer = &change.address[..change.address.len() - address.len()];
        let (first, rest) = address.split_at(address.find('.').unwrap_or(address.len()));
        let written = |now: &str| format!("{outer}{now}{rest}");
        let lost = self.lost.told(
            (Owner::Step, first),
            diagnostic,
            (span, &written),
            "leave this out",
        );
        match lost {
            Ok((told, _)) => told,
            Err(diagnostic) => self.never_was(slots, change, address, diagnostic),
        }
    }

    /// What may have been meant by an address that nothing ever had.
    fn never_was(
        &self,
        slots: &[Slot],
        change: &Change,
        address: &str,
        diagnostic: Diagnostic,
    ) -> Diagnostic {
        let span = bare(self.at(change.id.value));
        let ids: Vec<&str> = slots.iter().map(|slot| slot.id.as_str()).collect();
        let outer = &change.address[..change.address.len() - address.len()];
        let (first, rest) = address.split_at(address.find('.').unwrap_or(address.len()));
        if let Some((old, to)) = self.renames_to(first) {
            return diagnostic
                .at(bare(self.at(to)), "only after this patch")
                .did_you_mean(&format!("{outer}{old}{rest}"), span);
        }
        if let Some(near) = suggest::nearest(first, ids.iter().copied()) {
            return diagnostic.did_you_mean(&format!("{outer}{near}{rest}"), span);
        }
        let inside = self.holding(slots, first);
        let inside = inside.map(|(group, _)| format!("{outer}{group}.{address}"));
        match inside {
            Some(address) => diagnostic.did_you_mean(&address, span),
            None if change.may_be_new() => {
                let last = ids.last().copied().unwrap_or("ID");
                let told = diagnostic.help(format!(
                    "a new step says where it belongs: `$after: {last}`"
                ));
                match self.put_after(change, last) {
                    Some(fix) => told.fix(fix),
                    None => told,
                }
            }
            None => diagnostic.help("leave it out, or say `$optional: true`"),
        }
    }

    /// Gives a place to what is a whole step.
    fn put_after(&self, change: &Change, last: &str) -> Option<Fix> {
        let is_whole = |pair: &Pair| matches!(pair.name.as_str(), "uses" | "steps");
        change.content.iter().find(|pair| is_whole(pair))?;
        let (key, id) = (self.at(change.id.key), self.at(change.id.value));
        let before = key.line_before();
        let text = match before.contains('{') {
            true => format!(", $after: {last}"),
            false => format!("\n{}$after: {last}", " ".repeat(before.chars().count())),
        };
        let title = format!("put it after `{last}`");
        Some(Fix::replace(title, id.span().after(), text).by_choice())
    }

    fn no_group(&self, group: Place, change: &Change) -> Diagnostic {
        let node = self.at(group);
        let id = id_of(node).unwrap_or_default();
        let span = bare(self.at(change.id.value));
        let message = format!("`{id}` holds no steps of its own");
        let says = node.get("uses").or_else(|| node.get("id"));
        let diagnostic = Diagnostic::error(&PATCH_CLASH, message)
            .at(span, "would be in it")
            .at(bare(says.map_or(node, |says| says.value)), "no group");
        let uses = node.get("uses").and_then(|entry| entry.value.text());
        let is_own = |uses: &str| self.defines(uses);
        diagnostic.help(match uses {
            Some(uses) if is_own(uses) => {
                format!(
                    "its steps are those of `{uses}`: patch `define: {{{uses}: {{steps: ..}}}}`"
                )
            }
            Some(uses) if uses.contains(['.', '/']) => format!(
                "its steps are those of `{uses}`, which a patch of this workflow does not reach: \
                 give it inputs, or put a step of your own in its place by `$replace: true`"
            ),
            _ => "name a step of the list itself".to_owned(),
        })
    }
}

/// The id of a step.
pub(super) fn id_of(step: Node<'_>) -> Option<&str> {
    step.get("id")?.value.text().filter(|id| !id.is_empty())
}
