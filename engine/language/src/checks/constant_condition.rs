//! Conditions that are always true: they say nothing, and look as if they did.

use runsheet_diagnostics::diagnostic::Diagnostic;
use runsheet_diagnostics::fix::Fix;
use runsheet_step::Value;

use super::{CONSTANT_CONDITION, Checked, edits};
use crate::expression::scope::{Found, Key, Missing, Scope};
use crate::expression::{Expr, evaluate};
use crate::workflow::StepId;

/// Names of which nothing is known.
pub(super) struct Nothing;

impl Scope for Nothing {
    fn path(&self, _: &str, keys: &[Key<'_>]) -> Result<Found, Missing> {
        Ok(Found {
            value: Value::unknown("it is told by a run"),
            used: keys.len(),
        })
    }
}

/// What a condition is whatever its names stand for.
pub(super) fn always(condition: &Expr) -> Option<bool> {
    evaluate::condition(condition, &Nothing).ok()?.as_bool()
}

pub(super) fn look(checked: &Checked<'_, '_>, found: &mut Vec<Diagnostic>) {
    let workflow = &checked.resolved.workflow;
    for step in workflow.ids() {
        let node = workflow.node(step);
        let conditions = [
            ("when", &node.when),
            ("expect", &node.expect),
            ("warn", &node.warn),
        ];
        for (key, condition) in conditions {
            if let Some(condition) = condition
                && always(condition) == Some(true)
            {
                found.push(told(checked, step, key, condition));
            }
        }
    }
}

fn told(checked: &Checked<'_, '_>, step: StepId, key: &str, condition: &Expr) -> Diagnostic {
    let message = format!("this `{key}` is always true");
    let diagnostic = Diagnostic::warning(&CONSTANT_CONDITION, message)
        .at(condition.span, "whatever its names stand for")
        .help("leave it out, or say what it depends on");
    let written = checked.resolved.written[step.index()];
    let entry = written.and_then(|map| Some((map, map.get(key)?)));
    let one_text = entry.filter(|(map, entry)| map.span().source == entry.key.span().source);
    let edit = one_text.and_then(|(map, entry)| edits::take_out(checked.texts.sources, map, entry));
    match edit {
        Some(edit) => {
            let mut fix = Fix::new(format!("leave out `{key}`")).by_choice();
            fix.edits.push(edit);
            diagnostic.fix(fix)
        }
        None => diagnostic,
    }
}
