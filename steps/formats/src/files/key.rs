//! A mailbag's .KEY file: which headers of the .MBG file beside it hold a message.
//!
//! 560 bytes, a bit for each of at most 4,096 messages (Q163020). Reset, it is 560 zeros (Q104279),
//! so the zeros are an empty mailbag; that the first bytes count messages and headers is inferred.

use std::collections::BTreeSet;

use super::block::Block;
use super::corrupt::Corrupt;
use super::field::{Reader, Writer};

/// The most messages a mailbag holds.
pub const MOST: u16 = 4096;

const HEAD: usize = 48;

/// A .KEY file.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Key {
    slots: BTreeSet<u16>,
}

impl Key {
    /// The key of a mailbag whose messages are in these headers, counted from 0.
    ///
    /// # Errors
    /// A header that is beyond the last there can be.
    pub fn of(slots: impl IntoIterator<Item = u16>) -> Result<Self, u16> {
        let slots: BTreeSet<u16> = slots.into_iter().collect();
        match slots.last() {
            Some(last) if *last >= MOST => Err(*last),
            _ => Ok(Self { slots }),
        }
    }

    /// The headers that hold a message, in order.
    pub fn slots(&self) -> impl Iterator<Item = u16> {
        self.slots.iter().copied()
    }

    /// How many messages there are.
    #[must_use]
    pub fn messages(&self) -> usize {
        self.slots.len()
    }

    /// The first header that is free; none in a full mailbag.
    #[must_use]
    pub fn free(&self) -> Option<u16> {
        (0..MOST).find(|slot| !self.slots.contains(slot))
    }
}

impl Block for Key {
    const FILE: &'static str = "a mailbag's .KEY";
    const SIZE: usize = 560;
    const SEALED: bool = false;

    fn write(&self, into: &mut Writer) {
        let messages = u16::try_from(self.slots.len()).unwrap_or(MOST);
        into.word(messages).pad_to(HEAD);
        let mut bits = [0; MOST as usize / 8];
        for slot in self.slots() {
            bits[usize::from(slot / 8)] |= 1 << (slot % 8);
        }
        into.raw(&bits);
    }

    fn read(from: &mut Reader<'_>) -> Result<Self, Corrupt> {
        let messages = from.word()?;
        from.zeros_to(HEAD)?;
        let bits = from.raw(usize::from(MOST) / 8)?;
        let is_set = |slot: &u16| bits[usize::from(slot / 8)] & 1 << (slot % 8) != 0;
        let slots: BTreeSet<u16> = (0..MOST).filter(is_set).collect();
        if slots.len() != usize::from(messages) {
            let expected = format!("the number of bits that are set: {}", slots.len());
            return Err(from.corrupt_at(0, expected));
        }
        Ok(Self { slots })
    }
}
