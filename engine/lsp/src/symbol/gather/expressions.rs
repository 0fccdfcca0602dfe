//! The names in expressions, with what they mean where they stand.

use std::ops::Range;

use runsheet_language::expression::Expr;
use runsheet_language::expression::references::{Part, Reference};
use runsheet_language::spanned::Spanned;
use runsheet_step::Name;

use super::Gathered;
use crate::pieces::{pieces, references};
use crate::steps::Scope;
use crate::symbol::Symbol;
use crate::tree::Id;

impl Gathered<'_> {
    pub(super) fn expression(&mut self, id: Id, expr: &Expr) {
        for reference in expr.references() {
            self.reference(id, &reference);
        }
        for var in expr.vars() {
            let (name, range) = unquoted(&var);
            self.note(Symbol::Var(name), range, false);
        }
    }

    fn reference(&mut self, id: Id, reference: &Reference) {
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
    pub(crate) fn scope(&self, id: Id) -> Scope {
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
        self.note(Symbol::Input(owner, name), range, false);
    }

    fn of_steps(&mut self, scope: &Scope, from: &str, keys: &[Part]) {
        let Some((name, range)) = named(keys, 0) else {
            return;
        };
        let Some(mut dotted) = self.find(scope, from, &name) else {
            return;
        };
        self.note(self.step(scope, &dotted), range, false);
        for at in 1..keys.len() {
            let Some((key, range)) = named(keys, at) else {
                continue;
            };
            let inner = format!("{dotted}.{key}");
            let known = (scope.clone(), inner.clone());
            if self.names.homes.contains_key(&known) {
                self.note(self.step(scope, &inner), range, false);
                dotted = inner;
            } else if key == "outputs" {
                if let Some((output, range)) = named(keys, at + 1) {
                    let (owner, dotted) = self.at_home(scope, &dotted);
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
        let around = std::iter::successors(Some(from), |dotted| Some(dotted.rsplit_once('.')?.0));
        let mut around = around.filter(|dotted| {
            let home = self.names.homes.get(&(scope.clone(), (*dotted).to_owned()));
            home.is_some_and(|home| home.item.as_deref() == Some(name))
        });
        if let Some(dotted) = around.next() {
            let (owner, dotted) = self.at_home(scope, dotted);
            let range = reference.root.span.range();
            self.note(Symbol::Item(owner, dotted), range, false);
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
    Some(unquoted(keys.get(at)?.name()?))
}

fn unquoted(name: &Spanned<Name>) -> (String, Range<usize>) {
    let range = name.span.range();
    let quotes = range.len().saturating_sub(name.value.len()) / 2;
    let inner = range.start + quotes..range.end - quotes;
    (name.value.to_string(), inner)
}
