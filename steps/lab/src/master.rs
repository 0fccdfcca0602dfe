//! The server's master list of transactions, numbered for the whole system (Q96060).

use runsheet_formats::transaction::Transaction;
use runsheet_step::Moment;

/// Transactions in the order the server received them. Numbers count on without a gap.
#[derive(Debug, Clone, Default, serde::Serialize, serde::Deserialize)]
pub struct Master {
    base: u32,
    transactions: Vec<Transaction>,
    /// The highest number received at each moment.
    received: Vec<(Moment, u32)>,
}

impl Master {
    /// A list whose last number is `sync`, of which nothing up to `base` is kept any more.
    #[must_use]
    pub fn starting_at(base: u32, sync: u32) -> Self {
        let kept = sync.saturating_sub(base) as usize;
        Self {
            base,
            transactions: vec![Transaction::Placeholder; kept],
            received: Vec::new(),
        }
    }

    /// A list of which only these transactions after number `base` are known.
    pub(crate) fn stretch(base: u32, transactions: Vec<Transaction>) -> Self {
        Self {
            base,
            transactions,
            received: Vec::new(),
        }
    }

    /// The highest number given.
    #[must_use]
    pub fn sync(&self) -> u32 {
        let kept = u32::try_from(self.transactions.len()).unwrap_or(u32::MAX);
        self.base.saturating_add(kept)
    }

    /// The highest number that is not kept any more.
    #[must_use]
    pub fn base(&self) -> u32 {
        self.base
    }

    /// Takes one transaction and gives it the next number.
    pub fn append(&mut self, at: Moment, transaction: Transaction) {
        self.transactions.push(transaction);
        let sync = self.sync();
        match self.received.last_mut() {
            Some((then, last)) if *then == at => *last = sync,
            _ => self.received.push((at, sync)),
        }
    }

    /// Whether something was received before a moment.
    #[must_use]
    pub fn holds_before(&self, moment: Moment) -> bool {
        self.received.first().is_some_and(|(at, _)| *at < moment)
    }

    /// Drops what was received before a moment.
    pub fn forget_before(&mut self, moment: Moment) {
        let old = self.received.iter().take_while(|(at, _)| *at < moment);
        if let Some((_, last)) = old.last() {
            self.forget(*last);
        }
    }

    /// Drops everything up to a number.
    pub fn forget(&mut self, last: u32) {
        let dropped = last.clamp(self.base, self.sync()) - self.base;
        self.transactions.drain(..dropped as usize);
        self.base += dropped;
        let base = self.base;
        self.received.retain(|(_, last)| *last > base);
    }

    /// Takes back everything above a number.
    pub fn truncate(&mut self, sync: u32) {
        let kept = sync.max(self.base) - self.base;
        self.transactions.truncate(kept as usize);
        for (_, last) in &mut self.received {
            *last = sync.min(*last);
        }
        self.received.dedup_by_key(|(_, last)| *last);
    }

    /// The transactions numbered above `from` and up to `to`.
    #[must_use]
    pub fn between(&self, from: u32, to: u32) -> &[Transaction] {
        let index = |number: u32| {
            let kept = number.saturating_sub(self.base) as usize;
            kept.min(self.transactions.len())
        };
        let (from, to) = (index(from), index(to));
        &self.transactions[from.min(to)..to]
    }

    /// Every transaction with its number and the moment it was received, where that is known.
    pub fn records(&self) -> impl Iterator<Item = (u32, Option<Moment>, &Transaction)> {
        let numbered = self.transactions.iter().zip(self.base + 1..);
        numbered.map(|(transaction, number)| {
            let stretch = self.received.partition_point(|(_, last)| *last < number);
            let at = self.received.get(stretch).map(|(at, _)| *at);
            (number, at, transaction)
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const DAY: i64 = 24 * 60 * 60 * 1000;

    #[test]
    fn what_was_received_before_a_moment_is_forgotten_and_numbers_go_on() {
        let mut master = Master::default();
        for day in [1, 1, 2, 3] {
            master.append(Moment(day * DAY), Transaction::Placeholder);
        }
        assert!(!master.holds_before(Moment(DAY)));
        master.forget_before(Moment(2 * DAY));
        assert_eq!((master.base(), master.sync()), (2, 4));
        assert_eq!(master.between(0, 4).len(), 2);
        let records = master.records();
        let days: Vec<_> = records.map(|(n, at, _)| (n, at.unwrap().0 / DAY)).collect();
        assert_eq!(days, [(3, 2), (4, 3)]);
        master.append(Moment(4 * DAY), Transaction::Placeholder);
        assert_eq!(master.sync(), 5);
    }
}
