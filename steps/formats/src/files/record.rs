//! The queues of transactions: REQTRANS, MSTTRANS, SRVTRANS, USRTRANS, NMETRANS, GWTRANS, TMPTRANS
//! and SRVUPDS, all .GLB.
//!
//! A record is a header of 24 bytes, its text in the import-file format, and a zero. The header
//! holds the CRC-16, date and sync number that LISTQ prints (Q96060); its size follows from the
//! files of 49 and 60 bytes in Q133428 and Q110496, its layout is inferred. In MSTTRANS the numbers
//! are the server's; everywhere else they are the requestor's.

use super::code_page;
use super::corrupt::Corrupt;
use super::crc::crc16;
use super::field::{Reader, Writer};

/// Bytes before a record's text.
pub const HEADER: usize = 24;

/// One record.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Record {
    /// When it was queued, in seconds since 1970.
    pub stamp: u32,
    /// Its sync number.
    pub number: u32,
    /// Its text; a change of several lines has line feeds between them. At most 65,535 characters
    /// of code page 850.
    pub text: String,
}

/// A queue that can be read only so far. What stands before the break is good, and the tools go on
/// with that (Q103421).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Broken {
    /// The records before the break.
    pub before: Vec<Record>,
    /// What is wrong, and where.
    pub corrupt: Corrupt,
}

impl Record {
    /// The check sum LISTQ prints (Q96060).
    #[must_use]
    pub fn crc(&self) -> u16 {
        let mut into = Writer::default();
        self.write_guarded(&mut into);
        crc16(&into.into_bytes())
    }

    fn write_guarded(&self, into: &mut Writer) {
        let text = self.bytes();
        let length = u16::try_from(text.len()).unwrap_or(u16::MAX);
        into.word(length).long(self.stamp).long(self.number);
        into.raw(&[0; HEADER - 12]).raw(&text).byte(0);
    }

    fn bytes(&self) -> Vec<u8> {
        let mut bytes = code_page::bytes(&self.text);
        bytes.truncate(usize::from(u16::MAX));
        bytes
    }

    fn read(from: &mut Reader<'_>) -> Result<Self, Corrupt> {
        let at = from.at();
        let sum = from.word()?;
        let length = from.word()?;
        let (stamp, number) = (from.long()?, from.long()?);
        from.zeros_to(at + HEADER)?;
        let text = from.raw(usize::from(length))?;
        if from.byte()? != 0 || text.contains(&0) {
            return Err(from.corrupt_at(at + HEADER, "a text that ends with a zero"));
        }
        let record = Self {
            stamp,
            number,
            text: code_page::text(text),
        };
        match record.crc() {
            crc if crc == sum => Ok(record),
            crc => Err(from.corrupt_at(at, format!("the CRC {crc:04X}"))),
        }
    }
}

/// The bytes of a queue.
#[must_use]
pub fn encode<'r>(records: impl IntoIterator<Item = &'r Record>) -> Vec<u8> {
    let mut bytes = Vec::new();
    for record in records {
        let mut guarded = Writer::default();
        record.write_guarded(&mut guarded);
        let guarded = guarded.into_bytes();
        bytes.extend(crc16(&guarded).to_le_bytes());
        bytes.extend(guarded);
    }
    bytes
}

/// Reads a queue. `file` is its name, for what is said of it.
///
/// # Errors
/// What stands before the first break, and what is wrong there.
pub fn decode(file: &'static str, bytes: &[u8]) -> Result<Vec<Record>, Broken> {
    let mut from = Reader::new(file, bytes);
    let mut records = Vec::new();
    while from.rest() > 0 {
        match Record::read(&mut from) {
            Ok(record) => records.push(record),
            Err(corrupt) => {
                return Err(Broken {
                    before: records,
                    corrupt,
                });
            }
        }
    }
    Ok(records)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn queue() -> Vec<Record> {
        let texts = [
            "R PCM:NORTH/SALES",
            "A Müller, Zoë                    PCM:NORTH/SALES/ZOE",
            "M Old Name                       PCM:NORTH/SALES/ZOE\n  New Name                       \
             PCM:NORTH/SALES/ZOE",
        ];
        let records = texts.iter().zip(1..).map(|(text, number)| Record {
            stamp: 886_060_800,
            number,
            text: (*text).to_owned(),
        });
        records.collect()
    }

    #[test]
    fn dummies_have_the_documented_sizes() {
        let size = |text: &str| {
            let record = Record {
                stamp: 0,
                number: 7,
                text: text.to_owned(),
            };
            encode([&record]).len()
        };
        assert_eq!(size("# Last record processed."), 49, "Q133428");
        assert_eq!(size("# Dummy record installed by PODIAG."), 60, "Q110496");
    }

    #[test]
    fn a_queue_is_read_back() {
        assert_eq!(decode("REQTRANS.GLB", &[]), Ok(Vec::new()));
        let bytes = encode(&queue());
        assert_eq!(decode("REQTRANS.GLB", &bytes), Ok(queue()));
    }

    #[test]
    fn a_queue_is_good_up_to_its_break() {
        let mut bytes = encode(&queue());
        let second = 24 + 17 + 1;
        bytes[second + 30] ^= 0x20;
        let broken = decode("REQTRANS.GLB", &bytes).unwrap_err();
        assert_eq!(broken.before, queue()[..1]);
        assert_eq!(broken.corrupt.offset, second as u64);
        let whole = encode(&queue());
        for length in 1..whole.len() {
            let read = decode("REQTRANS.GLB", &whole[..length]);
            let read = read.unwrap_or_else(|it| it.before);
            assert!(read.len() < 3, "{length} bytes");
            assert_eq!(read, queue()[..read.len()]);
        }
    }
}
