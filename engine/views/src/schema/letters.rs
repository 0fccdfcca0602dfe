//! Patterns of names that every validator can read.
//!
//! Not every dialect of regular expressions has classes of Unicode: that of Python has none, and
//! stops at them. So a letter is here whatever is not another sign of ASCII. That takes a few names
//! that `check` refuses, such as one that begins with a dash of Unicode, and none too few.

/// A letter, and no other sign of ASCII.
const LETTER: &str = r"[^\x00-@\[-`{-\x7f]";
/// A letter or `_`.
const START: &str = r"[^\x00-@\[-^`{-\x7f]";
/// A letter, a digit, `_` or `-`.
const INSIDE: &str = r"[^\x00-,./:-@\[-^`{-\x7f]";
/// The same, or `.`.
const DOTTED: &str = r"[^\x00-,/:-@\[-^`{-\x7f]";

/// A name that others refer to.
pub(super) fn name() -> String {
    format!("^{LETTER}{INSIDE}*$")
}

/// A name that may be defined in YAML, behind that of its file: `mail.push`.
pub(super) fn dotted() -> String {
    format!("^{START}{INSIDE}*(\\.{START}{INSIDE}*)*$")
}

/// The path of a workflow, or a name that may be defined in YAML.
pub(super) fn path_or_dotted() -> String {
    format!("^(\\.{{0,2}}/.+|{START}{INSIDE}*(\\.{START}{INSIDE}*)*)$")
}

/// Lists and maps of a type of any name.
pub(super) fn nested_type() -> String {
    format!(r"^\s*((list|map)\s*<\s*)+{DOTTED}+(\s*>)+\s*$")
}
