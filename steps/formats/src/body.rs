//! The body of a dir-sync message: what is asked, and perhaps the transactions (Q118298, Q106623).

pub mod key;
pub mod line;

use std::fmt;

use crate::form::Form;
use crate::import_file::refusal::Refusal;
use crate::sentence::Sentence;
use key::Key;
use line::Line;

/// The first line.
const HEADER: &str = "[DIRSYNC]";
/// The line before the transactions, in a body or an attachment ([124] of Q96004).
const TRANSACTIONS: &str = "[DIRSYNC-TRANSACTIONS]";

/// What Exchange writes if there is nothing to tell (Q201122).
const NOTES: &[Form] = &[Form("No updates to send. Nothing was requested.")];

/// A body with its settings in the order and the capitals they were written in.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Body {
    /// `[DIRSYNC]` as it was written; absent from attachments.
    header: Option<String>,
    /// The settings below it.
    settings: Vec<(Key, String, String)>,
    /// `[DIRSYNC-TRANSACTIONS]` as it was written, and what follows it.
    transactions: Option<(String, Vec<Line>)>,
}

impl Body {
    /// A body with these settings and without transactions.
    #[must_use]
    pub fn new(settings: &[(Key, &str)]) -> Self {
        let settings = settings.iter();
        let settings =
            settings.map(|(key, value)| (*key, key.name().to_owned(), (*value).to_owned()));
        Self {
            header: Some(HEADER.to_owned()),
            settings: settings.collect(),
            transactions: None,
        }
    }

    /// Adds transactions. Without settings it is an attachment.
    #[must_use]
    pub fn with(mut self, lines: Vec<Line>) -> Self {
        self.transactions = Some((TRANSACTIONS.to_owned(), lines));
        self
    }

    /// The value of a setting.
    #[must_use]
    pub fn setting(&self, key: Key) -> Option<&str> {
        let found = self.settings.iter().find(|(it, ..)| *it == key);
        found.map(|(_, _, value)| value.as_str())
    }

    /// The transactions; none if they come in another way.
    #[must_use]
    pub fn lines(&self) -> &[Line] {
        self.transactions.as_ref().map_or(&[], |(_, lines)| lines)
    }

    /// Reads a body or an attachment.
    ///
    /// # Errors
    /// With the line: 124 for what is not in this format, 155 for a task nobody knows, or the
    /// message that IMPORT gives for a transaction.
    pub fn parse(text: &str) -> Result<Self, Refusal> {
        let mut lines = text
            .lines()
            .enumerate()
            .map(|(at, line)| (at + 1, line.trim_end()));
        let mut body = Self::default();
        for (at, line) in lines.by_ref().filter(|(_, line)| !line.trim().is_empty()) {
            let line = line.trim();
            if line.eq_ignore_ascii_case(TRANSACTIONS) {
                body.transactions = Some((line.to_owned(), Vec::new()));
                break;
            }
            body.take(line).map_err(|refusal| refusal.at(at))?;
        }
        if let Some((_, read)) = &mut body.transactions {
            *read = line::read_all(lines)?;
        }
        let empty = body.header.is_none() && body.transactions.is_none();
        match empty || (body.header.is_some() && !body.says_what_it_is()) {
            true => Err(Refusal::new(124, text.lines().next().unwrap_or_default())),
            false => Ok(body),
        }
    }

    /// Whether there is a task, or all that stands at the head of a RESYNC: three numbers (Q119449).
    fn says_what_it_is(&self) -> bool {
        const NUMBERS: [Key; 3] = [Key::ImpSeq, Key::ReqSeq, Key::SrvSeq];
        let numbers = NUMBERS.iter().all(|key| self.setting(*key).is_some());
        self.setting(Key::Task).is_some() || (numbers && self.settings.len() == NUMBERS.len())
    }

