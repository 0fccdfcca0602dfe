//! One change of an address list, as postoffices write and send it (Q96001, Q131151).

use std::fmt;
use std::sync::Arc;

use crate::address::{Address, PostofficeName};

/// What a requestor leaves in its emptied queue, so that numbering goes on (Q133428).
const PLACEHOLDER: &str = "# Last record processed.";
/// Bytes before the text of a queued record. Inferred from PODIAG's 60-byte file (Q110496).
const RECORD_HEADER: u64 = 24;

/// A change of an address list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Transaction {
    /// `R`: the list of this postoffice is emptied; its additions follow.
    Replace(PostofficeName),
    /// `A`: a name is added, or renamed if its mailbox is there.
    Add(Address, Arc<str>),
    /// `D`: a name is deleted.
    Delete(Address, Arc<str>),
    /// `#`: changes nothing; keeps a sync number.
    Placeholder,
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
}

impl fmt::Display for Transaction {
    /// Code, name in columns 3 to 32, address from column 34 (Q96001).
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Replace(list) => write!(f, "R PCM:{list}"),
            Self::Add(address, name) => write!(f, "A {name:<30} PCM:{address}"),
            Self::Delete(address, name) => write!(f, "D {name:<30} PCM:{address}"),
            Self::Placeholder => f.write_str(PLACEHOLDER),
        }
    }
}

/// A transaction with its sync number.
#[derive(Debug, Clone, PartialEq, Eq)]
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
    fn the_address_of_an_added_name_begins_in_column_34() {
        let user = Address::parse("NET1/PO1/USER1").unwrap();
        let line = Transaction::Delete(user, "User1 alias".into()).to_string();
        assert_eq!(line, "D User1 alias                    PCM:NET1/PO1/USER1");
        assert_eq!(line.find("PCM"), Some(33));
    }
}
