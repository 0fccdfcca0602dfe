//! The registry of a Windows NT machine: keys, values, and nothing of how they are stored.

use std::collections::BTreeMap;

use runsheet_step::Moment;

mod data;

pub use data::{Data, Raw};

/// A value and when it was written.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct Entry {
    /// Its name, as it was first written.
    pub name: String,
    /// What it holds.
    pub data: Data,
    /// When it was written; nobody knows of what was there when the site opened.
    pub written: Option<Moment>,
}

/// Keys and their values. Names are compared without regard to case and keep the one they were
/// made with.
#[derive(Debug, Clone, Default, serde::Serialize, serde::Deserialize)]
pub struct Registry {
    /// By what names are compared by.
    keys: BTreeMap<String, Key>,
}

/// A key.
#[derive(Debug, Clone, Default, serde::Serialize, serde::Deserialize)]
pub struct Key {
    /// Its name with those of the keys above it, each as it was made.
    pub name: String,
    values: BTreeMap<String, Entry>,
    /// When it, or a value of it, was last written.
    pub written: Option<Moment>,
}

/// Where a service keeps its values.
#[must_use]
pub fn service_key(service: &str) -> String {
    format!(r"HKLM\SYSTEM\CurrentControlSet\Services\{service}")
}

impl Registry {
    /// A key, if it is there.
    #[must_use]
    pub fn key(&self, key: &str) -> Option<&Key> {
        self.keys.get(&normal(key))
    }

    /// Every key whose name holds this, in either case.
    pub fn keys_with<'k>(&'k self, part: &str) -> impl Iterator<Item = &'k Key> {
        let part = normal(part);
        let keys = self.keys.iter();
        keys.filter_map(move |(name, key)| name.contains(&part).then_some(key))
    }

    /// Makes a key and every key above it; what is there stays as it is.
    pub fn create_key(&mut self, at: Option<Moment>, key: &str) {
        let mut name = String::new();
        for part in with_short_root(key).split('\\') {
            if !name.is_empty() {
                name.push('\\');
            }
            name.push_str(part);
            let made = self.keys.entry(name.to_uppercase()).or_insert_with(|| Key {
                name: name.clone(),
                values: BTreeMap::new(),
                written: at,
            });
            name.clone_from(&made.name);
        }
    }

    /// A value, if key and value are there.
    #[must_use]
    pub fn value(&self, key: &str, name: &str) -> Option<&Entry> {
        self.key(key)?.values.get(&name.to_uppercase())
    }

    /// The strings of a value: of a list each one, of a text each part between semicolons.
    #[must_use]
    pub fn strings(&self, key: &str, name: &str) -> Vec<String> {
        let parts: Vec<&str> = match self.value(key, name).map(|it| &it.data) {
            Some(Data::MultiSz(texts)) => texts.iter().map(String::as_str).collect(),
            Some(Data::Sz(text)) => text.split(';').collect(),
            _ => Vec::new(),
        };
        let parts = parts.into_iter().map(str::trim);
        parts
            .filter(|it| !it.is_empty())
            .map(str::to_owned)
            .collect()
    }

    /// Sets a value and returns the one before.
    ///
    /// # Errors
    /// [`Refused::NoSuchKey`].
    pub fn set(
        &mut self,
        at: Moment,
        (key, name): (&str, &str),
        data: Data,
    ) -> Result<Option<Entry>, Refused> {
        let key = self.keys.get_mut(&normal(key)).ok_or(Refused::NoSuchKey)?;
        let written = Some(at);
        key.written = written;
        let id = name.to_uppercase();
        let name = match key.values.get(&id) {
            Some(before) => before.name.clone(),
            None => name.to_owned(),
        };
        let entry = Entry {
            name,
            data,
            written,
        };
        Ok(key.values.insert(id, entry))
    }

    /// Deletes a value and returns it; where there is none, nothing happens.
    pub fn delete(&mut self, at: Moment, key: &str, name: &str) -> Option<Entry> {
        let key = self.keys.get_mut(&normal(key))?;
        let before = key.values.remove(&name.to_uppercase())?;
        key.written = Some(at);
        Some(before)
    }

    /// Deletes a key and returns it; where there is none, nothing happens.
    ///
    /// # Errors
    /// [`Refused::NotEmpty`] for a key that holds values or keys.
    pub fn delete_key(&mut self, key: &str) -> Result<Option<Key>, Refused> {
        let name = normal(key);
        let below = format!(r"{name}\");
        let holds_keys = self.keys.keys().any(|it| it.starts_with(&below));
        let holds_values = self.keys.get(&name).is_some_and(|it| !it.values.is_empty());
        if holds_keys || holds_values {
            return Err(Refused::NotEmpty);
        }
        Ok(self.keys.remove(&name))
    }
}

impl Key {
    /// Its values, by name.
    pub fn values(&self) -> impl Iterator<Item = &Entry> {
        self.values.values()
    }
}

/// Why the registry does not do it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Refused {
    /// There is no such key to put a value under.
    NoSuchKey,
    /// The key holds something.
    NotEmpty,
}

/// What names are compared by.
fn normal(key: &str) -> String {
    with_short_root(key).to_uppercase()
}

fn with_short_root(key: &str) -> String {
    const LONG: &str = "HKEY_LOCAL_MACHINE";
    let key = key.trim_matches('\\');
    match key.split_at_checked(LONG.len()) {
        Some((root, rest)) if root.eq_ignore_ascii_case(LONG) => format!("HKLM{rest}"),
        _ => key.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::clock::START;

    #[test]
    fn names_are_found_whatever_their_case_and_root() {
        let mut registry = Registry::default();
        let key = service_key("MSExchangeDX");
        registry.create_key(None, &key);
        let put = registry.set(START, (&key, "PauseKicksDX"), Data::Dword(0));
        assert_eq!(put, Ok(None));
        let long = r"HKEY_LOCAL_MACHINE\system\currentcontrolset\services\msexchangedx";
        let put = registry.set(START, (long, "PAUSEKICKSDX"), Data::Dword(1));
        assert_eq!(put.unwrap().unwrap().data, Data::Dword(0));
        let entry = registry.value(&key, "pausekicksdx").unwrap();
        assert_eq!((&entry.data, entry.written), (&Data::Dword(1), Some(START)));
        assert_eq!(entry.name, "PauseKicksDX");
        registry.create_key(None, &format!(r"{}\Parameters", key.to_uppercase()));
        let names: Vec<&str> = registry.keys_with("dx").map(|it| &*it.name).collect();
        assert_eq!(names, [&*key, &*format!(r"{key}\Parameters")]);
        assert!(registry.delete(START, long, "pausekicksdx").is_some());
        assert_eq!(registry.value(&key, "PauseKicksDX"), None);
    }

    #[test]
    fn a_value_needs_its_key_and_a_key_that_holds_something_stays() {
        let mut registry = Registry::default();
        registry.create_key(None, r"HKLM\SYSTEM\A");
        assert!(registry.key(r"HKLM\System").is_some());
        let put = registry.set(START, (r"HKLM\SYSTEM\B", "x"), Data::Dword(1));
        assert_eq!(put, Err(Refused::NoSuchKey));
        let deleted = registry.delete_key(r"HKLM\SYSTEM");
        assert_eq!(deleted.err(), Some(Refused::NotEmpty));
        assert!(registry.delete_key(r"HKLM\SYSTEM\A").unwrap().is_some());
    }
}
