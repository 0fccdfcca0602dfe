//! DSSERVER.LOG: the same as DIRSYNC.LOG, for the server, which keeps it in CENTRAL.LOG (Q149271).

use std::fmt;

use super::Severity;
use crate::catalogue;
use crate::stamp::Stamp;

/// A line: `03/13/96 15:32:50 | 1 105 0` (Q149271).
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Line {
    /// When it was written.
    pub stamp: Stamp,
    /// How bad it is.
    pub severity: Severity,
    /// The number of the message; `None`, printed -1, for a text without one.
    pub number: Option<u16>,
    /// The arguments, or the text.
    pub arguments: String,
}

impl Line {
    /// The line that tools write for a message.
    #[must_use]
    pub fn new(stamp: Stamp, message: &super::Message) -> Self {
        Self {
            stamp,
            severity: message.severity,
            number: message.number,
            arguments: message.arguments.clone(),
        }
    }

    /// Reads a line.
    ///
    /// # Errors
    /// Says what is not as DSSERVER.LOG has it: the stamp, the bar, the severity's digit, the
    /// number, or arguments that are not that message's.
    pub fn parse(line: &str) -> Result<Self, String> {
        let (stamp, rest) = super::begin(line)?;
        let (digit, rest) = word(rest);
        let severity = Severity::ALL.into_iter();
        let severity = severity.clone().find(|it| it.digit().to_string() == digit);
        let severity =
            severity.ok_or_else(|| format!("`{digit}` is no severity; those are 1 to 4"))?;
        let (code, arguments) = word(rest);
        let arguments = super::squeezed(arguments);
        let number = match code {
            "-1" => None,
            _ => Some(number(code, &arguments)?),
        };
        if number.is_none() {
            super::Message::read_free(severity, &arguments)?;
        }
        Ok(Self {
            stamp,
            severity,
            number,
            arguments,
        })
    }
}

impl fmt::Display for Line {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let number = self.number.map_or(-1, i32::from);
        let line = format!(
            "{} | {} {number:>3} {}",
            self.stamp,
            self.severity.digit(),
            self.arguments
        );
        f.write_str(line.trim_end())
    }
}

/// A number of the catalogue whose message takes these arguments.
fn number(code: &str, arguments: &str) -> Result<u16, String> {
    let plain = code.parse::<u16>().ok().filter(|it| it.to_string() == code);
    let entry = plain.and_then(catalogue::message);
    let entry = entry.ok_or_else(|| format!("no message has the number {code}"))?;
    if !entry.takes(arguments) {
        let text = entry.texts[0];
        return Err(format!(
            "`{arguments}` are not the arguments of {code}, `{text}`"
        ));
    }
    Ok(entry.number)
}

/// The first word of a text, and what comes after it.
fn word(text: &str) -> (&str, &str) {
    let text = text.trim_start();
    let end = text.find([' ', '\t']).unwrap_or(text.len());
    let (word, rest) = text.split_at(end);
    (word, rest.trim())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::log::squeezed;

    #[test]
    fn lines_are_printed_as_they_were_read() {
        for line in [
            "03/13/96 15:26:49 | 1  -1 Microsoft (R) Mail DirSync Requestor V3.5.12",
            "03/13/96 15:27:04 | 1 167 PCM,SNADS,X400,SMTP",
            "03/13/96 15:27:08 | 1 171",
            "03/13/96 15:34:15 | 1  -1 Number of entries in GAL:      136",
            "03/13/96 15:34:17 | 1  -1",
            "02/02/96 13:18 | 2 91 ADMIN",
        ] {
            let read = Line::parse(line).unwrap();
            assert_eq!(squeezed(&read.to_string()), squeezed(line));
        }
    }

    #[test]
    fn the_arguments_must_be_those_of_the_number() {
        for wrong in [
            "03/13/96 15:32:50 | 1 105 many",
            "03/13/96 15:32:50 | 1 105",
            "03/13/96 15:32:50 | 1 95 0",
            "03/13/96 15:32:50 | 7 105 0",
            "03/13/96 15:32:50 | 1 105 -1",
            "03/13/96 15:32:50   1 105 0",
            "03/13/96 15:26:49 | 1 -1 Import is finishd.",
        ] {
            assert!(Line::parse(wrong).is_err(), "{wrong}");
        }
    }
}
