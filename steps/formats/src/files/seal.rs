//! The check sum at the end of a block, by which a torn or changed one is told. Inferred.

use super::corrupt::Corrupt;
use super::crc::crc16;

/// Puts the check sum into the last two bytes.
pub(crate) fn close(bytes: &mut [u8]) {
    let end = bytes.len().saturating_sub(2);
    let (content, seal) = bytes.split_at_mut(end);
    seal.copy_from_slice(&crc16(content).to_le_bytes());
}

/// Compares the last two bytes with the check sum of those before them.
pub(crate) fn check(file: &'static str, bytes: &[u8]) -> Result<(), Corrupt> {
    let end = bytes.len().saturating_sub(2);
    let (content, seal) = bytes.split_at(end);
    let sum = crc16(content);
    if seal == sum.to_le_bytes() {
        return Ok(());
    }
    Err(Corrupt {
        file,
        offset: end as u64,
        expected: format!("the check sum {sum:04X}"),
    })
}
