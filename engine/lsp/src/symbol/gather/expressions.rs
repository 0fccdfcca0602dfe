//! The names in expressions, with what they mean where they stand.

use std::ops::Range;

use runsheet_language::expression::references::{Part, Reference};

use super::Gathered;
use crate::pieces::{pieces, references};
use crate::steps::{Scope, Step};
use crate::symbol::Symbol;
use crate::tree::Id;

impl Gathered<'_> {
    pub(super) fn reference(&mut self, id: Id, reference: &Reference) {
        let step = self.around(id);
        let scope = step.map_or_else(|| self.scope(id), |step| step.scope.clone());
        let from = step.map_or("", |step| &step.dotted).to_owned();
        let root = &*reference.root.value;
        match root {
            "inputs" => self.of_inputs(&scope, &reference.keys),
            "steps" => self.of_steps(&scope, &from, &reference.keys),
            "site" => self.of_site(&reference.keys),
            _ => self.of_items(&scope, &from, reference),
        }
    }

    /// The scope of what stands in no step.
    fn scope(&self, id: Id) -> Scope {
        let way: Vec<Id> = self.tree.upward(id).collect();
        let of = |n: usize| {
            way.len()
                .checked_sub(n)
                .and_then(|at| self.tree.key(way[at]))
        };
        match (of(2), of(3)) {
            (Some("define"), Some(name)) => Scope::Define(name.to_owned()),
            _ => Scope::Main,
        }
    }

    fn of_inputs(&mut self, scope: &Scope, keys: &[Part]) {
        let Some((name, range)) = named(keys, 0) else {
            return;
        };
        let owner = self.input_owner(scope, &name);
        self.note(Symbol::Input(owner.clone(), name.clone()), range, false);
        let at = keys
            .iter()
            .position(|key| matches!(key, Part::Name(key) if &*key.value == "vars"));
        if let Some((var, range)) = at.and_then(|at| named(keys, at + 1)) {
            self.note(Symbol::Var(owner, name, var), range, false);
        }
    }

    fn of_steps(&mut self, scope: &Scope, from: &str, keys: &[Part]) {
        let Some((name, range)) = named(keys, 0) else {
            return;
        };
        let Some(mut dotted) = self.find(scope, from, &name) else {
            return;
        };
        let owner = self.step_owner(scope, &dotted);
        self.note(Symbol::Step(owner, dotted.clone()), range, false);
        for at in 1..keys.len() {
            let Some((key, range)) = named(keys, at) else {
                continue;
            };
            let inner = format!("{dotted}.{key}");
            let owner = self.step_owner(scope, &dotted);
            if self.homes.contains_key(&(scope.clone(), inner.clone())) {
                let owner = self.step_owner(scope, &inner);
                self.note(Symbol::Step(owner, inner.clone()), range, false);
                dotted = inner;
            } else if key == "outputs" {
                if let Some((output, range)) = named(keys, at + 1) {
                    self.note(Symbol::Output(owner, dotted, output), range, false);
                }
                return;
            }
        }
    }

    fn of_site(&mut self, keys: &[Part]) {
        let groups = named(keys, 0).is_some_and(|(key, _)| key == "groups");
        if let Some((name, range)) = named(keys, 1).filter(|_| groups) {
            self.note(Symbol::Group(name), range, false);
        }
    }

    /// The name of an item, as far as a step around has it.
    fn of_items(&mut self, scope: &Scope, from: &str, reference: &Reference) {
        let name = &*reference.root.value;
        let text = &self.tree.text;
        let outer = |step: &&Step| {
            let around = from == step.dotted || from.starts_with(&format!("{}.", step.dotted));
            let item = step.item.as_ref().map(|(range, _)| &text[range.clone()]);
            step.scope == *scope && around && item == Some(name)
        };
        let Some(step) = self.steps.iter().rev().find(outer).cloned() else {
            return;
        };
        let owner = self.step_owner(scope, &step.dotted);
        let symbol = Symbol::Item(owner, step.dotted.clone());
        self.note(symbol, reference.root.span.range(), false);
        let vars = named(&reference.keys, 0).is_some_and(|(key, _)| key == "vars");
        let var = named(&reference.keys, 1).filter(|_| vars);
        let list = step.item.and_then(|(_, list)| self.input_of(list));
        if let Some(((var, range), input)) = var.zip(list) {
            let owner = self.input_owner(scope, &input);
            self.note(Symbol::Var(owner, input, var), range, false);
        }
    }

    /// The input that a list comes from: `${{ inputs.requestors }}`.
    #[must_use]
    pub fn input_of(&self, list: Id) -> Option<String> {
        let [piece] = pieces(self.tree, list, None).try_into().ok()?;
        let [reference] = references(self.tree, list, &piece).try_into().ok()?;
        let of_inputs = &*reference.root.value == "inputs" && reference.keys.len() == 1;
        named(&reference.keys, 0)
            .filter(|_| of_inputs)
            .map(|(name, _)| name)
    }
}

/// A key by its number, if it is a name, and its bytes without quotes.
fn named(keys: &[Part], at: usize) -> Option<(String, Range<usize>)> {
    let name = keys.get(at)?.name()?;
    let range = name.span.range();
    let quotes = range.len().saturating_sub(name.value.len()) / 2;
    let inner = range.start + quotes..range.end - quotes;
    Some((name.value.to_string(), inner))
}
