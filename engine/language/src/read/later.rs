//! Parts of the language that this version does not build yet: read as known, told as missing.

use runsheet_diagnostics::diagnostic::Diagnostic;
use runsheet_diagnostics::span::Span;

use super::NOT_YET;
use crate::reader::{Reader, bare};

/// What says something like it today, by key.
const INSTEAD: &[(&str, &str)] = &[("undo", "say under `finally:` what takes it back")];

/// Tells that a key is known but not built.
pub(super) fn key(reader: &mut Reader<'_, '_>, key: &str) {
    if let Some(entry) = reader.take(key) {
        let diagnostic = missing(key, &format!("`{key}`"), bare(entry.key));
        reader.found().push(diagnostic);
    }
}

/// Tells that something under a key is known but not built.
pub(super) fn missing(key: &str, what: &str, at: Span) -> Diagnostic {
    let instead = INSTEAD.iter().find(|(name, _)| *name == key);
    Diagnostic::error(&NOT_YET, format!("{what} is not supported yet"))
        .at(at, "not supported yet")
        .help(instead.map_or("leave it out for now", |(_, instead)| instead))
}
