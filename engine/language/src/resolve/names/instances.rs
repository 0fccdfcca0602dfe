//! Steps with a `foreach`: which of their instances is asked.

use runsheet_diagnostics::diagnostic::Diagnostic;
use runsheet_diagnostics::fix::Fix;
use runsheet_diagnostics::span::Span;
use runsheet_diagnostics::{suggest, words};
use runsheet_step::shape::Type;
use runsheet_step::{Name, Value};

use super::{Here, Names, unquoted};
use crate::expression::references::{Part, Reference};
use crate::expression::{Template, UNKNOWN_NAME};
use crate::resolve::meaning::Meaning;
use crate::resolve::misses::Definition;
use crate::spanned::Spanned;
use crate::workflow::{Foreach, StepId};

impl Names<'_> {
    /// Whether a step has an instance per item.
    pub(super) fn is_many(&self, step: StepId) -> bool {
        self.workflow.node(step).foreach.is_some()
    }

    /// What the key of that number is asked of: the step with all its instances, or one of them,
    /// which has to be said.
    pub(super) fn each_of(
        &mut self,
        step: StepId,
        reference: &Reference,
        number: usize,
        here: Here,
    ) -> Meaning {
        let key = reference.keys.get(number).and_then(Part::name);
        let is_inner = |name: &str| {
            let child = self.lists.child(step, name).is_some();
            name == "outputs" && !self.is_group(step) || child && !self.workflow.is_call(step)
        };
        let Some(key) = key.filter(|key| is_inner(&key.value)) else {
            return Meaning::Step(step);
        };
        // From inside it is told already that the whole of it has not ended.
        if !self.workflow.within(here.step, step) {
            let before = match number.checked_sub(1) {
                Some(before) => reference.keys[before].span(),
                None => reference.root.span,
            };
            let way = reference.root.span.to(before);
            let told = self.item_left_out(step, way, &key.value, here);
            self.found.push(told.at(key.span, "of which item?"));
        }
        Meaning::Instance(step)
    }

    fn is_group(&self, step: StepId) -> bool {
        let node = self.workflow.node(step);
        node.action().is_none() && node.call.is_none()
    }

    fn item_left_out(&self, step: StepId, way: Span, name: &str, here: Here) -> Diagnostic {
        let node = self.workflow.node(step);
        let message = format!("`{}` has one `{name}` for each item", node.id);
        let told = Diagnostic::error(&UNKNOWN_NAME, message);
        let written = self.written.sources.text(way);
        let Some(foreach) = &node.foreach else {
            return told;
        };
        if foreach.key.is_some() {
            let help = format!("say which by what its `key:` gives: `{written}[..].{name}`");
            return told.help(help);
        }
        if let Some((var, is_same)) = self.item_in_scope(step, foreach, here) {
            let meant = format!("[{var}]");
            let fix = Fix::replace(format!("ask that of `{var}`"), way.after(), &*meant);
            let told = told.help(format!("did you mean `{written}{meant}.{name}`?"));
            return told.fix(if is_same { fix } else { fix.by_choice() });
        }
        let one = self.first_item(step);
        let one = one.map_or(String::new(), |item| {
            format!("`{written}[\"{item}\"].{name}`, or of ")
        });
        let var = &foreach.var;
        told.help(format!(
            "say which: {one}all of them with `all({written}.succeeded, {var} => {written}[{var}].{name} ..)`"
        ))
    }

    /// The variable of a `foreach` around that can name an instance, and whether it goes through
    /// the same list.
    fn item_in_scope(&self, step: StepId, foreach: &Foreach, here: Here) -> Option<(Name, bool)> {
        let text = |list: &Template| self.written.sources.text(list.span()).to_owned();
        let list = text(&foreach.list);
        let kind = self.items.get(&step)?.kind();
        let mut other = None;
        for (var, definition) in self.items_seen(here) {
            let Definition::Item(around) = definition else {
                continue;
            };
            let own = self.workflow.node(around).foreach.as_ref();
            if own.is_some_and(|own| text(&own.list) == list) {
                return Some((var, true));
            }
            let fits = self
                .items
                .get(&around)
                .is_some_and(|item| item.kind() == kind);
            other = other.or_else(|| fits.then_some((var, false)));
        }
        other
    }

    /// The first item of a list that is written out, or is the default of an input.
    fn first_item(&self, step: StepId) -> Option<Name> {
        let foreach = self.workflow.node(step).foreach.as_ref()?;
        let list = match &foreach.list {
            Template::Expr(expr) => {
                let [only] = expr.references().try_into().ok()?;
                let [Part::Name(input)] = only.keys.as_slice() else {
                    return None;
                };
                let scope = self.workflow.scope(step);
                let input = self.workflow.input_of(scope, &input.value);
                let input = input.filter(|_| &*only.root.value == "inputs")?;
                input.default.as_ref()?
            }
            written => written,
        };
        names_of(list)?.into_iter().next()
    }

    /// Whether an instance is called so; any may be where the list is not written out.
    fn is_instance(&mut self, step: StepId, list: &Template, name: &Name) -> bool {
        let known = self.instances.entry(step);
        let known = known.or_insert_with(|| Some(names_of(list)?.into_iter().collect()));
        known.as_ref().is_none_or(|known| known.contains(name))
    }

    /// The instance that brackets name.
    pub(super) fn instance(&mut self, step: StepId, key: &Part) -> Meaning {
        let node = self.workflow.node(step);
        let foreach = node
            .foreach
            .as_ref()
            .filter(|foreach| foreach.key.is_none());
        match key {
            Part::Quoted(name) => {
                if let Some(foreach) = foreach
                    && !self.is_instance(step, &foreach.list, &name.value)
                {
                    self.found.push(no_item(&node.id, &foreach.list, name));
                }
            }
            Part::Constant(value) if matches!(value.value, Value::Int(_)) => {
                let kind = self.items.get(&step).map(Meaning::kind);
                let named = matches!(kind, Some(Type::Text | Type::Host | Type::Path));
                if foreach.is_some() && named {
                    let message = format!("an instance of `{}` is called by its item", node.id);
                    let told = Diagnostic::error(&UNKNOWN_NAME, message);
                    let one = self.first_item(step);
                    let help = "name the item: the order of a list is no name".to_owned();
                    let help = one.map_or(help, |item| {
                        format!("name the item, such as `[\"{item}\"]`: its number is no name")
                    });
                    self.found.push(told.at(value.span, "a number").help(help));
                }
            }
            _ => {}
        }
        Meaning::Instance(step)
    }

    /// What brackets behind a step mean that has no items: in a group they may name a step.
    pub(super) fn of_single(&mut self, step: StepId, key: Span) -> Meaning {
        if self.is_group(step) {
            return Meaning::ANY;
        }
        let id = &self.workflow.node(step).id;
        let message = format!("`{id}` runs once, and has no items to choose from");
        let told = Diagnostic::error(&UNKNOWN_NAME, message).at(key, "which item?");
        self.found.push(told.help("leave the brackets out"));
        Meaning::Instance(step)
    }
}

/// As many items as a person reads through.
const FEW: usize = 20;

/// Tells of an item that a list which is written out does not have.
fn no_item(step: &str, list: &Template, name: &Spanned<Name>) -> Diagnostic {
    let known = names_of(list).unwrap_or_default();
    let message = format!("`{step}` has no item `{}`", name.value);
    let span = unquoted(name).span;
    let told = Diagnostic::error(&UNKNOWN_NAME, message).at(span, "unknown item");
    let near = suggest::all_nearest(&name.value, known.iter().map(|known| &**known));
    match near.as_slice() {
        [] if known.len() <= FEW => told.help(format!("its items are {}", words::and_list(&known))),
        [_, ..] => told.did_you_mean_one_of(&near, span),
        [] => told.help(format!("it is none of its {} items", known.len())),
    }
}

/// The names of the instances that a list gives which is written out.
fn names_of(list: &Template) -> Option<Vec<Name>> {
    let Value::List(items) = list.constant()? else {
        return None;
    };
    items.iter().map(name_of).collect()
}

fn name_of(item: &Value) -> Option<Name> {
    match item {
        Value::Text(name) => Some(name.clone()),
        Value::Int(number) => Some(number.to_string().into()),
        _ => None,
    }
}
