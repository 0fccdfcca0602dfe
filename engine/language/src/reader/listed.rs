//! Steps written as a map of their ids, and the list that they are here.

use runsheet_diagnostics::fix::Fix;

use crate::document::layout::{Layout, between};
use crate::document::{Entry, Node};

/// Makes a list of a map of steps: each says its id itself.
pub(crate) fn listed(steps: Node<'_>) -> Option<Fix> {
    let fix = Fix::new("make it a list");
    let span = steps.span();
    let is_flow = Layout::of(steps)?.is_flow;
    let fix = match is_flow {
        true => fix.edit(span.part(0..1), "["),
        false => fix,
    };
    let fix = steps
        .entries()
        .try_fold(fix, |fix, entry| item(entry, is_flow, fix))?;
    Some(match is_flow {
        true => fix.edit(span.part(span.len() - 1..span.len()), "]"),
        false => fix,
    })
}

/// One of them: what stands up to its first own key makes way for the id.
fn item(entry: Entry<'_>, is_flow: bool, fix: Fix) -> Option<Fix> {
    let own = Layout::of(entry.value)?;
    let first = entry.value.entries().next()?.key;
    let name = entry.key.written();
    let head = between(entry.key, first)?.trim_matches([' ', '\n']);
    let text = match (is_flow, own.is_flow) {
        (true, _) => format!("{{id: {name}, "),
        (false, true) => format!("- {{id: {name}, "),
        (false, false) => {
            let column = |node: Node<'_>| node.line_before().len();
            let (outer, inner) = (column(entry.key), column(first));
            let spaces = inner.checked_sub(outer + 1)?;
            let dash = format!("-{}id: {name}", " ".repeat(spaces));
            format!("{dash}\n{}", " ".repeat(inner))
        }
    };
    let stands_alone = is_flow || entry.key.line_before().trim_matches(' ').is_empty();
    let is_bare = match own.is_flow {
        true => head
            .split_once(':')
            .is_some_and(|(_, rest)| rest.trim() == "{"),
        false => head == ":" && first.line_before().trim_matches(' ').is_empty(),
    };
    let is_sure = is_bare && stands_alone && entry.value.get("id").is_none();
    is_sure.then(|| fix.edit(entry.key.span().to(first.span().before()), text))
}
