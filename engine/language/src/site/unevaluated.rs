//! Expressions in files of values, where none is evaluated.

use runsheet_diagnostics::diagnostic::Diagnostic;
use runsheet_diagnostics::span::Span;

use crate::document::Node;
use crate::expression::forgotten;
use crate::resolve::BARE_EXPRESSION;

/// How many are told of one file.
const MOST: usize = 20;

/// Tells of the expressions in a value of which nothing else is told; `file` says what holds it:
/// `a site`.
pub(crate) fn tell(value: Node<'_>, file: &str, found: &mut Vec<Diagnostic>) {
    let mut places = Vec::new();
    gather(value, &mut places);
    let known: Vec<Span> = found.iter().filter_map(Diagnostic::span).collect();
    let is_new = |place: &Span| {
        let mut known = known.iter().filter(|one| one.source == place.source);
        !known.any(|one| one.start <= place.start && place.end <= one.end)
    };
    let told = |place| {
        let message = format!("no expression is evaluated in {file}: this is taken as text");
        let told = Diagnostic::warning(&BARE_EXPRESSION, message).at(place, "no expression");
        told.help("write the value out, or let the workflow make it of others")
    };
    found.extend(places.into_iter().filter(is_new).map(told));
}

fn gather(node: Node<'_>, places: &mut Vec<Span>) {
    if places.len() == MOST {
        return;
    }
    let is_one = node.text().is_some_and(|text| text.contains("${{"));
    if is_one && !node.is_rewritten() {
        places.extend(forgotten::with_sign(node.written(), node.span()));
    }
    node.items().for_each(|item| gather(item, places));
    node.entries().for_each(|entry| gather(entry.value, places));
}
