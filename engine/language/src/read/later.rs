//! Parts of the language that this version does not build yet: read as known, told as missing.

use runsheet_diagnostics::diagnostic::Diagnostic;
use runsheet_diagnostics::span::Span;

use super::NOT_YET;
use crate::reader::{Reader, bare};

/// Tells that a key is known but not built.
pub(super) fn key(reader: &mut Reader<'_, '_>, key: &str) {
    if let Some(entry) = reader.take(key) {
        let diagnostic = missing(&format!("`{key}`"), bare(entry.key));
        reader.found().push(diagnostic);
    }
}

/// Tells that something is known but not built.
pub(super) fn missing(what: &str, at: Span) -> Diagnostic {
    Diagnostic::error(&NOT_YET, format!("{what} is not supported yet"))
        .at(at, "not supported yet")
        .help("leave it out for now")
}
