//! LISTQ: the records of a queue, with checksum (`-c`) and date (`-t`) (Q96060, Q110496).

use std::fmt;

use super::Listing;
use crate::form::Form;
use crate::import_file::entry::Layout;
use crate::import_file::record::Record;
use crate::stamp::long;

/// The lines around the records.
const FORMS: &[Form] = &[
    Form("Examining {po} Dirsync transaction file: {file}"),
    Form("Checking CRC..."),
    Form("CRC Date stamp Sync# Transaction"),
    Form("Item Sync No. Transaction"),
    Form("------ ---------- ----------------------------------------------"),
    Form("End of Queue"),
];

/// One record.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Row {
    /// The checksum, four digits of base sixteen.
    pub crc: Option<u16>,
    /// When it was queued: `Thu Apr 07 12:13:52 1994`.
    pub stamp: Option<String>,
    /// The place in the queue, which another version prints (Q110496).
    pub item: Option<u32>,
    /// The sync number; six digits, with the place ten.
    pub number: u32,
    /// The transaction.
    pub record: Record,
}

impl Row {
    /// Reads a row.
    ///
    /// # Errors
    /// Says what is not as LISTQ has it.
    pub fn parse(text: &str) -> Result<Self, String> {
        let (first, rest) = word(text)?;
        let (second, after) = word(rest)?;
        if let (Some(item), Some(number)) = (plain(first), wide(second, 10)) {
            return Self::new(None, None, Some(item), number, after);
        }
        let crc = u16::from_str_radix(first, 16).ok();
        let crc = crc.filter(|crc| first == format!("{crc:04X}"));
        let rest = if crc.is_some() { rest } else { text.trim() };
        let (stamp, rest) = dated(rest);
        let (number, after) = word(rest)?;
        let number =
            wide(number, 6).ok_or_else(|| format!("`{number}` is no number of six digits"))?;
        Self::new(crc, stamp, None, number, after)
    }

    fn new(
        crc: Option<u16>,
        stamp: Option<&str>,
        item: Option<u32>,
        number: u32,
        text: &str,
    ) -> Result<Self, String> {
        let record = Record::parse(text, Layout::Printed).map_err(|refusal| refusal.to_string())?;
        Ok(Self {
            crc,
            stamp: stamp.map(str::to_owned),
            item,
            number,
            record,
        })
    }
}

impl fmt::Display for Row {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if let Some(item) = self.item {
            return write!(f, "{item:<6} {:010} {}", self.number, self.record);
        }
        if let Some(crc) = self.crc {
            write!(f, "{crc:04X} ")?;
        }
        if let Some(stamp) = &self.stamp {
            write!(f, "{stamp} ")?;
        }
        write!(f, "{:06} {}", self.number, self.record)
    }
}

/// A line of a queue's listing.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Line {
    /// A record.
    Row(Row),
    /// A line around the records.
    Other(Listing),
}

impl Line {
    /// Reads a line.
    ///
    /// # Errors
    /// Says what is not as LISTQ has it.
    pub fn parse(text: &str) -> Result<Self, String> {
        match Listing::read(FORMS, text) {
            Ok(listing) => Ok(Self::Other(listing)),
            Err(_) => Row::parse(text).map(Self::Row),
        }
    }
}

impl fmt::Display for Line {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Row(row) => row.fmt(f),
            Self::Other(listing) => listing.fmt(f),
        }
    }
}

/// The date at the beginning, if there is one, and what comes after it.
fn dated(text: &str) -> (Option<&str>, &str) {
    let mut ends = text.match_indices(' ').map(|(at, _)| at);
    let end = ends.find(|end| long::is(text[..*end].trim()));
    end.map_or((None, text), |end| {
        (Some(text[..end].trim()), text[end..].trim_start())
    })
}

fn word(text: &str) -> Result<(&str, &str), String> {
    let text = text.trim();
    let parts = text.split_once([' ', '\t']);
    let (word, rest) = parts.ok_or_else(|| format!("nothing follows `{text}`"))?;
    Ok((word, rest.trim_start()))
}

fn plain(text: &str) -> Option<u32> {
    let number: u32 = text.parse().ok()?;
    (number.to_string() == text).then_some(number)
}

/// A number of at least so many digits, with zeros before it.
fn wide(text: &str, width: usize) -> Option<u32> {
    let number: u32 = text.parse().ok()?;
    (format!("{number:0width$}") == text).then_some(number)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::log::squeezed;

    #[test]
    fn rows_are_printed_as_they_were_read() {
        for line in [
            "FB16 Thu Apr 07 12:13:52 1994 000001 R PCM:POLYNOMIAL/MONTGOMERY",
            "16F9 Thu Apr 07 12:13:52 1994 000006 A Mark \tPCM:POLYNOMIAL/MONTGOMERY/mark",
            "Thu Apr 07 12:13:52 1994 000006 A Mark \tPCM:POLYNOMIAL/MONTGOMERY/mark",
            "16F9 000006 A Mark \tPCM:POLYNOMIAL/MONTGOMERY/mark",
            "000006 A Mark \tPCM:POLYNOMIAL/MONTGOMERY/mark",
            "1      0000000017 # Dummy record installed by PODIAG.<00>",
            "Examining POLYNOMIAL/MONTGOMERY Dirsync transaction file: REQTRANS",
        ] {
            let read = Line::parse(line).unwrap_or_else(|why| panic!("{line}: {why}"));
            assert_eq!(squeezed(&read.to_string()), squeezed(line));
        }
        for wrong in [
            "FB1G Thu Apr 07 12:13:52 1994 000001 R PCM:POLYNOMIAL/MONTGOMERY",
            "FB16 Fri Apr 07 12:13:52 1994 000001 R PCM:POLYNOMIAL/MONTGOMERY",
            "FB16 Thu Apr 07 12:13:52 1994 00001 R PCM:POLYNOMIAL/MONTGOMERY",
            "FB16 Thu Apr 07 12:13:52 1994 000001 R PCM:POLYNOMIALS/MONTGOMERY",
        ] {
            assert!(Line::parse(wrong).is_err(), "{wrong}");
        }
    }
}
