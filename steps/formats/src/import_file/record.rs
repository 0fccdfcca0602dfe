//! One change of an address list with everything the import file says about it.

use std::fmt;

use super::entry::{Entry, Layout, NAME};
use super::recipient::{List, Recipient};
use super::refusal::Refusal;
use super::template::{Definition, Information};

/// The codes of column 1.
const CODES: &str = "ADMRT#";

/// A change. It is kept as its text.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
#[serde(into = "String", try_from = "String")]
pub struct Record {
    /// What changes.
    pub change: Change,
    /// What its template tells; only of types that have templates.
    pub information: Vec<Information>,
}

/// What a record changes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Change {
    /// `A`: a name is added.
    Add(Entry),
    /// `D`: a name is deleted.
    Delete(Entry),
    /// `M`: a name is changed. The second line is needed even if only the information changes
    /// (Q151782, Q159308).
    Modify {
        /// As it stands in the list.
        old: Entry,
        /// As it shall stand there.
        new: Entry,
    },
    /// `R`: a list is emptied; its additions follow.
    Replace(List),
    /// `T`: the template of a list is defined.
    Template(List, Vec<Definition>),
    /// `#`: changes nothing; in queues it keeps a sync number (Q110496).
    Comment(String),
}

/// Whether a line begins a record of two lines.
pub(crate) fn is_modify(line: &str) -> bool {
    line.trim_start().starts_with("M ") || line.trim_start().starts_with("M\t")
}

/// Whether a line can be the second of such a record. Articles have lost the spaces before it.
pub(crate) fn is_second(line: &str, layout: Layout) -> bool {
    let text = line.trim_start();
    let indented = text.len() < line.len() || layout == Layout::Printed;
    let begins = layout == Layout::Printed && begins(text);
    indented && !begins && !text.is_empty() && !text.starts_with('-')
}

/// Whether a line belongs to the record above it.
pub(super) fn goes_on(line: &str, layout: Layout) -> bool {
    let indented = line.starts_with(' ');
    let begins = layout == Layout::Printed && begins(line.trim_start());
    Information::is(line, layout) || (indented && !begins)
}

/// Whether a line has a code and what parts it from the rest.
fn begins(line: &str) -> bool {
    let mut letters = line.chars();
    let coded = letters.next().is_some_and(|it| CODES.contains(it));
    coded && letters.next().is_none_or(|it| it == ' ' || it == '\t')
}

impl From<Record> for String {
    fn from(record: Record) -> Self {
        record.to_string()
    }
}

impl TryFrom<String> for Record {
    type Error = String;

    fn try_from(text: String) -> Result<Self, String> {
        let refused = |refusal: Refusal| format!("`{text}`: {refusal}");
        Self::parse(&text, Layout::Strict)
            .or_else(|refusal| Self::unchecked(&text).ok_or(refusal))
            .map_err(refused)
    }
}

impl Record {
    /// A change without information.
    #[must_use]
    pub fn new(change: Change) -> Self {
        let information = Vec::new();
        Self {
            change,
            information,
        }
    }

    /// Reads a record of one or more lines.
    ///
    /// # Errors
    /// The first message that IMPORT gives, with the line it is about.
    pub fn parse(text: &str, layout: Layout) -> Result<Self, Refusal> {
        let contents = super::read(text, layout);
        if let Some(refusal) = contents.refusals.into_iter().next() {
            return Err(refusal);
        }
        let mut records = contents.records.into_iter();
        match (records.next(), records.next()) {
            (Some((_, record)), None) => Ok(record),
            _ => Err(Refusal::new(21, text)),
        }
    }

    /// Reads the first line of a record; of a modification, with its second.
    ///
    /// # Errors
    /// The message that IMPORT gives.
    pub fn begin(line: &str, second: Option<&str>, layout: Layout) -> Result<Self, Refusal> {
        let text = match layout {
            Layout::Strict => line,
            Layout::Printed => line.trim_start(),
        };
        let (code, rest) = code(text)?;
        let entry = |text: &str| Entry::parse(text, layout);
        let change = match code {
            'A' => Change::Add(entry(rest)?),
            'D' => Change::Delete(entry(rest)?),
            'M' => {
                let old = match (entry(rest), layout, second) {
                    // The guide of MS Mail allows it where only information changes (Q152424).
                    (Err(refusal), Layout::Printed, None) if refusal.number == 18 => {
                        Entry::unaddressed(rest)?
                    }
                    (read, ..) => read?,
                };
                let new = match second {
                    None => old.left_out(),
                    Some(second) => {
                        entry(second.strip_prefix("  ").unwrap_or(second.trim_start()))?
                    }
                };
                Change::Modify { old, new }
            }
            'R' => Change::Replace(List::parse(rest.trim())?),
            'T' => Change::Template(template_of(rest.trim())?, Vec::new()),
            _ => Change::Comment(rest.to_owned()),
        };
        Ok(Self::new(change))
    }

    /// An added name in columns whose address is not looked at (Q156729).
    #[must_use]
    pub fn unchecked(text: &str) -> Option<Self> {
        let entry = text.strip_prefix("A ")?;
        let (name, address) = entry.split_at_checked(entry.find("  ").unwrap_or(NAME))?;
        let recipient = Recipient::unchecked(address.trim())?;
        Some(Self::new(Change::Add(Entry::new(
            name.trim().into(),
            recipient,
        ))))
    }

    /// Whether it changes nothing, since its second line is left out and nothing follows.
    pub(crate) fn is_half(&self) -> bool {
        let left_out = matches!(&self.change, Change::Modify { new, .. } if new.is_left_out());
        left_out && self.information.is_empty()
    }

