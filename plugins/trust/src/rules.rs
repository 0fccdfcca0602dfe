//! What can be wrong with a plugin that a file names.

use runsheet_diagnostics::code::Code;

/// A plugin that is there and cannot be used.
pub(crate) static REFUSED: Code =
    Code::new("plugin-refused", include_str!("pages/plugin-refused.md"));
/// Kinds or facilities of a plugin that others have brought already.
pub(crate) static CLASH: Code = Code::new("plugin-clash", include_str!("pages/plugin-clash.md"));

/// All rules of plugins.
pub static CODES: &[&Code] = &[&REFUSED, &CLASH];
