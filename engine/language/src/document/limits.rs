//! How much of a text is read before it is taken for an attack or an accident.

use runsheet_step::Value;

/// The bounds of one document. They are counted while reading, so that a text which grows without
/// end through its aliases is refused before anything walks it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Limits {
    /// Bytes of text.
    pub bytes: usize,
    /// Values and keys as they are written.
    pub nodes: usize,
    /// Values and keys that aliases may add to those.
    pub aliased: usize,
    /// Lists and maps within each other, aliases followed.
    pub depth: usize,
    /// Mistakes that are told before the rest is given up.
    pub mistakes: usize,
}

impl Default for Limits {
    /// 8 MiB, half a million nodes, 100,000 more by alias, 64 levels, 1000 mistakes.
    fn default() -> Self {
        Self {
            bytes: 8 << 20,
            nodes: 500_000,
            aliased: 100_000,
            depth: Value::MOST_LEVELS,
            mistakes: 1000,
        }
    }
}
