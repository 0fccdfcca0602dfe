//! An attachment: `ATT\AT<x>\<8 hexadecimal digits>.ATT`, in the directory of its last digit; not in
//! plain (Q77926). The layout is inferred.

use super::corrupt::Corrupt;
use super::mai;

/// The path of attachment number so-and-so.
#[must_use]
pub fn path(number: u32) -> String {
    format!(r"ATT\AT{:X}\{number:08X}.ATT", number % 16)
}

/// The bytes of the file with this number, which holds `content`.
#[must_use]
pub fn encode(number: u32, content: &[u8]) -> Vec<u8> {
    mai::envelop(b"ATT1", number, content)
}

/// What the file with this number holds.
///
/// # Errors
/// The first place that is not as it should be.
pub fn decode(number: u32, bytes: &[u8]) -> Result<Vec<u8>, Corrupt> {
    mai::develop("an attachment (.ATT)", b"ATT1", number, bytes)
}
