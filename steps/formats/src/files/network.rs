//! NETWORK.GLB: the networks a postoffice knows, 122 bytes each (Q77926).

use super::block::Block;
use super::corrupt::Corrupt;
use super::field::{Reader, Writer};
use super::text::Text;

/// One network, and the .XTN file that defines its postoffices.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Network {
    /// Its name.
    pub name: Text<10>,
    /// The number of its .XTN file; eight hexadecimal digits there.
    pub xtn: u32,
    /// How its addresses are written: `PCM`, `SNADS`, `PROFS` or `OV`.
    pub kind: Text<7>,
}

impl Block for Network {
    const FILE: &'static str = "NETWORK.GLB";
    const SIZE: usize = 122;
    const SEALED: bool = false;

    fn write(&self, into: &mut Writer) {
        into.text(&self.name).long(self.xtn).text(&self.kind);
    }

    fn read(from: &mut Reader<'_>) -> Result<Self, Corrupt> {
        Ok(Self {
            name: from.text()?,
            xtn: from.long()?,
            kind: from.text()?,
        })
    }
}
