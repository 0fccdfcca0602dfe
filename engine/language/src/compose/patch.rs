//! A patch applied to a tree: maps merge by key, steps by id, anything else takes the place of
//! what was there. What a patch takes the place of must be there, so a variant never rots in
//! silence.

use std::collections::BTreeMap;
use std::ops::Range;

use runsheet_diagnostics::diagnostic::Diagnostic;

use super::directive::{self, Directive, OPTIONAL};
use super::lost::{LostNames, Owner};
use super::missed::{no_items, no_list};
use super::order::{End, Order};
use super::rename::{self, Renames};
use super::{PATCH_CLASH, PATCH_FORM};
use crate::document::{Document, Node, Place};
use crate::keys::LISTS_OF_STEPS;
use crate::reader::bare;
use crate::reader::listed::listed;

/// What a map is to whoever patches it: which of its lists are steps.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Spot {
    /// A whole workflow.
    Workflow,
    /// `define:`
    Definitions,
    /// One of those, or a step: both hold lists of steps.
    Holder,
    /// Anything else.
    Plain,
}

impl Spot {
    /// What stands under a key of it.
    fn below(self, key: &str) -> Spot {
        match (self, key) {
            (Spot::Workflow, "define") => Spot::Definitions,
            (Spot::Definitions, _) => Spot::Holder,
            _ => Spot::Plain,
        }
    }

    /// Whether the list under that key holds steps.
    pub(super) fn holds_steps(self, key: &str) -> bool {
        let holds = matches!(self, Spot::Workflow | Spot::Holder);
        holds && LISTS_OF_STEPS.contains(&key)
    }
}

fn no_group(key: Node<'_>, steps: Node<'_>) -> Diagnostic {
    let message = "a step of a kind holds no steps that could be patched";
    let diagnostic = Diagnostic::error(&PATCH_CLASH, message).at(bare(key), "no group");
    let first = steps.items().find_map(|step| step.get("id"));
    let diagnostic = match first {
        Some(id) => diagnostic.at(bare(id.value), "would be in it"),
        None => diagnostic,
    };
    diagnostic.help("name the step whose list it is, or say its keys without `steps:`")
}

/// A key and its value, by number.
#[derive(Clone, Debug)]
pub(super) struct Pair {
    pub(super) name: String,
    pub(super) key: Place,
    pub(super) value: Place,
}

/// One patch at work on one document.
pub(super) struct Patching<'p> {
    pub(super) document: &'p mut Document,
    pub(super) found: &'p mut Vec<Diagnostic>,
    /// The keys and ids that lead to what is being patched.
    pub(super) path: Vec<String>,
    pub(super) renames: Renames,
    /// The steps that get other ids, by where those will stand.
    pub(super) new_ids: BTreeMap<Vec<String>, (String, Place)>,
    pub(super) order: &'p mut Order,
    pub(super) lost: LostNames,
    /// How many ids were compared for what was missed.
    pub(super) compared: usize,
    /// The nodes that this patch itself consists of.
    pub(super) own: Range<Place>,
    /// The item that is at work, and the last that said again what another had said.
    pub(super) item: Option<Place>,
    pub(super) told_twice: Option<Place>,
    /// The steps that it put somewhere, by their ids, and where it says so.
    pub(super) put: BTreeMap<Place, Place>,
    /// What is patched as a whole.
    pub(super) root: Place,
}

/// Applies the patch at one place of a document, whose file has the nodes `own` there, to the tree
/// at another; gives the tree's new place. Both stay where they are.
pub(super) fn apply(
    document: &mut Document,
    base: Place,
    (patch, own): (Place, Range<Place>),
    spot: Spot,
    (order, found): (&mut Order, &mut Vec<Diagnostic>),
) -> Place {
    let mut patching = Patching {
        document,
        found,
        path: Vec::new(),
        renames: Renames::new(),
        new_ids: BTreeMap::new(),
        order,
        lost: LostNames::default(),
        compared: 0,
        own,
        item: None,
        told_twice: None,
        put: BTreeMap::new(),
        root: base,
    };
    let patched = patching.merged(base, patch, spot);
    let renames = std::mem::take(&mut patching.renames);
    rename::rename(document, patched, &renames)
}

