//! A name and its address on one line, in columns or with a tab between (Q96001, Q104869).

use std::fmt;
use std::sync::Arc;

use super::kind::KINDS;
use super::recipient::Recipient;
use super::refusal::Refusal;

/// The most characters of a name: columns 3 to 32.
pub const NAME: usize = 30;

/// How strictly lines are read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Layout {
    /// Name in columns 3 to 32 and address from column 34, or a tab between them (message 23).
    Strict,
    /// As articles print them: columns collapsed, tabs lost, lines indented.
    Printed,
}

/// What stands between name and address.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Between {
    Columns,
    Tab,
    Nothing,
    /// The line is left out; see [`Entry::left_out`].
    Omitted,
}

/// A name with its address.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entry {
    /// The full name; IMPORT calls it the alias.
    pub name: Arc<str>,
    /// The address.
    pub recipient: Recipient,
    between: Between,
}

impl Entry {
    /// A name and its address, in columns.
    #[must_use]
    pub fn new(name: Arc<str>, recipient: Recipient) -> Self {
        let between = Between::Columns;
        Self {
            name,
            recipient,
            between,
        }
    }

    /// The same entry again as the second line of a modification, where that is left out: the
    /// specification allows it if only information changes (Q151782).
    #[must_use]
    pub fn left_out(&self) -> Self {
        let between = Between::Omitted;
        Self {
            between,
            ..self.clone()
        }
    }

    /// A name alone, which stands in a list already.
    pub(super) fn unaddressed(name: &str) -> Result<Self, Refusal> {
        let name = name.trim();
        match name.chars().count() {
            0 => Err(Refusal::new(46, name)),
            1..=NAME => Ok(Self::new(name.into(), Recipient::none())),
            _ => Err(Refusal::new(72, name)),
        }
    }

    /// Whether the line of this entry is left out.
    #[must_use]
    pub fn is_left_out(&self) -> bool {
        self.between == Between::Omitted
    }

    /// Reads what comes after code and space.
    ///
    /// # Errors
    /// The message that IMPORT gives.
    pub fn parse(text: &str, layout: Layout) -> Result<Self, Refusal> {
        let (name, between, address) = split(text, layout)?;
        let name = name.trim();
        if name.is_empty() {
            return Err(Refusal::new(46, text));
        }
        if name.chars().count() > NAME {
            return Err(Refusal::new(72, name));
        }
        if address.trim().is_empty() {
            return Err(Refusal::new(48, text));
        }
        Ok(Self {
            name: name.into(),
            recipient: Recipient::parse(address.trim())?,
            between,
        })
    }
}

impl fmt::Display for Entry {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self {
            name, recipient, ..
        } = self;
        match self.between {
            Between::Columns => write!(f, "{name:<NAME$} {recipient}"),
            Between::Tab => write!(f, "{name}\t{recipient}"),
            Between::Nothing => write!(f, "{name}{recipient}"),
            Between::Omitted => Ok(()),
        }
    }
}

/// Parts name and address.
fn split(text: &str, layout: Layout) -> Result<(&str, Between, &str), Refusal> {
    if let Some((name, address)) = text.split_once('\t') {
        return Ok((name, Between::Tab, address));
    }
    let marked = match layout {
        Layout::Strict => None,
        Layout::Printed => at_type(text),
    };
    if let Some((name, between, address)) = marked {
        return Ok((name, between, address));
    }
    let column = text.char_indices().nth(NAME).map(|(at, _)| at);
    match column {
        None if at_type(text).is_some() => Err(Refusal::new(23, text)),
        None => Err(Refusal::new(18, text)),
        Some(at) if text[at..].starts_with(' ') && !text[at + 1..].starts_with(' ') => {
            Ok((&text[..at], Between::Columns, &text[at + 1..]))
        }
        Some(_) => Err(Refusal::new(23, text)),
    }
}

/// Parts them where a known type begins: after a space, or right after the name (Q159294).
fn at_type(text: &str) -> Option<(&str, Between, &str)> {
    let starts = text.match_indices(':').filter_map(|(colon, _)| {
        let head = &text[..colon];
        let of_kind = |name: &str| {
            let at = colon.checked_sub(name.len())?;
            let tail = head.get(at..)?;
            tail.eq_ignore_ascii_case(name).then_some(at)
        };
        KINDS.iter().find_map(|kind| of_kind(kind.name))
    });
    let starts: Vec<usize> = starts.collect();
    let apart = starts.iter().find(|at| text[..**at].ends_with(' '));
    match (apart, starts.first()) {
        (Some(&at), _) => Some((&text[..at], Between::Columns, &text[at..])),
        (None, Some(&at)) => Some((&text[..at], Between::Nothing, &text[at..])),
        (None, None) => None,
    }
}
