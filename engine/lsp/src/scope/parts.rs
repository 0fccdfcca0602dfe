//! What can be asked of values of a type, of inputs, and of steps that were read.

use runsheet_language::expression::Template;
use runsheet_language::names::Named;
use runsheet_language::workflow::{StepId, Workflow};
use runsheet_step::shape::{Field, Type};
use runsheet_step::{Catalogue, Input, Map, Name, Value};

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

/// The outputs of a step of a workflow that was read, captures of patterns among them.
pub(super) fn outputs(
    workflow: &Workflow,
    dotted: &str,
    catalogue: &Catalogue,
) -> Option<Vec<Field>> {
    let mut ids = workflow.ids();
    let step: StepId = ids.find(|id| *workflow.dotted(*id) == *dotted)?;
    let action = workflow.node(step).action()?;
    let kind = catalogue.kind(&action.kind)?;
    let mut with = Map::default();
    if let Template::Map(entries) = &action.with {
        for (name, value) in entries.iter() {
            let value = value.constant().unwrap_or_else(not_known);
            with.insert(Name::clone(&name.value), value);
        }
    }
    let input = Input {
        host: not_known(),
        with: Value::Map(std::sync::Arc::new(with)),
    };
    let mut fields = kind.shape().outputs.clone();
    fields.extend(kind.more_outputs(&input));
    Some(fields)
}

fn not_known() -> Value {
    Value::unknown("the run has begun")
}
