//! Address lists: for each postoffice, who is there.
//!
//! A thousand postoffices hold a thousand lists each, nearly all equal. So a directory shares its
//! lists, postoffices share directories, and the same reply imported into the same directory is
//! worked out once. What each postoffice knows is still its own.

pub mod foreign;
pub(crate) mod imports;
pub(crate) mod merge;

use std::collections::BTreeMap;
use std::sync::Arc;

use foreign::Foreign;
use runsheet_formats::address::{Address, PostofficeName};
use runsheet_formats::import_file::record::Record;
use runsheet_formats::transaction::Transaction;

/// The names of one postoffice: mailbox to full name.
pub type List = BTreeMap<Arc<str>, Arc<str>>;

/// Lists by postoffice.
#[derive(Debug, Clone, Default, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct Directory {
    lists: BTreeMap<PostofficeName, Arc<List>>,
    entries: usize,
    /// Names of other types than MS Mail's, and what templates tell.
    foreign: Arc<Foreign>,
}

impl Directory {
    /// Every list, in order of its postoffice's name.
    pub fn lists(&self) -> impl Iterator<Item = (&PostofficeName, &List)> {
        self.lists.iter().map(|(name, list)| (name, list.as_ref()))
    }

    /// The list of one postoffice, if it was ever heard of.
    #[must_use]
    pub fn list(&self, postoffice: &PostofficeName) -> Option<&List> {
        self.lists.get(postoffice).map(AsRef::as_ref)
    }

    /// The full name behind an address.
    #[must_use]
    pub fn name(&self, address: &Address) -> Option<&str> {
        let list = self.lists.get(&address.postoffice)?;
        list.get(&address.mailbox).map(AsRef::as_ref)
    }

    /// How many lists there are.
    #[must_use]
    pub fn postoffices(&self) -> usize {
        self.lists.len()
    }

    /// How many names there are in all lists together.
    #[must_use]
    pub fn entries(&self) -> usize {
        self.entries + self.foreign.entries()
    }

    /// How many records a full export of these lists takes: for each an `R` and its `A`s.
    #[must_use]
    pub fn records(&self) -> usize {
        self.lists.len() + self.entries + self.foreign.records()
    }

    /// The transactions of an export of these lists.
    #[must_use]
    pub fn transactions(&self) -> Vec<Transaction> {
        let mut transactions = Vec::with_capacity(self.records());
        for (postoffice, list) in self.lists() {
            transactions.push(Transaction::Replace(postoffice.clone()));
            let names = list.iter();
            let names = names
                .map(|(mailbox, name)| Transaction::Add(postoffice.mailbox(mailbox), name.clone()));
            transactions.extend(names);
        }
        transactions.extend(self.foreign.transactions());
        transactions
    }

    /// The bytes that an export of these lists takes in a queue.
    #[must_use]
    pub fn size(&self) -> u64 {
        self.transactions().iter().map(Transaction::size).sum()
    }

    /// Names of other types than MS Mail's, and what templates tell.
    #[must_use]
    pub fn foreign(&self) -> &Foreign {
        &self.foreign
    }

    /// Leaves out what templates tell, and the templates.
    pub(crate) fn forget_templates(&mut self) {
        let foreign = self.foreign_mut();
        foreign.information.clear();
        foreign.templates.clear();
    }

    /// These lists without names of other types than those taken, and without what templates tell
    /// unless they are `templates` too; nothing where that is all of them.
    pub(crate) fn only(&self, takes: impl Fn(&str) -> bool, templates: bool) -> Option<Self> {
        let local = takes("PCM");
        let foreign = self.foreign.only(takes, templates);
        if foreign.is_none() && (local || self.lists.is_empty()) {
            return None;
        }
        let foreign = foreign.map_or_else(|| self.foreign.clone(), Arc::new);
        Some(match local {
            true => Self {
                foreign,
                ..self.clone()
            },
            false => Self {
                foreign,
                ..Self::default()
            },
        })
    }

    fn foreign_mut(&mut self) -> &mut Foreign {
        Arc::make_mut(&mut self.foreign)
    }

    fn shared(&self) -> impl Iterator<Item = (&PostofficeName, &Arc<List>)> {
        self.lists.iter()
    }

    /// Puts a whole list in place of the one there.
    pub fn replace(&mut self, postoffice: PostofficeName, list: Arc<List>) {
        self.entries += list.len();
        if let Some(before) = self.lists.insert(postoffice, list) {
            self.entries -= before.len();
        }
    }

    /// Makes one change.
    pub fn apply(&mut self, transaction: &Transaction) {
        match transaction {
            Transaction::Replace(postoffice) => self.replace(postoffice.clone(), Arc::default()),
            Transaction::Add(address, name) => self.add(address, name),
            Transaction::Delete(address, _) => self.delete(address),
            Transaction::Placeholder => {}
            Transaction::Record(record) => self.apply_record(transaction, record),
        }
    }

    fn apply_record(&mut self, transaction: &Transaction, record: &Record) {
        let steps = transaction.steps();
        if !steps.is_empty() {
            steps.iter().for_each(|it| self.apply(it));
        } else {
            self.foreign_mut().apply(record);
            self.foreign_mut().define(record);
        }
        if !record.information.is_empty() {
            self.foreign_mut().tell(record);
        }
    }

    fn add(&mut self, address: &Address, name: &Arc<str>) {
        let list = self.lists.entry(address.postoffice.clone()).or_default();
        let before = Arc::make_mut(list).insert(address.mailbox.clone(), name.clone());
        self.entries += usize::from(before.is_none());
    }

    fn delete(&mut self, address: &Address) {
        if let Some(list) = self.lists.get_mut(&address.postoffice) {
            let before = Arc::make_mut(list).remove(&address.mailbox);
            self.entries -= usize::from(before.is_some());
        }
    }

    /// Whether `other` has a list for every postoffice this one knows, and this one knows nothing
    /// besides.
    fn is_told_anew_by(&self, other: &Self) -> bool {
        self.foreign.is_empty() && self.lists.keys().all(|name| other.lists.contains_key(name))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_count_of_entries_follows_every_change() {
        let mut directory = Directory::default();
        let anna = Address::parse("NORTH/SALES/ANNA").unwrap();
        let bert = Address::parse("NORTH/SALES/BERT").unwrap();
        directory.apply(&Transaction::Add(anna.clone(), "Anna".into()));
        directory.apply(&Transaction::Add(anna.clone(), "Anna A".into()));
        directory.apply(&Transaction::Add(bert.clone(), "Bert".into()));
        assert_eq!((directory.entries(), directory.records()), (2, 3));
        directory.apply(&Transaction::Delete(bert, "Bert".into()));
        assert_eq!(directory.entries(), 1);
        assert_eq!(directory.name(&anna), Some("Anna A"));
        directory.apply(&Transaction::Replace(anna.postoffice.clone()));
        assert_eq!((directory.entries(), directory.postoffices()), (0, 1));
    }
}
