//! Every scalar of a value that names a kind, a type, causes or a file.

use runsheet_language::document::Node;

use super::guide::{Guide, Naming};

/// Shows each of them.
pub(super) fn named<'d>(node: Node<'d>, guide: Guide, each: &mut dyn FnMut(Naming, Node<'d>)) {
    for entry in node.entries() {
        named(entry.value, guide.under(node, entry.name()), each);
    }
    for item in node.items() {
        named(item, guide.item(), each);
    }
    if let (Some(naming), Some(_)) = (guide.naming(), node.text()) {
        each(naming, node);
    }
}
