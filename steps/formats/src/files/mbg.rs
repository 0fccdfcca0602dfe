//! A mailbag's .MBG file: a header of 116 bytes for each message (Q77926).
//!
//! A header whose bit in the .KEY file is not set is free, whatever it holds; the file does not
//! shrink when a message is taken out (Q146113).

use std::collections::BTreeMap;

use super::block::{self, Block};
use super::corrupt::Corrupt;
use super::field::{Reader, Writer};
use super::key::Key;
use super::text::Text;
use crate::address::Address;

/// The messages of a mailbag, by the place of their header.
pub type Headers = BTreeMap<u16, Header>;

/// The bytes of the file: so many headers, those without a message zeros. Messages beyond them make
/// the file longer.
#[must_use]
pub fn encode(headers: &Headers, count: usize) -> Vec<u8> {
    let used = headers.last_key_value();
    let count = count.max(used.map_or(0, |(last, _)| usize::from(*last) + 1));
    let mut bytes = vec![0; count * Header::SIZE];
    for (slot, header) in headers {
        let at = usize::from(*slot) * Header::SIZE;
        bytes[at..at + Header::SIZE].copy_from_slice(&header.encode());
    }
    bytes
}

/// Reads the file of the mailbag with this key.
///
/// # Errors
/// The first place that is not as it should be: a wrong size, or no header where the key has one.
pub fn decode(key: &Key, bytes: &[u8]) -> Result<Headers, Corrupt> {
    let wrong = |offset: usize, expected: String| Corrupt {
        file: Header::FILE,
        offset: offset as u64,
        expected,
    };
    let torn = bytes.len() % Header::SIZE;
    if torn > 0 {
        let expected = format!("{} bytes a header, not {torn}", Header::SIZE);
        return Err(wrong(bytes.len() - torn, expected));
    }
    let header = |slot: u16| {
        let at = usize::from(slot) * Header::SIZE;
        if at >= bytes.len() {
            return Err(wrong(
                bytes.len(),
                format!("header {slot}, which the .KEY names"),
            ));
        }
        Ok((slot, block::one(bytes, at)?))
    };
    key.slots().map(header).collect()
}

/// The header of a message in a mailbag.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Header {
    /// The first 40 characters of the subject (Q156844).
    pub subject: Text<40>,
    /// Who sent it.
    pub from: Address,
    /// The number of its body, under MAI.
    pub body: u32,
    /// When it was written, in seconds since 1970.
    pub written: u32,
    /// Its size in bytes, attachments too.
    pub size: u32,
    /// How many attachments it has.
    pub attachments: u16,
    /// Whether it was read.
    pub read: bool,
}

impl Block for Header {
    const FILE: &'static str = "a mailbag's .MBG";
    const SIZE: usize = 116;
    const SEALED: bool = false;

    fn write(&self, into: &mut Writer) {
        into.text(&self.subject).address(&self.from);
        into.long(self.body).long(self.written).long(self.size);
        into.word(self.attachments).byte(self.read.into());
    }

    fn read(from: &mut Reader<'_>) -> Result<Self, Corrupt> {
        Ok(Self {
            subject: from.text()?,
            from: from.address()?,
            body: from.long()?,
            written: from.long()?,
            size: from.long()?,
            attachments: from.word()?,
            read: from.flag()?,
        })
    }
}