impl Patching<'_> {
    pub(super) fn at(&self, place: Place) -> Node<'_> {
        self.document.at(place)
    }

    pub(super) fn pairs(&self, place: Place) -> Vec<Pair> {
        let entries = self.at(place).entries();
        let pair = |entry: crate::document::Entry<'_>| Pair {
            name: entry.name().to_owned(),
            key: entry.key.number(),
            value: entry.value.number(),
        };
        entries.map(pair).collect()
    }

    /// A value after a patch that has no directive at its top.
    pub(super) fn merged(&mut self, base: Place, patch: Place, spot: Spot) -> Place {
        let (old, new) = (self.at(base), self.at(patch));
        if new.is_hole() {
            return base;
        }
        if old.is_map() && new.is_map() {
            let changes = self.pairs(patch);
            return self.map(base, changes, patch, spot);
        }
        if (old.is_map() && new.is_list()) || (old.is_list() && new.is_map()) {
            let told = clash(old, new);
            self.found.push(told);
            return base;
        }
        self.plain(patch);
        self.takes_place(patch, base);
        patch
    }

    /// Puts a value of the patch in the place of another.
    fn takes_place(&mut self, value: Place, old: Place) {
        self.says_again(old, value);
        self.order.replaced(self.document, old, value);
        self.document.takes_place(value, old, value);
    }

    /// A map after some changes, which stand at `by`.
    pub(super) fn map(&mut self, base: Place, changes: Vec<Pair>, by: Place, spot: Spot) -> Place {
        let mut entries = self.pairs(base);
        for change in changes {
            if change.name.starts_with('$') {
                let told = directive::misplaced(self.at(change.key));
                self.found.push(told);
                continue;
            }
            let address = || directive::an_address(self.at(change.key), &entries);
            if let Some(told) = (spot == Spot::Workflow).then(address).flatten() {
                self.found.push(told);
                continue;
            }
            self.path.push(change.name.clone());
            self.entry(&mut entries, change, spot);
            self.path.pop();
        }
        let entries = entries.iter().map(|pair| (pair.key, pair.value));
        let map = self.document.new_map(base, entries);
        self.document.takes_place(map, base, by);
        map
    }

    fn entry(&mut self, entries: &mut Vec<Pair>, change: Pair, spot: Spot) {
        let steps = spot.holds_steps(&change.name);
        let known = entries.iter().position(|pair| pair.name == change.name);
        if let Some(directive) = Directive::of(self.document.at(change.value), self.found) {
            let spot = spot.below(&change.name);
            return self.directed(entries, known, change, &directive, (spot, steps));
        }
        let no_steps = steps && self.makes_no_group(entries, &change);
        let both_lists = |base: Place| self.at(base).is_list() && self.at(change.value).is_list();
        match known.map(|at| &mut entries[at]) {
            Some(pair) if steps && both_lists(pair.value) => {
                pair.value = self.steps(Some(pair.value), change.value);
            }
            Some(pair) => {
                let below = spot.below(&change.name);
                let value = self.merged(pair.value, change.value, below);
                let key = if value == change.value {
                    change.key
                } else {
                    pair.key
                };
                *pair = Pair {
                    value,
                    key,
                    ..change
                };
            }
            None if no_steps => {
                let told = no_group(self.at(change.key), self.at(change.value));
                self.found.push(told);
            }
            None if steps && self.at(change.value).is_list() => {
                let value = self.steps(None, change.value);
                if self.at(value).items().len() > 0 {
                    entries.push(Pair { value, ..change });
                }
            }
            None => {
                self.plain(change.value);
                match self.half_an_input(&change) {
                    Some(told) => self.found.push(told),
                    None => {
                        self.document.is_again(&self.path, change.key);
                        entries.push(change);
                    }
                }
            }
        }
    }

    /// Whether a change patches the steps of a step of a kind, which holds none. Whole new steps may
    /// be meant to take its place.
    fn makes_no_group(&self, entries: &[Pair], change: &Pair) -> bool {
        let is_of_kind = entries.iter().any(|pair| pair.name == "uses");
        let whole = |step: Node<'_>| step.get("uses").or(step.get("steps")).is_some();
        is_of_kind && change.name == "steps" && !self.at(change.value).items().any(whole)
    }

    fn directed(
        &mut self,
        entries: &mut Vec<Pair>,
        known: Option<usize>,
        change: Pair,
        directive: &Directive,
        (below, steps): (Spot, bool),
    ) {
        let Some(at) = known else {
            if !directive.optional {
                let told = self.no_key(entries, &change);
                self.found.push(told);
            }
            return;
        };
        if directive.delete {
            self.says_again(entries[at].value, change.value);
            self.order
                .replaced(self.document, entries[at].value, change.value);
            self.document.went(entries[at].value, change.value);
            self.document.takes_out(&self.path, change.value);
            if let Some(owner) = Owner::input_at(&self.path) {
                let key = entries[at].key;
                self.document.lose(owner, key, change.value);
            }
            entries.remove(at);
            return;
        }
        let old = entries[at].value;
        if let Some(value) = directive.replace {
            self.plain(value);
            self.takes_place(value, old);
            entries[at] = Pair { value, ..change };
        } else if steps {
            let told = directive::steps_have_places(self.at(change.key));
            self.found.push(told);
        } else if directive.append.is_some() || directive.prepend.is_some() {
            entries[at].value = self.longer(old, directive);
        } else if directive.merge {
            entries[at].value = self.merged_if_there(old, change.value, below);
        }
    }

    /// A map after the patch beside `$optional`.
    fn merged_if_there(&mut self, base: Place, patch: Place, spot: Spot) -> Place {
        let (old, new) = (self.at(base), self.at(patch));
        if !old.is_map() {
            let told = clash(old, new);
            self.found.push(told);
            return base;
        }
        let mut changes = self.pairs(patch);
        changes.retain(|change| change.name != OPTIONAL);
        self.map(base, changes, patch, spot)
    }

    /// A list with more items before and behind it.
    fn longer(&mut self, base: Place, directive: &Directive) -> Place {
        let mut items = Vec::new();
        let parts = [directive.prepend, Some(base), directive.append];
        for part in parts.into_iter().flatten() {
            if !self.at(part).is_list() {
                let told = match part == base {
                    true => no_list(self.at(base), self.at(directive.place)),
                    false => no_items(self.at(part)),
                };
                self.found.push(told);
                return base;
            }
            if part != base {
                self.plain(part);
            }
            items.extend(self.at(part).items().map(Node::number));
        }
        let list = self.document.new_list(base, items);
        let ends = [
            (directive.prepend, End::Front),
            (directive.append, End::Back),
        ];
        for (by, end) in ends {
            let Some(by) = by else { continue };
            self.order.grew(self.document, base, (list, end), by);
        }
        self.document.takes_place(list, base, directive.place);
        list
    }

    /// Notes that the step that the path leads to gets another id.
    pub(super) fn renamed(&mut self, to: Place) {
        let now = self.document.at(to).text().map(str::to_owned);
        if let (Some(now), Some((old, list))) = (now, self.path.split_last()) {
            let mut path = list.to_vec();
            path.push(now);
            self.new_ids.insert(path, (old.clone(), to));
        }
        let Some(earlier) = self.renames.insert(self.path.clone(), to) else {
            return;
        };
        let told = Diagnostic::error(&PATCH_FORM, "a step has one name")
            .at(bare(self.at(to)), "another name")
            .at(bare(self.at(earlier)), "one name")
            .help("keep one of the two");
        self.found.push(told);
    }

    /// Whether what is patched defines such a kind itself.
    pub(super) fn defines(&self, kind: &str) -> bool {
        let define = self.at(self.root).get("define");
        define.is_some_and(|define| define.value.get(kind).is_some())
    }

    /// Wholly new content has nothing that a directive could change.
    pub(super) fn plain(&mut self, place: Place) {
        let found = directive::strays(self.document.at(place), false);
        self.found.extend(found);
    }
}

fn clash(old: Node<'_>, new: Node<'_>) -> Diagnostic {
    let message = format!("{} would take the place of {}", new.found(), old.found());
    let told = Diagnostic::error(&PATCH_CLASH, message)
        .at(new.place(), format!("is {}", new.found()))
        .at(old.place(), format!("is {}", old.found()));
    let ids = || old.items().filter_map(|step| step.get("id")?.value.text());
    match ids().next() {
        Some(_) if new.is_map() => by_id(new, told),
        _ => told.help("say `{$replace: ..}` if that is meant"),
    }
}

/// A map of steps by their ids: each is an item that names its step.
fn by_id(steps: Node<'_>, told: Diagnostic) -> Diagnostic {
    let first = steps.entries().next().map_or("..", |entry| entry.name());
    let told = told.help(format!("steps stand in a list: `- {{id: {first}, ..}}`"));
    match listed(steps) {
        Some(fix) => told.fix(fix),
        None => told,
    }
}
