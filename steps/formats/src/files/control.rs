//! CONTROL.GLB: the counters that give bodies and attachments their names (Q77926).

use super::block::Block;
use super::corrupt::Corrupt;
use super::field::{Reader, Writer};

/// CONTROL.GLB: 8 bytes. A smaller one makes ADMIN give Notice 40 (Q114395).
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Control {
    /// The number of the last body, under MAI.
    pub bodies: u32,
    /// The number of the last attachment, under ATT.
    pub attachments: u32,
}

impl Block for Control {
    const FILE: &'static str = "CONTROL.GLB";
    const SIZE: usize = 8;
    const SEALED: bool = false;

    fn write(&self, into: &mut Writer) {
        into.long(self.bodies).long(self.attachments);
    }

    fn read(from: &mut Reader<'_>) -> Result<Self, Corrupt> {
        Ok(Self {
            bodies: from.long()?,
            attachments: from.long()?,
        })
    }
}
