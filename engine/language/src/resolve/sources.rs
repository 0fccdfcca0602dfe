//! The steps whose outputs an expression is made from.

use runsheet_step::Name;

use super::lists::Lists;
use crate::expression::Template;
use crate::expression::references::Part;
use crate::workflow::{StepId, Workflow};

/// The steps whose outputs say where a step is armed, or for which items, unless `shared` and what
/// it is armed before are made for the same items.
pub(super) fn of_place(
    workflow: &Workflow,
    lists: &Lists,
    step: StepId,
    place: &[Name],
    shared: Option<StepId>,
) -> Vec<StepId> {
    let mut found = Vec::new();
    let node = workflow.node(step);
    if let Some(action) = node.action() {
        for template in place.iter().filter_map(|name| action.with.get(name)) {
            named(workflow, lists, step, template, &mut found);
        }
        if let Some(host) = &action.host {
            let from = action.host_from.unwrap_or(step);
            named(workflow, lists, from, host, &mut found);
        }
    }
    let common = shared.map(|group| &workflow.node(group).path);
    for group in &node.path {
        let own = common.is_none_or(|path| !path.contains(group));
        let foreach = workflow.node(*group).foreach.as_ref().filter(|_| own);
        if let Some(foreach) = foreach {
            named(workflow, lists, *group, &foreach.list, &mut found);
        }
    }
    found
}

/// The steps that a template names, as seen from a step; what it takes from the inputs of a call
/// is made of what the call is given.
fn named(
    workflow: &Workflow,
    lists: &Lists,
    from: StepId,
    template: &Template,
    found: &mut Vec<StepId>,
) {
    let path = &workflow.node(from).path;
    for reference in template.references() {
        let name = reference.keys.first().and_then(Part::name);
        match (&*reference.root.value, name) {
            ("steps", Some(id)) => found.extend(lists.named(from, path, &id.value)),
            ("inputs", name) => {
                let scope = workflow.scope(from);
                let name = name.map(|name| &*name.value);
                given(workflow, lists, scope, name, found);
            }
            _ => {}
        }
    }
}

/// The steps that an input of a call is made from, or all its inputs.
fn given(
    workflow: &Workflow,
    lists: &Lists,
    scope: StepId,
    name: Option<&str>,
    found: &mut Vec<StepId>,
) {
    let call = workflow.node(scope).call.as_ref();
    let inputs: Vec<_> = call.iter().flat_map(|call| &call.inputs).collect();
    let mut wanted: Vec<Option<Name>> = vec![name.map(Name::from)];
    // A default may use the inputs before it, so that one look backwards finds all.
    for (own, input) in inputs.into_iter().rev() {
        let is_wanted = |name: &Option<Name>| name.as_ref().is_none_or(|name| name == own);
        if !wanted.iter().any(is_wanted) {
            continue;
        }
        match (&input.given, &input.declared.default) {
            (Some(given), _) => named(workflow, lists, scope, given, found),
            (None, Some(default)) => wanted.extend(own_inputs(default)),
            (None, None) => {}
        }
    }
}

/// The inputs that a template names; nothing stands for all of them.
fn own_inputs(template: &Template) -> Vec<Option<Name>> {
    let references = template.references().into_iter();
    let inputs = references.filter(|reference| &*reference.root.value == "inputs");
    let names = inputs.map(|reference| reference.keys.first().and_then(Part::name).cloned());
    names.map(|name| name.map(|name| name.value)).collect()
}
