//! What steps give: by their kinds, and by what their input adds to that.

use runsheet_language::expression::Template;
use runsheet_language::names;
use runsheet_language::workflow::{StepId, Workflow};
use runsheet_step::shape::Field;
use runsheet_step::{Catalogue, Input, Map, Name, Value};

use super::Seen;
use crate::called::called;
use crate::steps::steps;
use crate::symbol::Home;
use crate::tree::{Body, Id, Tree};

impl Seen<'_> {
    /// What a step gives: by its kind, and by what its input adds to that.
    #[must_use]
    pub fn outputs(&self, dotted: &str) -> Vec<Field> {
        if dotted.is_empty() {
            return self.of_any();
        }
        let kinds = self.session.kinds_of(self.gathered.path);
        let last = self.session.last(self.gathered.path);
        let read = last.and_then(|checked| checked.workflow.as_deref());
        let of_read = read.and_then(|workflow| of_read(workflow, dotted, kinds));
        let home = self.home(dotted);
        let by_call = || {
            let definition = called(home?.call.as_ref()?, &self.session.store, kinds)?;
            Some(definition.shape.outputs)
        };
        let by_kind = || self.by_kind(kinds, home?);
        let fields = of_read.or_else(by_call).or_else(by_kind);
        let mut fields = fields.unwrap_or_default();
        if home.is_some_and(|home| home.accepts) {
            fields.push(names::fault());
        }
        fields
    }

    /// What the kind of a step gives, and what the input brings that is written there.
    fn by_kind(&self, kinds: &Catalogue, home: &Home) -> Option<Vec<Field>> {
        let kind = kinds.kind(home.kind.as_ref()?)?;
        let mut fields = kind.shape().outputs.clone();
        let tree = match home.file == self.gathered.path {
            true => self.gathered.tree.clone(),
            false => self.session.store.tree(&home.file)?,
        };
        let scope = self.scope();
        let all = steps(&tree);
        let mut own = all.iter().filter(|one| one.scope == scope);
        let step = own.find(|one| one.dotted == home.dotted);
        if let Some(with) = step.and_then(|step| tree.get(step.node, "with")) {
            fields.extend(kind.more_outputs(&input(written(&tree, with))));
        }
        Some(fields)
    }

    /// What any step may give, for causes that no step holds.
    fn of_any(&self) -> Vec<Field> {
        let kinds = self.session.kinds_of(self.gathered.path).kinds();
        let all = kinds.flat_map(|(_, kind)| &kind.shape().outputs);
        let mut found: Vec<Field> = Vec::new();
        for field in all.cloned().chain([names::fault()]) {
            if found.iter().all(|known| known.name != field.name) {
                found.push(field);
            }
        }
        found
    }
}

/// The outputs of a step of a workflow that was read, captures of patterns among them.
fn of_read(workflow: &Workflow, dotted: &str, catalogue: &Catalogue) -> Option<Vec<Field>> {
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
    let input = input(Value::Map(std::sync::Arc::new(with)));
    let mut fields = kind.shape().outputs.clone();
    fields.extend(kind.more_outputs(&input));
    Some(fields)
}

/// The input of a step, at a host that nobody knows.
fn input(with: Value) -> Input {
    let host = not_known();
    Input { host, with }
}

/// A value as it is written; what an expression stands in is not known.
fn written(tree: &Tree, id: Id) -> Value {
    let inside = || tree.children(id).iter();
    match &tree.node(id).body {
        Body::List(_) => Value::list(inside().map(|item| written(tree, *item))),
        Body::Map(_) => {
            let named = |one: &Id| Some((Name::from(tree.key(*one)?), written(tree, *one)));
            Value::map(inside().filter_map(named))
        }
        Body::Scalar(..) | Body::Nothing => match tree.scalar(id) {
            Some(text) if !text.contains("${{") => Value::from(text),
            _ => not_known(),
        },
    }
}

fn not_known() -> Value {
    Value::unknown("the run has begun")
}
