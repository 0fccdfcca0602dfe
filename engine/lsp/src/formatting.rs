//! A file laid out as `fmt` would.

use lsp_types::{DocumentFormattingParams, TextEdit};
use runsheet_diagnostics::source::SourceId;
use runsheet_language::format::format;

use crate::check::sort;
use crate::session::Session;
use crate::uri;
use crate::wants::Sort;

/// The edit that lays a file out; none for one that YAML cannot read.
pub(crate) fn formatting(
    session: &Session,
    asked: DocumentFormattingParams,
) -> Option<Vec<TextEdit>> {
    let path = uri::path(&asked.text_document.uri)?;
    let text = session.store.text(&path)?;
    let old = text.get();
    if sort(old) == Sort::Other {
        return None;
    }
    let new = format(SourceId(0), old).ok()?;
    if new == **old {
        return Some(Vec::new());
    }
    // Only what lies between the same beginning and the same end is replaced, line by line, so
    // that cursors and folds elsewhere stay where they are.
    let start = same_lines(old.split_inclusive('\n'), new.split_inclusive('\n'));
    let (rest, fresh) = (&old[start..], &new[start..]);
    let end = same_lines(
        rest.split_inclusive('\n').rev(),
        fresh.split_inclusive('\n').rev(),
    );
    let range = start..old.len() - end;
    let range = text.places(&range, session.encoding);
    Some(vec![TextEdit::new(
        range,
        fresh[..fresh.len() - end].to_owned(),
    )])
}

/// How many bytes two texts have in common, in whole lines.
fn same_lines<'t>(
    one: impl Iterator<Item = &'t str>,
    other: impl Iterator<Item = &'t str>,
) -> usize {
    let both = one.zip(other).take_while(|(a, b)| a == b);
    both.map(|(line, _)| line.len()).sum()
}
