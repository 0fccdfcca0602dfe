//! What a workflow file may not do although YAML could.

use runsheet_diagnostics::code::Code;
use runsheet_diagnostics::diagnostic::Diagnostic;

/// The text is not YAML.
pub(super) static SYNTAX: Code = Code::new("syntax", include_str!("../pages/syntax.md"));
/// A tab stands where only spaces may.
pub(super) static TAB: Code = Code::new("tab", include_str!("../pages/tab.md"));
/// YAML would read an expression as something else.
pub(super) static UNQUOTED: Code = Code::new(
    "unquoted-expression",
    include_str!("../pages/unquoted-expression.md"),
);
/// A key stands twice in one map.
pub(crate) static DUPLICATE_KEY: Code =
    Code::new("duplicate-key", include_str!("../pages/duplicate-key.md"));
/// A key is a list or a map.
pub(super) static KEY_NOT_TEXT: Code =
    Code::new("key-not-text", include_str!("../pages/key-not-text.md"));
/// `<<` was used.
pub(super) static MERGE_KEY: Code = Code::new("merge-key", include_str!("../pages/merge-key.md"));
/// An alias stands for nothing, or for what it is in.
pub(super) static ALIAS: Code = Code::new("alias", include_str!("../pages/alias.md"));
/// A `!tag` was used.
pub(super) static TAG: Code = Code::new("tag", include_str!("../pages/tag.md"));
/// A second document begins.
pub(super) static SEVERAL_DOCUMENTS: Code = Code::new(
    "several-documents",
    include_str!("../pages/several-documents.md"),
);
/// The text is larger or deeper than anybody writes.
pub(crate) static TOO_LARGE: Code = Code::new("too-large", include_str!("../pages/too-large.md"));

/// All codes of this module.
pub static CODES: &[&Code] = &[
    &SYNTAX,
    &TAB,
    &UNQUOTED,
    &DUPLICATE_KEY,
    &KEY_NOT_TEXT,
    &MERGE_KEY,
    &ALIAS,
    &TAG,
    &SEVERAL_DOCUMENTS,
    &TOO_LARGE,
];

/// Whether something is wrong with a text as YAML, whatever it was to say.
#[must_use]
pub fn is_of_text(one: &Diagnostic) -> bool {
    one.is_error() && CODES.iter().any(|code| code.name == one.code.name)
}
