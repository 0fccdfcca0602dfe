//! SESSION.LOG: what EXTERNAL did, step by step (Q77628, Q100826, Q103960).

use std::fmt;

use crate::form::Form;
use crate::sentence::Sentence;
use crate::stamp::{Stamp, Time};

/// What is logged by 3.x (Q100826), by 2.1 (Q77628), and of files (Q103960).
pub const TEXTS: &[Form] = &[
    Form("Sending mail ({number})"),
    Form("From: {po}"),
    Form("To: {po}"),
    Form("Transferring mail: mail file is: {path}."),
    Form("Mail file: {path}"),
    Form("Sending P2..."),
    Form("Sending P1..."),
    Form("Target file: {path}"),
    Form("P1 file successfully sent."),
    Form("FM_SEND, ok"),
    Form("Delivering new mail to {po}."),
    Form("Processing received mail queue at: {drive}: {po}."),
    Form("Processing received mail queue on: {drive}: {po}"),
    Form("INQUEUE file: {path}"),
    Form("Inqueue file: {path}"),
    Form("Delivering of mail from INQUEUE3 is complete."),
    Form("inqueue opened"),
    Form("inqueue closed"),
    Form("{drive}: {po}: Checking for dispatch mail..."),
    Form("Checking, {drive}: {po}, for list update..."),
    Form("No mail."),
    Form("opening FIPS file. Failure to open file"),
    Form("File I/O: Error opening \"{path}\" error code={number}"),
    Form("File I/O: Error opening \"{path}\", error code={number}"),
    Form("File I/O: Error finding \"{path}\", error code={number}"),
    Form(""),
];

/// How a line begins.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Begin {
    /// `06-01-93 09:58`
    Stamp(Stamp),
    /// `[16:24] -`
    Time(Time),
    /// Nothing.
    Nothing,
}

/// A line.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Line {
    begin: Begin,
    /// What was done.
    pub text: Sentence,
}

impl Line {
    /// The line of a moment.
    #[must_use]
    pub fn new(stamp: Stamp, text: Sentence) -> Self {
        let begin = Begin::Stamp(stamp.to_the_minute().hyphenated());
        Self { begin, text }
    }

    /// Reads a line.
    ///
    /// # Errors
    /// Says which line it nearly is.
    pub fn parse(line: &str) -> Result<Self, String> {
        let line = line.trim();
        let (begin, text) = match (Stamp::begin(line), timed(line)) {
            (Some((stamp, text)), _) => (Begin::Stamp(stamp), text),
            (None, Some((time, text))) => (Begin::Time(time), text),
            (None, None) => (Begin::Nothing, line),
        };
        let text = Sentence::read(TEXTS, text)?;
        match (begin, text.form.0) {
            (Begin::Nothing, "") => Err("the line is empty".to_owned()),
            _ => Ok(Self { begin, text }),
        }
    }
}

/// `[16:24] -` and what comes after it.
fn timed(line: &str) -> Option<(Time, &str)> {
    let (time, text) = line.strip_prefix('[')?.split_once(']')?;
    let text = text.trim_start().strip_prefix('-')?;
    Some((Time::parse(time)?, text.trim_start()))
}

impl fmt::Display for Line {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let line = match self.begin {
            Begin::Stamp(stamp) => format!("{stamp} {}", self.text),
            Begin::Time(time) => format!("[{time}] - {}", self.text),
            Begin::Nothing => self.text.to_string(),
        };
        f.write_str(line.trim_end())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_are_printed_as_they_were_read() {
        for line in [
            "06-01-93 09:58 Transferring mail: mail file is: M:MAI\\MA6\\00000116.MAI.",
            "06-01-93 09:59 Target file: N:P1\\00000278.P1",
            "06-01-93 09:59 N: NETWORK/MAIL: Checking for dispatch mail...",
            "[16:24] - Processing received mail queue on: Q: MICROSOFT/MAIL",
            "[16:24] -",
            "File I/O: Error opening \"K:P1\\0000000E.0LK\", error code=2",
        ] {
            assert_eq!(Line::parse(line).unwrap().to_string(), line);
        }
        for wrong in [
            "06-31-93 09:58 Sending P2...",
            "06-01-93 09:58 Sending P3...",
            "[1624] - Sending P2...",
        ] {
            assert!(Line::parse(wrong).is_err(), "{wrong}");
        }
    }
}
