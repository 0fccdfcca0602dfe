//! What people read and no expression is evaluated in: `doc:` and `summary:`.

use runsheet_diagnostics::diagnostic::Diagnostic;

use crate::document::Node;
use crate::expression::forgotten;
use crate::reader::Reader;
use crate::resolve::BARE_EXPRESSION;
use crate::spanned::Spanned;

/// The text under a key. Of an expression in it is told that it stays as it is written.
pub(super) fn prose<'d>(reader: &mut Reader<'d, '_>, key: &str) -> Option<Spanned<&'d str>> {
    let text = reader.text(key)?;
    let told = reader
        .take(key)
        .and_then(|entry| unevaluated(entry.value, key));
    reader.found().extend(told);
    Some(text)
}

fn unevaluated(node: Node<'_>, key: &str) -> Option<Diagnostic> {
    // Between backticks, the text is about how one is written.
    let is_meant = node.text()?.contains("${{") && !node.written().contains('`');
    let first = forgotten::with_sign(node.written(), node.span());
    let place = first.filter(|_| is_meant && !node.is_rewritten())?;
    let message =
        format!("no expression is evaluated in `{key}:`: people read it as it stands here");
    let told = Diagnostic::warning(&BARE_EXPRESSION, message).at(place, "stays as it is");
    Some(told.help("say in words what is meant"))
}
