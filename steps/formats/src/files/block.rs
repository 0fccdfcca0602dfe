//! What has a fixed size: a whole file, or one row of many in a file.

use super::corrupt::Corrupt;
use super::field::{Reader, Writer};
use super::seal;

/// A value with an encoding of a fixed size.
pub trait Block: Sized {
    /// The file, as Q77926 lists it.
    const FILE: &'static str;
    /// Its bytes.
    const SIZE: usize;
    /// Whether its last two bytes are the CRC-16 of those before them. Inferred.
    const SEALED: bool;

    /// Writes the fields.
    fn write(&self, into: &mut Writer);

    /// Reads the fields.
    ///
    /// # Errors
    /// The first place that is not as it should be.
    fn read(from: &mut Reader<'_>) -> Result<Self, Corrupt>;

    /// The bytes: [`Block::SIZE`] of them.
    fn encode(&self) -> Vec<u8> {
        let mut into = Writer::default();
        self.write(&mut into);
        into.pad_to(Self::SIZE);
        let mut bytes = into.into_bytes();
        if Self::SEALED {
            seal::close(&mut bytes);
        }
        bytes
    }

    /// Reads the bytes of a whole file.
    ///
    /// # Errors
    /// The first place that is not as it should be; of a wrong size, where the file should end.
    fn decode(bytes: &[u8]) -> Result<Self, Corrupt> {
        if bytes.len() != Self::SIZE {
            return Err(Corrupt {
                file: Self::FILE,
                offset: bytes.len().min(Self::SIZE) as u64,
                expected: format!("a size of {} bytes, not {}", Self::SIZE, bytes.len()),
            });
        }
        one(bytes, 0)
    }
}

/// Reads the block at an offset of a file, which must be long enough.
pub(crate) fn one<B: Block>(bytes: &[u8], offset: usize) -> Result<B, Corrupt> {
    let read = || {
        let block = &bytes[offset..offset + B::SIZE];
        if B::SEALED {
            seal::check(B::FILE, block)?;
        }
        let end = if B::SEALED { B::SIZE - 2 } else { B::SIZE };
        let mut reader = Reader::new(B::FILE, block);
        let value = B::read(&mut reader)?;
        reader.zeros_to(end)?;
        Ok(value)
    };
    read().map_err(|it: Corrupt| Corrupt {
        offset: it.offset + offset as u64,
        ..it
    })
}

/// Blocks one after the other.
pub mod rows {
    use super::{Block, Corrupt, one};

    /// The bytes of all rows.
    #[must_use]
    pub fn encode<B: Block>(rows: &[B]) -> Vec<u8> {
        rows.iter().flat_map(Block::encode).collect()
    }

    /// Reads rows to the end of a file, whose first `head` bytes are something else.
    ///
    /// # Errors
    /// The first place that is not as it should be; of a wrong size, where the last whole row ends.
    pub fn decode<B: Block>(bytes: &[u8], head: usize) -> Result<Vec<B>, Corrupt> {
        let rest = bytes.len().checked_sub(head);
        let Some(rest) = rest.filter(|rest| rest.is_multiple_of(B::SIZE)) else {
            let whole = rest.map_or(0, |rest| head + rest / B::SIZE * B::SIZE);
            let head = if head > 0 {
                format!("{head} + ")
            } else {
                String::new()
            };
            return Err(Corrupt {
                file: B::FILE,
                offset: whole as u64,
                expected: format!(
                    "a size of {head}{} bytes a row, not {}",
                    B::SIZE,
                    bytes.len()
                ),
            });
        };
        let rows = 0..rest / B::SIZE;
        rows.map(|row| one(bytes, head + row * B::SIZE)).collect()
    }
}
