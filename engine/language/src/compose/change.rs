//! An item of a patch of steps: what is to be done with one step.

use runsheet_diagnostics::diagnostic::Diagnostic;

use super::PATCH_FORM;
use super::directive::{self, OF_STEPS, OPTIONAL, PLACES};
use super::patch::{Pair, Patching};
use super::steps::id_of;
use crate::document::{Node, Place};
use crate::reader::{bare, missing};

/// A step as a patch says it.
pub(super) struct Change {
    /// The id, or an address from the list's own level.
    pub(super) address: String,
    pub(super) id: Pair,
    pub(super) delete: bool,
    pub(super) replace: bool,
    pub(super) optional: bool,
    pub(super) rename: Option<Place>,
    pub(super) position: Option<Position>,
    /// Everything that is no directive, the id left out.
    pub(super) content: Vec<Pair>,
    pub(super) place: Place,
}

/// Where a step is to stand.
#[derive(Clone, Copy)]
pub(super) enum Position {
    First,
    Last,
    Before(Place),
    After(Place),
}

impl Change {
    /// Whether it can be a step that there is not yet.
    pub(super) fn may_be_new(&self) -> bool {
        !self.delete && !self.replace && self.rename.is_none() && !self.content.is_empty()
    }

    /// Whether it is one, with its place; in a list that there is not yet, the last.
    pub(super) fn is_new(&self, first_of_list: bool) -> bool {
        let has_place = self.position.is_some() || (first_of_list && !self.optional);
        self.may_be_new() && has_place
    }
}

impl Patching<'_> {
    /// Reads an item of a patch; nothing where it is none, or says that a step goes and stays.
    pub(super) fn change(&mut self, item: Place) -> Option<Change> {
        let node = self.document.at(item);
        if !node.is_map() {
            if !node.is_hole() {
                self.found.push(no_step(node));
            }
            return None;
        }
        let Some(address) = id_of(node) else {
            missing(node, "a step of a patch", "id", self.found);
            return None;
        };
        let mut change = Change {
            address: address.to_owned(),
            id: self
                .pairs(item)
                .into_iter()
                .find(|pair| pair.name == "id")?,
            delete: false,
            replace: false,
            optional: false,
            rename: None,
            position: None,
            content: Vec::new(),
            place: item,
        };
        for pair in self.pairs(item) {
            self.said(&mut change, pair);
        }
        let step = self.document.at(item);
        self.found.extend(several_places(step));
        let contrary = change.delete.then(|| deleted_and_changed(step)).flatten();
        let is_one = contrary.is_none();
        self.found.extend(contrary);
        is_one.then_some(change)
    }

    fn said(&mut self, change: &mut Change, pair: Pair) {
        let (key, value) = (self.document.at(pair.key), self.document.at(pair.value));
        let mut truth = || directive::is_true(key, value, self.found);
        let position = match pair.name.as_str() {
            "id" => return,
            "$delete" => return change.delete = truth(),
            "$replace" => return change.replace = truth(),
            OPTIONAL => return change.optional = truth(),
            "$rename" => return change.rename = directive::step(key, value, self.found),
            "$first" => truth().then_some(Position::First),
            "$last" => truth().then_some(Position::Last),
            "$before" => directive::step(key, value, self.found).map(Position::Before),
            "$after" => directive::step(key, value, self.found).map(Position::After),
            name if name.starts_with('$') => {
                return self.found.push(directive::unknown(key, OF_STEPS));
            }
            _ => return change.content.push(pair),
        };
        if change.position.is_none() {
            change.position = position;
        }
    }
}

fn no_step(node: Node<'_>) -> Diagnostic {
    let message = format!(
        "a patch names a step by its id, and this is {}",
        node.found()
    );
    Diagnostic::error(&PATCH_FORM, message)
        .at(node.place(), "no step")
        .help("write `{id: .., ..}`; what is left out stays as it is")
}

/// That a step is to stand in several places.
fn several_places(step: Node<'_>) -> Option<Diagnostic> {
    let mut places = step
        .entries()
        .filter(|entry| PLACES.contains(&entry.name()));
    let (one, another) = (places.next()?, places.next()?);
    let mut told = Diagnostic::error(&PATCH_FORM, "a step stands in one place")
        .at(bare(another.key), "another place")
        .at(bare(one.key), "one place");
    let mut help = "keep one of the two";
    for more in places {
        told = told.at(bare(more.key), "another place");
        help = "keep one of them";
    }
    Some(told.help(help))
}

/// What else is said of a step that is taken out.
fn deleted_and_changed(step: Node<'_>) -> Option<Diagnostic> {
    let goes = |name: &str| matches!(name, "id" | "$delete" | OPTIONAL);
    let more = step.entries().find(|entry| !goes(entry.name()))?;
    let message = format!("`{}` is deleted and changed", id_of(step)?);
    let told = Diagnostic::error(&PATCH_FORM, message).at(bare(more.key), "changed");
    let told = told.at(bare(step.get("$delete")?.key), "deleted");
    Some(told.help("say one of the two"))
}
