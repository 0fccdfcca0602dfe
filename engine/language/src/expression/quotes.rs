//! Quotes in what a change brings, where the expression itself stands in a quoted scalar.

use runsheet_diagnostics::diagnostic::Diagnostic;
use runsheet_diagnostics::source::Sources;
use runsheet_diagnostics::span::Span;

use super::CODES;

/// Lets the changes of expressions fit into the scalars they stand in: between single quotes of
/// YAML a text is put into double ones, and the other way round.
pub(crate) fn fit(found: &mut [Diagnostic], sources: &Sources) {
    let own = |one: &&mut Diagnostic| CODES.iter().any(|code| code.name == one.code.name);
    let fixes = found.iter_mut().filter(own).flat_map(|one| &mut one.fixes);
    for edit in fixes.flat_map(|fix| &mut fix.edits) {
        if !edit.text.contains(['\'', '"']) {
            continue;
        }
        edit.text = match around(edit.span, sources) {
            Some('\'') => edit.text.replace('\'', "\""),
            Some(_) => edit.text.replace('"', "'"),
            None => continue,
        };
    }
}

/// The quote of YAML that is open on the line where a span begins.
fn around(span: Span, sources: &Sources) -> Option<char> {
    let text = sources.get(span.source).text.get(..span.range().start)?;
    let line = text.rsplit('\n').next()?;
    let mut open = None;
    let mut before = ' ';
    let mut letters = line.chars().peekable();
    while let Some(letter) = letters.next() {
        match open {
            Some('"') if letter == '\\' => {
                letters.next();
            }
            Some('\'') if letter == '\'' && letters.peek() == Some(&'\'') => {
                letters.next();
            }
            Some(quote) if letter == quote => open = None,
            None if matches!(letter, '"' | '\'') && is_start(before) => open = Some(letter),
            _ => {}
        }
        if letter != ' ' {
            before = letter;
        }
    }
    open
}

/// Whether a scalar of YAML can begin behind this letter.
fn is_start(before: char) -> bool {
    matches!(before, ' ' | ':' | '[' | '{' | ',' | '-')
}
