//! What can be asked of values of a type, of inputs, and of steps that were read.

use runsheet_language::names::Named;
use runsheet_step::shape::{Field, Type};

use super::{Sayable, Thing, sayable};
use crate::tree::{Id, Tree};

pub(super) fn named(table: &[Named], thing: impl Fn(&str) -> Thing) -> Vec<Sayable> {
    let all = table.iter();
    all.map(|(name, doc)| sayable(name, "", doc, thing(name)))
        .collect()
}

/// What a list is of: `list<host>`.
pub(super) fn inner(kind: &str) -> Option<&str> {
    kind.trim().strip_prefix("list<")?.strip_suffix('>')
}

/// The variables that an input or a type declares, with their types.
pub(super) fn vars_of(tree: &Tree, of: Id) -> Vec<(String, String)> {
    let vars = tree.get(of, "vars").into_iter();
    let vars = vars.flat_map(|vars| tree.children(vars));
    vars.map(|var| {
        let kind = tree.scalar(*var).or(tree.scalar_of(*var, "type"));
        let name = tree.key(*var).unwrap_or_default();
        (name.to_owned(), kind.unwrap_or("text").to_owned())
    })
    .collect()
}

/// The variables of a host, or of the hosts of a list.
pub(super) fn vars_in(thing: Thing) -> Option<Vec<(String, String)>> {
    match thing {
        Thing::Host(vars) => vars,
        Thing::List(of) => vars_in(*of),
        _ => None,
    }
}

pub(super) fn fields(all: &[Field]) -> Vec<Sayable> {
    let told = |field: &Field| {
        let thing = match (&*field.name, &field.kind) {
            ("groups", Type::Map(_)) => Thing::Groups,
            (_, kind) => Thing::Of(kind.clone()),
        };
        sayable(&field.name, &field.kind.to_string(), &field.doc, thing)
    };
    all.iter().map(told).collect()
}

pub(super) fn of_type(kind: &Type) -> Vec<Sayable> {
    match kind {
        Type::Record(all) | Type::Open(all, _) => fields(all),
        Type::List(of) => of_type(of),
        Type::OneOf(kinds) => kinds.iter().flat_map(of_type).collect(),
        _ => Vec::new(),
    }
}
