//! REQTRANS.GLB: a postoffice's changes, each with its own number, until they are acknowledged.

use std::collections::BTreeMap;

use runsheet_formats::transaction::{Numbered, Transaction};
use runsheet_step::Moment;

/// The queue of a postoffice's own changes.
///
/// Numbers go on from the last record, so an emptied queue keeps a placeholder with the last
/// acknowledged number; only a brand-new one begins at 1 (Q96060, Q133428).
#[derive(Debug, Clone, Default, serde::Serialize, serde::Deserialize)]
pub struct RequestQueue {
    records: Vec<Numbered>,
    /// When records were queued, by their numbers, as LISTQ tells (Q96060).
    #[serde(with = "crate::kept::pairs")]
    dates: BTreeMap<u32, Moment>,
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
        let dates = BTreeMap::new();
        Self { records, dates }
    }

    /// A queue of these records, each with the moment it was queued, where that is known.
    pub(crate) fn dated(records: Vec<(Option<Moment>, Numbered)>) -> Self {
        let dates = records.iter();
        let dates = dates.filter_map(|(at, it)| Some((it.number, (*at)?)));
        Self {
            dates: dates.collect(),
            records: records.into_iter().map(|(_, it)| it).collect(),
        }
    }

    /// When a record was queued.
    pub(crate) fn date(&self, number: u32) -> Option<Moment> {
        self.dates.get(&number).copied()
    }

    /// Whether the newest record has its date.
    pub(crate) fn is_dated(&self) -> bool {
        self.last()
            .is_none_or(|last| self.dates.contains_key(&last))
    }

    /// The records that came since this was last done came now.
    pub(crate) fn came(&mut self, now: Moment) {
        let dated = self.dates.last_key_value().map(|(number, _)| *number);
        let new = self.records.iter().map(|it| it.number);
        let new = new.filter(|it| dated.is_none_or(|dated| *it > dated));
        self.dates.extend(new.map(|number| (number, now)));
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
        self.dates.retain(|it, _| *it > number);
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
