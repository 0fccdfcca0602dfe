//! Steps that no run comes to: their `when` is always false, or what stands before them always
//! fails.

use std::collections::BTreeSet;

use runsheet_diagnostics::diagnostic::Diagnostic;
use runsheet_step::{Input, Turn, Value};

use super::constant_condition::always;
use super::{Checked, UNREACHABLE_STEP};
use crate::read::value;
use crate::workflow::{Node, StepId};

pub(super) fn look(checked: &Checked<'_, '_>, found: &mut Vec<Diagnostic>) {
    let workflow = &checked.resolved.workflow;
    for step in workflow.ids() {
        found.extend(never(workflow.node(step)));
    }
    let failing = failing(checked);
    for step in &failing {
        found.extend(behind(checked, *step));
    }
}

/// A step that a patch has turned off is off on purpose.
fn never(node: &Node) -> Option<Diagnostic> {
    let when = node
        .when
        .as_ref()
        .filter(|when| when.span.source == node.span.source)?;
    (always(when) == Some(false)).then(|| {
        let message = format!("`{}` never runs: its `when` is always false", node.id);
        Diagnostic::warning(&UNREACHABLE_STEP, message)
            .at(when.span, "whatever its names stand for")
            .help("take the step out, or say when it is to run")
    })
}

/// Steps and groups that fail in every run that comes to them, and let nothing pass.
fn failing(checked: &Checked<'_, '_>) -> BTreeSet<StepId> {
    let workflow = &checked.resolved.workflow;
    let mut failing = BTreeSet::new();
    // What stands in a group comes after it.
    let ids: Vec<StepId> = workflow.ids().collect();
    for step in ids.into_iter().rev() {
        let node = workflow.node(step);
        let passes = node.when.is_some()
            || node.foreach.is_some()
            || node.rescue.is_some()
            || !node.accept.is_empty();
        let mut children = node.children.iter();
        let fails = fails(checked, node) || children.any(|child| failing.contains(child));
        if fails && !passes && !workflow.is_finally(step) && step != StepId::MAIN {
            failing.insert(step);
        }
    }
    failing
}

fn fails(checked: &Checked<'_, '_>, node: &Node) -> bool {
    if node.expect.as_ref().and_then(always) == Some(false) {
        return true;
    }
    let Some(action) = node.action() else {
        return false;
    };
    // What acts or looks asks first; what fails before that has only its input to look at.
    let kind = checked
        .catalogue
        .kind(&action.kind)
        .filter(|_| !action.acts && !action.arms);
    let input = Input {
        host: Value::unknown("the run has begun"),
        with: value::known(&action.with),
    };
    kind.is_some_and(|kind| matches!(kind.turn(&input, &[]), Turn::Failed(_)))
}

/// The first of the steps of its list that wait for one that fails.
fn behind(checked: &Checked<'_, '_>, step: StepId) -> Option<Diagnostic> {
    let workflow = &checked.resolved.workflow;
    let node = workflow.node(step);
    if workflow.is_finally(node.parent()) {
        return None;
    }
    let siblings = workflow.node(node.parent()).children.iter();
    let mut behind = siblings.filter(|other| checked.resolved.order.in_list(step, **other));
    let first = workflow.node(*behind.next()?);
    let message = match behind.count() {
        0 => format!("`{}` never runs: what it waits for always fails", first.id),
        more => format!(
            "`{}` and {more} more never run: what they wait for always fails",
            first.id
        ),
    };
    let diagnostic = Diagnostic::warning(&UNREACHABLE_STEP, message)
        .at(first.span, "never started")
        .at(node.span, "always fails");
    Some(diagnostic.help("let `finally:` hold what is to run all the same"))
}
