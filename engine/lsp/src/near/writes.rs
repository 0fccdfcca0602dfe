//! What steps write and under which conditions, as their text says it: where it is the same, no
//! other step comes into another's way.

use runsheet_diagnostics::span::Span;
use runsheet_language::workflow::{Lock, Node, Workflow};

/// What the acting steps write that begin where `is_wanted` says, in their order. `text` gives the
/// text of a span.
pub(super) fn writes<'t>(
    workflow: &Workflow,
    is_wanted: &dyn Fn(Span) -> bool,
    text: &dyn Fn(Span) -> &'t str,
) -> Vec<String> {
    let acting = workflow.nodes.iter().filter(|node| node.acts());
    let wanted = acting.filter(|node| is_wanted(node.span));
    wanted.map(|node| written(workflow, node, text)).collect()
}

fn written<'t>(workflow: &Workflow, node: &Node, text: &dyn Fn(Span) -> &'t str) -> String {
    let mut said: Vec<String> = Vec::new();
    for group in &node.path {
        let group = workflow.node(*group);
        let conditions = (group.when.is_some(), group.foreach.is_some());
        said.push(format!("{} {conditions:?}", group.id));
    }
    if let Some(action) = node.action() {
        let host = action.host.as_ref().map(|host| text(host.span()));
        let with = text(action.with.span());
        said.push(format!(
            "{} {host:?} {with} {:?}",
            action.kind, action.effects
        ));
    }
    said.push(match &node.lock {
        Lock::Names(names) => names.iter().map(|name| text(name.span())).collect(),
        other => format!("{other:?}"),
    });
    said.join("\n")
}
