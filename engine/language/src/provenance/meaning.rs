//! What a value is, where that is known without a run.

use runsheet_step::{Map, Name, Value};

use super::spot::Spot;
use super::versions::{Part, item};
use super::{Asked, written};
use crate::bound::BeforeRun;
use crate::document::Node;
use crate::expression::Template;
use crate::expression::references::Reference;
use crate::expression::template::{condition, template};
use crate::workflow::{StepId, as_hosts};
use runsheet_step::shape::Type;

/// Keys of steps under which an expression stands bare.
const CONDITIONS: [&str; 4] = ["when", "expect", "warn", "changed"];

impl<'a> Asked<'a> {
    /// What stands at a place, if anything does.
    pub(super) fn node(&self, spot: &Spot) -> Option<Node<'a>> {
        let mut at = self.origins.shelf.document(spot.file).root()?;
        for part in &spot.way {
            at = match part {
                Part::Key(key) => at.get(key)?.value,
                Part::Item(id) => item(at, id)?,
            };
        }
        Some(at)
    }

    /// The step that a place belongs to, if it is one of the run.
    pub(super) fn step(&self, spot: &Spot) -> Option<StepId> {
        let own = spot.file == self.origins.shelf.main();
        let is_loose = !own || spot.way.first() == Some(&Part::Key("define".to_owned()));
        if is_loose && spot.calls.is_empty() {
            return None;
        }
        let mut ids = spot.step.as_deref()?.split('.').peekable();
        let mut at = StepId::MAIN;
        if ids.next_if_eq(&"finally").is_some() {
            at = self.workflow.finally?;
        }
        ids.try_fold(at, |at, id| {
            let rescue = || self.workflow.node(at).rescue.filter(|_| id == "rescue");
            self.workflow.child(at, id).or_else(rescue)
        })
    }

    /// What a value is that has expressions in it.
    pub(super) fn meaning(&self, spot: &Spot, node: Node<'_>) -> Option<String> {
        let after = spot.way.get(spot.step_at..)?;
        let first = after.first();
        let is_condition = matches!(after, [Part::Key(key)] if CONDITIONS.contains(&&**key));
        let is_value = node.text().is_some() || first == Some(&Part::Key("with".to_owned()));
        let mut unheard = Vec::new();
        if is_condition {
            let names = self.names(spot)?;
            let expr = condition(node, &mut unheard)?;
            return shown(Template::Expr(expr).evaluate(&names));
        }
        let template = template(node, &Type::Any, "this", &mut unheard)?;
        if !is_value || template.constant().is_some() {
            return None;
        }
        shown(template.evaluate(&self.names(spot)?))
    }

    /// The addresses of what the expressions at a place read, as far as they can be asked for.
    pub(super) fn reads(&self, spot: &Spot, node: Node<'_>) -> Vec<String> {
        let after = spot.way.get(spot.step_at..).unwrap_or_default();
        let is_condition = matches!(after, [Part::Key(key)] if CONDITIONS.contains(&&**key));
        let mut unheard = Vec::new();
        let references = if is_condition {
            condition(node, &mut unheard).map(|expr| expr.references())
        } else if node.text().is_some() || after.first() == Some(&Part::Key("with".to_owned())) {
            let template = template(node, &Type::Any, "this", &mut unheard);
            template.map(|template| template.references())
        } else {
            None
        };
        let mut reads: Vec<String> = Vec::new();
        for reference in references.unwrap_or_default() {
            let read = self.address_of(spot, &reference);
            reads.extend(read.filter(|read| !reads.contains(read)));
        }
        reads
    }

    fn address_of(&self, spot: &Spot, reference: &Reference) -> Option<String> {
        let keys = reference.keys.iter().filter_map(|key| key.name());
        let keys: Vec<&str> = keys.map(|name| &*name.value).collect();
        let is_own = spot.file == self.origins.shelf.main();
        let address = match (&*reference.root.value, &keys[..]) {
            ("inputs", [name, ..]) => match spot.calls.last() {
                Some(call) => {
                    let step = call.spot.step.as_deref()?.split('.');
                    written(step.chain(["with", name]))
                }
                None if is_own => written(["inputs", name]),
                None => return None,
            },
            ("site", ["groups", group, ..]) => written(["groups", group]),
            ("outputs", [name, ..]) => {
                let step = spot.step.as_deref()?.split('.');
                written(step.chain(["outputs", name]))
            }
            ("host", ["vars", var, ..]) => match self.host(self.step(spot)?, &self.items(spot))? {
                Value::Host(host) => written(["hosts", &host.name, "vars", var]),
                _ => return None,
            },
            ("steps", [_, ..]) => {
                let around: Vec<&str> = spot.step.as_deref()?.split('.').collect();
                let mut from = (0..around.len()).rev().map(|count| {
                    let groups = around[..count].iter().copied();
                    written(groups.chain(keys.iter().copied()))
                });
                return from.find(|address| self.chain(address).is_ok());
            }
            _ => return None,
        };
        self.chain(&address).is_ok().then_some(address)
    }

    /// What a step has from others under a key.
    pub(super) fn inherited_value(&self, spot: &Spot) -> Option<String> {
        let key = super::inherit::inherited_key(spot)?;
        let step = self.step(spot)?;
        let node = self.workflow.node(step);
        if key == "host" {
            let host = self.host(step, &self.items(spot));
            return host.map(|host| host.to_string());
        }
        let total = node.timeout.as_ref()?.total.as_ref()?;
        let names = self.names(spot)?;
        shown(total.evaluate(&names)).filter(|_| key == "timeout")
    }

    /// The names that what belongs to a place may use, as far as they are known without a run.
    fn names(&self, spot: &Spot) -> Option<BeforeRun> {
        let step = self.step(spot);
        // What stands in a file and not in a step is one of the run's own, if it is in its file.
        let is_own = spot.file == self.origins.shelf.main() && spot.step.is_none();
        let scope = match step {
            Some(step) => self.workflow.scope(step),
            None if is_own => StepId::MAIN,
            None => return None,
        };
        let items = self.items(spot);
        let host = step.and_then(|step| self.host(step, &items));
        let names = self.names_in(scope)?;
        Some(BeforeRun {
            host,
            items,
            ..names
        })
    }

    /// The names of a scope outside of its steps.
    pub(super) fn names_in(&self, scope: StepId) -> Option<BeforeRun> {
        let bound = self.bound?;
        Some(BeforeRun {
            inputs: self.inputs_in(scope)?,
            site: bound.site_value.clone(),
            secrets: bound.secrets.clone(),
            host: None,
            items: Map::new(),
        })
    }

    /// Where a step acts, for these items of the `foreach`es around it.
    fn host(&self, step: StepId, items: &Map) -> Option<Value> {
        let node = self.workflow.node(step);
        let (host, from) = match (node.action(), &node.at) {
            (Some(action), _) => (action.host.as_ref()?, action.host_from),
            (None, Some(at)) => (&at.host, at.from),
            (None, None) => return None,
        };
        let scope = self.workflow.scope(from.unwrap_or(step));
        let names = BeforeRun {
            items: items.clone(),
            ..self.names_in(scope)?
        };
        self.known(host, &Type::Host, &names)
    }

    /// The inputs of a call, or of the whole run, as far as they are known.
    pub(super) fn inputs_in(&self, scope: StepId) -> Option<Map> {
        let Some(call) = &self.workflow.node(scope).call else {
            return Some(self.bound?.inputs.clone());
        };
        let outer = self.names_in(self.workflow.scope(scope))?;
        let mut own = BeforeRun {
            inputs: Map::new(),
            ..outer.clone()
        };
        for (name, input) in &call.inputs {
            let kind = &input.declared.kind;
            let value = match (&input.given, &input.declared.default) {
                (Some(given), _) => self.known(given, kind, &outer),
                (None, Some(default)) => self.known(default, kind, &own),
                (None, None) => None,
            };
            own.inputs.extend(value.map(|value| (name.clone(), value)));
        }
        Some(own.inputs)
    }

    fn known(&self, template: &Template, kind: &Type, names: &BeforeRun) -> Option<Value> {
        let value = template.evaluate(names).ok()?;
        let bound = self.bound?;
        let host = |name: &Name| bound.hosts.get(name).cloned().map(Value::Host);
        let value = as_hosts(value, kind, &host).ok()?;
        value.why_unknown().is_none().then_some(value)
    }
}

fn shown<E>(value: Result<Value, E>) -> Option<String> {
    let value = value.ok()?;
    value.why_unknown().is_none().then(|| value.to_string())
}
