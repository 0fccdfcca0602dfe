//! What a step holds and what a person confirms: `lock:`, `pool:` and `confirm:`.

use runsheet_diagnostics::diagnostic::Diagnostic;
use runsheet_diagnostics::suggest;
use runsheet_step::shape::Type;

use super::value;
use crate::document::{Core, Node};
use crate::expression::WRONG_VALUE;
use crate::keys::Takes;
use crate::reader::{self, Reader, UNKNOWN_WORD, bare};
use crate::workflow::{Confirm, Lock, Pool};

/// The words of `lock:` that are no names.
const WORDS: &[&str] = &["host", "none"];

/// A word, a name, or names.
pub(super) const LOCK_TAKES: Takes = Takes::Either(&[
    Takes::Word(|| WORDS.to_vec()),
    Takes::Value(|| Type::Text),
    Takes::List(&Takes::Value(|| Type::Text)),
]);

/// `lock: host | NAME | [..] | none`.
pub(super) fn lock(reader: &mut Reader<'_, '_>) -> Option<Lock> {
    let node = reader.take("lock")?.value;
    let found = reader.found();
    if node.is_list() {
        let names = node
            .items()
            .map(|item| value::typed(item, &Type::Text, found));
        return Some(Lock::Names(names.collect()));
    }
    Some(match word(node, found) {
        Some("host") => Lock::Host,
        Some(_) => Lock::None,
        None => Lock::Names(vec![value::typed(node, &Type::Text, found)]),
    })
}

/// The word that is meant. What is nearly one of them is taken for it: a lock that nobody else
/// holds would hide the slip.
fn word(node: Node<'_>, found: &mut Vec<Diagnostic>) -> Option<&'static str> {
    let text = node.text()?;
    if text.trim().is_empty() && !node.is_null() {
        let told = Diagnostic::error(&WRONG_VALUE, "a lock has a name");
        let told = told.at(node.place(), "is empty");
        found.push(told.help("name it, or say `none` for no lock at all"));
        return Some("none");
    }
    if let Some(Core::Bool(holds)) = node.core() {
        let meant = if holds { "host" } else { "none" };
        let message = format!("`{text}` would be the name of a lock");
        let told = Diagnostic::error(&UNKNOWN_WORD, message).at(bare(node), "a name?");
        found.push(told.did_you_mean(meant, bare(node)));
        return Some(meant);
    }
    if let Some(known) = WORDS.iter().find(|word| **word == text) {
        return Some(known);
    }
    let near = suggest::nearest(text, WORDS.iter().copied())?;
    let span = bare(node);
    let message = format!("`{text}` is nearly `{near}`, and would be the name of a lock");
    let diagnostic = Diagnostic::error(&UNKNOWN_WORD, message).at(span, "a name?");
    found.push(diagnostic.did_you_mean(near, span));
    Some(near)
}

/// Names to how many may act at once.
pub(super) const POOL_TAKES: Takes = Takes::Map(&Takes::AtLeast(1));

/// `pool: {NAME: n}`, sorted by name.
pub(super) fn pools(reader: &mut Reader<'_, '_>) -> Option<Vec<Pool>> {
    let pool = reader.take("pool")?.value;
    let before = reader.found().len();
    let entries = reader.entries("pool").into_iter();
    if let Some(told) = reader.found().get_mut(before) {
        let name = pool.text().unwrap_or("NAME");
        told.help = Some(format!("say how many places it has: `pool: {{{name}: 2}}`"));
    }
    let mut pools: Vec<Pool> = entries
        .filter_map(|entry| {
            let size = reader::int(entry.value, reader.found())?;
            let span = size.span;
            Some(Pool {
                name: entry.name().into(),
                size: value::at_least_one(size, "a pool has at least 1 place", reader.found()),
                span,
            })
        })
        .collect();
    pools.sort_by(|one, other| one.name.cmp(&other.name));
    Some(pools)
}

/// `confirm: text`.
pub(super) fn confirm(reader: &mut Reader<'_, '_>) -> Option<Confirm> {
    let node = reader.take("confirm")?.value;
    if node.text().is_some_and(|text| text.trim().is_empty()) && !node.is_null() {
        let told = Diagnostic::error(&WRONG_VALUE, "a person would be asked nothing");
        let told = told.at(node.place(), "is empty");
        reader.found().push(told.help(SAY));
    }
    if is_answer(node) {
        let message = format!("`{}` is all that a person would read", node.written());
        let told = Diagnostic::error(&WRONG_VALUE, message).at(node.span(), "no question");
        reader.found().push(told.help(SAY));
    }
    let say = value::of(reader, "confirm", &Type::Text)?;
    Some(Confirm { say })
}

const SAY: &str = "say what is to be confirmed: `confirm: delete the queue of SALES`";

/// Whether it says yes or no, as other tools have it where they are to ask.
fn is_answer(node: Node<'_>) -> bool {
    const ANSWERS: &[&str] = &["yes", "no", "on", "off", "y", "n"];
    let is_word = |text: &str| ANSWERS.contains(&text.to_ascii_lowercase().as_str());
    matches!(node.core(), Some(Core::Bool(_))) || node.text().is_some_and(is_word)
}
