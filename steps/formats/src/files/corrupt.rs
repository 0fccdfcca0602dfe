//! What is wrong with a file that cannot be read, and where.

use std::fmt;

/// A file is not what its name says: the first place where that shows.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Corrupt {
    /// The file's name, as Q77926 lists it.
    pub file: &'static str,
    /// Bytes from the beginning of the file.
    pub offset: u64,
    /// What should be there.
    pub expected: String,
}

impl fmt::Display for Corrupt {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self {
            file,
            offset,
            expected,
        } = self;
        write!(
            f,
            "{file} is corrupt at byte {offset}: expected {expected}; restore it or reset it"
        )
    }
}

impl std::error::Error for Corrupt {}
