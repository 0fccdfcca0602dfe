//! One transaction in a message: its number, then a record of the import file.

use std::fmt;

use crate::import_file::entry::{Entry, Layout};
use crate::import_file::record::{self, Change, Record};
use crate::import_file::refusal::Refusal;
use crate::import_file::template::Information;

/// The digits of a number that our tools write (Q118298).
const DIGITS: usize = 10;

/// A transaction with its number.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Line {
    /// The sync number.
    pub number: u32,
    /// What changes.
    pub record: Record,
    /// How many digits the number is written with (Q106623 has four).
    digits: usize,
    /// Whether the code is left out, as in the sample of Q118298; it is an addition then.
    bare: bool,
}

impl Line {
    /// A transaction as our tools write it.
    #[must_use]
    pub fn new(number: u32, record: Record) -> Self {
        Self {
            number,
            record,
            digits: DIGITS,
            bare: false,
        }
    }

    /// Reads a transaction with all its lines.
    ///
    /// # Errors
    /// The message that IMPORT gives; 124 if it has no number.
    pub fn parse(text: &str) -> Result<Self, Refusal> {
        let mut lines = read_all(text.lines().enumerate().map(|(at, line)| (at + 1, line)))?;
        match (lines.pop(), lines.is_empty()) {
            (Some(line), true) => Ok(line),
            _ => Err(Refusal::new(124, text)),
        }
    }

    /// Reads its first line; of a modification, with its second.
    fn begin(text: &str, second: Option<&str>) -> Result<Self, Refusal> {
        let wrong = || Refusal::new(124, text);
        let end = text.find(' ').ok_or_else(wrong)?;
        let (digits, rest) = (&text[..end], text[end..].trim_start());
        let number = digits
            .parse()
            .ok()
            .filter(|_| end <= DIGITS)
            .ok_or_else(wrong)?;
        let coded =
            rest.starts_with(['A', 'D', 'M', 'R', 'T', '#']) && rest[1..].starts_with([' ', '\t']);
        let record = match coded {
            true => Record::begin(rest, second, Layout::Printed)?,
            false => Record::new(Change::Add(Entry::parse(rest, Layout::Printed)?)),
        };
        Ok(Self {
            number,
            record,
            digits: end,
            bare: !coded,
        })
    }
}

impl fmt::Display for Line {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let width = self.digits;
        let record = self.record.to_string();
        let record = match self.bare {
            true => record.strip_prefix("A ").unwrap_or(&record),
            false => &record,
        };
        write!(f, "{:0width$} {record}", self.number)
    }
}

/// Whether a line begins with a number, as every transaction does.
fn begins(line: &str) -> bool {
    let number = line.split(' ').next().unwrap_or_default();
    !number.is_empty() && number.bytes().all(|it| it.is_ascii_digit())
}

/// Reads transactions, each with the lines that belong to it.
pub(super) fn read_all<'t>(
    lines: impl Iterator<Item = (usize, &'t str)>,
) -> Result<Vec<Line>, Refusal> {
    let mut read: Vec<Line> = Vec::new();
    let mut lines = lines.filter(|(_, line)| !line.trim().is_empty()).peekable();
    while let Some((at, line)) = lines.next() {
        let goes_on = Information::is(line, Layout::Printed) || line.starts_with(' ');
        let result = match read.last_mut() {
            Some(last) if goes_on => last.record.go_on(line, Layout::Printed),
            _ => {
                let modify = line
                    .split_once(' ')
                    .is_some_and(|(_, it)| record::is_modify(it));
                let second = modify
                    .then(|| {
                        lines.next_if(|(_, it)| {
                            record::is_second(it, Layout::Printed) && !begins(it)
                        })
                    })
                    .flatten();
                Line::begin(line, second.map(|(_, it)| it)).map(|line| read.push(line))
            }
        };
        result.map_err(|refusal| refusal.at(at))?;
    }
    match read.iter().find(|line| line.record.is_half()) {
        Some(half) => Err(Refusal::new(21, &half.to_string())),
        None => Ok(read),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::log::squeezed;

    #[test]
    fn transactions_are_printed_as_they_were_read() {
        for text in [
            "1200 A Martin, Robert PCM:net/po/rmartin",
            "0000000645 User Number 1                    PCM:NETWORK/POSTOFFICE/USER1\n\
             - Phone:/(206) 635-7022\n- FAX:/(206) 635-7022",
            "7 M Doe, John PCM:N/P/JDOE\n  Doe, J PCM:N/P/JD\n- Phone:/1",
        ] {
            let read = Line::parse(text).unwrap();
            assert_eq!(squeezed(&read.to_string()), squeezed(text));
        }
        for wrong in [
            "A Martin, Robert PCM:net/po/rmartin",
            "12o0 A Doe PCM:n/p/d",
            "1200 A Doe PCM:n/p",
        ] {
            assert!(Line::parse(wrong).is_err(), "{wrong}");
        }
    }
}
