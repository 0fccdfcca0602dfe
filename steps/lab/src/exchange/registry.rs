//! The registry of a Windows NT machine: keys, values, and nothing of how they are stored.

use std::collections::BTreeMap;

/// What a value holds.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Data {
    /// REG_DWORD.
    Dword(u32),
    /// REG_SZ.
    Sz(String),
}

/// Keys and their values. Names are compared without regard to case and keep the one they were
/// made with.
#[derive(Debug, Clone, Default)]
pub struct Registry {
    keys: BTreeMap<String, Key>,
}

#[derive(Debug, Clone, Default)]
struct Key {
    path: String,
    values: BTreeMap<String, (String, Data)>,
}

/// Where a service keeps its values.
#[must_use]
pub fn service_key(service: &str) -> String {
    format!(r"HKLM\SYSTEM\CurrentControlSet\Services\{service}")
}

impl Registry {
    /// Whether the key is there.
    #[must_use]
    pub fn has_key(&self, key: &str) -> bool {
        self.keys.contains_key(&normal(key))
    }

    /// Makes a key and every key above it.
    pub fn create_key(&mut self, key: &str) {
        for (end, _) in key.match_indices('\\').chain([(key.len(), "")]) {
            let path = &key[..end];
            let made = self.keys.entry(normal(path)).or_default();
            if made.path.is_empty() {
                path.clone_into(&mut made.path);
            }
        }
    }

    /// A value, if key and value are there.
    #[must_use]
    pub fn value(&self, key: &str, name: &str) -> Option<&Data> {
        let key = self.keys.get(&normal(key))?;
        key.values.get(&name.to_uppercase()).map(|(_, data)| data)
    }

    /// Sets a value and returns the one before; nothing happens where the key is missing.
    ///
    /// # Errors
    /// [`NoSuchKey`], as `RegOpenKeyEx` has it.
    pub fn set(&mut self, key: &str, name: &str, data: Data) -> Result<Option<Data>, NoSuchKey> {
        let key = self.keys.get_mut(&normal(key)).ok_or(NoSuchKey)?;
        let slot = key.values.entry(name.to_uppercase());
        let mut before = None;
        slot.and_modify(|(_, old)| before = Some(std::mem::replace(old, data.clone())))
            .or_insert_with(|| (name.to_owned(), data));
        Ok(before)
    }

    /// Deletes a value and returns it.
    ///
    /// # Errors
    /// [`NoSuchKey`], as `RegOpenKeyEx` has it.
    pub fn delete(&mut self, key: &str, name: &str) -> Result<Option<Data>, NoSuchKey> {
        let key = self.keys.get_mut(&normal(key)).ok_or(NoSuchKey)?;
        Ok(key
            .values
            .remove(&name.to_uppercase())
            .map(|(_, data)| data))
    }

    /// The values of a key, by the names they were made with.
    #[must_use]
    pub fn values(&self, key: &str) -> Option<Vec<(&str, &Data)>> {
        let key = self.keys.get(&normal(key))?;
        let values = key.values.values();
        Some(values.map(|(name, data)| (name.as_str(), data)).collect())
    }
}

/// The key is not there.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct NoSuchKey;

fn normal(key: &str) -> String {
    let key = key.trim_matches('\\').to_uppercase();
    match key.strip_prefix("HKEY_LOCAL_MACHINE") {
        Some(rest) => format!("HKLM{rest}"),
        None => key,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_found_whatever_their_case_and_root() {
        let mut registry = Registry::default();
        let key = service_key("MSExchangeDX");
        registry.create_key(&key);
        assert_eq!(registry.set(&key, "PauseKicksDX", Data::Dword(0)), Ok(None));
        let long = r"HKEY_LOCAL_MACHINE\system\currentcontrolset\services\msexchangedx";
        assert_eq!(
            registry.set(long, "PAUSEKICKSDX", Data::Dword(1)),
            Ok(Some(Data::Dword(0)))
        );
        assert_eq!(registry.values(&key).unwrap()[0].0, "PauseKicksDX");
        assert_eq!(
            registry.delete(long, "pausekicksdx"),
            Ok(Some(Data::Dword(1)))
        );
        assert_eq!(registry.value(&key, "PauseKicksDX"), None);
    }

    #[test]
    fn a_value_needs_its_key() {
        let mut registry = Registry::default();
        registry.create_key(r"HKLM\SYSTEM\A");
        assert!(registry.has_key(r"HKLM\System"));
        assert_eq!(
            registry.set(r"HKLM\SYSTEM\B", "x", Data::Dword(1)),
            Err(NoSuchKey)
        );
    }
}
