//! Outputs of definitions that nobody asks for, though the definition is called. What a library or
//! a whole workflow gives is for callers that are not seen here.

use std::collections::BTreeMap;

use runsheet_diagnostics::diagnostic::Diagnostic;
use runsheet_diagnostics::fix::Fix;
use runsheet_diagnostics::span::Span;
use runsheet_step::Name;

use super::{Checked, UNUSED_OUTPUT, edits};
use crate::resolve::Definition;

pub(super) fn look(checked: &Checked<'_, '_>, found: &mut Vec<Diagnostic>) {
    let workflow = &checked.resolved.workflow;
    let texts = checked.texts;
    // Whether any call of it is asked, by the place of its name.
    let mut outputs: BTreeMap<Span, (&Name, bool)> = BTreeMap::new();
    for step in workflow.ids() {
        let call = workflow.node(step).call.iter();
        for (name, output) in call.flat_map(|call| &call.outputs) {
            let definition = Definition::Output(step, name.clone());
            let is_used = checked.resolved.used.contains(&definition);
            outputs.entry(output.span).or_insert((name, false)).1 |= is_used;
        }
    }
    for (span, (name, is_used)) in outputs {
        let is_own = texts.own() == Some(span.source) && !texts.is_composed(span.source);
        if is_used || !is_own {
            continue;
        }
        let message = format!("no caller asks for the output `{name}`");
        let diagnostic = Diagnostic::warning(&UNUSED_OUTPUT, message)
            .at(span, "never used")
            .help("take it out, or ask for it as `steps.ID.outputs`");
        found.push(match taken_out(checked, span, name) {
            Some(fix) => diagnostic.fix(fix),
            None => diagnostic,
        });
    }
}

fn taken_out(checked: &Checked<'_, '_>, span: Span, name: &Name) -> Option<Fix> {
    let declared = checked.texts.declared(span)?;
    let (map, entry) = match declared.list.value.entries().len() {
        1 => (declared.owner, declared.list),
        _ => (declared.list.value, declared.entry),
    };
    let edit = edits::take_out(checked.texts.sources, map, entry)?;
    let mut fix = Fix::new(format!("take out `{name}`")).by_choice();
    fix.edits.push(edit);
    Some(fix)
}
