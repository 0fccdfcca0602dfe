//! How many blanks stand between two pieces of one line.

use super::BYTE_ORDER_MARK;
use super::pieces::{Piece, Sort};

/// The blanks between a piece and the next one of its line, which is no comment.
pub(super) fn between(one: &Piece<'_>, next: &Piece<'_>) -> usize {
    let written = next
        .column
        .saturating_sub(one.column + one.text.chars().count());
    match (one.sort, next.sort) {
        // `{a:}` and `{a: }` are the same; some readers take the first for text, as all do `{?}`.
        (Sort::Colon | Sort::Question, Sort::Close | Sort::Comma) => written.min(1),
        (_, Sort::Close | Sort::Comma) | (Sort::Open, _) => 0,
        // `*a:` would be an alias of another name, and so it is with an anchor without a value.
        (Sort::Scalar | Sort::Double | Sort::Close, Sort::Colon) => 0,
        // What stands a column behind it would be deeper than the next line.
        (Sort::Marker, _) if one.text.starts_with(BYTE_ORDER_MARK) => 0,
        _ => 1,
    }
}
