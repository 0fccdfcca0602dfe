//! A line that IMPORT refuses, by the number of its message (Q96001, Q96003).

use std::fmt;

use crate::catalogue;
use crate::log::Message;

/// Why a line is no record.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Refusal {
    /// The line, from 1; 0 if it stood alone.
    pub line: usize,
    /// The number of the message.
    pub number: u16,
    /// What was refused.
    pub text: String,
}

impl Refusal {
    /// A refusal of a line that stands alone.
    #[must_use]
    pub fn new(number: u16, text: &str) -> Self {
        Self {
            line: 0,
            number,
            text: text.to_owned(),
        }
    }

    /// The same, of a line of a file.
    #[must_use]
    pub fn at(mut self, line: usize) -> Self {
        self.line = line;
        self
    }

    /// What IMPORT writes into its log.
    #[must_use]
    pub fn message(&self) -> Message {
        let entry = catalogue::message(self.number);
        let severity = entry.map_or(crate::log::Severity::Error, |entry| entry.severity());
        Message::new(severity, self.number, &[&self.text])
    }
}

impl fmt::Display for Refusal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Message { number, text, .. } = self.message();
        let number = number.unwrap_or_default();
        match self.line {
            0 => write!(f, "[{number}] {text}"),
            line => write!(f, "line {line}: [{number}] {text}"),
        }
    }
}
