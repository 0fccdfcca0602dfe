//! What travels between requestor and server: requests, replies and the updates in them.

use std::sync::Arc;

use crate::directory::Directory;
use crate::master::Master;
use crate::postoffice::Numbers;
use crate::server::terms::Terms;
use runsheet_formats::transaction::{Numbered, Transaction};

/// A requestor's updates (T1).
#[derive(Debug, Clone, serde::Serialize, serde::Deserialize)]
pub struct Request {
    /// The newest number in REQTRANS, or the acknowledged one if nothing is pending.
    pub r: u32,
    /// The acknowledged number in REQCONF.
    pub was: u32,
    /// The last server number this requestor has applied.
    pub s: u32,
    /// How many imports it has had.
    pub i: u32,
    /// What it sends.
    pub updates: Vec<Numbered>,
    /// How many of these records can be read before the attachment breaks off: all, as a rule
    /// (Q103421).
    pub readable: usize,
    /// What it says of itself.
    pub terms: Terms,
}

/// A wish for every list, sent the moment it is asked for in ADMIN (Q142841).
#[derive(Debug, Clone, Default, serde::Serialize, serde::Deserialize)]
pub struct ImportRequest {
    /// How many imports the requestor has had.
    pub i: u32,
    /// What it says of itself.
    pub terms: Terms,
}

/// The server's reply to one requestor (T2).
#[derive(Debug, Clone, serde::Serialize, serde::Deserialize)]
pub struct Reply {
    /// Whether Exchange sends it, which says so where there is nothing to tell (Q201122).
    pub by_exchange: bool,
    /// The requestor's own number, echoed: the acknowledgement.
    pub r: u32,
    /// The new server number.
    pub s: u32,
    /// The server number the requestor had.
    pub was: u32,
    /// How many imports the requestor has had, with this one if it is one.
    pub i: u32,
    /// What it is told.
    pub updates: Updates,
}

impl Reply {
    /// Whether a requestor that has come so far is to apply it. One of an earlier import is silently
    /// discarded as old (Q99961). That single updates must follow on what was applied is inferred.
    #[must_use]
    pub fn is_next_after(&self, numbers: Numbers) -> bool {
        let follows = self.was <= numbers.srv_sync && numbers.srv_sync <= self.s;
        self.i > numbers.imp_sync || (self.i == numbers.imp_sync && follows)
    }
}

/// The content of a reply: whole lists, the server's transactions of a stretch, or both.
#[derive(Debug, Clone, serde::Serialize, serde::Deserialize)]
#[serde(into = "Kept", from = "Kept")]
pub struct Updates {
    lists: Option<Arc<Directory>>,
    master: Arc<Master>,
    from: u32,
    to: u32,
}

impl Updates {
    /// Whole `lists`, if there are any, and the server's transactions after number `from` up to
    /// `to`.
    #[must_use]
    pub fn new(lists: Option<Arc<Directory>>, master: Arc<Master>, from: u32, to: u32) -> Self {
        Self {
            lists,
            master,
            from,
            to,
        }
    }

    /// The server's transactions after number `from`, with the `lists` that are exported besides.
    #[must_use]
    pub fn since(from: u32, master: Arc<Master>, lists: Option<Arc<Directory>>) -> Self {
        let to = master.sync();
        Self::new(lists, master, from, to)
    }

    /// Transactions as they stand in a queue, of which the last has the server's number `to`.
    pub(crate) fn told(to: u32, transactions: Vec<Transaction>) -> Self {
        let lists = None;
        Kept {
            lists,
            transactions,
            to,
        }
        .into()
    }

    /// The same stretch with fewer lists and transactions.
    pub(crate) fn with(
        &self,
        lists: Option<Arc<Directory>>,
        transactions: Vec<Transaction>,
    ) -> Self {
        let to = self.to;
        Kept {
            lists,
            transactions,
            to,
        }
        .into()
    }

    /// Every record one by one: the whole lists, then the single transactions.
    pub(crate) fn written_out(&self) -> Vec<Transaction> {
        let mut all = Vec::new();
        if let Some(lists) = &self.lists {
            all.extend(lists.transactions());
        }
        all.extend_from_slice(self.transactions());
        all
    }

    /// The whole lists in this reply.
    #[must_use]
    pub fn lists(&self) -> Option<&Arc<Directory>> {
        self.lists.as_ref()
    }

    /// The single transactions in this reply.
    #[must_use]
    pub fn transactions(&self) -> &[Transaction] {
        self.master.between(self.from, self.to)
    }

    /// How many records this is: the `## sent` of a subject.
    #[must_use]
    pub fn sent(&self) -> usize {
        let lists = self.lists.as_ref().map_or(0, |lists| lists.records());
        lists + self.transactions().len()
    }

    /// The bytes these records take in SRVTRANS.GLB.
    #[must_use]
    pub fn size(&self) -> u64 {
        let single: u64 = self.transactions().iter().map(Transaction::size).sum();
        let lists = self.lists.as_ref().map_or(0, |lists| lists.size());
        lists + single
    }

    /// Whether this is the very same content as `other`, told without looking into it.
    pub(crate) fn is_the_same_as(&self, other: &Self) -> bool {
        let lists = match (&self.lists, &other.lists) {
            (Some(mine), Some(others)) => Arc::ptr_eq(mine, others),
            (None, None) => true,
            _ => false,
        };
        lists
            && Arc::ptr_eq(&self.master, &other.master)
            && (self.from, self.to) == (other.from, other.to)
    }
}

/// Updates as they are kept: only the stretch of the master list that is told.
#[derive(serde::Serialize, serde::Deserialize)]
struct Kept {
    lists: Option<Arc<Directory>>,
    transactions: Vec<Transaction>,
    to: u32,
}

impl From<Updates> for Kept {
    fn from(updates: Updates) -> Self {
        Self {
            transactions: updates.transactions().to_vec(),
            to: updates.to,
            lists: updates.lists,
        }
    }
}

impl From<Kept> for Updates {
    fn from(kept: Kept) -> Self {
        let told = u32::try_from(kept.transactions.len()).unwrap_or(u32::MAX);
        // More records may come under a number than were ever given.
        let to = kept.to.max(told);
        let from = to - told;
        Self {
            lists: kept.lists,
            master: Arc::new(Master::stretch(from, kept.transactions)),
            from,
            to,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn single_updates_must_follow_on_what_was_applied() {
        let numbers = Numbers {
            req_sync: 5,
            srv_sync: 40,
            imp_sync: 2,
        };
        let accepted = |was, s, i| {
            let updates = Updates::since(was, Arc::default(), None);
            let reply = Reply {
                by_exchange: false,
                r: 5,
                s,
                was,
                i,
                updates,
            };
            reply.is_next_after(numbers)
        };
        assert!(accepted(40, 53, 2), "the next stretch");
        assert!(accepted(38, 53, 2), "a stretch that overlaps");
        assert!(!accepted(41, 53, 2), "a stretch after a gap");
        assert!(!accepted(20, 39, 2), "a stretch long applied");
        assert!(!accepted(40, 53, 1), "an earlier import");
        assert!(accepted(0, 12, 3), "a later import");
    }
}
