//! A list under USR: the users of one other postoffice, 53 bytes each (Q77926).

use super::block::Block;
use super::corrupt::Corrupt;
use super::field::{Reader, Writer};
use super::text::Text;

/// One user of another postoffice.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Listed {
    /// The mailbox there.
    pub mailbox: Text<10>,
    /// The full name.
    pub name: Text<30>,
    /// The entry's tuple id.
    pub tid: u32,
    /// Where template information stands in the .INF file of this list.
    pub information: Option<u32>,
    /// Whether the entry is a group.
    pub group: bool,
}

impl Block for Listed {
    const FILE: &'static str = "a list of users (.USR)";
    const SIZE: usize = 53;
    const SEALED: bool = false;

    fn write(&self, into: &mut Writer) {
        into.text(&self.mailbox).text(&self.name).long(self.tid);
        into.pointer(self.information).byte(self.group.into());
    }

    fn read(from: &mut Reader<'_>) -> Result<Self, Corrupt> {
        Ok(Self {
            mailbox: from.text()?,
            name: from.text()?,
            tid: from.long()?,
            information: from.pointer()?,
            group: from.flag()?,
        })
    }
}
