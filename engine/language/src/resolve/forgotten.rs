//! Texts that are expressions of known names, if only `${{ }}` stood around them.

use runsheet_diagnostics::diagnostic::Diagnostic;
use runsheet_diagnostics::span::Span;
use runsheet_step::shape::Type;

use super::BARE_EXPRESSION;
use super::expressions::Wanted;
use super::meaning::Meaning;
use super::names::{Here, Names};
use crate::expression::forgotten::{Forgotten, bare, in_braces};
use crate::expression::references::Reference;
use crate::names::ROOTS;

/// No name of a workflow that is written out is as long.
const LONGEST: usize = 200;

/// Tells what was forgotten in the text that is written at this place.
pub(super) fn look(names: &mut Names<'_>, span: Span, wanted: Wanted<'_>, here: Here) {
    let sources = names.written.sources;
    let written = sources.text(span);
    if written.contains("{{") {
        for one in in_braces(written, span) {
            if one.references.iter().all(|it| is_known(names, it, here)) {
                let told = told(&one);
                names.found.push(told.fix(one.fix));
            }
        }
    }
    if !may_be_bare(names, written, here) {
        return;
    }
    let Some(one) = bare(written, span) else {
        return;
    };
    let [whole] = one.references.as_slice() else {
        return;
    };
    let is_all = whole.span.len() + 2 >= span.len();
    if is_all && !whole.keys.is_empty() && is_known(names, whole, here) {
        names.found.push(match wanted.kind {
            Type::Host => no_host(one),
            _ => told(&one).fix(one.fix.by_choice()),
        });
    }
}

fn told(one: &Forgotten) -> Diagnostic {
    let message = "this is taken as text: an expression stands in `${{ }}`";
    let help = format!(
        "write `{}`, or `${{{{ '..' }}}}` around it if the text itself is meant",
        one.meant
    );
    Diagnostic::warning(&BARE_EXPRESSION, message)
        .at(one.span, "no expression")
        .help(help)
}

/// Where a host is named nothing else can be meant.
fn no_host(one: Forgotten) -> Diagnostic {
    let message = "this is taken as the name of a host: an expression stands in `${{ }}`";
    Diagnostic::error(&BARE_EXPRESSION, message)
        .at(one.span, "no expression")
        .help(format!("did you mean `{}`?", one.meant))
        .fix(one.fix)
}

/// Whether a text begins as one does that asks something of a known name.
fn may_be_bare(names: &Names<'_>, written: &str, here: Here) -> bool {
    let inner = written.trim_matches(['"', '\'']);
    let end = inner.find(['.', '[']).filter(|_| inner.len() < LONGEST);
    let Some(root) = end.map(|end| &inner[..end]) else {
        return false;
    };
    let is_item = || {
        let mut seen = names.items_seen(here).into_iter();
        seen.any(|(var, _)| *var == *root)
    };
    ROOTS.iter().any(|(word, _)| *word == root) || is_item()
}

/// Whether all that is asked is there.
fn is_known(names: &mut Names<'_>, reference: &Reference, here: Here) -> bool {
    let is_declared = matches!(
        &*reference.root.value,
        "inputs" | "steps" | "secrets" | "site"
    );
    names.silently(|names| {
        let (found, misses) = (names.found.len(), names.misses.count());
        let meaning = names.reference(reference, here);
        let is_there = names.found.len() == found && names.misses.count() == misses;
        is_there && (is_declared || meaning != Meaning::ANY)
    })
}
