//! Where inputs, kinds, types, causes, steps and items get their names, and where calls give inputs.

use std::ops::Range;

use super::Gathered;
use crate::steps::{RESCUE, Scope};
use crate::symbol::{Owner, Symbol, Views};
use crate::tree::{Id, Tree};

/// What a file names, by its path and that name.
type Named = fn(String, String) -> Symbol;

impl Gathered<'_> {
    /// Inputs, kinds, causes, steps and items where they are defined.
    pub(super) fn definitions(&mut self) {
        let tree = self.tree;
        self.inputs_of(Tree::ROOT, &Scope::Main);
        if let Some(patch) = tree.get(Tree::ROOT, "patch") {
            self.inputs_of(patch, &Scope::Main);
        }
        let defines = tree.get(Tree::ROOT, "define").into_iter();
        for one in defines.flat_map(|all| tree.children(all)).copied() {
            let name = tree.key(one).unwrap_or_default().to_owned();
            let range = tree.node(one).key.clone().unwrap_or_default();
            self.note(
                Symbol::Define(self.path.to_owned(), name.clone()),
                range,
                true,
            );
            self.inputs_of(one, &Scope::Define(name));
        }
        for (key, symbol) in [("causes", Symbol::Causes as Named), ("types", Symbol::Type)] {
            let all = tree.get(Tree::ROOT, key).into_iter();
            for one in all.flat_map(|all| tree.children(all)).copied() {
                let name = tree.key(one).unwrap_or_default().to_owned();
                let range = tree.node(one).key.clone().unwrap_or_default();
                self.note(symbol(self.path.to_owned(), name), range, true);
            }
        }
        for step in self.steps.clone() {
            self.address(&step.scope, &step.dotted, step.span.clone());
            if let Some((range, _)) = step.item {
                let (owner, dotted) = self.at_home(&step.scope, &step.dotted);
                self.note(Symbol::Item(owner, dotted), range, true);
            }
        }
    }

    fn inputs_of(&mut self, map: Id, scope: &Scope) {
        let tree = self.tree;
        let inputs = tree.get(map, "inputs").into_iter();
        for input in inputs.flat_map(|inputs| tree.children(inputs)).copied() {
            let name = tree.key(input).unwrap_or_default().to_owned();
            let owner = self.input_owner(scope, &name);
            let defines = owner.file == self.path;
            let range = tree.node(input).key.clone().unwrap_or_default();
            self.note(Symbol::Input(owner, name), range, defines);
        }
    }

    /// The inputs that steps give to kinds made of steps and to other workflows.
    pub(super) fn calls(&mut self, views: &mut Views<'_>) {
        let tree = self.tree;
        for step in self.steps.clone() {
            let home = self.names.homes.get(&(step.scope, step.dotted));
            let call = home.and_then(|home| home.call.clone());
            let Some((call, with)) = call.zip(tree.get(step.node, "with")) else {
                continue;
            };
            let of_file = call.define.is_none().then(|| views.behind(&call.file));
            let entries = tree.children(with).iter();
            for entry in entries.flat_map(|entry| given(tree, *entry)) {
                let name = tree.key(entry).unwrap_or_default().to_owned();
                let home = of_file.as_ref().and_then(|names| names.inputs.get(&name));
                let owner = Owner {
                    file: home.unwrap_or(&call.file).clone(),
                    define: call.define.clone(),
                };
                let range = tree.node(entry).key.clone().unwrap_or_default();
                self.note(Symbol::Input(owner, name), range, false);
            }
        }
    }

    /// The parts of a dotted name that ends where `span` does, such as an id or an address in a
    /// patch.
    fn address(&mut self, scope: &Scope, dotted: &str, span: Range<usize>) {
        let written = self.tree.text[span.clone()].to_owned();
        let prefix = dotted.len().saturating_sub(written.len());
        let mut start = 0;
        for part in written.split('.') {
            let end = start + part.len();
            let name = dotted.get(..prefix + end).unwrap_or(dotted).to_owned();
            let range = span.start + start..span.start + end;
            start = end + 1;
            let key = (scope.clone(), name);
            // `rescue` between two ids is a list, unless a step is called so.
            if part == RESCUE && !self.names.homes.contains_key(&key) {
                continue;
            }
            let (owner, name) = self.at_home(scope, &key.1);
            let defines = owner.file == self.path && end == written.len();
            self.note(Symbol::Step(owner, name), range, defines);
        }
    }
}

/// What a key of a `with:` says of an input: itself, or what a directive of a patch holds.
fn given(tree: &Tree, entry: Id) -> Vec<Id> {
    match tree.key(entry) {
        Some(key) if key.starts_with('$') => tree.children(entry).to_vec(),
        _ => vec![entry],
    }
}
