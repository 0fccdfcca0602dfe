//! TID.GLB: the last tuple id given to an entry of an address list (Q77926).

use super::block::Block;
use super::corrupt::Corrupt;
use super::field::{Reader, Writer};

/// TID.GLB: 4 bytes.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Tid {
    /// The last id.
    pub last: u32,
}

impl Block for Tid {
    const FILE: &'static str = "TID.GLB";
    const SIZE: usize = 4;
    const SEALED: bool = false;

    fn write(&self, into: &mut Writer) {
        into.long(self.last);
    }

    fn read(from: &mut Reader<'_>) -> Result<Self, Corrupt> {
        let last = from.long()?;
        Ok(Self { last })
    }
}
