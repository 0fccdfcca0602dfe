//! Inputs that nothing reads: whoever gives one believes that it does something.

use std::collections::{BTreeMap, BTreeSet};

use runsheet_diagnostics::diagnostic::Diagnostic;
use runsheet_diagnostics::fix::{Edit, Fix};
use runsheet_diagnostics::span::Span;
use runsheet_step::Name;

use super::source::Declared;
use super::{Checked, UNUSED_INPUT, edits};
use crate::resolve::Definition;
use crate::workflow::StepId;

pub(super) fn look(checked: &Checked<'_, '_>, found: &mut Vec<Diagnostic>) {
    let workflow = &checked.resolved.workflow;
    let mut calls: BTreeMap<Span, Vec<StepId>> = BTreeMap::new();
    let mut unused: BTreeMap<Span, &Name> = BTreeMap::new();
    let scopes = workflow
        .ids()
        .filter(|step| *step == StepId::MAIN || workflow.is_call(*step));
    for scope in scopes {
        for (name, input) in workflow.inputs_of(scope) {
            let definition = Definition::Input((scope, name.clone()));
            if checked.resolved.used.contains(&definition)
                || checked.texts.is_composed(input.span.source)
            {
                continue;
            }
            calls.entry(input.span).or_default().push(scope);
            unused.insert(input.span, name);
        }
    }
    let all: BTreeSet<Span> = unused.keys().copied().collect();
    for (span, name) in unused {
        let message = format!("nothing reads the input `{name}`");
        let diagnostic = Diagnostic::warning(&UNUSED_INPUT, message).at(span, "never used");
        let help = "take it out, or use it where it was meant to count";
        let fix = taken_out(checked, span, name, &all, &calls[&span]);
        let diagnostic = diagnostic.help(help);
        found.push(match fix {
            Some(fix) => diagnostic.fix(fix),
            None => diagnostic,
        });
    }
}

/// Takes it out, and what callers give for it.
fn taken_out(
    checked: &Checked<'_, '_>,
    span: Span,
    name: &Name,
    unused: &BTreeSet<Span>,
    calls: &[StepId],
) -> Option<Fix> {
    let declared = checked.texts.declared(span)?;
    if !edits::is_short(declared.list.value) {
        return None;
    }
    let entries = declared.list.value.entries();
    let all = entries
        .map(|entry| crate::reader::bare(entry.key))
        .all(|one| unused.contains(&one));
    let mut fix = Fix::new(format!("take out `{name}`"));
    fix.edits.push(declaration(checked, declared, all)?);
    let mut taken = BTreeSet::new();
    for call in calls {
        let edit = given(checked, *call, name, all)?;
        let new = edit.filter(|edit| taken.insert(edit.span));
        fix.edits.extend(new);
    }
    Some(fix)
}

fn declaration(checked: &Checked<'_, '_>, declared: Declared<'_>, all: bool) -> Option<Edit> {
    let Declared { owner, list, entry } = declared;
    match all {
        true => edits::take_out(checked.texts.sources, owner, list),
        false => edits::take_out(checked.texts.sources, list.value, entry),
    }
}

/// Takes out what a caller gives; nothing where it gives none.
fn given(checked: &Checked<'_, '_>, call: StepId, name: &Name, all: bool) -> Option<Option<Edit>> {
    let Some(step) = checked.resolved.written[call.index()] else {
        return Some(None);
    };
    let Some(with) = step.get("with") else {
        return Some(None);
    };
    if !edits::is_short(with.value) {
        return None;
    }
    let Some(entry) = with.value.get(name) else {
        return Some(None);
    };
    if checked.texts.is_composed(entry.key.span().source) {
        return None;
    }
    let sources = checked.texts.sources;
    let edit = match all || with.value.entries().len() == 1 {
        true => edits::take_out(sources, step, with),
        false => edits::take_out(sources, with.value, entry),
    };
    edit.map(Some)
}
