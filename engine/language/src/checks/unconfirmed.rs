//! Steps that destroy what nobody can bring back, and before which nobody is asked.

use runsheet_diagnostics::diagnostic::Diagnostic;
use runsheet_diagnostics::fix::Fix;

use super::{Checked, UNCONFIRMED, edits};
use crate::workflow::StepId;

pub(super) fn look(checked: &Checked<'_, '_>, found: &mut Vec<Diagnostic>) {
    let workflow = &checked.resolved.workflow;
    let destroys = |step: &StepId| workflow.node(*step).destructive;
    let asks = |step: &StepId| {
        let mut path = workflow.node(*step).path.iter();
        path.any(|group| workflow.node(*group).confirm.is_some())
    };
    let unasked = workflow.ids().filter(destroys).filter(|step| !asks(step));
    found.extend(unasked.map(|step| told(checked, step)));
}

/// Told at the step, or where the call is made that it stands in: another call may ask.
fn told(checked: &Checked<'_, '_>, step: StepId) -> Diagnostic {
    let workflow = &checked.resolved.workflow;
    let node = workflow.node(step);
    let around = &node.path[..node.path.len() - 1];
    let call = around
        .iter()
        .copied()
        .find(|group| workflow.is_call(*group));
    let message = format!(
        "`{}` is destructive, and nobody is asked before it",
        node.id
    );
    let diagnostic = Diagnostic::error(&UNCONFIRMED, message);
    let (place, diagnostic) = match call {
        Some(call) => {
            let span = workflow.node(call).span;
            let diagnostic = diagnostic.at(span, "called without a `confirm`");
            (call, diagnostic.at(node.span, "destroys here"))
        }
        None => (step, diagnostic.at(node.span, "has no `confirm`")),
    };
    let help = "say `confirm:` with a question, here or at a group around it";
    let diagnostic = diagnostic.help(help);
    match asked(checked, place) {
        Some(fix) => diagnostic.fix(fix),
        None => diagnostic,
    }
}

/// A question to begin with; its words are a person's choice.
fn asked(checked: &Checked<'_, '_>, step: StepId) -> Option<Fix> {
    let written = checked.resolved.written[step.index()]?;
    if written.get("confirm").is_some() {
        return None;
    }
    let before = ["with", "uses", "steps"]
        .into_iter()
        .find_map(|key| written.get(key));
    let id = &checked.resolved.workflow.node(step).id;
    let question = format!("confirm: Is {id} to be done now?");
    let edit = edits::put_before(checked.texts.sources, written, before?.key, &question);
    let mut fix = Fix::new("ask before it").by_choice();
    fix.edits.push(edit);
    Some(fix)
}
