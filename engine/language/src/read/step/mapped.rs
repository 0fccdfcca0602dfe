//! Steps that stand in a map, as in other tools, each under its id.

use runsheet_diagnostics::diagnostic::Diagnostic;

use super::keys::STEP;
use crate::document::Node;
use crate::reader::listed::listed;
use crate::reader::{WRONG_TYPE, bare};

/// Whether it is a map of maps, and not a single step without its dash.
pub(super) fn is_by_id(node: Node<'_>) -> bool {
    let is_step =
        |entry: crate::document::Entry<'_>| entry.value.is_map() && !STEP.knows(entry.name());
    node.is_map() && node.entries().len() > 0 && node.entries().all(is_step)
}

/// Says that it is a list.
pub(super) fn told(node: Node<'_>) -> Diagnostic {
    let first = node.entries().next();
    let (place, id) = first.map_or((node.place(), ".."), |entry| {
        (bare(entry.key), entry.name())
    });
    let told = Diagnostic::error(&WRONG_TYPE, "expected a list, found a map of steps")
        .at(place, "should be an item")
        .help(format!(
            "steps stand in a list, and each says its id: `- id: {id}`"
        ));
    match listed(node) {
        Some(fix) => told.fix(fix),
        None => told,
    }
}
