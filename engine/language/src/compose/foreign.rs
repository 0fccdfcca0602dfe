//! Files that are no workflows at all, where a workflow is wanted: they are told once, and not
//! read as if each of their keys were a mistake.

use runsheet_diagnostics::diagnostic::Diagnostic;
use runsheet_diagnostics::source::Sources;
use runsheet_diagnostics::span::Span;
use runsheet_diagnostics::suggest;

use super::PATCH_FORM;
use crate::document::Node;
use crate::keys::WORKFLOW;
use crate::read::{BEGINS, FORMAT};
use crate::reader::bare;

/// What only workflows have. One that lacks `workflow: 1` is known by these.
const OWN: &[&str] = &["steps", "extends", "define"];

/// Whether a map has a key that only workflows have.
pub(crate) fn has_own(root: Node<'_>) -> bool {
    OWN.iter().any(|key| root.get(key).is_some())
}

/// Whether a map is no workflow, not even one with a slip in it.
pub(super) fn is_foreign(root: Node<'_>) -> bool {
    if !root.is_map() || has_own(root) {
        return false;
    }
    let known = || OWN.iter().copied().chain(["workflow"]);
    let meant = |name: &str| known().any(|key| key == name) || is_near(name, known());
    root.get("overlay").is_some() || !root.entries().any(|entry| meant(entry.name()))
}

fn is_near<'c>(name: &str, known: impl Iterator<Item = &'c str>) -> bool {
    suggest::nearest(name, known).is_some()
}

/// Says what sort of file it is. Where another names it, that is the slip.
pub(super) fn told(root: Node<'_>, named: Option<Span>, sources: &Sources) -> Diagnostic {
    let said = |key: &str| root.get(key).map(|entry| bare(entry.key));
    let path = &sources.get(root.span().source).name;
    let (sort, place, help) = match (said("overlay"), said("site")) {
        (Some(says), _) => (
            "an overlay",
            Some(says),
            format!("lay it over a workflow with `--overlay {path}`"),
        ),
        (None, Some(says)) => (
            "a site",
            Some(says),
            format!("name it with `--site {path}`, after a workflow"),
        ),
        (None, None) => ("", None, BEGINS.to_owned()),
    };
    let before = root.span().before();
    match (named, place) {
        (None, Some(says)) => {
            let message = format!("this is {sort}, and a workflow is wanted");
            Diagnostic::error(&FORMAT, message).at(says, "says so")
        }
        (None, None) => {
            let message = "a workflow file begins with `workflow: 1`";
            Diagnostic::error(&FORMAT, message).at(before, "not said")
        }
        (Some(named), Some(says)) => {
            let message = format!("`{path}` is {sort}, and a workflow is wanted");
            Diagnostic::error(&FORMAT, message)
                .at(named, "named here")
                .at(says, "says so")
        }
        (Some(named), None) => {
            let message = format!("`{path}` is no workflow");
            let help = match has_known(root) {
                true => help,
                false => format!("{help}; inputs in a file are given by `--inputs {path}`"),
            };
            let told = Diagnostic::error(&FORMAT, message).at(named, "named here");
            return told
                .at(before, "does not begin with `workflow: 1`")
                .help(help);
        }
    }
    .help(help)
}

/// Whether a map has any key of a workflow.
fn has_known(root: Node<'_>) -> bool {
    root.entries().any(|entry| WORKFLOW.knows(entry.name()))
}

/// Tells that a base, which is named here, has no steps but what others include.
pub(super) fn library(base: Node<'_>, named: Node<'_>) -> Option<Diagnostic> {
    let has = |key: &str| base.get(key).is_some();
    if !has("define") || has("steps") || has("extends") {
        return None;
    }
    let path = named.written();
    let message = "a file without steps of its own cannot be extended";
    let told = Diagnostic::error(&PATCH_FORM, message).at(named.span(), "only defines kinds");
    Some(told.help(format!("include it: `include: [{path}]`")))
}
