//! What can be asked of values of a type, of inputs, and of steps that were read.

use runsheet_language::expression::Template;
use runsheet_language::names::Named;
use runsheet_language::workflow::{StepId, Workflow};
use runsheet_step::shape::{Field, Type};
use runsheet_step::{Catalogue, Input, Map, Name, Value};

use super::{Sayable, Thing, sayable};

pub(super) fn named(table: &[Named], thing: impl Fn(&str) -> Thing) -> Vec<Sayable> {
    let all = table.iter();
    all.map(|(name, doc)| sayable(name, "", doc, thing(name)))
        .collect()
}

pub(super) fn of_input(name: &str, kind: &str) -> Thing {
    let inner = kind
        .trim()
        .strip_prefix("list<")
        .and_then(|rest| rest.strip_suffix('>'));
    match inner {
        Some(inner) => Thing::List(Box::new(of_input(name, inner))),
        None if kind.trim() == "host" => Thing::Host(Some(name.to_owned())),
        None => Thing::Plain(kind.trim().to_owned()),
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
