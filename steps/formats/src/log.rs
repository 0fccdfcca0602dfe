//! What the tools write into their logs: numbered messages, and the lines that carry them.

pub mod dirsync;
pub mod dispatch;
pub mod dsserver;
pub mod head;
pub mod import;
pub mod podiag;
pub mod screen;
pub mod session;
pub mod system;
pub mod transfers;

use std::fmt;

use crate::catalogue;
use crate::form::Form;
use crate::stamp::Stamp;

/// How bad a message is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Severity {
    /// All is well.
    Status,
    /// Something is odd; the work goes on.
    Warning,
    /// Something was left out.
    Error,
    /// The tool gave up.
    Fatal,
}

impl Severity {
    /// Every severity.
    pub const ALL: [Self; 4] = [Self::Status, Self::Warning, Self::Error, Self::Fatal];

    /// The word DIRSYNC.LOG prints.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::Status => "Status",
            Self::Warning => "Warning",
            Self::Error => "Error",
            Self::Fatal => "Fatal",
        }
    }

    /// The digit DSSERVER.LOG prints: 1 and 2 as in Q149271 and Q148705; that 3 is an error and 4
    /// a warning is inferred.
    #[must_use]
    pub fn digit(self) -> char {
        match self {
            Self::Status => '1',
            Self::Fatal => '2',
            Self::Error => '3',
            Self::Warning => '4',
        }
    }
}

impl fmt::Display for Severity {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.word())
    }
}

/// One message of a tool.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Message {
    /// How bad it is.
    pub severity: Severity,
    /// Its number in the catalogue; `None` for a text without one.
    pub number: Option<u16>,
    /// What a person reads.
    pub text: String,
    /// What the server reads: the arguments, with a space between them; all of the text if it has
    /// no number.
    pub arguments: String,
}

impl Message {
    /// A message of the catalogue with its arguments. A number the catalogue does not have gives
    /// its arguments as text.
    #[must_use]
    pub fn new(severity: Severity, number: u16, arguments: &[&str]) -> Self {
        let joined = arguments.join(" ");
        let entry = catalogue::message(number);
        Self {
            severity,
            number: Some(number),
            text: entry.map_or_else(|| joined.clone(), |entry| entry.text(arguments)),
            arguments: joined,
        }
    }

    /// A text without a number.
    #[must_use]
    pub fn free(severity: Severity, text: &str) -> Self {
        Self {
            severity,
            number: None,
            text: text.to_owned(),
            arguments: text.to_owned(),
        }
    }

    /// A message of the catalogue with the text it was read with.
    ///
    /// # Errors
    /// Says so if there is no such number, or if the text is not one of that number's.
    pub fn read(severity: Severity, number: u16, text: &str) -> Result<Self, String> {
        let Some(entry) = catalogue::message(number) else {
            return Err(format!("no message has the number {number}"));
        };
        let Some(arguments) = entry.arguments(text) else {
            let known = entry.texts[0];
            return Err(format!(
                "`{text}` is not the text of message {number}; that is `{known}`"
            ));
        };
        Ok(Self {
            severity,
            number: Some(number),
            text: squeezed(text),
            arguments: arguments.join(" "),
        })
    }

    /// A message that was read without a number, with a text that is known: one whose number is
    /// not printed, or one that has none.
    #[must_use]
    pub fn read_known(severity: Severity, text: &str) -> Option<Self> {
        let text = squeezed(text);
        if FREE.iter().any(|form| form.read(&text).is_some()) {
            return Some(Self::free(severity, &text));
        }
        let found = unnumbered().find_map(|it| Some((it.number, it.arguments(&text)?)));
        let (number, arguments) = found?;
        Some(Self {
            arguments: arguments.join(" "),
            number: Some(number),
            severity,
            text,
        })
    }

    /// A message that was read without a number: a known one, or free text.
    ///
    /// # Errors
    /// Refuses a text that is a known one with one letter wrong.
    pub fn read_free(severity: Severity, text: &str) -> Result<Self, String> {
        if let Some(known) = Self::read_known(severity, text) {
            return Ok(known);
        }
        let text = squeezed(text);
        if let Some(known) = FREE.iter().find(|form| form.nearly(&text)) {
            return Err(format!("`{text}` is nearly, but not, `{}`", known.0));
        }
        match unnumbered().find(|entry| entry.nearly(&text)) {
            Some(entry) => Err(format!(
                "`{text}` is nearly, but not, message {}: `{}`",
                entry.number, entry.texts[0]
            )),
            None => Ok(Self::free(severity, &text)),
        }
    }
}

/// The messages whose number DIRSYNC.LOG does not print: those of status (Q149271).
fn unnumbered() -> impl Iterator<Item = &'static catalogue::Entry> {
    let entries = catalogue::entries().iter();
    entries.filter(|entry| entry.severity() == Severity::Status)
}

/// The lines that have no number (Q149271, Q148364, Q148705, Q118447, Q105965, Q131509,
/// Q192158).
const FREE: &[Form] = &[
    Form(""),
    Form("Microsoft (R) Mail DirSync Requestor V{word}"),
    Form("Microsoft Mail DirSync Requestor V{word}"),
    Form("Microsoft (R) Mail DirSync Server V{word}"),
    Form("Microsoft (R) Mail Import V{word}"),
    Form("Microsoft (R) Mail Rebuild V{word}"),
    Form("Microsoft (R) Mail GAL Rebuild Utility Version {word}"),
    Form("Microsoft(R) mail GAL Rebuild Utility V.{word}"),
    Form("Import is finished."),
    Form("Import is finished"),
    Form("Number of entries in GAL: {number}"),
    Form("GAL not active on this PO"),
    Form("Server processing failure"),
    Form("No Tasks From Requestor: {text}"),
    Form("Report from {mailbox}"),
    Form("Mailbox name: {text}"),
    Form("Full name: {text}"),
    Form("FLAG.GLB is locked open."),
];

/// The stamp a line begins with and what comes after the bar.
fn begin(line: &str) -> Result<(Stamp, &str), String> {
    let read = Stamp::begin(line);
    let (stamp, rest) = read.ok_or("the line does not begin with MM/DD/YY HH:MM:SS")?;
    let rest = rest.strip_prefix('|').filter(|it| it.starts_with(' '));
    let rest = rest.ok_or("there is no ` | ` after the stamp")?;
    Ok((stamp, rest.trim()))
}

/// A text with its runs of spaces made one.
#[must_use]
pub fn squeezed(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}
