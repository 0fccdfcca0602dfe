//! An envelope under P1: a message on its way to other postoffices (Q119642).
//!
//! Its size is not documented; here it is 128 bytes.

use super::block::Block;
use super::corrupt::Corrupt;
use super::field::{Reader, Writer};
use crate::address::Address;

/// An envelope: `<8 hexadecimal digits>.P1`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Envelope {
    /// Who sends it.
    pub from: Address,
    /// Who is to have it.
    pub to: Address,
    /// The number of its body, under MAI.
    pub body: u32,
    /// When it was written, in seconds since 1970.
    pub written: u32,
    /// Its size in bytes, attachments too.
    pub size: u32,
    /// How often it was tried in vain (Q119884).
    pub retries: u8,
}

impl Block for Envelope {
    const FILE: &'static str = "an envelope (.P1)";
    const SIZE: usize = 128;
    const SEALED: bool = true;

    fn write(&self, into: &mut Writer) {
        into.raw(b"P1").address(&self.from).address(&self.to);
        into.long(self.body).long(self.written).long(self.size);
        into.byte(self.retries);
    }

    fn read(from: &mut Reader<'_>) -> Result<Self, Corrupt> {
        from.magic(b"P1")?;
        Ok(Self {
            from: from.address()?,
            to: from.address()?,
            body: from.long()?,
            written: from.long()?,
            size: from.long()?,
            retries: from.byte()?,
        })
    }
}
