//! A hash that is the same in every version of the program.

/// The FNV-1a hash with its published constants: plenty for telling files apart and for a toy
/// secret, and no more.
pub(crate) fn fnv1a(bytes: &[u8]) -> u64 {
    bytes.iter().fold(0xcbf2_9ce4_8422_2325, |hash, byte| {
        (hash ^ u64::from(*byte)).wrapping_mul(0x0100_0000_01b3)
    })
}
