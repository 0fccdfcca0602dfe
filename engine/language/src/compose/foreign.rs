//! Files that are no workflows at all, where a workflow is wanted: they are told once, and not
//! read as if each of their keys were a mistake.

use runsheet_diagnostics::diagnostic::Diagnostic;
use runsheet_diagnostics::span::Span;
use runsheet_diagnostics::suggest;

use super::PATCH_FORM;
use crate::document::Node;
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

/// Says so, with the place where the file was named.
pub(super) fn told(root: Node<'_>, named: Option<Span>) -> Diagnostic {
    let diagnostic = match root.get("overlay") {
        Some(overlay) => {
            let message = "this is an overlay, and a workflow is wanted";
            Diagnostic::error(&FORMAT, message)
                .at(bare(overlay.key), "says so")
                .help("lay it over a workflow with `--overlay`")
        }
        None => {
            let message = "a workflow file begins with `workflow: 1`";
            Diagnostic::error(&FORMAT, message)
                .at(root.span().before(), "not said")
                .help(BEGINS)
        }
    };
    match named {
        Some(named) => diagnostic.at(named, "named here"),
        None => diagnostic,
    }
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
