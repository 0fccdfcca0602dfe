//! One change of an address list, as postoffices write and send it (Q96001, Q131151).

use std::fmt;
use std::sync::Arc;

use crate::address::{Address, PostofficeName};
use crate::import_file::entry::{Entry, Layout};
use crate::import_file::recipient::List;
use crate::import_file::record::{Change, Record};
use crate::import_file::refusal::Refusal;

/// What a requestor leaves in its emptied queue, so that numbering goes on (Q133428).
const PLACEHOLDER: &str = "# Last record processed.";
/// Bytes before the text of a queued record. Inferred from PODIAG's 60-byte file (Q110496).
const RECORD_HEADER: u64 = 24;

/// A change of an address list.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub enum Transaction {
    /// `R`: the list of this postoffice is emptied; its additions follow.
    Replace(PostofficeName),
    /// `A`: a name is added, or renamed if its mailbox is there.
    Add(Address, Arc<str>),
    /// `D`: a name is deleted.
    Delete(Address, Arc<str>),
    /// `#`: changes nothing; keeps a sync number.
    Placeholder,
    /// Everything else an import file can say: `M`, other types of addresses, templates,
    /// information for them, comments, and addresses that are not in capitals.
    Record(Arc<Record>),
}

impl Transaction {
    /// The bytes this record takes in a `*TRANS.GLB` file.
    ///
    /// 49 for the placeholder, as documented in Q133428; for the others inferred from that.
    #[must_use]
    pub fn size(&self) -> u64 {
        let text = self.to_string().len() as u64;
        RECORD_HEADER + text + 1
    }

    /// Reads a record of one or more lines.
    ///
    /// # Errors
    /// The message that IMPORT gives.
    pub fn parse(text: &str) -> Result<Self, Refusal> {
        let text = text.trim_end();
        if text == PLACEHOLDER {
            return Ok(Self::Placeholder);
        }
        let record = Record::parse(text, Layout::Strict)?;
        let short = Self::short(&record).filter(|short| short.to_string() == text);
        Ok(short.unwrap_or_else(|| Self::Record(record.into())))
    }

    /// The short form of a record, if it can have one.
    fn short(record: &Record) -> Option<Self> {
        record.information.is_empty().then_some(())?;
        match &record.change {
            Change::Add(Entry {
                name, recipient, ..
            }) => Some(Self::Add(recipient.mailbox()?, name.clone())),
            Change::Delete(Entry {
                name, recipient, ..
            }) => Some(Self::Delete(recipient.mailbox()?, name.clone())),
            Change::Replace(list) => {
                let list = PostofficeName::parse(list.node()).ok()?;
                Some(Self::Replace(list))
            }
            _ => None,
        }
    }

    /// What it does to the lists of MS Mail users, step by step: a change of a name is a deletion
    /// and an addition. Addresses of other types, templates and comments do nothing there.
    #[must_use]
    pub fn steps(&self) -> Vec<Self> {
        let Self::Record(record) = self else {
            return vec![self.clone()];
        };
        let in_list = |entry: &Entry| {
            let local = ["PCM", "CSI", "MS"].contains(&entry.recipient.kind.name);
            let address = entry.recipient.mailbox().filter(|_| local)?;
            Some((address, entry.name.clone()))
        };
        let add = |entry| in_list(entry).map(|(address, name)| Self::Add(address, name));
        let delete = |entry| in_list(entry).map(|(address, name)| Self::Delete(address, name));
        let steps = match &record.change {
            Change::Add(entry) => [add(entry), None],
            Change::Delete(entry) => [delete(entry), None],
            Change::Modify { old, new } => [delete(old), add(new)],
            Change::Replace(list) if is_local(list) => {
                let list = PostofficeName::parse(list.node()).ok();
                [list.map(Self::Replace), None]
            }
            Change::Replace(_) | Change::Template(..) | Change::Comment(_) => [None, None],
        };
        steps.into_iter().flatten().collect()
    }
}

fn is_local(list: &List) -> bool {
    ["PCM", "CSI", "MS"].contains(&list.kind.name)
}

impl From<Record> for Transaction {
    /// The short form, if the record has one and would be written like it.
    fn from(record: Record) -> Self {
        let same = |short: &Self| short.to_string() == record.to_string();
        Self::short(&record)
            .filter(same)
            .unwrap_or_else(|| Self::Record(record.into()))
    }
}

impl fmt::Display for Transaction {
    /// Code, name in columns 3 to 32, address from column 34 (Q96001).
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Replace(list) => write!(f, "R PCM:{list}"),
            Self::Add(address, name) => write!(f, "A {name:<30} PCM:{address}"),
            Self::Delete(address, name) => write!(f, "D {name:<30} PCM:{address}"),
            Self::Placeholder => f.write_str(PLACEHOLDER),
            Self::Record(record) => record.fmt(f),
        }
    }
}

/// A transaction with its sync number.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct Numbered {
    /// The sync number, counted by whoever queued it.
    pub number: u32,
    /// The change.
    pub transaction: Transaction,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_placeholder_takes_forty_nine_bytes() {
        assert_eq!(Transaction::Placeholder.size(), 49);
    }

    #[test]
    fn every_transaction_is_read_back() {
        let user = Address::parse("NET1/PO1/USER1").unwrap();
        let short = [
            Transaction::Replace(user.postoffice.clone()),
            Transaction::Add(user.clone(), "User1 alias".into()),
            Transaction::Delete(user.clone(), "Doe, John Jacob Jingleheimer S".into()),
            Transaction::Placeholder,
        ];
        for transaction in short {
            assert_eq!(
                Transaction::parse(&transaction.to_string()),
                Ok(transaction)
            );
        }
        for long in [
            "M Doe, John                      PCM:N/P/JDOE\n  Doe, J                         PCM:N/P/JD",
            "A Doe, John                      pcm:n/p/jdoe",
            "R SNADS:",
            "# Dummy record installed by PODIAG.",
        ] {
            let read = Transaction::parse(long).unwrap();
            assert!(matches!(read, Transaction::Record(_)), "{long}");
            assert_eq!(read.to_string(), long);
        }
        assert_eq!(Transaction::parse("A Doe").unwrap_err().number, 18);
    }

    #[test]
    fn a_change_of_a_name_deletes_and_adds() {
        let text = "M Doe, John                      PCM:N/P/JDOE\n  Doe, J                         PCM:N/P/JD";
        let steps = Transaction::parse(text).unwrap().steps();
        let steps: Vec<String> = steps.iter().map(ToString::to_string).collect();
        assert_eq!(
            steps,
            [
                "D Doe, John                      PCM:N/P/JDOE",
                "A Doe, J                         PCM:N/P/JD"
            ]
        );
        assert_eq!(Transaction::parse("R SNADS:").unwrap().steps(), []);
    }

    #[test]
    fn the_address_of_an_added_name_begins_in_column_34() {
        let user = Address::parse("NET1/PO1/USER1").unwrap();
        let line = Transaction::Delete(user, "User1 alias".into()).to_string();
        assert_eq!(line, "D User1 alias                    PCM:NET1/PO1/USER1");
        assert_eq!(line.find("PCM"), Some(33));
    }
}
