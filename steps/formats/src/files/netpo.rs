//! NETPO.GLB and GALNETPO.GLB: which list and which mailbag belong to a postoffice's name.
//!
//! Four bytes with the number of entries, and 43 for each (Q77926, Q135486). That both have the
//! same entries is inferred.

use super::block::{Block, rows};
use super::corrupt::Corrupt;
use super::field::{Reader, Writer};
use crate::address::PostofficeName;

const HEAD: usize = 4;

/// One postoffice.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Known {
    /// Its name.
    pub name: PostofficeName,
    /// The number of its .USR file.
    pub usr: u32,
    /// The number of its mailbag.
    pub mailbag: u32,
    /// How many names its list has.
    pub names: u32,
}

/// The bytes of the file.
#[must_use]
pub fn encode(known: &[Known]) -> Vec<u8> {
    let count = u32::try_from(known.len()).unwrap_or(u32::MAX);
    let mut bytes = count.to_le_bytes().to_vec();
    bytes.extend(rows::encode(known));
    bytes
}

/// Reads the file.
///
/// # Errors
/// The first place that is not as it should be.
pub fn decode(bytes: &[u8]) -> Result<Vec<Known>, Corrupt> {
    let mut head = Reader::new(Known::FILE, bytes);
    let count = head.long()?;
    let known: Vec<Known> = rows::decode(bytes, HEAD)?;
    if known.len() == count as usize {
        return Ok(known);
    }
    let expected = format!("the number of entries that follow: {}", known.len());
    Err(head.corrupt_at(0, expected))
}

impl Block for Known {
    const FILE: &'static str = "NETPO.GLB or GALNETPO.GLB";
    const SIZE: usize = 43;
    const SEALED: bool = false;

    fn write(&self, into: &mut Writer) {
        into.postoffice(Some(&self.name)).long(self.usr);
        into.long(self.mailbag).long(self.names);
    }

    fn read(from: &mut Reader<'_>) -> Result<Self, Corrupt> {
        Ok(Self {
            name: from.postoffice()?,
            usr: from.long()?,
            mailbag: from.long()?,
            names: from.long()?,
        })
    }
}
