//! Steps that happen at no host and ask for theirs: it is null, and null has no name and no
//! variables.

use runsheet_diagnostics::diagnostic::Diagnostic;
use runsheet_diagnostics::span::Span;

use super::Checked;
use crate::expression::references::Reference;
use crate::expression::{Expr, Template, UNKNOWN_NAME};
use crate::workflow::Node;

pub(super) fn look(checked: &Checked<'_, '_>, found: &mut Vec<Diagnostic>) {
    let nodes = checked.resolved.workflow.nodes.iter();
    for node in nodes.filter(|node| is_nowhere(node)) {
        found.extend(asked(node).into_iter().map(|place| told(node, place)));
    }
}

fn is_nowhere(node: &Node) -> bool {
    match node.action() {
        Some(action) => action.host.is_none(),
        None => node.at.is_none(),
    }
}

/// Where a step asks something of its host.
fn asked(node: &Node) -> Vec<Span> {
    let conditions = [&node.when, &node.expect, &node.warn];
    let mut references: Vec<Reference> = Vec::new();
    references.extend(conditions.into_iter().flatten().flat_map(Expr::references));
    references.extend(node.causes.iter().flat_map(|cause| cause.when.references()));
    let with = node.action().map(|action| &action.with);
    let given = node.call.iter().flat_map(|call| call.inputs.values());
    let given = given.filter_map(|input| input.given.as_ref());
    references.extend(with.into_iter().chain(given).flat_map(Template::references));
    let of_host = |one: &Reference| &*one.root.value == "host" && !one.keys.is_empty();
    let asked = references.iter().filter(|one| of_host(one));
    asked.map(|one| one.root.span).collect()
}

fn told(node: &Node, place: Span) -> Diagnostic {
    let message = format!("`{}` happens at no host", node.id);
    let diagnostic = Diagnostic::error(&UNKNOWN_NAME, message).at(place, "null here");
    diagnostic.help(match node.action() {
        Some(_) => "name the host itself, such as `inputs.dx`",
        None => "say `host:` of the group, or name the host itself, such as `inputs.dx`",
    })
}
