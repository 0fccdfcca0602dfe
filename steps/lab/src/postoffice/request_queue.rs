//! REQTRANS.GLB: a postoffice's changes, each with its own number, until they are acknowledged.

use runsheet_formats::transaction::{Numbered, Transaction};

/// The queue of a postoffice's own changes.
///
/// Numbers go on from the last record, so an emptied queue keeps a placeholder with the last
/// acknowledged number; only a brand-new one begins at 1 (Q96060, Q133428).
#[derive(Debug, Clone, Default, serde::Serialize, serde::Deserialize)]
pub struct RequestQueue {
    records: Vec<Numbered>,
}

impl RequestQueue {
    /// A queue that was acknowledged up to `number`.
    #[must_use]
    pub fn acknowledged(number: u32) -> Self {
        let mut queue = Self::default();
        queue.leave_placeholder(number);
        queue
    }

    /// A queue of these records, in the order of their numbers.
    pub(crate) fn of(records: Vec<Numbered>) -> Self {
        Self { records }
    }

    /// Every record.
    pub(crate) fn records(&self) -> &[Numbered] {
        &self.records
    }

    /// Appends a change under the next number.
    pub fn append(&mut self, transaction: Transaction) {
        let number = self.last().unwrap_or(0) + 1;
        self.records.push(Numbered {
            number,
            transaction,
        });
    }

    /// The highest number in the file; none if it is empty.
    #[must_use]
    pub fn last(&self) -> Option<u32> {
        self.records.last().map(|record| record.number)
    }

    /// The records above `acknowledged`.
    #[must_use]
    pub fn pending(&self, acknowledged: u32) -> Vec<Numbered> {
        let pending = self.records.iter().filter(|it| it.number > acknowledged);
        pending.cloned().collect()
    }

    /// Drops what is acknowledged up to `number`, leaving a placeholder if nothing else remains.
    pub fn acknowledge(&mut self, number: u32) {
        self.records.retain(|record| record.number > number);
        if self.records.is_empty() && number > 0 {
            self.leave_placeholder(number);
        }
    }

    /// Makes records that say this say nothing; they keep their numbers.
    pub(crate) fn void(&mut self, transaction: &Transaction) {
        let these = self.records.iter_mut();
        for record in these.filter(|it| it.transaction == *transaction) {
            record.transaction = Transaction::Placeholder;
        }
    }

    /// The size of the file: 0 when new, 49 after a full acknowledgement (Q133428).
    #[must_use]
    pub fn size(&self) -> u64 {
        self.records.iter().map(|it| it.transaction.size()).sum()
    }

    fn leave_placeholder(&mut self, number: u32) {
        self.records = vec![Numbered {
            number,
            transaction: Transaction::Placeholder,
        }];
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use runsheet_formats::address::PostofficeName;

    fn change() -> Transaction {
        Transaction::Replace(PostofficeName::parse("NORTH/SALES").unwrap())
    }

    #[test]
    fn numbers_go_on_after_everything_was_acknowledged() {
        let mut queue = RequestQueue::default();
        assert_eq!(queue.size(), 0);
        queue.append(change());
        queue.append(change());
        queue.acknowledge(2);
        assert_eq!((queue.size(), queue.last()), (49, Some(2)));
        queue.append(change());
        assert_eq!(queue.pending(2).len(), 1);
        assert_eq!(queue.last(), Some(3));
    }

    #[test]
    fn what_is_not_acknowledged_stays() {
        let mut queue = RequestQueue::default();
        queue.append(change());
        queue.append(change());
        queue.acknowledge(1);
        assert_eq!(queue.pending(1).len(), 1);
        assert_eq!(queue.last(), Some(2));
    }
}
