//! Which plugins there are, whether they are what they were, and who answers for them: from the
//! `plugins:` of files to kinds and facilities.
//!
//! How a plugin is spoken with is no matter of this; that is `runsheet-host`. Start reading at
//! [`shelf::Shelf`], then [`file`].

pub mod file;
mod rules;
pub mod shelf;

pub use rules::CODES;
