//! Items of `foreach` whose name means something else already: what is hidden is never seen.

use runsheet_diagnostics::diagnostic::Diagnostic;
use runsheet_diagnostics::span::Span;
use runsheet_step::Name;

use super::{Checked, SHADOWED_NAME};
use crate::names::ROOTS;
use crate::workflow::StepId;

pub(super) fn look(checked: &Checked<'_, '_>, found: &mut Vec<Diagnostic>) {
    let workflow = &checked.resolved.workflow;
    for step in workflow.ids() {
        let Some(foreach) = &workflow.node(step).foreach else {
            continue;
        };
        let (name, span) = (&foreach.var, foreach.span);
        if ROOTS.iter().any(|(root, _)| *root == &**name) {
            found.push(hidden(name, span));
        } else if let Some(outer) = outer(checked, step, name) {
            found.push(hides(name, span, outer));
        }
    }
}

/// Where a `foreach` around a step, as far as its scope goes, has an item of this name.
fn outer(checked: &Checked<'_, '_>, step: StepId, name: &Name) -> Option<Span> {
    let workflow = &checked.resolved.workflow;
    let scope = workflow.scope(step);
    let around = workflow.node(step).path.iter().rev().skip(1);
    let mut around = around.take_while(|group| **group != scope);
    let foreach = around.find_map(|group| {
        let foreach = workflow.node(*group).foreach.as_ref();
        foreach.filter(|foreach| foreach.var == *name)
    });
    Some(foreach?.span)
}

fn hidden(name: &Name, span: Span) -> Diagnostic {
    let message = format!("the item `{name}` is never seen: the name means something else");
    Diagnostic::warning(&SHADOWED_NAME, message)
        .at(span, "never seen")
        .help("call the item by a name of its own")
}

fn hides(name: &Name, span: Span, outer: Span) -> Diagnostic {
    let message = format!("the item `{name}` hides another of that name");
    Diagnostic::warning(&SHADOWED_NAME, message)
        .at(span, "seen here")
        .at(outer, "hidden by it")
        .help("call one of the two by another name")
}
