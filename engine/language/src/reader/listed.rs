//! Steps written as a map of their ids, and the list that they are here.

use runsheet_diagnostics::fix::Fix;

use crate::document::{Entry, Node};

/// Makes a list of a map of steps: each says its id itself.
pub(crate) fn listed(steps: Node<'_>) -> Option<Fix> {
    let fix = Fix::new("make it a list");
    let span = steps.span();
    let is_flow = steps.written().starts_with('{');
    let fix = match is_flow {
        true => fix.edit(span.part(0..1), "["),
        false => fix,
    };
    let fix = steps
        .entries()
        .try_fold(fix, |fix, entry| item(entry, fix))?;
    Some(match is_flow {
        true => fix.edit(span.part(span.len() - 1..span.len()), "]"),
        false => fix,
    })
}

/// One of them: what stands up to its first own key makes way for the id.
fn item(entry: Entry<'_>, fix: Fix) -> Option<Fix> {
    let (key, value) = (entry.key.span(), entry.value.span());
    let first = entry.value.entries().next()?.key;
    let head = key.to(first.span().before());
    let name = entry.key.written();
    let is_plain = head.source == value.source && entry.value.get("id").is_none();
    let rest = entry.key.line_behind().trim();
    let text = if entry.value.written().starts_with('{') {
        let dash = match entry.key.line_before().trim().is_empty() {
            true => "- ",
            false => "",
        };
        format!("{dash}{{id: {name}, ")
    } else {
        let column = |node: Node<'_>| node.line_before().chars().count();
        let (outer, inner) = (column(entry.key), column(first));
        let spaces = inner.checked_sub(outer + 1).filter(|_| rest == ":")?;
        let dash = format!("-{}id: {name}", " ".repeat(spaces));
        format!("{dash}\n{}", " ".repeat(inner))
    };
    is_plain.then(|| fix.edit(head, text))
}
