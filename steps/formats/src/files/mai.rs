//! A message's body: `MAI\MA<x>\<8 hexadecimal digits>.MAI`, in the directory of its last digit
//! (Q100826).
//!
//! It begins with what is needed to read it, then come the header of the message, the list of its
//! attachments and its text, none in plain. The layout is inferred.

use super::cipher;
use super::corrupt::Corrupt;
use super::crc::crc16;
use super::field::{Reader, Writer};
use super::text::Text;
use super::{code_page, date};
use crate::address::Address;
use runsheet_step::Moment;

const FILE: &str = "a body (.MAI)";

/// A message's body.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Body {
    /// Who wrote it.
    pub from: Address,
    /// Who is to have it.
    pub to: Address,
    /// When it was written, to the millisecond.
    pub written: Moment,
    /// The whole subject.
    pub subject: Text<255>,
    /// Its attachments.
    pub attachments: Vec<Attached>,
    /// Its text; lines end with a line feed here and with CR LF in the file.
    pub text: String,
}

/// An attachment, as its message names it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Attached {
    /// The number of its file, under ATT.
    pub number: u32,
    /// Its name: `DSSERVER.LOG`.
    pub name: Text<12>,
    /// Its size in bytes.
    pub size: u32,
}

/// The path of body number so-and-so.
#[must_use]
pub fn path(number: u32) -> String {
    format!(r"MAI\MA{:X}\{number:08X}.MAI", number % 16)
}

/// The bytes of the file with this number.
#[must_use]
pub fn encode(number: u32, body: &Body) -> Vec<u8> {
    let mut into = Writer::default();
    into.address(&body.from).address(&body.to);
    into.long(date::seconds(body.written));
    into.word(u16::try_from(body.written.0.rem_euclid(1000)).unwrap_or(0));
    into.text(&body.subject);
    into.word(u16::try_from(body.attachments.len()).unwrap_or(u16::MAX));
    for attached in &body.attachments {
        into.long(attached.number).text(&attached.name);
        into.long(attached.size);
    }
    into.raw(&code_page::bytes(&body.text.replace('\n', "\r\n")));
    envelop(b"MAI1", number, &into.into_bytes())
}

/// Reads the file with this number.
///
/// # Errors
/// The first place that is not as it should be.
pub fn decode(number: u32, bytes: &[u8]) -> Result<Body, Corrupt> {
    let bytes = develop(FILE, b"MAI1", number, bytes)?;
    let mut from = Reader::new(FILE, &bytes);
    let (sender, to) = (from.address()?, from.address()?);
    let (seconds, millis) = (from.long()?, from.word()?);
    let subject = from.text()?;
    let count = from.word()?;
    let mut attached = || {
        Ok(Attached {
            number: from.long()?,
            name: from.text()?,
            size: from.long()?,
        })
    };
    let attachments = (0..count)
        .map(|_| attached())
        .collect::<Result<_, Corrupt>>()?;
    let text = code_page::text(from.raw(from.rest())?);
    Ok(Body {
        from: sender,
        to,
        written: Moment(i64::from(seconds) * 1000 + i64::from(millis)),
        subject,
        attachments,
        text: text.replace("\r\n", "\n"),
    })
}

/// Magic, CRC-16 of what is in it and its length in plain; the rest not.
pub(crate) fn envelop(magic: &[u8; 4], number: u32, content: &[u8]) -> Vec<u8> {
    let mut into = Writer::default();
    let length = u32::try_from(content.len()).unwrap_or(u32::MAX);
    into.raw(magic).word(crc16(content)).long(length);
    into.raw(&cipher::lay_over(number, content));
    into.into_bytes()
}

/// What [`envelop`] was given.
pub(crate) fn develop(
    file: &'static str,
    magic: &[u8; 4],
    number: u32,
    bytes: &[u8],
) -> Result<Vec<u8>, Corrupt> {
    let mut from = Reader::new(file, bytes);
    from.magic(magic)?;
    let (sum, length) = (from.word()?, from.long()?);
    if length as usize != from.rest() {
        return Err(from.corrupt_at(6, format!("a length of {}", from.rest())));
    }
    let content = cipher::lay_over(number, from.raw(from.rest())?);
    match crc16(&content) {
        crc if crc == sum => Ok(content),
        _ => Err(from.corrupt_at(4, "the CRC of what follows, under its own number")),
    }
}
