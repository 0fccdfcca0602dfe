//! The wrong files of `tests/wrong`, as far as a schema can see what is wrong with them.

use std::collections::BTreeSet;

use runsheet_cli::Checked;
use runsheet_diagnostics::diagnostic::Diagnostic;
use runsheet_diagnostics::fix;
use runsheet_diagnostics::source::SourceId;

use super::{against, of};

/// The codes of what has a wrong form.
const OF_FORM: [&str; 9] = [
    "format-version",
    "missing-key",
    "overlay-format",
    "patch-form",
    "site-format",
    "step-or-group",
    "unknown-key",
    "unknown-word",
    "wrong-type",
];

/// Headings of the cases whose mistake no schema sees, each with the reason.
const UNSEEN: &[(&str, &str)] = &[
    (
        "The name stands above the version",
        "the keys of a map have no order for a schema",
    ),
    (
        "A variant is given as an overlay",
        "it is held against the schema of a workflow, which it is",
    ),
    (
        "A program is started nowhere",
        "a group around it or a workflow that extends this one may say the host",
    ),
    (
        "A call leaves out an input that has no default",
        "what a call takes is said elsewhere",
    ),
];

/// The files in which the form is wrong.
fn wrong_in_form(checked: &Checked) -> BTreeSet<SourceId> {
    let of_form = |one: &&Diagnostic| one.is_error() && OF_FORM.contains(&one.code.name);
    let found = checked.found.iter().filter(of_form);
    found.filter_map(|one| Some(one.span()?.source)).collect()
}

/// What a schema says of a file after the first change of each mistake in it; nothing where one of
/// them has none.
fn mended(checked: &Checked, file: SourceId) -> Option<Vec<String>> {
    let here = |one: &&Diagnostic| one.span().is_some_and(|span| span.source == file);
    let found = checked.found.iter().filter(here);
    let fixes: Option<Vec<_>> = found.map(|one| one.fixes.first()).collect();
    let text = fix::apply(fixes?, &checked.sources, file);
    Some(against(of(&text), &text))
}

#[test]
fn what_is_wrong_in_form_the_schema_refuses_until_it_is_mended() {
    let mut complaints = Vec::new();
    let mut unseen: BTreeSet<&str> = UNSEEN.iter().map(|(heading, _)| *heading).collect();
    let mut files = 0;
    for (heading, checked) in crate::wrong::found() {
        for file in wrong_in_form(&checked) {
            files += 1;
            let text = &checked.sources.get(file).text;
            let name = &checked.sources.get(file).name;
            let is_valid = against(of(text), text).is_empty();
            if is_valid && !unseen.remove(&*heading) {
                complaints.push(format!("{heading} ({name}): the schema takes it"));
            }
            for odd in mended(&checked, file).into_iter().flatten() {
                complaints.push(format!("{heading} ({name}): after the fix, {odd}"));
            }
        }
    }
    complaints.extend(
        unseen
            .iter()
            .map(|heading| format!("{heading}: is seen after all")),
    );
    assert!(complaints.is_empty(), "{}", complaints.join("\n"));
    assert!(files > 20, "{files}");
}
