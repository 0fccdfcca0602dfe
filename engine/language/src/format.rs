//! One way to write a file: indentation, spaces and blank lines, and nothing else.
//!
//! A text goes in and a text comes out that means the same: comments, the order of keys, quotes
//! and line breaks inside values stay as their author left them. Levels are indented by two
//! columns, the items of a list stand two columns deeper than its key, a comment behind a value
//! keeps its column, and of several blank lines one remains. What is formatted already is left
//! as it is to the byte.
//!
//! The text is taken apart into `pieces`, which `layout` puts onto lines again.

mod block;
mod gaps;
mod layout;
mod pieces;
pub mod remarks;
mod scalar;

use std::borrow::Cow;

use runsheet_diagnostics::diagnostic::Diagnostic;
use runsheet_diagnostics::source::SourceId;

use crate::document::{Document, Form, Node};

/// What stands before the first letter of some files that come from Windows.
const BYTE_ORDER_MARK: char = '\u{feff}';

/// A file as it is to be written: a workflow, a site, an overlay, or any other YAML. Lines end as
/// most of them ended before.
///
/// # Errors
/// Why it is left as it is.
pub fn format(source: SourceId, text: &str) -> Result<String, Unformatted> {
    let (before, found) = Document::parse(source, text);
    match before.is_complete() {
        true => unharmed(&before, rewritten(text)),
        false => Err(Unformatted::Unreadable(found)),
    }
}

/// Why a text is left as it is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Unformatted {
    /// It cannot be read to its end as YAML: what is wrong with it.
    Unreadable(Vec<Diagnostic>),
    /// It would have meant something else afterwards. No such text is known.
    Odd,
}

fn unharmed(before: &Document, formatted: String) -> Result<String, Unformatted> {
    match *formatted == **before.text() || means_the_same(before, &formatted) {
        true => Ok(formatted),
        false => Err(Unformatted::Odd),
    }
}

/// Whether a text is the document over again: values, quotes, order.
pub(crate) fn means_the_same(document: &Document, text: &str) -> bool {
    let (after, _) = Document::parse(document.source(), text);
    after.is_complete() && is_same(document.root(), after.root())
}

/// The text after formatting, for a text that can be read.
pub(crate) fn rewritten(text: &str) -> String {
    let bare = text.strip_prefix(BYTE_ORDER_MARK).unwrap_or(text);
    let mark = text.len() > bare.len();
    let lines = layout::laid_out(&pieces::pieces(&with_line_feeds(bare)));
    let lines = match ends_lines_as_windows(bare) {
        true => lines.replace('\n', "\r\n"),
        false => lines,
    };
    match mark {
        true => format!("{BYTE_ORDER_MARK}{lines}"),
        false => lines,
    }
}

/// The text with `\n` at the end of every line; YAML makes no difference between line breaks.
fn with_line_feeds(text: &str) -> Cow<'_, str> {
    match text.contains('\r') {
        true => text.replace("\r\n", "\n").replace('\r', "\n").into(),
        false => text.into(),
    }
}

/// Whether most lines end in `\r\n`.
fn ends_lines_as_windows(text: &str) -> bool {
    let both = text.matches("\r\n").count();
    both * 2 > text.matches('\n').count()
}

fn is_same(one: Option<Node<'_>>, other: Option<Node<'_>>) -> bool {
    let (Some(one), Some(other)) = (one, other) else {
        return one.is_none() && other.is_none();
    };
    let same_form = match (one.form(), other.form()) {
        (Form::Scalar(text, style), Form::Scalar(other, others)) => {
            text == other && style == others
        }
        (Form::List, Form::List) | (Form::Map, Form::Map) | (Form::Hole, Form::Hole) => true,
        _ => false,
    };
    let (items, others) = (one.items(), other.items());
    let (entries, other_entries) = (one.entries(), other.entries());
    same_form
        && items.len() == others.len()
        && entries.len() == other_entries.len()
        && items.zip(others).all(|(a, b)| is_same(Some(a), Some(b)))
        && entries.zip(other_entries).all(|(a, b)| {
            is_same(Some(a.key), Some(b.key)) && is_same(Some(a.value), Some(b.value))
        })
}

#[cfg(test)]
#[path = "tests/format.rs"]
mod tests;
