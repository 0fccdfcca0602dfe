//! How received updates change the lists of a postoffice, and what IMPORT says of each record.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use super::Directory;
use crate::reply::Updates;
use runsheet_formats::address::{Address, PostofficeName};
use runsheet_formats::import_file::entry::Entry;
use runsheet_formats::import_file::kind::KINDS;
use runsheet_formats::import_file::record::{Change, Record};
use runsheet_formats::log::{Message, Severity};
use runsheet_formats::transaction::Transaction;

/// What a postoffice lets into its lists.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Rules {
    /// Whether it asks for MS Mail addresses. That IMPORT passes over those it did not ask for is
    /// inferred.
    pub(crate) local: bool,
    /// The types it has gateways for (Q122751).
    pub(crate) gateways: BTreeSet<Arc<str>>,
    /// What happens to names of postoffices it has not heard of.
    pub(crate) creation: Creation,
    /// Whether it takes template information (Q96003, message 73).
    pub(crate) templates: bool,
}

impl Rules {
    /// Everything is let in.
    pub(crate) fn everything() -> Self {
        Self {
            local: true,
            gateways: KINDS.iter().map(|kind| kind.name.into()).collect(),
            creation: Creation::Done,
            templates: true,
        }
    }
}

/// What happens to names of postoffices that are not known yet.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Creation {
    /// The postoffice is created.
    Done,
    /// They are refused: the option Create-PO says No (Q136514). The number 32 is inferred.
    Off,
    /// Creating needs the name of the dir-sync server, and there is none (Q136514).
    Nameless,
    /// The definitions are in use: XTN is locked (Q117562).
    Busy,
}

/// Something IMPORT says of a record.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Remark {
    /// What it says.
    pub(crate) message: Message,
    /// The postoffice the record is about. One that reads of itself passes over its own records.
    pub(crate) about: Option<PostofficeName>,
}

/// What an import makes of lists.
#[derive(Debug, Clone)]
pub(crate) struct Outcome {
    /// The lists afterwards.
    pub(crate) lists: Arc<Directory>,
    /// What is said, in the order of the records.
    pub(crate) remarks: Arc<[Remark]>,
}

/// An import at work.
pub(crate) struct Merge<'r> {
    lists: Arc<Directory>,
    rules: &'r Rules,
    remarks: Vec<Remark>,
    missing: BTreeSet<String>,
    /// The mailboxes that were added in this very import.
    added: BTreeMap<PostofficeName, BTreeSet<Arc<str>>>,
}

impl<'r> Merge<'r> {
    /// Begins with what a postoffice knows.
    pub(crate) fn new(before: &Arc<Directory>, rules: &'r Rules) -> Self {
        Self {
            lists: before.clone(),
            rules,
            remarks: Vec::new(),
            missing: BTreeSet::new(),
            added: BTreeMap::new(),
        }
    }

    /// What has come of it.
    pub(crate) fn outcome(self) -> Outcome {
        Outcome {
            lists: self.lists,
            remarks: self.remarks.into(),
        }
    }

    /// Takes in a reply.
    pub(crate) fn updates(&mut self, updates: &Updates) {
        if let Some(lists) = updates.lists() {
            self.replace(lists);
        }
        let said = self.remarks.len();
        for transaction in updates.transactions() {
            self.transaction(transaction);
        }
        // Single updates that come with whole lists may be in them already: nothing is said of
        // those. This is inferred.
        if updates.lists().is_some() {
            let known = |it: &Remark| matches!(it.message.number, Some(27..=29));
            let later = self.remarks.split_off(said);
            self.remarks
                .extend(later.into_iter().filter(|it| !known(it)));
        }
    }

    /// Puts whole lists in the place of those there. Where they say all there is to know, they are
    /// shared.
    pub(crate) fn replace(&mut self, lists: &Arc<Directory>) {
        let plain = self.rules.local && lists.foreign.is_empty();
        let creates = self.rules.creation == Creation::Done;
        if plain && creates && self.lists.is_told_anew_by(lists) {
            self.lists = lists.clone();
            return;
        }
        for (name, list) in lists.shared() {
            if self.rules.local && self.may_hold(name) {
                Arc::make_mut(&mut self.lists).replace(name.clone(), list.clone());
            }
        }
        for transaction in lists.foreign.transactions() {
            self.transaction(&transaction);
        }
    }

    /// Makes one change.
    pub(crate) fn transaction(&mut self, transaction: &Transaction) {
        match transaction {
            Transaction::Replace(list) => self.empty(list),
            Transaction::Add(address, name) => self.add(address, name),
            Transaction::Delete(address, name) => self.delete(address, name),
            Transaction::Placeholder => {}
            Transaction::Record(record) => self.record(record),
        }
    }

    fn empty(&mut self, list: &PostofficeName) {
        if self.rules.local && self.may_hold(list) {
            Arc::make_mut(&mut self.lists).replace(list.clone(), Arc::default());
            self.added.remove(list);
        }
    }

