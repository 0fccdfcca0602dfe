//! Severity and number at the head of a message, in every printing that articles have.

use super::{Message, Severity};

/// Severity and number, and how they are set.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Head {
    /// How bad it is.
    pub severity: Severity,
    /// Whether the severity is in capitals: `FATAL [150]` (Q112301).
    pub capitals: bool,
    /// Whether a space parts severity and number: `Error [138]`, `Warning[ 27]`.
    pub apart: bool,
    /// How the number is set.
    pub code: Code,
}

/// How the number of a message is set.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Code {
    /// Not at all: status lines (Q149271).
    Absent,
    /// `[  ]`: a line that goes on with the message above it (Q148705).
    Blank,
    /// `[ 27]`, `[158]`: right-aligned to three columns (Q118447).
    Aligned,
    /// `[91]`, `[081]`: as many digits as stand here (Q148705).
    Tight(u8),
    /// `[ 081]`: the same after a blank.
    Spaced(u8),
    /// `Fatal 113`: no brackets (Q130449).
    Bare,
    /// `Fatal 113:` the same with a colon.
    Colon,
    /// `Fatal error 54` (Q136514).
    Spoken,
    /// `Fatal error 14:` (Q215505).
    SpokenColon,
}

impl Head {
    /// The head that tools write: status messages without their number, others with it in three
    /// columns.
    #[must_use]
    pub fn new(severity: Severity, numbered: bool) -> Self {
        let code = match (severity, numbered) {
            (Severity::Status, _) => Code::Absent,
            (_, false) => Code::Blank,
            (_, true) => Code::Aligned,
        };
        Self {
            severity,
            capitals: false,
            apart: severity != Severity::Warning,
            code,
        }
    }

    /// Reads the head of a text; gives the number and what comes after it.
    ///
    /// # Errors
    /// Says what is not as a head has it.
    pub fn parse(text: &str) -> Result<(Self, Option<u16>, &str), String> {
        let end = text.find([' ', '\t', '[']).unwrap_or(text.len());
        let (word, rest) = text.split_at(end);
        let known = |it: &Severity| it.word() == word || it.word().to_uppercase() == word;
        let severity = Severity::ALL.into_iter().find(known);
        let severity = severity
            .ok_or_else(|| format!("`{word}` is none of Status, Warning, Error and Fatal"))?;
        let (code, number, said) = code(rest.trim_start())?;
        let head = Self {
            severity,
            capitals: severity.word() != word,
            apart: rest.starts_with([' ', '\t']),
            code,
        };
        Ok((head, number, said))
    }

    /// The message that has this head, by its number and its text. Free text has a status, or
    /// goes on with the message above it.
    ///
    /// # Errors
    /// Says that number and text do not agree, or which message it nearly is.
    pub fn message(self, number: Option<u16>, text: &str) -> Result<Message, String> {
        let free = self.severity == Severity::Status || self.code == Code::Blank;
        match (number, Message::read_known(self.severity, text)) {
            (Some(number), _) => Message::read(self.severity, number, text),
            (None, Some(known)) => Ok(known),
            (None, None) if free => Message::read_free(self.severity, text),
            (None, None) => Err(format!("`{text}` has no number")),
        }
    }

    /// Prints the head with its number, padded to the columns of DIRSYNC.LOG.
    #[must_use]
    pub fn print(self, number: u16) -> String {
        let word = self.severity.word();
        let word = if self.capitals {
            word.to_uppercase()
        } else {
            word.to_owned()
        };
        let code = self.code.print(number);
        match (self.apart, word.len()) {
            (true, 7..) => format!("{word} {code:<5} "),
            (true, _) => format!("{word:<7}{code:<5} "),
            (false, _) if code.is_empty() => format!("{word} "),
            (false, _) => format!("{word}{code:<5} "),
        }
    }
}

impl Code {
    pub(super) fn print(self, number: u16) -> String {
        match self {
            Self::Absent => String::new(),
            Self::Blank => "[   ]".to_owned(),
            Self::Aligned => format!("[{number:>3}]"),
            Self::Tight(width) => format!("[{number:0width$}]", width = usize::from(width)),
            Self::Spaced(width) => format!("[ {number:0width$}]", width = usize::from(width)),
            Self::Bare => number.to_string(),
            Self::Colon => format!("{number}:"),
            Self::Spoken => format!("error {number}"),
            Self::SpokenColon => format!("error {number}:"),
        }
    }

    /// How the inside of a pair of brackets is set, and the number there.
    pub(super) fn parse(inside: &str) -> Result<(Self, Option<u16>), String> {
        let digits = inside.trim_start_matches(' ');
        if digits.is_empty() && !inside.is_empty() {
            return Ok((Self::Blank, None));
        }
        let number = digits
            .parse()
            .ok()
            .filter(|_| (1..=4).contains(&digits.len()));
        let number: u16 = number.ok_or_else(|| format!("`[{inside}]` holds no number"))?;
        let width = if digits.len() < 4 {
            digits.len() as u8
        } else {
            4
        };
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

/// How the number of a message is set, the number, and the text after it.
fn code(rest: &str) -> Result<(Code, Option<u16>, &str), String> {
    let Some(inside) = rest.strip_prefix('[') else {
        return Ok(unbracketed(rest));
    };
    let closed = inside.split_once(']');
    let (inside, text) = closed.ok_or_else(|| format!("`{rest}` has no closing bracket"))?;
    let apart = text.is_empty() || text.starts_with([' ', '\t']);
    let text = apart.then(|| text.trim());
    let text = text.ok_or_else(|| format!("no space after `[{inside}]`"))?;
    let (code, number) = Code::parse(inside)?;
    Ok((code, number, text))
}

/// The number without brackets, if there is one.
fn unbracketed(rest: &str) -> (Code, Option<u16>, &str) {
    let spoken = rest.strip_prefix("error ").map(str::trim_start);
    let text = spoken.unwrap_or(rest);
    let (word, said) = text.split_once([' ', '\t']).unwrap_or((text, ""));
    let digits = word.strip_suffix(':').unwrap_or(word);
    let number = digits
        .parse::<u16>()
        .ok()
        .filter(|it| it.to_string() == digits);
    let code = match (number, spoken.is_some(), digits.len() < word.len()) {
        (None, ..) => return (Code::Absent, None, rest),
        (_, false, false) => Code::Bare,
        (_, false, true) => Code::Colon,
        (_, true, false) => Code::Spoken,
        (_, true, true) => Code::SpokenColon,
    };
    (code, number, said.trim())
}
