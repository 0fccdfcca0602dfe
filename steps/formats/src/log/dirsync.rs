//! DIRSYNC.LOG: what a postoffice's tools did, for people (Q149271).

use std::fmt;

use super::{Message, Severity};
use crate::stamp::Stamp;

/// A line: `03/22/94 15:43:45 | Warning[ 27] Alias already exists Doe, John D` (Q118447).
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Line {
    /// When it was written.
    pub stamp: Stamp,
    /// What it says.
    pub message: Message,
    /// How the number is set.
    pub code: Code,
}

/// How a line sets the number of its message. Articles differ in the width.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Code {
    /// No brackets: status lines, and all lines of some printings (Q149271).
    Absent,
    /// `[  ]`: a line that goes on with the message above it (Q148705).
    Blank,
    /// `[ 27]`, `[158]`: right-aligned to three columns (Q118447).
    Aligned,
    /// `[91]`, `[081]`: as many digits as stand here (Q148705).
    Tight(u8),
    /// `[ 081]`: the same after a blank.
    Spaced(u8),
}

impl Line {
    /// The line that tools write: status messages without their number, others with it in three
    /// columns.
    #[must_use]
    pub fn new(stamp: Stamp, message: Message) -> Self {
        let code = match (message.severity, message.number) {
            (Severity::Status, _) => Code::Absent,
            (_, None) => Code::Blank,
            (_, Some(_)) => Code::Aligned,
        };
        Self {
            stamp,
            message,
            code,
        }
    }

    /// Reads a line.
    ///
    /// # Errors
    /// Says what is not as DIRSYNC.LOG has it: the stamp, the bar, the severity, the number, or a
    /// text that is not that number's.
    pub fn parse(line: &str) -> Result<Self, String> {
        let (stamp, rest) = super::begin(line)?;
        let (severity, rest) = severity(rest)?;
        let (code, number, text) = code(rest)?;
        let message = match number {
            Some(number) => Message::read(severity, number, text)?,
            None => Message::read_free(severity, text)?,
        };
        Ok(Self {
            stamp,
            message,
            code,
        })
    }
}

impl fmt::Display for Line {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Message {
            severity,
            number,
            text,
            ..
        } = &self.message;
        let code = self.code.print(number.unwrap_or_default());
        let line = format!("{} | {severity:<7}{code:<5} {text}", self.stamp);
        f.write_str(line.trim_end())
    }
}

impl Code {
    /// The number in its brackets.
    pub(super) fn print(self, number: u16) -> String {
        match self {
            Self::Absent => String::new(),
            Self::Blank => "[   ]".to_owned(),
            Self::Aligned => format!("[{number:>3}]"),
            Self::Tight(width) => format!("[{number:0width$}]", width = usize::from(width)),
            Self::Spaced(width) => format!("[ {number:0width$}]", width = usize::from(width)),
        }
    }

    /// How the inside of a pair of brackets is set, and the number there.
    pub(super) fn parse(inside: &str) -> Result<(Self, Option<u16>), String> {
        let digits = inside.trim_start_matches(' ');
        if digits.is_empty() && !inside.is_empty() {
            return Ok((Self::Blank, None));
        }
        let number = digits.parse().ok().filter(|_| digits.len() <= 4);
        let number: u16 = number.ok_or_else(|| format!("`[{inside}]` holds no number"))?;
        let width = digits.len() as u8;
        let plain = number.to_string().len() == digits.len();
        let code = match (inside.len() > digits.len(), plain) {
            (true, true) if width < 3 => Self::Aligned,
            (false, true) if width == 3 => Self::Aligned,
            (true, _) => Self::Spaced(width),
            (false, _) => Self::Tight(width),
        };
        Ok((code, Some(number)))
    }
}

/// The severity a text begins with, and what comes after it.
fn severity(text: &str) -> Result<(Severity, &str), String> {
    let end = text.find([' ', '[']).unwrap_or(text.len());
    let (word, rest) = text.split_at(end);
    let severity = Severity::ALL.into_iter().find(|it| it.word() == word);
    let severity =
        severity.ok_or_else(|| format!("`{word}` is none of Status, Warning, Error and Fatal"))?;
    Ok((severity, rest.trim_start()))
}

/// How the number of a line is set, the number, and the text after it.
fn code(rest: &str) -> Result<(Code, Option<u16>, &str), String> {
    let Some(inside) = rest.strip_prefix('[') else {
        return Ok((Code::Absent, None, rest));
    };
    let closed = inside.split_once(']');
    let (inside, text) = closed.ok_or_else(|| format!("`{rest}` has no closing bracket"))?;
    let apart = text.is_empty() || text.starts_with([' ', '\t']);
    let text = apart.then(|| text.trim());
    let text = text.ok_or_else(|| format!("no space after `[{inside}]`"))?;
    let (code, number) = Code::parse(inside)?;
    Ok((code, number, text))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::log::squeezed;

    #[test]
    fn lines_are_printed_as_they_were_read() {
        for line in [
            "03/22/94 15:43:25 | Status       Microsoft (R) Mail Import V3.2",
            "03/22/94 15:43:45 | Warning[ 27] Alias already exists Doe, John D",
            "06/12/95 16:52:23 | Fatal [ 7] Error renaming file: M:INF\\IMPORT.INF",
            "02/02/96 13:18 | Fatal [91] The database is locked by another process: ADMIN",
            "02/02/96 13:18 | Fatal [  ]   Mailbox name: Admin.",
            "02/02/96 13:18 | Error [ 081] No mailbox name",
            "01/01/100 10:50:31 | Status  Report from NETWORK/POSTOFFICE/$SYSTEM",
            "03/13/96 15:34:17 | Status",
            "03/13/96 15:34:17 | Status       something nobody has written down",
        ] {
            let read = Line::parse(line).unwrap();
            assert_eq!(squeezed(&read.to_string()), squeezed(line));
        }
    }

    #[test]
    fn number_and_text_must_agree() {
        for wrong in [
            "03/22/94 15:43:45 | Warning[ 28] Alias already exists Doe, John D",
            "03/22/94 15:43:45 | Warning[ 27] Alias alredy exists Doe, John D",
            "03/22/94 15:43:45 | Warning[ 95] Alias already exists Doe, John D",
            "03/13/96 15:27:08 | Status       No requestor update to send",
            "03/22/94 15:43:45 Warning[ 27] Alias already exists Doe, John D",
            "03/22/94 15:43:45 | Warnin[ 27] Alias already exists Doe, John D",
            "03/22/94 15:43:45 | Warning[ 27]Alias already exists Doe, John D",
        ] {
            assert!(Line::parse(wrong).is_err(), "{wrong}");
        }
    }

    #[test]
    fn tools_print_a_status_without_its_number() {
        let (stamp, _) = Stamp::begin("03/13/96 15:32:50").unwrap();
        let received = Message::new(Severity::Status, 105, &["0"]);
        assert_eq!(
            Line::new(stamp, received.clone()).to_string(),
            "03/13/96 15:32:50 | Status       Requestor updates received: 0"
        );
        let read = Line::parse("03/13/96 15:32:50 | Status Requestor updates received: 0");
        assert_eq!(read.unwrap().message, received);
    }
}
