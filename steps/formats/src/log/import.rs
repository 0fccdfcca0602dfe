//! IMPORT.LOG: what IMPORT refused, and why (Q117260).
//!
//! A message stands behind `#`, the record it is about below it, so that the file can be imported
//! again once it is mended.

use std::fmt;

use super::dirsync::Line;
use crate::import_file::entry::Layout;
use crate::import_file::record::Record;

/// A message and the record it is about.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entry {
    /// The message.
    pub line: Line,
    /// Whether it stands behind `#`; banners do not.
    pub marked: bool,
    /// The record.
    pub record: Option<Record>,
}

impl Entry {
    /// What IMPORT writes of a record it refuses.
    #[must_use]
    pub fn new(line: Line, record: Record) -> Self {
        Self {
            line,
            marked: true,
            record: Some(record),
        }
    }

    /// Reads a message with the record below it.
    ///
    /// # Errors
    /// Says what is not as IMPORT.LOG has it.
    pub fn parse(text: &str) -> Result<Self, String> {
        let text = text.trim();
        let (first, rest) = text.split_once('\n').unwrap_or((text, ""));
        let own = first.strip_prefix('#');
        let line = Line::parse(own.unwrap_or(first))?;
        let record = match rest.trim().is_empty() {
            true => None,
            false => Some(Record::parse(rest, Layout::Printed).map_err(|why| why.to_string())?),
        };
        let marked = own.is_some();
        match record {
            Some(_) if !marked => Err("a record follows a line without `#`".to_owned()),
            record => Ok(Self {
                line,
                marked,
                record,
            }),
        }
    }
}

impl fmt::Display for Entry {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mark = if self.marked { "#" } else { "" };
        write!(f, "{mark}{}", self.line)?;
        self.record
            .iter()
            .try_for_each(|record| write!(f, "\n{record}"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::log::squeezed;

    #[test]
    fn a_message_stands_above_its_record() {
        let text = "#04/14/94 15:25:24 | Error [ 29] Alias does not exist Fser Number 3 (3)\n\
            D Fser Number 3 SNADS:SNADSGATE/SNADSDGN/user3";
        let read = Entry::parse(text).unwrap();
        assert_eq!(squeezed(&read.to_string()), squeezed(text));
        assert!(read.record.is_some());
        assert!(Entry::parse(&text[1..]).is_err());
        assert!(Entry::parse(&text.replace("exist", "exit")).is_err());
        assert!(Entry::parse(&text.replace("SNADS:", "SNADZ:")).is_err());
    }
}
