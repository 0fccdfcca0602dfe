//! What patches say of the order of steps and of the ends of lists, and which of it does not go
//! together with what was said before: the outcome would be another if that came later.
//!
//! A step that stands beside another is put there when its patch is applied and not held there. So
//! two patches get in each other's way where they put something in one place, where both put one
//! step somewhere, and where one moves what the other names as the neighbour.

use std::collections::BTreeMap;

use crate::document::{Document, Place};

/// Where something is put.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
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

/// What was said at first of something: as how many-th, and where.
type Said = (usize, Place);

/// Where earlier patches put something.
#[derive(Clone, Debug, Default)]
struct Earlier {
    /// How many things were put.
    count: usize,
    /// By the step that was put.
    steps: BTreeMap<Place, Said>,
    /// By the step that was put, for those that stood elsewhere before.
    moved: BTreeMap<Place, Said>,
    /// By the neighbour.
    neighbours: BTreeMap<Place, Said>,
    /// By the place.
    places: BTreeMap<Beside, Said>,
}

/// A list that got more items at an end, and where that is said.
type Grown = (Place, End, Place);

/// Everything that was said of order, patch by patch. What one patch says does not cross itself.
#[derive(Clone, Debug, Default)]
pub(super) struct Order {
    earlier: Earlier,
    grown: BTreeMap<Place, Vec<(End, Place)>>,
    placed: Vec<Placed>,
    growing: Vec<Grown>,
    /// What is said later, and what was said before and does not go together with it.
    pub(super) crossed: Vec<(Place, Place)>,
}

impl Order {
    /// Ends a patch: what it said counts as earlier from now on.
    pub(super) fn end_patch(&mut self) {
        for placed in self.placed.drain(..) {
            self.earlier.keep(placed);
        }
        for (list, end, by) in self.growing.drain(..) {
            self.grown.entry(list).or_default().push((end, by));
        }
    }

    /// Notes that a step is put somewhere, and whether it stood elsewhere until then.
    pub(super) fn put(&mut self, new: Placed, changes: bool) {
        let crossing = self.earlier.crossed_by(&new, changes);
        self.crossed
            .extend(crossing.map(|earlier| (new.by, earlier)));
        self.placed.push(new);
    }

    /// Notes that a list got more items at one end.
    pub(super) fn grew(&mut self, document: &Document, old: Place, new: (Place, End), by: Place) {
        let (list, end) = new;
        self.cross(document, old, by, |grown| grown == end);
        if document.past(document.at(old)).is_some() {
            // It took the place of another list, which would have grown.
            self.crossed.push((by, old));
        }
        self.growing.push((list, end, by));
    }

    /// Notes that something takes the place of a value, which may have been a list that grew.
    pub(super) fn replaced(&mut self, document: &Document, old: Place, by: Place) {
        self.cross(document, old, by, |_| true);
    }

    fn cross(&mut self, document: &Document, old: Place, by: Place, matters: impl Fn(End) -> bool) {
        if self.grown.is_empty() {
            return;
        }
        let before = |place: &Place| Some(document.past(document.at(*place))?.older);
        for older in std::iter::successors(Some(old), before) {
            let grown = self.grown.get(&older).into_iter().flatten();
            let crossing = grown.filter(|(end, _)| matters(*end));
            self.crossed
                .extend(crossing.map(|(_, earlier)| (by, *earlier)));
        }
    }
}

impl Earlier {
    fn keep(&mut self, placed: Placed) {
        let said = (self.count, placed.by);
        self.count += 1;
        self.steps.entry(placed.step).or_insert(said);
        if placed.moved {
            self.moved.entry(placed.step).or_insert(said);
        }
        if let Some(neighbour) = placed.beside.neighbour() {
            self.neighbours.entry(neighbour).or_insert(said);
        }
        self.places.entry(placed.beside).or_insert(said);
    }

    /// The first that does not go together with a step that is put somewhere.
    fn crossed_by(&self, new: &Placed, changes: bool) -> Option<Place> {
        let neighbour = new.beside.neighbour();
        let always = [
            neighbour.and_then(|neighbour| self.moved.get(&neighbour)),
            self.neighbours.get(&new.step),
        ];
        let of_change = [self.steps.get(&new.step), self.places.get(&new.beside)];
        let of_change = of_change.into_iter().filter(|_| changes);
        let said = always.into_iter().chain(of_change).flatten();
        said.min().map(|(_, by)| *by)
    }
}

impl Beside {
    /// The step that it names.
    fn neighbour(&self) -> Option<Place> {
        match self {
            Beside::Before(id) | Beside::After(id) => Some(*id),
            Beside::First(_) | Beside::Last(_) => None,
        }
    }
}
