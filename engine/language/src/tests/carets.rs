//! Texts with lines of carets below what is wrong in their YAML.

use runsheet_diagnostics::carets;
use runsheet_diagnostics::source::Sources;

use crate::document::Document;

/// Checks the lines of carets in a text: everything they point at is found, and nothing else.
#[track_caller]
pub(crate) fn check(annotated: &str) {
    let text = carets::strip(annotated);
    let mut sources = Sources::new();
    let id = sources.add("test.yaml", text.as_str());
    let (_, found) = Document::parse(id, text);
    assert_eq!(carets::annotate(&found, &sources, id), annotated);
}
