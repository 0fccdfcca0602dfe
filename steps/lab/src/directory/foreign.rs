//! Names that are no MS Mail users: those behind gateways, and what templates tell of anybody.

use std::collections::BTreeMap;
use std::sync::Arc;

use runsheet_formats::import_file::entry::Entry;
use runsheet_formats::import_file::record::{Change, Record};
use runsheet_formats::transaction::Transaction;

/// Names by address, of one type of addresses.
pub type Names = BTreeMap<Arc<str>, Arc<str>>;

/// Names of other types than MS Mail's, and template information.
#[derive(Debug, Clone, Default, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct Foreign {
    /// By type, in capitals: the names by address.
    pub names: BTreeMap<Arc<str>, Names>,
    /// What templates tell, by address with its type: lines such as `- Phone:/(206) 635-7022`.
    pub information: BTreeMap<Arc<str>, Vec<Arc<str>>>,
    /// Definitions of templates, by the list they are for.
    pub templates: BTreeMap<Arc<str>, Vec<Arc<str>>>,
}

impl Foreign {
    /// Whether there is nothing.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.names.is_empty() && self.information.is_empty() && self.templates.is_empty()
    }

    /// How many names there are.
    #[must_use]
    pub fn entries(&self) -> usize {
        self.names.values().map(BTreeMap::len).sum()
    }

    /// How many records an export of them takes: for each type an `R` and its `A`s, and each
    /// template.
    #[must_use]
    pub fn records(&self) -> usize {
        self.names.len() + self.entries() + self.templates.len()
    }

    /// The transactions of an export of them, without the information of MS Mail users.
    #[must_use]
    pub fn transactions(&self) -> Vec<Transaction> {
        let lines = self.lines().into_iter();
        lines
            .filter_map(|line| Transaction::parse(&line).ok())
            .collect()
    }

    /// These without names of other types than those taken, and without what templates tell unless
    /// `templates` are taken; nothing where that is all of them.
    pub(super) fn only(&self, takes: impl Fn(&str) -> bool, templates: bool) -> Option<Self> {
        let of_type = |key: &Arc<str>| takes(key.split(':').next().unwrap_or_default());
        let mut fewer = self.clone();
        fewer.names.retain(|kind, _| takes(kind));
        fewer.information.retain(|key, _| templates && of_type(key));
        fewer.templates.retain(|key, _| templates && of_type(key));
        (fewer != *self).then_some(fewer)
    }

    fn lines(&self) -> Vec<String> {
        let mut lines = Vec::new();
        for (list, definitions) in &self.templates {
            let definitions: Vec<String> =
                definitions.iter().map(|it| format!("\n {it}")).collect();
            lines.push(format!("T {list}{}", definitions.concat()));
        }
        for (kind, names) in &self.names {
            lines.push(format!("R {kind}:"));
            for (address, name) in names {
                let told = self.information.get(&key(kind, address));
                let told = told.into_iter().flatten().map(|it| format!("\n{it}"));
                let told: String = told.collect();
                lines.push(format!("A {name:<30} {kind}:{address}{told}"));
            }
        }
        lines
    }

    /// Makes the change of a record of another type than MS Mail's. Returns whether there was what
    /// it deletes or modifies.
    pub(super) fn apply(&mut self, record: &Record) -> bool {
        match &record.change {
            Change::Add(entry) => {
                self.put(entry);
                true
            }
            Change::Delete(entry) => self.remove(entry),
            Change::Modify { old, new } => {
                let was_there = self.remove(old);
                self.put(new);
                was_there
            }
            Change::Replace(list) => {
                let kind = list.kind.name;
                let of_node = list.node().to_ascii_uppercase();
                let names = self.names.entry(kind.into()).or_default();
                names.retain(|address, _| !of_node.is_empty() && !is_at(address, &of_node));
                true
            }
            Change::Template(..) | Change::Comment(_) => true,
        }
    }

    fn put(&mut self, entry: &Entry) {
        let names = self.names.entry(entry.recipient.kind.name.into());
        let names = names.or_default();
        names.insert(entry.recipient.address().into(), entry.name.clone());
    }

    fn remove(&mut self, entry: &Entry) -> bool {
        let kind = entry.recipient.kind.name;
        self.information
            .remove(&key(kind, entry.recipient.address()));
        let names = self.names.get_mut(kind);
        names.is_some_and(|it| it.remove(entry.recipient.address()).is_some())
    }

    /// Keeps what a template tells of an address; nothing, if it tells nothing.
    pub(super) fn tell(&mut self, record: &Record) {
        let (Change::Add(entry) | Change::Modify { new: entry, .. }) = &record.change else {
            return;
        };
        let key = key(entry.recipient.kind.name, entry.recipient.address());
        let lines = record.information.iter();
        let lines: Vec<Arc<str>> = lines.map(|it| it.to_string().into()).collect();
        if lines.is_empty() {
            self.information.remove(&key);
        } else {
            self.information.insert(key, lines);
        }
    }

    /// Keeps the definition of a template.
    pub(super) fn define(&mut self, record: &Record) {
        if let Change::Template(list, definitions) = &record.change {
            let lines = definitions.iter().map(|it| it.to_string().into());
            let list: Arc<str> = list.to_string().into();
            self.templates.insert(list, lines.collect());
        }
    }
}

/// An address with its type.
fn key(kind: &str, address: &str) -> Arc<str> {
    format!("{kind}:{address}").into()
}

/// Whether an address such as `NET/PO/USER` is of the node `NET/PO`.
fn is_at(address: &str, node: &str) -> bool {
    let head = address.rsplit_once('/').map_or("", |(head, _)| head);
    head.eq_ignore_ascii_case(node)
}
