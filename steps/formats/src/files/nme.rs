//! The address lists under NME: ADMIN.NME, ADMINSHD.NME, GAL.NME and those of gateways.
//!
//! 45 bytes an entry (Q77926): name, mailbox, and what an entry is.

use super::block::Block;
use super::corrupt::Corrupt;
use super::field::{Reader, Writer};
use super::text::Text;

/// One entry of an address list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entry {
    /// What it stands for.
    pub kind: Kind,
    /// The full name.
    pub name: Text<30>,
    /// The mailbox within its postoffice; empty for an address of a gateway, which does not fit.
    pub mailbox: Text<10>,
    /// In GAL.NME the postoffice: its place in GALNETPO.GLB from 1, or 0 for the own one. In
    /// ADMIN.NME 1 for a user who takes part in dir-sync. In a gateway's list the place of the
    /// address. Inferred.
    pub place: u16,
}

/// What an entry stands for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Kind {
    /// A user of this postoffice.
    Local = 1,
    /// A user of another postoffice.
    Remote = 2,
    /// A group of this postoffice.
    Group = 3,
    /// A user behind a gateway.
    Gateway = 4,
}

impl Block for Entry {
    const FILE: &'static str = "an address list (.NME)";
    const SIZE: usize = 45;
    const SEALED: bool = false;

    fn write(&self, into: &mut Writer) {
        into.byte(self.kind as u8);
        into.text(&self.name).text(&self.mailbox).word(self.place);
    }

    fn read(from: &mut Reader<'_>) -> Result<Self, Corrupt> {
        let kind = match from.byte()? {
            1 => Kind::Local,
            2 => Kind::Remote,
            3 => Kind::Group,
            4 => Kind::Gateway,
            _ => return Err(from.corrupt_at(0, "1 to 4, for what the entry stands for")),
        };
        Ok(Self {
            kind,
            name: from.text()?,
            mailbox: from.text()?,
            place: from.word()?,
        })
    }
}
