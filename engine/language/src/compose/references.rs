//! References to steps within the text of a scalar, and the text with another name in their place.

use std::ops::Range;

use runsheet_diagnostics::source::SourceId;
use runsheet_diagnostics::span::Span;

use crate::document::{Cut, Document, Place};
use crate::expression::Expr;
use crate::expression::references::{Part, Reference};
use crate::expression::template::embedded;

/// The bytes of a text at which a name stands that `meant` picks out of the names after `steps`.
/// The text is one expression if `bare`, or else has them in `${{ }}`.
pub(super) fn of_steps(
    text: &str,
    bare: bool,
    meant: impl Fn(&[String]) -> Option<usize>,
) -> Vec<Range<usize>> {
    let within = |range: Range<usize>| Span::at(SourceId::default(), range);
    let expressions = match bare && !text.trim_start().starts_with("${{") {
        true => Expr::parse(text, &within).into_iter().collect(),
        false => embedded(text),
    };
    let references = expressions.iter().flat_map(Expr::references);
    let found = references.filter_map(|reference| at(text, &reference, &meant));
    let mut found: Vec<Range<usize>> = found.collect();
    found.sort_by_key(|range| range.start);
    found.dedup();
    found
}

fn at(
    text: &str,
    reference: &Reference,
    meant: impl Fn(&[String]) -> Option<usize>,
) -> Option<Range<usize>> {
    if &*reference.root.value != "steps" {
        return None;
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
    let span = named.get(meant(&names)?)?.span;
    let (range, quotes) = (span.range(), usize::from(quoted(span)));
    Some(range.start + quotes..range.end - quotes)
}

/// A scalar with a name in place of some parts of its text.
pub(super) fn replaced(
    document: &mut Document,
    scalar: Place,
    parts: &[Range<usize>],
    name: &str,
) -> Place {
    let text = document.at(scalar).text().unwrap_or_default();
    let mut new = String::with_capacity(text.len() + name.len());
    let mut cuts = Vec::with_capacity(parts.len());
    let mut done = 0;
    for part in parts {
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
