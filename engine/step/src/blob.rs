//! A text too large to carry along: named by its content, kept beside the journal.

use std::fmt;

use serde::{Deserialize, Serialize};

use crate::Name;

/// The largest text, in bytes, that an answer carries itself.
pub const INLINE_LIMIT: usize = 64 * 1024;

/// Where a large text is and how it begins.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Blob {
    /// SHA-256 of the content, in lower-case hex.
    pub sha256: Name,
    /// Its length in bytes.
    pub size: u64,
    /// How it begins, for people.
    pub head: Name,
}

impl fmt::Display for Blob {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            out,
            "({} bytes, sha256 {})",
            self.size,
            &self.sha256[..self.sha256.len().min(12)]
        )
    }
}