    /// Whether a line goes on with the template of this record. Articles have lost the space before
    /// it (Q118447).
    pub(super) fn is_defined_by(&self, line: &str) -> bool {
        matches!(self.change, Change::Template(..)) && Definition::parse(line).is_ok()
    }

    /// Adds a line that goes on with this record.
    ///
    /// # Errors
    /// The message that IMPORT gives.
    pub fn go_on(&mut self, line: &str, layout: Layout) -> Result<(), Refusal> {
        if !Information::is(line, layout) {
            let Change::Template(_, definitions) = &mut self.change else {
                return Err(Refusal::new(12, line));
            };
            definitions.push(Definition::parse(line)?);
            return Ok(());
        }
        let information = Information::parse(line)?;
        let (Change::Add(entry) | Change::Modify { new: entry, .. } | Change::Delete(entry)) =
            &self.change
        else {
            return Err(Refusal::new(12, line));
        };
        if !entry.recipient.kind.has_templates() {
            return Err(Refusal::new(24, line));
        }
        self.information.push(information);
        Ok(())
    }
}

/// The code of column 1 and what comes after the space.
fn code(line: &str) -> Result<(char, &str), Refusal> {
    let code = line.chars().next().unwrap_or(' ');
    if !code.is_ascii_alphabetic() && code != '#' {
        return Err(Refusal::new(12, line));
    }
    if !CODES.contains(code) {
        return Err(Refusal::new(13, line));
    }
    let rest = &line[1..];
    match rest.strip_prefix([' ', '\t']) {
        Some(rest) => Ok((code, rest)),
        None if rest.is_empty() && code != '#' => Err(Refusal::new(18, line)),
        None if rest.is_empty() => Ok((code, rest)),
        None => Err(Refusal::new(23, line)),
    }
}

/// The list a template is for.
fn template_of(text: &str) -> Result<List, Refusal> {
    let list = List::parse(text)?;
    match list.kind.has_templates() {
        true if list.node().is_empty() => Err(Refusal::new(17, text)),
        true => Ok(list),
        false => Err(Refusal::new(24, text)),
    }
}

impl fmt::Display for Record {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.change {
            Change::Add(entry) => write!(f, "A {entry}"),
            Change::Delete(entry) => write!(f, "D {entry}"),
            Change::Modify { old, new } if new.is_left_out() => write!(f, "M {old}"),
            Change::Modify { old, new } => write!(f, "M {old}\n  {new}"),
            Change::Replace(list) => write!(f, "R {list}"),
            Change::Template(list, definitions) => {
                write!(f, "T {list}")?;
                definitions.iter().try_for_each(|it| write!(f, "\n {it}"))
            }
            Change::Comment(text) if text.is_empty() => f.write_str("#"),
            Change::Comment(text) => write!(f, "# {text}"),
        }?;
        self.information
            .iter()
            .try_for_each(|it| write!(f, "\n{it}"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::log::squeezed;

    #[test]
    fn records_are_read_as_articles_print_them() {
        for text in [
            "D  User1 alias                  PCM:NET1/PO1/USER1",
            "A Shannon BoydPCM:ABC/NYC/SBOYD",
            "A Doe, Jane B. SNADS: SNADSGATE/SNADSDGN/JANEDOE",
            "M Leopard, Lady                  SNADS:NET/PO/LEOPARD\n  Leopard, Lady                  \
             SNADS:NET/PO/LEOPARD\n - Internal Mail Code:/1",
            "M Katie JordanMS:TOON/TOWN/WCOYOTE\n- Internal Mail Stop:/ Trey Research #86",
            "M Katie JordanMS:TOON/TOWN/KJORDAN\nKatie JordanMS:TOON/TOWN/KJORDAN\n- Stop:/ Trey",
            "M User Number 12     snads:snadsgate/snadsdgn/user12\n \n  Used to be Number 12 \
             snads:snadsgate/snadsdgn/user12",
            "R PCM:POLYNOMIAL/MONTGOMERY",
            "R snads:",
            "M George Jones\n - Title:/Sales Rep\n - Local:/3423",
            "A Good, GuyX400:/c=US/admd=ATTMAIL/prmd=TEST/pn=Guy.Good",
            "   T SNADS:SNADSGATE/SNADSDGN\n   Division:~15~25~A~~\n   Phone #:~15~23~NP~~",
            "T SNADS:SNADSGATE/SNADSDGN\nDivision:~15~25~A~~\nCity/ST/Zip:~15~40~A~~",
        ] {
            let read = Record::parse(text, Layout::Printed).unwrap();
            assert_eq!(squeezed(&read.to_string()), squeezed(text));
        }
    }

    #[test]
    fn a_wrong_address_is_kept_where_a_queue_holds_it() {
        let text = "A Bad, One                       X400:C=US'A=ATTMAIL;O=ATTMAIL;S=Bad";
        assert_eq!(Record::parse(text, Layout::Strict).unwrap_err().number, 26);
        let kept = Record::try_from(text.to_owned()).unwrap();
        assert_eq!(kept.to_string(), text);
        let Change::Add(entry) = &kept.change else {
            panic!("{kept} adds nothing");
        };
        assert!(!entry.recipient.is_sound());
        assert!(Record::try_from("A Bad, One  NOTYPE:x".to_owned()).is_err());
    }

    #[test]
    fn types_without_templates_take_no_information() {
        let text = "A Doe, John\tSMTP:jdoe@litware.com\n- Phone:/1";
        let refused = Record::parse(text, Layout::Strict).unwrap_err();
        assert_eq!((refused.line, refused.number), (2, 24));
    }
}
