//! SYSTEM.LOG: mail that EXTERNAL could not deliver (Q136004, Q127919).

use std::fmt;

use crate::form::Form;
use crate::ndr::Reason;
use crate::sentence::Sentence;

/// The lines of a report around its reasons.
const TEXTS: &[Form] = &[
    Form("External program has detected a mail problem."),
    Form("Message data:"),
    Form("From: {text}"),
    Form("Date: {date}"),
    Form("Time: {time}"),
    Form("Subject: {line}"),
    Form("Subject:"),
    Form("From: {text} Date: {date} Time: {time} Subject: {line}"),
    Form("Missing file is {path}."),
    Form("Mail item was not delivered to:"),
];

/// A line of a report.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Line {
    /// What mail it is about.
    Report(Sentence),
    /// Why it was not delivered.
    Reason(Reason),
}

impl Line {
    /// Reads a line.
    ///
    /// # Errors
    /// Says which line it nearly is.
    pub fn parse(line: &str) -> Result<Self, String> {
        match Sentence::read(TEXTS, line) {
            Ok(sentence) => Ok(Self::Report(sentence)),
            Err(why) => Reason::parse(line).map(Self::Reason).map_err(|reason| {
                match line.trim_start().starts_with('[') {
                    true => reason,
                    false => why,
                }
            }),
        }
    }
}

impl fmt::Display for Line {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Report(sentence) => sentence.fmt(f),
            Self::Reason(reason) => reason.fmt(f),
        }
    }
}