    fn add(&mut self, address: &Address, name: &Arc<str>) {
        if !self.rules.local || !self.may_hold(&address.postoffice) {
            return;
        }
        let added = self.added.get(&address.postoffice);
        let again = added.is_some_and(|it| it.contains(&address.mailbox));
        if self.lists.name(address) == Some(name.as_ref()) {
            // That 28 is for what the queue itself brings twice is inferred from its text.
            let number = if again { 28 } else { 27 };
            self.say(Severity::Warning, number, name, Some(&address.postoffice));
            return;
        }
        if !again {
            let added = self.added.entry(address.postoffice.clone()).or_default();
            added.insert(address.mailbox.clone());
        }
        Arc::make_mut(&mut self.lists).add(address, name);
    }

    fn delete(&mut self, address: &Address, name: &str) {
        if !self.rules.local {
            return;
        }
        if self.lists.name(address).is_none() {
            self.say(Severity::Error, 29, name, Some(&address.postoffice));
            return;
        }
        if let Some(added) = self.added.get_mut(&address.postoffice) {
            added.remove(&address.mailbox);
        }
        Arc::make_mut(&mut self.lists).delete(address);
    }

    fn record(&mut self, record: &Record) {
        match &record.change {
            Change::Comment(_) => return,
            Change::Template(list, _) if self.has_gateway(list.kind.name) => {
                if self.takes_templates() {
                    Arc::make_mut(&mut self.lists).foreign_mut().define(record);
                }
                return;
            }
            Change::Template(..) => return,
            Change::Add(entry) | Change::Delete(entry) => self.entry(record, entry, None),
            Change::Modify { old, new } => self.entry(record, new, Some(old)),
            Change::Replace(list) => match PostofficeName::parse(list.node()) {
                Ok(node) if is_local(list.kind.name) => self.empty(&node),
                _ if is_local(list.kind.name) => {}
                _ => self.foreign(list.kind.name, "", record),
            },
        }
        if !record.information.is_empty() && self.takes_templates() {
            Arc::make_mut(&mut self.lists).foreign_mut().tell(record);
        }
    }

    /// A name added, deleted or, where there is an `old` one, modified. A modification of a name
    /// that is not there is an error, and yet leaves the new name behind (Q117260).
    fn entry(&mut self, record: &Record, entry: &Entry, old: Option<&Entry>) {
        let kind = entry.recipient.kind.name;
        if old.is_some_and(|old| self.changes_nothing(record, old, entry)) {
            return self.say(Severity::Warning, 47, &entry.name, None);
        }
        let address = entry.recipient.mailbox().filter(|_| is_local(kind));
        let Some(address) = address else {
            return self.foreign(kind, &entry.name, record);
        };
        if matches!(record.change, Change::Delete(_)) {
            return self.delete(&address, &entry.name);
        }
        if let Some(old) = old
            && let Some(before) = old.recipient.mailbox()
        {
            self.delete(&before, &old.name);
        }
        self.add(&address, &entry.name);
    }

    /// Whether a modification says of a name that is there what is known of it already. That 47 is
    /// for this is inferred from its text.
    fn changes_nothing(&self, record: &Record, old: &Entry, new: &Entry) -> bool {
        let known = new.recipient.mailbox();
        let known = known.and_then(|it| self.lists.name(&it));
        record.information.is_empty()
            && old.name == new.name
            && old.recipient == new.recipient
            && known == Some(new.name.as_ref())
    }

    /// A record of another type than MS Mail's. Without the gateway it is refused, once for each
    /// gateway (Q122751).
    fn foreign(&mut self, kind: &str, name: &str, record: &Record) {
        if !self.has_gateway(kind) {
            if self.missing.insert(kind.to_owned()) {
                self.say(Severity::Error, 44, kind, None);
            }
            return;
        }
        let found = Arc::make_mut(&mut self.lists).foreign_mut().apply(record);
        if !found {
            self.say(Severity::Error, 29, name, None);
        }
    }

    fn has_gateway(&self, kind: &str) -> bool {
        is_local(kind) || self.rules.gateways.contains(kind)
    }

    /// Whether template information is taken; if not, it is said once.
    fn takes_templates(&mut self) -> bool {
        if !self.rules.templates && self.missing.insert("templates".to_owned()) {
            let message = Message::new(Severity::Warning, 73, &[]);
            let about = None;
            self.remarks.push(Remark { message, about });
        }
        self.rules.templates
    }

    /// Whether a postoffice has a list here, or may get one now; if not, it is said once.
    fn may_hold(&mut self, name: &PostofficeName) -> bool {
        if self.lists.list(name).is_some() {
            return true;
        }
        let refusal = match self.rules.creation {
            Creation::Done => return true,
            Creation::Off => (Severity::Error, 32),
            Creation::Nameless => (Severity::Fatal, 54),
            Creation::Busy => (Severity::Fatal, 59),
        };
        if self.missing.insert(name.to_string()) {
            let argument = match refusal.1 {
                54 => "",
                59 => name.postoffice(),
                _ => &name.to_string(),
            };
            self.say(refusal.0, refusal.1, argument, Some(name));
        }
        false
    }

    fn say(
        &mut self,
        severity: Severity,
        number: u16,
        argument: &str,
        about: Option<&PostofficeName>,
    ) {
        let arguments: &[&str] = if argument.is_empty() {
            &[]
        } else {
            &[argument]
        };
        self.remarks.push(Remark {
            message: Message::new(severity, number, arguments),
            about: about.cloned(),
        });
    }
}

/// Whether addresses of this type are those of MS Mail users.
fn is_local(kind: &str) -> bool {
    ["PCM", "CSI", "MS"].contains(&kind)
}
