//! FLAG.GLB: what ADMIN and IMPORT hold while they work, and by which External sees that lists
//! changed (Q131670, Q103421).

use super::block::Block;
use super::corrupt::Corrupt;
use super::field::{Reader, Writer};

/// FLAG.GLB: 2 bytes.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Flag {
    /// How often the lists were changed; begins again after 65,535.
    pub changes: u16,
}

impl Block for Flag {
    const FILE: &'static str = "FLAG.GLB";
    const SIZE: usize = 2;
    const SEALED: bool = false;

    fn write(&self, into: &mut Writer) {
        into.word(self.changes);
    }

    fn read(from: &mut Reader<'_>) -> Result<Self, Corrupt> {
        let changes = from.word()?;
        Ok(Self { changes })
    }
}
