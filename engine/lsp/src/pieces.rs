//! The expressions in a tree, each with its bytes.

use std::ops::Range;

use runsheet_diagnostics::source::SourceId;
use runsheet_diagnostics::span::Span;
use runsheet_language::expression::Expr;
use runsheet_language::expression::references::Reference;

use crate::tree::{Body, Id, Style, Tree};
use crate::wants::{Wants, is_condition};

/// The bytes of the expressions of a scalar, without `${{` and `}}`. One that is not closed goes on
/// to the end of the scalar.
#[must_use]
pub fn pieces(tree: &Tree, id: Id, wants: Option<&Wants>) -> Vec<Range<usize>> {
    let Some(inner) = tree.inner(id) else {
        return Vec::new();
    };
    let text = &tree.text[inner.clone()];
    let mut found = Vec::new();
    let mut from = 0;
    while let Some(open) = text[from..].find("${{") {
        let start = from + open + 3;
        let close = text[start..].find("}}").map(|close| start + close);
        let end = close.unwrap_or(text.len());
        found.push(inner.start + start..inner.start + end);
        from = close.map_or(text.len(), |close| close + 2);
    }
    if found.is_empty() && wants.is_some_and(is_condition) {
        found.push(inner);
    }
    found
}

/// An expression; `None` while it is none yet.
#[must_use]
pub fn parsed(tree: &Tree, id: Id, piece: &Range<usize>) -> Option<Expr> {
    let text = plain(tree, id, piece);
    let place = |part: Range<usize>| {
        Span::at(
            SourceId(0),
            piece.start + part.start..piece.start + part.end,
        )
    };
    Expr::parse(&text, &place).ok()
}

/// The names in an expression.
#[must_use]
pub fn references(tree: &Tree, id: Id, piece: &Range<usize>) -> Vec<Reference> {
    parsed(tree, id, piece).map_or_else(Vec::new, |expr| expr.references())
}

/// The text of an expression in which quotes that YAML wants twice stand once, every other byte in
/// its place.
#[must_use]
pub fn plain(tree: &Tree, id: Id, piece: &Range<usize>) -> String {
    let text = &tree.text[piece.clone()];
    let (double, quote) = match tree.node(id).body {
        Body::Scalar(_, Style::Single) => ("''", '\''),
        Body::Scalar(_, Style::Double) => ("\\\"", '"'),
        _ => return text.to_owned(),
    };
    let mut out = String::with_capacity(text.len());
    let mut opens = true;
    for (n, part) in text.split(double).enumerate() {
        if n > 0 {
            match opens {
                true => out.extend([' ', quote]),
                false => out.extend([quote, ' ']),
            }
            opens = !opens;
        }
        out.push_str(part);
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::tree::Hit;

    #[test]
    fn names_keep_their_bytes_behind_quotes_that_stand_twice() {
        let text = "a: '${{ inputs.x == ''y'' && inputs.z }}'";
        let tree = Tree::parse(text);
        let Some(Hit::Value(id)) = tree.at(10) else {
            panic!("a value stands there");
        };
        let [piece] = pieces(&tree, id, None).try_into().unwrap();
        let found = references(&tree, id, &piece);
        let words: Vec<&str> = found.iter().map(|one| &text[one.span.range()]).collect();
        assert_eq!(words, ["inputs.x", "inputs.z"]);
    }
}
