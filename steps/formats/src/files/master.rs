//! MASTER.GLB: which postoffice this is (Q77926).

use super::block::Block;
use super::corrupt::Corrupt;
use super::field::{Reader, Writer};
use super::text::Text;
use crate::address::PostofficeName;

/// MASTER.GLB: 176 bytes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Master {
    /// The postoffice.
    pub name: PostofficeName,
    /// The version of its database: 3 and 2 for 3.2.
    pub version: (u8, u8),
    /// Whether it is the dir-sync server.
    pub is_server: bool,
    /// Whether users are shown the Global Address List; REBUILD switches it on (Q102017).
    pub global_list: bool,
    /// The serial number of its software: `22-28798`. No two postoffices may have the same
    /// (Q151228).
    pub serial: Text<15>,
}

impl Block for Master {
    const FILE: &'static str = "MASTER.GLB";
    const SIZE: usize = 176;
    const SEALED: bool = true;

    fn write(&self, into: &mut Writer) {
        into.raw(b"MSTR").postoffice(Some(&self.name));
        into.byte(self.version.0).byte(self.version.1);
        into.byte(self.is_server.into());
        into.byte(self.global_list.into()).text(&self.serial);
    }

    fn read(from: &mut Reader<'_>) -> Result<Self, Corrupt> {
        from.magic(b"MSTR")?;
        Ok(Self {
            name: from.postoffice()?,
            version: (from.byte()?, from.byte()?),
            is_server: from.flag()?,
            global_list: from.flag()?,
            serial: from.text()?,
        })
    }
}
