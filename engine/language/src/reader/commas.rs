//! Text between braces that holds a comma, which YAML takes for the end of its entry.

use runsheet_diagnostics::diagnostic::Diagnostic;
use runsheet_diagnostics::fix::Fix;
use runsheet_diagnostics::suggest;

use super::Keys;
use crate::document::layout::between;
use crate::document::{Entry, Node, quoted};
use crate::expression::WRONG_VALUE;

/// The entries without those that are the rest of a text before them, each of which is told.
pub(super) fn rejoined<'d>(
    entries: Vec<Entry<'d>>,
    keys: Keys<'_>,
    found: &mut Vec<Diagnostic>,
) -> Vec<Entry<'d>> {
    let is_known = |entry: &Entry<'_>| keys.knows(entry.name());
    if entries.iter().all(is_known) {
        return entries;
    }
    let mut kept: Vec<Entry<'d>> = Vec::with_capacity(entries.len());
    let mut torn: Option<Entry<'d>> = None;
    for entry in entries {
        let text = kept.last().copied().filter(|_| is_rest(entry, keys));
        match text.filter(|text| is_plain(text.value) && is_behind(*text, entry)) {
            Some(_) => torn = Some(entry),
            None => {
                tell(kept.last(), torn.take(), found);
                kept.push(entry);
            }
        }
    }
    tell(kept.last(), torn, found);
    kept
}

/// Whether an entry is words alone, which are no key.
fn is_rest(entry: Entry<'_>, keys: Keys<'_>) -> bool {
    let name = entry.name();
    let is_alone = entry.value.is_null()
        && entry.value.written().is_empty()
        && is_plain(entry.key)
        && !entry.key.line_behind().trim_start().starts_with(':');
    let is_key = keys.knows(name) || name.starts_with("x-");
    let is_near = !name.contains(' ') && suggest::nearest(name, keys.names()).is_some();
    is_alone && !is_key && !is_near
}

/// Whether it stands in the same braces behind a text, with a comma between them.
fn is_behind(text: Entry<'_>, rest: Entry<'_>) -> bool {
    let between = between(text.value, rest.key).unwrap_or_default();
    between.trim_start().starts_with(',') && !between.contains(['{', '}', '[', ']', ':'])
}

fn is_plain(node: Node<'_>) -> bool {
    !node.is_null() && node.text() == Some(node.written())
}

fn tell(text: Option<&Entry<'_>>, rest: Option<Entry<'_>>, found: &mut Vec<Diagnostic>) {
    let Some((text, rest)) = text.zip(rest) else {
        return;
    };
    let whole = text.value.span().to(rest.key.span());
    let written = rest.key.whole_text().get(whole.range());
    let message = format!("the comma in this text ends the value of `{}`", text.name());
    let told = Diagnostic::error(&WRONG_VALUE, message)
        .at(whole, "one text?")
        .help("between braces, quote a text that holds a comma");
    let is_short = |text: &&str| !text.contains(['\n', '#']);
    found.push(match written.filter(is_short) {
        Some(text) => told.fix(Fix::replace("quote it", whole, quoted(text))),
        None => told,
    });
}
