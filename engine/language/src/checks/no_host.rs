//! Steps that happen at no host and ask for theirs: it is null, and null has no name and no
//! variables.

use runsheet_diagnostics::diagnostic::Diagnostic;
use runsheet_diagnostics::span::Span;
use runsheet_step::Value;

use super::Checked;
use super::constant_condition::Nothing;
use crate::expression::references::Reference;
use crate::expression::scope::{Found, Key, Missing, Scope};
use crate::expression::{Expr, Template, UNKNOWN_NAME, evaluate};
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

/// The names of a step without a host: `host` is null, and of others nothing is known.
struct Nowhere;

impl Scope for Nowhere {
    fn path(&self, root: &str, keys: &[Key<'_>]) -> Result<Found, Missing> {
        match root {
            "host" if keys.is_empty() => Ok(Found {
                value: Value::Null,
                used: 0,
            }),
            "host" => Err(Missing {
                at: 1,
                message: "null has no keys".to_owned(),
                help: None,
            }),
            _ => Nothing.path(root, keys),
        }
    }
}

/// Where a step asks something of its host, unless it asks first whether there is one.
fn asked(node: &Node) -> Vec<Span> {
    let when = node.when.as_ref();
    let holds = when.and_then(|when| evaluate::condition(when, &Nowhere).ok()?.as_bool());
    let mut asked: Vec<&Expr> = when.into_iter().collect();
    if holds != Some(false) {
        asked.extend(
            [&node.expect, &node.warn, &node.changed]
                .into_iter()
                .flatten(),
        );
        asked.extend(node.causes.iter().map(|cause| &cause.when));
        let with = node.action().map(|action| &action.with);
        let given = node.call.iter().flat_map(|call| call.inputs.values());
        let given = given.filter_map(|input| input.given.as_ref());
        asked.extend(
            with.into_iter()
                .chain(given)
                .flat_map(Template::expressions),
        );
    }
    let of_host = |one: &Reference| &*one.root.value == "host" && !one.keys.is_empty();
    let mentions = |expr: &&&Expr| expr.references().iter().any(of_host);
    let asked = asked.iter().filter(mentions);
    let references = asked.flat_map(|expr| expr.references_within(&Nowhere));
    references
        .filter(of_host)
        .map(|one| one.root.span)
        .collect()
}

fn told(node: &Node, place: Span) -> Diagnostic {
    let message = format!("`{}` happens at no host", node.id);
    let diagnostic = Diagnostic::error(&UNKNOWN_NAME, message).at(place, "null here");
    diagnostic.help(match node.action() {
        Some(_) => "name the host itself, such as `inputs.dx`",
        None => "say `host:` of the group, or name the host itself, such as `inputs.dx`",
    })
}
