//! A list of steps while a patch is at work on it. A step is found by its id at once and moved
//! without the others, and a group in which several are changed is written anew once.

use std::collections::BTreeMap;

use super::steps::id_of;
use crate::document::{Document, Place};

/// A step of the list that is patched.
#[derive(Debug)]
pub(super) struct Slot {
    pub(super) id: String,
    pub(super) node: Place,
    /// Its own lists of steps that are being patched.
    pub(super) open: Vec<Opened>,
    before: Option<usize>,
    after: Option<usize>,
}

/// A list of a step, of which some changes are made and not yet written.
#[derive(Debug)]
pub(super) struct Opened {
    /// The key it stands under.
    pub(super) key: &'static str,
    /// The list as it was.
    pub(super) list: Place,
    pub(super) slots: Slots,
    /// The last change.
    pub(super) by: Place,
}

impl Slot {
    pub(super) fn new(id: &str, node: Place) -> Self {
        Slot {
            id: id.to_owned(),
            node,
            open: Vec::new(),
            before: None,
            after: None,
        }
    }
}

/// The steps, each known by a number that stays its own, in an order that changes.
#[derive(Debug, Default)]
pub(super) struct Slots {
    all: Vec<Slot>,
    by_id: BTreeMap<String, usize>,
    first: Option<usize>,
    last: Option<usize>,
}

impl Slots {
    /// Those of a list.
    pub(super) fn of(document: &Document, list: Place) -> Self {
        let mut slots = Slots::default();
        for item in document.at(list).items() {
            let id = id_of(item).unwrap_or_default();
            slots.add(Slot::new(id, item.number()), slots.last);
        }
        slots
    }

    /// The step of that id; of several, the one that came first.
    pub(super) fn find(&self, id: &str) -> Option<usize> {
        self.by_id.get(id).copied()
    }

    pub(super) fn at(&self, at: usize) -> &Slot {
        &self.all[at]
    }

    pub(super) fn at_mut(&mut self, at: usize) -> &mut Slot {
        &mut self.all[at]
    }

    pub(super) fn last(&self) -> Option<usize> {
        self.last
    }

    /// The step before another.
    pub(super) fn before(&self, at: usize) -> Option<usize> {
        self.all[at].before
    }

    /// The numbers of all, in their order.
    pub(super) fn order(&self) -> impl Iterator<Item = usize> {
        std::iter::successors(self.first, |at| self.all[*at].after)
    }

    /// All, in their order.
    pub(super) fn iter(&self) -> impl Iterator<Item = &Slot> {
        self.order().map(|at| &self.all[at])
    }

    /// How many there are or were.
    pub(super) fn len(&self) -> usize {
        self.all.len()
    }

    /// Adds a step after another, or as the first.
    pub(super) fn add(&mut self, slot: Slot, after: Option<usize>) {
        self.all.push(slot);
        self.link(self.all.len() - 1, after);
    }

    /// Puts a step that was taken out after another, or first.
    pub(super) fn link(&mut self, at: usize, before: Option<usize>) {
        let after = match before {
            Some(before) => self.all[before].after.replace(at),
            None => self.first.replace(at),
        };
        match after {
            Some(after) => self.all[after].before = Some(at),
            None => self.last = Some(at),
        }
        (self.all[at].before, self.all[at].after) = (before, after);
        let id = self.all[at].id.clone();
        self.by_id.entry(id).or_insert(at);
    }

    /// Takes a step out.
    pub(super) fn unlink(&mut self, at: usize) {
        let (before, after) = (self.all[at].before.take(), self.all[at].after.take());
        match before {
            Some(before) => self.all[before].after = after,
            None => self.first = after,
        }
        match after {
            Some(after) => self.all[after].before = before,
            None => self.last = before,
        }
        if self.find(&self.all[at].id) == Some(at) {
            self.by_id.remove(&self.all[at].id);
        }
    }
}
