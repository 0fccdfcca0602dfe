//! What is wrong, where it stands, and what would mend it.
//!
//! Every layer that reads what a person wrote answers with a value *and* a list of
//! [`diagnostic::Diagnostic`]s, so that one run tells all that is wrong.
//!
//! This crate is not a logger and knows no language: it has no codes of its own. A code lives
//! beside the rule that raises it, with its page.
//!
//! Start with [`diagnostic`], then [`source`] and [`span`]; [`render`] makes the screen.

pub mod carets;
pub mod code;
pub mod diagnostic;
pub mod difference;
pub mod file_error;
pub mod fix;
pub mod render;
pub mod source;
pub mod span;
pub mod suggest;
pub mod words;
