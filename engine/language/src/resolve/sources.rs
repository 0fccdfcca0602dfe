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
        let inputs = place.iter().filter_map(|name| action.with.get(name));
        for template in action.host.iter().chain(inputs) {
            named(workflow, lists, step, template, &mut found);
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

fn named(
    workflow: &Workflow,
    lists: &Lists,
    from: StepId,
    template: &Template,
    found: &mut Vec<StepId>,
) {
    let path = &workflow.node(from).path;
    for reference in template.references() {
        if &*reference.root.value != "steps" {
            continue;
        }
        let id = reference.keys.first().and_then(Part::name);
        found.extend(id.and_then(|id| lists.named(from, path, &id.value)));
    }
}
