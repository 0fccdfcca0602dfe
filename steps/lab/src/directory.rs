//! Address lists: for each postoffice, who is there.
//!
//! A thousand postoffices hold a thousand lists each, nearly all equal. So a directory shares its
//! lists, postoffices share directories, and the same reply imported into the same directory is
//! worked out once. What each postoffice knows is still its own.

use std::collections::BTreeMap;
use std::sync::Arc;

use crate::reply::Updates;
use runsheet_formats::address::{Address, PostofficeName};
use runsheet_formats::transaction::Transaction;

/// The names of one postoffice: mailbox to full name.
pub type List = BTreeMap<Arc<str>, Arc<str>>;

/// Lists by postoffice.
#[derive(Debug, Clone, Default, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct Directory {
    lists: BTreeMap<PostofficeName, Arc<List>>,
    entries: usize,
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
        self.entries
    }

    /// How many records a full export of these lists takes: for each an `R` and its `A`s.
    #[must_use]
    pub fn records(&self) -> usize {
        self.lists.len() + self.entries
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
            Transaction::Record(_) => transaction.steps().iter().for_each(|it| self.apply(it)),
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

    fn has_only_lists_of(&self, other: &Self) -> bool {
        self.lists.keys().all(|name| other.lists.contains_key(name))
    }
}

/// Imports worked out lately, so that postoffices which knew the same and are told the same share
/// the result.
#[derive(Debug, Default)]
pub(crate) struct Imports {
    recent: Vec<Import>,
}

#[derive(Debug)]
struct Import {
    before: Arc<Directory>,
    updates: Updates,
    after: Arc<Directory>,
}

impl Imports {
    /// What a postoffice that knew `before` knows once it has imported `updates`.
    pub(crate) fn import(&mut self, before: &Arc<Directory>, updates: &Updates) -> Arc<Directory> {
        let known = self.recent.iter().find(|import| {
            Arc::ptr_eq(&import.before, before) && import.updates.is_the_same_as(updates)
        });
        if let Some(import) = known {
            return import.after.clone();
        }
        let after = import(before, updates);
        if self.recent.len() == 8 {
            self.recent.remove(0);
        }
        self.recent.push(Import {
            before: before.clone(),
            updates: updates.clone(),
            after: after.clone(),
        });
        after
    }
}

fn import(before: &Arc<Directory>, updates: &Updates) -> Arc<Directory> {
    let mut after = match updates.lists() {
        Some(lists) if before.has_only_lists_of(lists) => lists.clone(),
        Some(lists) => {
            let mut after = before.as_ref().clone();
            for (name, list) in &lists.lists {
                after.replace(name.clone(), list.clone());
            }
            Arc::new(after)
        }
        None => before.clone(),
    };
    if !updates.transactions().is_empty() {
        let changed = Arc::make_mut(&mut after);
        for transaction in updates.transactions() {
            changed.apply(transaction);
        }
    }
    after
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
