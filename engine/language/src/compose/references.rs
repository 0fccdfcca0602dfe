//! References to steps within the text of a scalar, and the text with another name in their place.

use std::ops::Range;

use runsheet_diagnostics::source::SourceId;
use runsheet_diagnostics::span::Span;

use crate::document::{Cut, Document, Place};
use crate::expression::Expr;
use crate::expression::references::{Part, Reference};
use crate::expression::template::embedded;

/// The bytes of a text at which a name stands, and what was found out about it.
pub(super) type Named<T> = (Range<usize>, T);

/// The names that `meant` picks out of those after `steps`, by their number, in the order of the
/// text. This is one expression if `bare`, or else has them in `${{ }}`.
pub(super) fn of_steps<T>(
    text: &str,
    bare: bool,
    meant: impl Fn(&[String]) -> Vec<(usize, T)>,
) -> Vec<Named<T>> {
    if !text.contains("steps") {
        return Vec::new();
    }
    let within = |range: Range<usize>| Span::at(SourceId::default(), range);
    let expressions = match bare && !text.trim_start().starts_with("${{") {
        true => Expr::parse(text, &within).into_iter().collect(),
        false => embedded(text),
    };
    let references = expressions.iter().flat_map(Expr::references);
    let found = references.flat_map(|reference| at(text, &reference, &meant));
    let mut found: Vec<Named<T>> = found.collect();
    found.sort_by_key(|(range, _)| range.start);
    found.dedup_by_key(|(range, _)| range.start);
    found
}

fn at<T>(
    text: &str,
    reference: &Reference,
    meant: impl Fn(&[String]) -> Vec<(usize, T)>,
) -> Vec<Named<T>> {
    if &*reference.root.value != "steps" {
        return Vec::new();
    }
    let quoted = |span: Span| {
        text.get(span.range())
            .is_some_and(|it| it.starts_with(['"', '\'']))
    };
    // After the first, what stands in quotes is the key of an instance.
    let keys = reference.keys.iter().enumerate();
    let keys = keys.filter(|(at, key)| *at == 0 || !quoted(key.span()));
    let named: Vec<_> = keys.filter_map(|(_, key)| Part::name(key)).collect();
    let names: Vec<String> = named.iter().map(|name| name.value.to_string()).collect();
    let found = meant(&names).into_iter().filter_map(|(at, what)| {
        let span = named.get(at)?.span;
        let (range, quotes) = (span.range(), usize::from(quoted(span)));
        Some((range.start + quotes..range.end - quotes, what))
    });
    found.collect()
}

/// A scalar with names in place of some parts of its text.
pub(super) fn replaced(document: &mut Document, scalar: Place, parts: &[Named<String>]) -> Place {
    let text = document.at(scalar).text().unwrap_or_default();
    let mut new = String::with_capacity(text.len());
    let mut cuts = Vec::with_capacity(parts.len());
    let mut done = 0;
    for (part, name) in parts {
        new.push_str(&text[done..part.start]);
        let start = new.len();
        new.push_str(name);
        cuts.push(Cut {
            new: start..new.len(),
            old: part.clone(),
        });
        done = part.end;
    }
    new.push_str(&text[done..]);
    let node = document.new_text(scalar, new, cuts);
    document.takes_place(node, scalar, scalar);
    node
}
