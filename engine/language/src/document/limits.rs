//! How much of a text is read before it is taken for an attack or an accident.

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
}

impl Default for Limits {
    /// 64 MiB, 8 million nodes, 100,000 more by alias, 128 levels.
    fn default() -> Self {
        Self {
            bytes: 64 << 20,
            nodes: 8_000_000,
            aliased: 100_000,
            depth: 128,
        }
    }
}
