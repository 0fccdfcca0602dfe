//! Inputs that nothing reads: whoever gives one believes that it does something.

use std::collections::{BTreeMap, BTreeSet};

use runsheet_diagnostics::diagnostic::Diagnostic;
use runsheet_diagnostics::fix::{Edit, Fix};
use runsheet_diagnostics::span::Span;
use runsheet_step::Name;

use super::source::Declared;
use super::{Checked, UNUSED_INPUT, edits};
use crate::document::Node;
use crate::resolve::Definition;
use crate::workflow::StepId;

/// A call as it is written; the workflow itself is called by nobody here.
type Call<'d> = Option<Node<'d>>;

pub(super) fn look(checked: &Checked<'_, '_>, found: &mut Vec<Diagnostic>) {
    let mut calls: BTreeMap<Span, Vec<Call<'_>>> = BTreeMap::new();
    let mut unused: BTreeMap<Span, &Name> = BTreeMap::new();
    for resolved in checked.both {
        let workflow = &resolved.workflow;
        let scopes = workflow
            .ids()
            .filter(|step| *step == StepId::MAIN || workflow.is_call(*step));
        for scope in scopes {
            for (name, input) in workflow.inputs_of(scope) {
                let definition = Definition::Input((scope, name.clone()));
                if resolved.used.contains(&definition)
                    || checked.texts.is_composed(input.span.source)
                {
                    continue;
                }
                let call = resolved.written[scope.index()];
                calls.entry(input.span).or_default().push(call);
                unused.insert(input.span, name);
            }
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
    calls: &[Call<'_>],
) -> Option<Fix> {
    // Who else includes another file, and gives it this, is not seen here.
    if checked.texts.own() != Some(span.source) {
        return None;
    }
    let declared = checked.texts.declared(span)?;
    if !edits::is_short(declared.list.value) {
        return None;
    }
    let entries = declared.list.value.entries();
    let all = entries
        .map(|entry| crate::reader::bare(entry.key))
        .all(|one| unused.contains(&one));
    let title = match all {
        true => "take out all inputs".to_owned(),
        false => format!("take out `{name}`"),
    };
    let mut fix = Fix::new(title).by_choice();
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
    if edits::is_shared(checked.texts.sources, list) {
        return None;
    }
    match all {
        true => edits::take_out(checked.texts.sources, owner, list),
        false => edits::take_out(checked.texts.sources, list.value, entry),
    }
}

/// Takes out what a caller gives; nothing where it gives none.
fn given(
    checked: &Checked<'_, '_>,
    call: Call<'_>,
    name: &Name,
    all: bool,
) -> Option<Option<Edit>> {
    let Some(step) = call else {
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
    let sources = checked.texts.sources;
    if checked.texts.is_composed(entry.key.span().source) || edits::is_shared(sources, with) {
        return None;
    }
    let edit = match all || with.value.entries().len() == 1 {
        true => edits::take_out(sources, step, with),
        false => edits::take_out(sources, with.value, entry),
    };
    edit.map(Some)
}
