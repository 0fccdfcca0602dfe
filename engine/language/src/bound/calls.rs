//! The hosts that calls are given, as far as inputs and site tell them before a run: they are
//! hosts of the site, and have the variables that are read of them.

use std::collections::BTreeMap;

use runsheet_step::{Map, Value};

use super::bind::{Binding, Named};
use crate::expression::Template;
use crate::workflow::{CallInput, StepId};

impl Binding<'_> {
    /// Looks at what every call is given, the outermost first.
    pub(super) fn calls(&mut self) {
        let workflow = self.workflow.clone();
        let mut known = BTreeMap::from([(StepId::MAIN, self.inputs.clone())]);
        for step in workflow.ids() {
            let Some(call) = &workflow.node(step).call else {
                continue;
            };
            let outer = known.get(&workflow.scope(step)).cloned();
            let outer = outer.unwrap_or_default();
            let mut own = Map::new();
            for (name, input) in &call.inputs {
                if let Some(value) = self.value_given(input, &outer, &own) {
                    let given = input.given.as_ref().map(Template::span);
                    let span = given.unwrap_or(input.declared.span);
                    let value = self.as_hosts(value, &input.declared.kind, Named::at(span));
                    self.vars(&value, name, &input.declared);
                    own.insert(name.clone(), value);
                }
            }
            known.insert(step, own);
        }
    }

    /// The value of an input, if it can be told before a run.
    fn value_given(&mut self, input: &CallInput, outer: &Map, own: &Map) -> Option<Value> {
        let (template, inputs) = match (&input.given, &input.declared.default) {
            (Some(given), _) => (given, outer),
            (None, Some(default)) => (default, own),
            (None, None) => return None,
        };
        let known = |template: &Template| {
            let references = template.references();
            let mut roots = references.iter().map(|reference| &*reference.root.value);
            roots.all(|root| ["inputs", "site", "secrets"].contains(&root))
        };
        if !known(template) {
            return None;
        }
        match template.evaluate(&self.before(inputs)) {
            Ok(value) => Some(value),
            // What is known in the run only is no mistake.
            Err(_) => {
                let diagnostic = self.unknown_group(template);
                self.found.extend(diagnostic);
                None
            }
        }
    }
}
