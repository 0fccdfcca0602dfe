//! The three queues that IMPORT splits SRVTRANS.GLB into (Q96060).

use runsheet_formats::import_file::kind::{Kind, Shape};
use runsheet_formats::import_file::record::Change;
use runsheet_formats::transaction::Transaction;

use super::Postoffice;
use super::incoming::Received;

/// One of IMPORT's queues.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum WorkQueue {
    /// USRTRANS.GLB: names of networks and postoffices, those of SNADS, PROFS and OV among them.
    Names,
    /// NMETRANS.GLB: MS Mail names to be deleted or modified.
    Changes,
    /// GWTRANS.GLB: names behind gateways.
    Gateways,
}

impl WorkQueue {
    /// The queue of a transaction.
    pub(crate) fn of(transaction: &Transaction) -> Self {
        let record = match transaction {
            Transaction::Delete(..) => return Self::Changes,
            Transaction::Record(record) => record,
            _ => return Self::Names,
        };
        match &record.change {
            Change::Delete(entry) | Change::Modify { new: entry, .. } => {
                Self::with(entry.recipient.kind, Self::Changes)
            }
            Change::Add(entry) => Self::with(entry.recipient.kind, Self::Names),
            Change::Replace(list) | Change::Template(list, _) => Self::with(list.kind, Self::Names),
            Change::Comment(_) => Self::Names,
        }
    }

    /// The queue of a record that goes to `local` if it is about MS Mail users.
    fn with(kind: &Kind, local: Self) -> Self {
        match kind.shape {
            Shape::Postoffice => local,
            Shape::Node => Self::Names,
            _ => Self::Gateways,
        }
    }
}

impl Received {
    /// Every record that can be read.
    pub(crate) fn transactions(&self) -> Vec<Transaction> {
        match self {
            Self::Reply(reply) => reply.updates.written_out(),
            Self::Lines(lines) => {
                let lines = lines.lines();
                lines.filter_map(|it| Transaction::parse(it).ok()).collect()
            }
        }
    }
}

impl Postoffice {
    /// The bytes in one of IMPORT's queues. What cannot be read lies among the names, which is
    /// inferred.
    pub(crate) fn size_in(&self, queue: WorkQueue) -> u64 {
        if !self.busy.importing {
            return 0;
        }
        let all = self.received.iter();
        let sizes = all.map(|received| {
            let records = received.transactions();
            let others = |it: &&Transaction| match queue {
                WorkQueue::Names => WorkQueue::of(it) != queue,
                _ => WorkQueue::of(it) == queue,
            };
            let sum: u64 = records.iter().filter(others).map(Transaction::size).sum();
            match queue {
                WorkQueue::Names => received.size().saturating_sub(sum),
                _ => sum,
            }
        });
        sizes.sum()
    }
}
