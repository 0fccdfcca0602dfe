//! Items of a `foreach` that are written out twice: they would be called the same, and the run
//! would refuse them.

use std::collections::BTreeMap;

use runsheet_diagnostics::diagnostic::Diagnostic;
use runsheet_diagnostics::fix::Fix;
use runsheet_diagnostics::span::Span;

use super::{Checked, DUPLICATE_ITEM};
use crate::expression::Template;

pub(super) fn look(checked: &Checked<'_, '_>, found: &mut Vec<Diagnostic>) {
    let workflow = &checked.resolved.workflow;
    for step in workflow.ids() {
        let foreach = workflow.node(step).foreach.as_ref();
        let Some(foreach) = foreach.filter(|foreach| foreach.key.is_none()) else {
            continue;
        };
        if let Template::List(items) = &foreach.list {
            found.extend(twice(items));
        }
    }
}

fn twice(items: &[Template]) -> Vec<Diagnostic> {
    let mut seen: BTreeMap<String, Span> = BTreeMap::new();
    let mut before = None;
    let mut found = Vec::new();
    for item in items {
        let span = item.span();
        if let Some(value) = item.constant() {
            let name = value.to_string();
            match seen.get(&name) {
                Some(first) => found.push(told(&name, span, *first, before)),
                None => {
                    seen.insert(name, span);
                }
            }
        }
        before = Some(span);
    }
    found
}

/// `before` is the item before it, behind which all of it is taken out.
fn told(name: &str, span: Span, first: Span, before: Option<Span>) -> Diagnostic {
    let message = format!("two items are called `{name}`");
    let diagnostic = Diagnostic::error(&DUPLICATE_ITEM, message)
        .at(span, "again")
        .at(first, "first")
        .help("take one of them out, or say by `key:` what an item is called");
    match before.filter(|before| before.source == span.source && before.end < span.start) {
        Some(before) => {
            let whole = before.after().to(span);
            diagnostic.fix(Fix::replace("take it out", whole, "").by_choice())
        }
        None => diagnostic,
    }
}