    /// Takes one line of the header.
    fn take(&mut self, line: &str) -> Result<(), Refusal> {
        let wrong = || Refusal::new(124, line);
        if self.header.is_none() {
            self.header = line.eq_ignore_ascii_case(HEADER).then(|| line.to_owned());
            return self.header.is_some().then_some(()).ok_or_else(wrong);
        }
        let (name, value) = line.split_once('=').ok_or_else(wrong)?;
        let key = Key::named(name).ok_or_else(wrong)?;
        if self.setting(key).is_some() {
            return Err(wrong());
        }
        key.check(value)?;
        self.settings.push((key, name.to_owned(), value.to_owned()));
        Ok(())
    }
}

impl fmt::Display for Body {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let header = self.header.iter().cloned();
        let settings = self.settings.iter();
        let settings = settings.map(|(_, name, value)| format!("{name}={value}"));
        let (title, lines) = self
            .transactions
            .as_ref()
            .map_or((None, [].as_slice()), |(title, lines)| {
                (Some(title.clone()), lines.as_slice())
            });
        let gap = (self.header.is_some() && title.is_some()).then(String::new);
        let lines = lines.iter().map(ToString::to_string);
        let all: Vec<String> = header
            .chain(settings)
            .chain(gap)
            .chain(title)
            .chain(lines)
            .collect();
        f.write_str(&all.join("\n"))
    }
}

/// Reads the note that Exchange writes if there is nothing to tell (Q201122).
///
/// # Errors
/// Says that it is no such note.
pub fn note(text: &str) -> Result<Sentence, String> {
    Sentence::read(NOTES, text)
}

#[cfg(test)]
mod tests {
    use super::*;

    const IMPORT: &str = "[DIRSYNC]\nTASK=IMPORTREQ\nNAME=PCM:MACNET/MACPO\nTYPES=PCM|CSI|profs\n\
        TEMPLATE=NO\nSRVSEQ=0000000644\nTRANSACTIONS=INATTACHMENT";
    const EXPORT: &str = "[dirsync]\ntask=export\nreqname=PCM:net/po\ntransactions=inbody\n\n\
        [dirsync-transactions]\n1200 A Martin, Robert                 PCM:net/po/rmartin";

    #[test]
    fn bodies_are_printed_as_they_were_read() {
        let resync = "[DIRSYNC]\nIMPSEQ=0000000002\nREQSEQ=0000000018\nSRVSEQ=0000000080";
        for text in [IMPORT, EXPORT, resync] {
            assert_eq!(Body::parse(text).unwrap().to_string(), text);
        }
        let body = Body::parse(EXPORT).unwrap();
        assert_eq!(body.setting(Key::Task), Some("export"));
        assert_eq!(body.lines()[0].number, 1200);
    }

    #[test]
    fn what_is_not_in_the_format_is_refused_by_number() {
        for (from, to, number) in [
            ("IMPORTREQ", "IMPORTREX", 155),
            ("[DIRSYNC]", "[DIRSYNK]", 124),
            ("TYPES=", "TYPE=", 124),
            ("PCM|CSI", "PCM|CSY", 124),
            ("0000000644", "644", 124),
            ("INATTACHMENT", "INATACHMENT", 124),
            ("TASK=IMPORTREQ\n", "", 124),
            ("TASK=IMPORTREQ", "REQSEQ=0000000018", 124),
            ("TEMPLATE=NO", "TASK=EXPORT", 124),
            ("MACNET/MACPO", "MACNET", 124),
        ] {
            let refused = Body::parse(&IMPORT.replace(from, to)).unwrap_err();
            assert_eq!(refused.number, number, "{from} -> {to}");
        }
    }

    #[test]
    fn a_body_is_made_of_settings_and_lines() {
        let body = Body::new(&[(Key::Task, "EXPORT"), (Key::ReqSeq, "0000000008")]);
        assert_eq!(
            body.to_string(),
            "[DIRSYNC]\nTASK=EXPORT\nREQSEQ=0000000008"
        );
        let record = crate::import_file::record::Record::parse(
            "R PCM:NORTH/SALES",
            crate::import_file::entry::Layout::Strict,
        );
        let attached = Body::default().with(vec![Line::new(7, record.unwrap())]);
        let text = "[DIRSYNC-TRANSACTIONS]\n0000000007 R PCM:NORTH/SALES";
        assert_eq!(attached.to_string(), text);
        assert_eq!(Body::parse(text), Ok(attached));
    }
}
