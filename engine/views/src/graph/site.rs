//! What is known of a workflow at a site: the items of its lists, and where its steps act.

use std::collections::BTreeMap;

use indexmap::IndexSet;

/// All of it, by addresses as plans have them: `t1["NORTH/SALES"].send`.
#[derive(Clone, Debug, Default)]
pub struct AtSite {
    /// The name of the site.
    pub site: String,
    items: BTreeMap<String, IndexSet<String>>,
    steps: BTreeMap<String, There>,
}

/// A step at a site.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct There {
    /// Where it acts.
    pub host: Option<String>,
    /// Whether it is known that it does not run.
    pub is_skipped: bool,
}

impl AtSite {
    /// Nothing is known yet of this site.
    #[must_use]
    pub fn new(site: &str) -> AtSite {
        AtSite {
            site: site.to_owned(),
            ..AtSite::default()
        }
    }

    /// Takes up a step, and the items in its address.
    pub fn add(&mut self, address: &str, there: There) {
        let mut from = 0;
        while let Some(open) = address[from..].find("[\"").map(|at| from + at) {
            let rest = &address[open + 2..];
            let length = rest.find("\"]").unwrap_or(rest.len());
            let items = self.items.entry(address[..open].to_owned()).or_default();
            items.insert(rest[..length].to_owned());
            from = (open + 2 + length + 2).min(address.len());
        }
        self.steps.insert(address.to_owned(), there);
    }

    /// The items of a `foreach`; nothing where its list is not known.
    pub(super) fn items(&self, address: &str) -> Option<&IndexSet<String>> {
        self.items.get(address)
    }

    pub(super) fn step(&self, address: &str) -> Option<&There> {
        self.steps.get(address)
    }
}

/// The address of an item.
pub(super) fn item(address: &str, name: &str) -> String {
    format!("{address}[\"{name}\"]")
}

/// An address without its items, by which all of them are meant.
pub(super) fn without_items(address: &str) -> String {
    let steps = parts(address).into_iter().map(|(step, _)| step);
    steps.collect::<Vec<_>>().join(".")
}

/// Whether an address that somebody wants is that of a step, or of something in it.
pub(super) fn leads_to(wanted: &str, own: &str) -> bool {
    let (wanted, own) = (parts(wanted), parts(own));
    let fits = |(wanted, own): (&Part<'_>, &Part<'_>)| {
        wanted.0 == own.0 && (wanted.1.is_none() || own.1.is_none() || wanted.1 == own.1)
    };
    wanted.len() >= own.len() && wanted.iter().zip(&own).all(fits)
}

/// Whether an address that somebody wants is that of a step, or of all items that it is among.
pub(super) fn means(wanted: &str, own: &str) -> bool {
    let is_one = |address| parts(address).last().is_some_and(|last| last.1.is_some());
    let same = parts(wanted).len() == parts(own).len();
    same && leads_to(wanted, own) && (is_one(own) || !is_one(wanted))
}

/// An id, and the item of it.
type Part<'a> = (&'a str, Option<&'a str>);

fn parts(address: &str) -> Vec<Part<'_>> {
    let mut parts = Vec::new();
    let mut rest = address;
    while !rest.is_empty() {
        let own = rest.strip_prefix('.').unwrap_or(rest);
        let (step, behind) = own.split_at(own.find(['.', '[']).unwrap_or(own.len()));
        let quoted = behind.strip_prefix("[\"");
        let item = quoted.map(|item| item.split_once("\"]").unwrap_or((item, "")));
        parts.push((step, item.map(|(item, _)| item)));
        rest = match item {
            Some((_, behind)) => behind,
            // What opens no item leads nowhere.
            None if behind.starts_with('[') => "",
            None => behind,
        };
    }
    parts
}

#[cfg(test)]
mod tests {
    use super::{AtSite, There, leads_to, means, without_items};

    #[test]
    fn an_address_without_an_item_means_all_of_them() {
        let (fan, one, other) = ("t", "t[\"a.b\"]", "t[\"c\"]");
        for (wanted, own, leads, is_it) in [
            ("t", fan, true, true),
            ("t", one, true, true),
            (one, one, true, true),
            (one, other, false, false),
            (one, fan, true, false),
            ("t.x", fan, true, false),
            ("t.x", "t[\"c\"].x", true, true),
            ("t[\"a.b\"].x", "t[\"c\"].x", false, false),
            ("t", "t.x", false, false),
            ("tt", fan, false, false),
            ("t[", fan, true, true),
        ] {
            assert_eq!(leads_to(wanted, own), leads, "{wanted} {own}");
            assert_eq!(means(wanted, own), is_it, "{wanted} {own}");
        }
    }

    #[test]
    fn items_are_known_by_the_addresses_of_steps() {
        let mut known = AtSite::new("lab");
        for address in [
            "t1[\"a.b\"].x[\"1\"].y",
            "t1[\"a.b\"].x[\"2\"].y",
            "t1[\"c\"].x[\"1\"].y",
        ] {
            known.add(address, There::default());
            assert_eq!(without_items(address), "t1.x.y");
        }
        let items = |address: &str| -> Vec<&String> {
            known.items(address).into_iter().flatten().collect()
        };
        assert_eq!(items("t1"), ["a.b", "c"]);
        assert_eq!(items("t1[\"a.b\"].x"), ["1", "2"]);
        assert_eq!(known.items("t1.x"), None);
    }
}
