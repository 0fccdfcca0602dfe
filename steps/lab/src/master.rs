//! The server's master list of transactions, numbered for the whole system (Q96060).

use runsheet_formats::transaction::Transaction;

/// Transactions in the order the server received them. Numbers count on without a gap.
#[derive(Debug, Clone, Default, serde::Serialize, serde::Deserialize)]
pub struct Master {
    base: u32,
    transactions: Vec<Transaction>,
}

impl Master {
    /// A list whose last number is `sync`, of which nothing up to `base` is kept any more.
    #[must_use]
    pub fn starting_at(base: u32, sync: u32) -> Self {
        let kept = sync.saturating_sub(base) as usize;
        Self {
            base,
            transactions: vec![Transaction::Placeholder; kept],
        }
    }

    /// A list of which only these transactions after number `base` are known.
    pub(crate) fn stretch(base: u32, transactions: Vec<Transaction>) -> Self {
        Self { base, transactions }
    }

    /// The highest number given.
    #[must_use]
    pub fn sync(&self) -> u32 {
        self.base + u32::try_from(self.transactions.len()).unwrap_or(u32::MAX)
    }

    /// Takes one transaction and gives it the next number.
    pub fn append(&mut self, transaction: Transaction) {
        self.transactions.push(transaction);
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
}
