//! What the service makes of a requestor's transactions before it takes them in: some it drops, some
//! names it changes.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use runsheet_formats::address::Address;
use runsheet_formats::import_file::record::Change;
use runsheet_formats::transaction::{Numbered, Transaction};

use super::Dx;
use crate::directory::List;
use crate::mail::{Content, Mail};
use crate::reply::Request;

/// Something the service has to say of a transaction.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Finding {
    /// Its address has no valid form, and it is dropped (Q159189).
    Malformed(String),
    /// The directory was searched once more, for the entry was imported from another requestor
    /// (Q155727).
    Searched(String),
}

/// Names that several recipients would have, each with the address that keeps it; of a user of
/// Exchange none.
pub(super) type Twins = BTreeMap<Arc<str>, Option<Address>>;

/// Whether a record says what no reader takes, such as an X.400 address without separators
/// (Q156729).
pub(crate) fn is_malformed(transaction: &Transaction) -> bool {
    matches!(transaction, Transaction::Record(_))
        && Transaction::parse(&transaction.to_string()).is_err()
}

impl Dx {
    /// Forgets what was heard that Exchange 4.0 stops at (Q156729), and says whether there was any.
    /// That it is gone after the crash, so that its sender sends it again, is inferred.
    pub(super) fn choke_on_malformed(&mut self) -> bool {
        let before = self.heard.len();
        self.heard.retain(|mail| {
            let mut updates = request(mail).into_iter().flat_map(|it| &it.updates);
            !updates.any(|it| is_malformed(&it.transaction))
        });
        self.heard.len() < before
    }

    /// The display names that would not be unique any more. `own` are the users of Exchange. Where
    /// `Unique Display Names` is 0 they need only be unique within a postoffice (Q146676).
    pub(super) fn twins(&self, heard: &[Arc<Mail>], own: &List) -> Twins {
        let anywhere = !self.options.names_not_unique;
        let collide = |one: &Address, other: &Address| {
            one != other && (anywhere || one.postoffice == other.postoffice)
        };
        let mut keepers = Twins::new();
        let mut twins = BTreeSet::new();
        let updates = heard.iter().filter_map(|it| request(it));
        for (address, name) in updates.flat_map(|it| &it.updates).filter_map(added) {
            match keepers.get(name) {
                Some(Some(keeper)) if collide(keeper, address) => drop(twins.insert(name.clone())),
                Some(_) => {}
                None => drop(keepers.insert(name.clone(), Some(address.clone()))),
            }
        }
        let any = !keepers.is_empty();
        let lists = self.lists.lists.lists().filter(|_| any);
        for (postoffice, list) in lists {
            for (mailbox, name) in list {
                if let Some(keeper) = keepers.get_mut(name) {
                    let listed = postoffice.mailbox(mailbox);
                    if keeper.as_ref().is_some_and(|it| collide(it, &listed)) {
                        twins.insert(name.clone());
                        *keeper = Some(listed);
                    }
                }
            }
        }
        for name in own.values().filter(|_| anywhere) {
            if let Some(keeper) = keepers.get_mut(name) {
                twins.insert(name.clone());
                *keeper = None;
            }
        }
        keepers.retain(|name, _| twins.contains(name));
        keepers
    }

    /// A message as it is taken in, and what is to be said of it.
    pub(super) fn revised(&self, mail: Arc<Mail>, twins: &Twins) -> (Arc<Mail>, Vec<Finding>) {
        let mut findings = Vec::new();
        let Some(request) = request(&mail) else {
            return (mail, findings);
        };
        let remote = self.remotes.get(&mail.from.postoffice);
        let another = remote.and_then(|it| it.imported_by.as_ref());
        let mut changed = false;
        let mut updates = Vec::with_capacity(request.updates.len());
        for update in &request.updates {
            let kept = if is_malformed(&update.transaction) {
                findings.push(Finding::Malformed(update.transaction.to_string()));
                Transaction::Placeholder
            } else if another.is_some() && changes_an_entry(&update.transaction) {
                if another.is_some_and(|it| self.options.import_from.contains(it)) {
                    findings.push(Finding::Searched(update.transaction.to_string()));
                    update.transaction.clone()
                } else {
                    Transaction::Placeholder
                }
            } else {
                made_unique(&update.transaction, twins)
            };
            changed |= kept != update.transaction;
            updates.push(Numbered {
                number: update.number,
                transaction: kept,
            });
        }
        if !changed {
            return (mail, findings);
        }
        let content = Content::Request(Request {
            updates,
            ..request.clone()
        });
        let revised = Mail {
            content,
            ..mail.as_ref().clone()
        };
        (Arc::new(revised), findings)
    }
}

fn request(mail: &Mail) -> Option<&Request> {
    match &mail.content {
        Content::Request(request) => Some(request),
        _ => None,
    }
}

fn added(update: &Numbered) -> Option<(&Address, &Arc<str>)> {
    match &update.transaction {
        Transaction::Add(address, name) => Some((address, name)),
        _ => None,
    }
}

fn changes_an_entry(transaction: &Transaction) -> bool {
    match transaction {
        Transaction::Delete(..) => true,
        Transaction::Record(record) => {
            matches!(record.change, Change::Delete(_) | Change::Modify { .. })
        }
        _ => false,
    }
}

/// A name that another recipient has gets 001 behind it (Q146676).
fn made_unique(transaction: &Transaction, twins: &Twins) -> Transaction {
    match transaction {
        Transaction::Add(address, name)
            if twins
                .get(name)
                .is_some_and(|it| it.as_ref() != Some(address)) =>
        {
            Transaction::Add(address.clone(), format!("{name}001").into())
        }
        transaction => transaction.clone(),
    }
}
