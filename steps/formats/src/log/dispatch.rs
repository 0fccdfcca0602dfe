//! DISPATCH.LOG: what DISPATCH ran on which postoffice, and how it ended (Q148705, Q139034).

use std::fmt;

use crate::form::Form;
use crate::sentence::Sentence;
use crate::stamp::Stamp;

/// What is logged: Q148705, Q139034, Q132731, Q148718, Q96060, Q149451. 64 is the code of a normal
/// end, 65 of an error (Q105566).
pub const TEXTS: &[Form] = &[
    Form("Checking the process table on {network}\\{network}"),
    Form("Running \"NSDA {step}\""),
    Form("Running NSDA {step}"),
    Form("\"NSDA {step}\" terminated normally with exit code {normal}"),
    Form("\"NSDA {step}\" terminated abnormally with exit code {abnormal}"),
    Form("NSDA {step} terminated with exit code {number}"),
    Form("NSDA{step} Missed its run Window"),
    Form("NSDA {step} Missed its run Window"),
    Form("NSDA {step} missed its run window"),
    Form("NSDA {step} missed its run window."),
    Form("Failure while accessing the process table."),
    Form("Dynamic connections could not be established"),
];

/// A line: the instance and the time, which some articles leave out, and what was done.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Line {
    /// The name of the instance.
    pub instance: Option<String>,
    /// When.
    pub stamp: Option<Stamp>,
    /// What.
    pub text: Sentence,
}

impl Line {
    /// Reads a line.
    ///
    /// # Errors
    /// Says which line it nearly is.
    pub fn parse(line: &str) -> Result<Self, String> {
        let line = line.trim();
        if let Some((stamp, text)) = Stamp::begin(line) {
            return Self::new(None, Some(stamp), text);
        }
        let after = line.split_once([' ', '\t']);
        let stamped = after.and_then(|(instance, rest)| Some((instance, Stamp::begin(rest)?)));
        match stamped {
            Some((instance, (stamp, text))) => Self::new(Some(instance), Some(stamp), text),
            None => Self::new(None, None, line),
        }
    }

    fn new(instance: Option<&str>, stamp: Option<Stamp>, text: &str) -> Result<Self, String> {
        Ok(Self {
            instance: instance.map(str::to_owned),
            stamp,
            text: Sentence::read(TEXTS, text)?,
        })
    }
}

impl fmt::Display for Line {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if let Some(instance) = &self.instance {
            write!(f, "{instance} ")?;
        }
        if let Some(stamp) = &self.stamp {
            write!(f, "{stamp} ")?;
        }
        self.text.fmt(f)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_are_printed_as_they_were_read() {
        for line in [
            "INST1 02/02/96 13:18 Checking the process table on NET1\\PO1",
            "INST1 02/02/96 13:18 \"NSDA - RT\" terminated abnormally with exit code 65",
            "\"NSDA -RT\" terminated normally with exit code 64",
            "NSDA-RR Missed its run Window",
            "02/02/96 13:18 Running \"NSDA -S\"",
        ] {
            assert_eq!(Line::parse(line).unwrap().to_string(), line);
        }
        for wrong in [
            "INST1 02/32/96 13:18 Checking the process table on NET1\\PO1",
            "\"NSDA -RT\" terminated normally with exit code 65",
            "\"NSDA -RX\" terminated normally with exit code 64",
            "NSDA-RR Missed its run Windw",
        ] {
            assert!(Line::parse(wrong).is_err(), "{wrong}");
        }
    }
}
