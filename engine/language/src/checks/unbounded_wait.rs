//! Waits without a bound: what never comes would be waited for until a person stops the run.

use runsheet_diagnostics::diagnostic::Diagnostic;
use runsheet_diagnostics::fix::Fix;
use runsheet_step::{Input, Value};

use super::{Checked, UNBOUNDED_WAIT, edits};
use crate::read::value;
use crate::workflow::{StepId, Timeout};

/// What the fix puts in: how long a cycle of mail takes at most places.
const BOUND: &str = "timeout: 15m";

pub(super) fn look(checked: &Checked<'_, '_>, found: &mut Vec<Diagnostic>) {
    let workflow = &checked.resolved.workflow;
    let waits = workflow.ids().filter(|step| waits(checked, *step));
    for step in waits.filter(|step| !is_bounded(checked, *step)) {
        found.push(told(checked, step));
    }
}

fn waits(checked: &Checked<'_, '_>, step: StepId) -> bool {
    let action = checked.resolved.workflow.node(step).action();
    let known = action.and_then(|action| Some((action, checked.catalogue.kind(&action.kind)?)));
    known.is_some_and(|(action, kind)| {
        kind.waits(&Input {
            host: Value::unknown("the run has begun"),
            with: value::known(&action.with),
        })
    })
}

/// Whether the step or a group around it has an end.
fn is_bounded(checked: &Checked<'_, '_>, step: StepId) -> bool {
    let workflow = &checked.resolved.workflow;
    let mut timeouts = workflow.during(step);
    timeouts.any(|group| workflow.node(group).timeout.as_ref().is_some_and(ends))
}

fn ends(timeout: &Timeout) -> bool {
    [&timeout.attempt, &timeout.total, &timeout.idle]
        .into_iter()
        .any(Option::is_some)
}

/// Told at the step, or where the call is made that it stands in: another call may have a bound.
fn told(checked: &Checked<'_, '_>, step: StepId) -> Diagnostic {
    let workflow = &checked.resolved.workflow;
    let node = workflow.node(step);
    let mut calls = node.path.iter().filter(|group| workflow.is_call(**group));
    let message = format!("`{}` may wait for ever", node.id);
    let diagnostic = Diagnostic::warning(&UNBOUNDED_WAIT, message);
    let (place, diagnostic) = match calls.next() {
        Some(call) => {
            let span = workflow.node(*call).span;
            let diagnostic = diagnostic.at(span, "called without a `timeout`");
            (*call, diagnostic.at(node.span, "waits here"))
        }
        None => (step, diagnostic.at(node.span, "has no `timeout`")),
    };
    let help = "say `timeout:` here, in a group around it or in `defaults:`";
    let diagnostic = diagnostic.help(help);
    match bound(checked, place) {
        Some(fix) => diagnostic.fix(fix),
        None => diagnostic,
    }
}

fn bound(checked: &Checked<'_, '_>, step: StepId) -> Option<Fix> {
    let written = checked.resolved.written[step.index()]?;
    if written.get("timeout").is_some() {
        return None;
    }
    let before = ["with", "uses"]
        .into_iter()
        .find_map(|key| written.get(key));
    let edit = edits::put_before(checked.texts.sources, written, before?.key, BOUND);
    let mut fix = Fix::new(format!("add `{BOUND}`")).by_choice();
    fix.edits.push(edit);
    Some(fix)
}
