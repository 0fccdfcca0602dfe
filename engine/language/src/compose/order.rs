//! What patches say of the order of steps and of the ends of lists, and which of it does not go
//! together with what was said before: the outcome would be another if that came later.
//!
//! A step that stands beside another is put there when its patch is applied and not held there. So
//! two patches get in each other's way where they put something in one place, where both put one
//! step somewhere, and where one moves what the other names as the neighbour.

use crate::document::{Document, Place};

/// Where something is put.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Beside {
    /// First in the list that a path leads to.
    First(Vec<String>),
    /// Last in it.
    Last(Vec<String>),
    /// Before the step with this id.
    Before(Place),
    /// After it.
    After(Place),
}

/// A step that was put somewhere.
#[derive(Clone, Debug)]
pub(super) struct Placed {
    /// The scalar that says its id.
    pub(super) step: Place,
    pub(super) beside: Beside,
    /// Whether it was there before.
    pub(super) moved: bool,
    /// Where that is said.
    pub(super) by: Place,
}

/// An end of a list.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum End {
    Front,
    Back,
}

/// A list that got more items.
#[derive(Clone, Debug)]
struct Grown {
    list: Place,
    end: End,
    by: Place,
}

/// Everything that was said of order, patch by patch.
#[derive(Clone, Debug, Default)]
pub(super) struct Order {
    placed: Vec<Placed>,
    grown: Vec<Grown>,
    /// What is said later, and what was said before and does not go together with it.
    pub(super) crossed: Vec<(Place, Place)>,
}

impl Order {
    /// Notes that a step is put somewhere, and whether it stood elsewhere until then.
    pub(super) fn put(&mut self, new: Placed, changes: bool) {
        let crossing = self.placed.iter().filter(|old| {
            let is_same = old.step == new.step;
            let in_one_place = old.beside == new.beside && !is_same;
            let moves_neighbour = old.beside.names(new.step);
            let is_moved = old.moved && new.beside.names(old.step);
            is_moved || moves_neighbour || (changes && (is_same || in_one_place))
        });
        let crossing = crossing.map(|old| (new.by, old.by));
        self.crossed.extend(crossing);
        self.placed.push(new);
    }

    /// Notes that a list got more items at one end.
    pub(super) fn grew(&mut self, document: &Document, old: Place, new: (Place, End), by: Place) {
        let (list, end) = new;
        let same_end = |grown: &Grown| grown.end == end;
        self.cross(document, old, by, same_end);
        if document.past(document.at(old)).is_some() {
            // It took the place of another list, which would have grown.
            self.crossed.push((by, old));
        }
        self.grown.push(Grown { list, end, by });
    }

    /// Notes that something takes the place of a value, which may have been a list that grew.
    pub(super) fn replaced(&mut self, document: &Document, old: Place, by: Place) {
        self.cross(document, old, by, |_| true);
    }

    fn cross(
        &mut self,
        document: &Document,
        old: Place,
        by: Place,
        matters: impl Fn(&Grown) -> bool,
    ) {
        if self.grown.is_empty() {
            return;
        }
        let before = |place: &Place| Some(document.past(document.at(*place))?.older);
        for older in std::iter::successors(Some(old), before) {
            let grown = self.grown.iter().filter(|grown| grown.list == older);
            let crossing = grown.filter(|grown| matters(grown));
            self.crossed.extend(crossing.map(|grown| (by, grown.by)));
        }
    }
}

impl Beside {
    /// Whether a step is the neighbour that it names.
    fn names(&self, step: Place) -> bool {
        matches!(self, Beside::Before(id) | Beside::After(id) if *id == step)
    }
}
