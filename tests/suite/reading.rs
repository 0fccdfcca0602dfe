//! Reading answers, whatever it is given: no text makes it stop, and what it points at is there.

use runsheet_diagnostics::diagnostic::Diagnostic;

use crate::product;
use crate::repository::read;

/// What is wrong with a diagnostic about a text, if anything is.
fn complaint(diagnostic: &Diagnostic, text: &str) -> Option<String> {
    let labels = diagnostic.labels.iter().map(|label| label.span);
    let edits = diagnostic.fixes.iter().flat_map(|fix| &fix.edits);
    let spans = labels.chain(edits.map(|edit| edit.span));
    let outside = spans
        .filter(|span| text.get(span.range()).is_none())
        .count();
    let message = &diagnostic.message;
    let reads_on = message.ends_with('.') || message.contains('\n');
    if outside > 0 || reads_on || message.starts_with(char::is_uppercase) {
        return Some(format!(
            "{}: {message:?}, {outside} outside",
            diagnostic.code.name
        ));
    }
    None
}

#[track_caller]
fn is_answered(text: &str, what: &str) {
    let found = product::workflow(product::FLAGSHIP, text).found;
    let complaints: Vec<_> = found.iter().filter_map(|it| complaint(it, text)).collect();
    assert!(complaints.is_empty(), "{what}: {complaints:?}");
}

#[test]
fn a_file_may_end_anywhere() {
    let text = read(product::FLAGSHIP);
    let mut end = 0;
    for (number, line) in text.split_inclusive('\n').enumerate() {
        let within = (0..line.len()).filter(|at| line.is_char_boundary(*at));
        let some = within
            .clone()
            .nth(number % within.count().max(1))
            .unwrap_or(0);
        is_answered(
            &text[..end + some],
            &format!("cut off in line {}", number + 1),
        );
        end += line.len();
    }
}

#[test]
fn any_line_may_be_missing() {
    let text = read(product::FLAGSHIP);
    let lines: Vec<&str> = text.split_inclusive('\n').collect();
    for missing in 0..lines.len() {
        let rest = [&lines[..missing], &lines[missing + 1..]].concat().concat();
        is_answered(&rest, &format!("without line {}", missing + 1));
    }
}

#[test]
fn any_line_may_stand_too_far_to_the_right() {
    let text = read(product::FLAGSHIP);
    let lines: Vec<&str> = text.split_inclusive('\n').collect();
    for moved in 0..lines.len() {
        let before = lines[..moved].concat();
        let after = lines[moved..].concat();
        is_answered(
            &format!("{before} {after}"),
            &format!("line {} moved", moved + 1),
        );
    }
}
