//! Two overlays that set one value to different things: the later counts, and a person is told.

use std::collections::BTreeSet;

use runsheet_diagnostics::diagnostic::Diagnostic;
use runsheet_diagnostics::source::SourceId;
use runsheet_diagnostics::span::Span;

use super::OVERLAYS_DISAGREE;
use crate::document::{Document, Form, Node, Place};
use crate::reader::bare;

/// The disagreements of an overlay, all of whose nodes have numbers from `first` on, with those
/// `before` it.
pub(super) fn among(
    document: &Document,
    first: Place,
    before: &BTreeSet<SourceId>,
) -> Vec<Diagnostic> {
    let of_another = |node: Node<'_>| before.contains(&node.span().source);
    let set = document.pasts().filter(|(node, _)| *node >= first);
    let set = set.filter_map(|(node, past)| {
        let (new, old) = (document.at(node), document.at(past.older));
        // What was merged or rewritten still is the other's.
        let is_new = new.span().source != old.span().source;
        (is_new && of_another(old) && !same(new, old)).then(|| told(new.place(), old.place()))
    });
    let gone = document.gone().iter().filter(|past| past.by >= first);
    let gone = gone.filter_map(|past| {
        let (by, old) = (document.at(past.by), document.at(past.older));
        of_another(old).then(|| told(by.place(), old.place()))
    });
    let again = document.again().iter().filter(|(key, _)| *key >= first);
    let again = again.filter_map(|(key, by)| {
        let (key, by) = (document.at(*key), document.at(*by));
        of_another(by).then(|| told(bare(key), by.place()))
    });
    set.chain(gone).chain(again).collect()
}

/// Those about the order of steps and lists, each told once where it is said later.
pub(super) fn about_order(
    document: &Document,
    crossed: &[(Place, Place)],
    before: &BTreeSet<SourceId>,
) -> Vec<Diagnostic> {
    let mut seen = BTreeSet::new();
    let crossed = crossed.iter().filter_map(|(later, earlier)| {
        let (later, earlier) = (document.at(*later), document.at(*earlier));
        let is_one = before.contains(&earlier.span().source);
        (is_one && seen.insert(later.number())).then(|| {
            let message = "two overlays say different things of one order";
            Diagnostic::warning(&OVERLAYS_DISAGREE, message)
                .at(bare(later), "this comes later, and has its way")
                .at(bare(earlier), "this would be otherwise without it")
                .help("say in one of them where both belong, if that is not meant")
        })
    });
    crossed.collect()
}

/// The warning, with both places.
pub(crate) fn told(later: Span, earlier: Span) -> Diagnostic {
    Diagnostic::warning(&OVERLAYS_DISAGREE, "two overlays say different things here")
        .at(later, "this counts, since it comes later")
        .at(earlier, "this does not")
        .help("leave one of them out if that is not meant")
}

/// Whether two values mean the same, however they are written.
fn same(a: Node<'_>, b: Node<'_>) -> bool {
    match (a.form(), b.form()) {
        (Form::Scalar(a, _), Form::Scalar(b, _)) => a == b,
        (Form::List, Form::List) => {
            a.items().len() == b.items().len() && a.items().zip(b.items()).all(|(a, b)| same(a, b))
        }
        (Form::Map, Form::Map) => {
            let is_there = |entry: crate::document::Entry<'_>| {
                let other = b.get(entry.name());
                other.is_some_and(|other| same(entry.value, other.value))
            };
            a.entries().len() == b.entries().len() && a.entries().all(is_there)
        }
        _ => false,
    }
}
