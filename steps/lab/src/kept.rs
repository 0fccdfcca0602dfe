//! How parts of a lab are kept as JSON that have no plain form of their own.

use std::collections::BTreeSet;
use std::sync::{Mutex, PoisonError};

use serde::{Deserialize, Deserializer};

/// A word that is the same all through a lab.
pub(crate) type Word = &'static str;

/// Words of which a lab knows a few and sees them often: categories, labels, names of services.
static WORDS: Mutex<BTreeSet<&'static str>> = Mutex::new(BTreeSet::new());

/// The one copy of a word.
fn known(word: &str) -> &'static str {
    let mut words = WORDS.lock().unwrap_or_else(PoisonError::into_inner);
    if let Some(known) = words.get(word) {
        return known;
    }
    let word: &'static str = Box::leak(word.into());
    words.insert(word);
    word
}

/// Reads a word.
pub(crate) fn word<'de, D: Deserializer<'de>>(from: D) -> Result<&'static str, D::Error> {
    Ok(known(&String::deserialize(from)?))
}

/// Reads a word that may be left out.
pub(crate) fn word_or_none<'de, D: Deserializer<'de>>(
    from: D,
) -> Result<Option<&'static str>, D::Error> {
    let word = Option::<String>::deserialize(from)?;
    Ok(word.as_deref().map(known))
}

/// Reads values with a word each.
pub(crate) fn labelled<'de, D: Deserializer<'de>>(
    from: D,
) -> Result<Vec<(&'static str, String)>, D::Error> {
    let pairs = Vec::<(String, String)>::deserialize(from)?;
    let known = pairs.into_iter().map(|(word, value)| (known(&word), value));
    Ok(known.collect())
}

/// A map whose keys are no text, as a list of pairs.
pub(crate) mod pairs {
    use std::collections::BTreeMap;

    use serde::{Deserialize, Deserializer, Serialize, Serializer};

    pub(crate) fn serialize<K: Serialize, V: Serialize, S: Serializer>(
        map: &BTreeMap<K, V>,
        into: S,
    ) -> Result<S::Ok, S::Error> {
        into.collect_seq(map)
    }

    pub(crate) fn deserialize<'de, K, V, D>(from: D) -> Result<BTreeMap<K, V>, D::Error>
    where
        K: Deserialize<'de> + Ord,
        V: Deserialize<'de>,
        D: Deserializer<'de>,
    {
        let pairs = Vec::<(K, V)>::deserialize(from)?;
        Ok(pairs.into_iter().collect())
    }
}

/// Bytes by name, as hexadecimal digits.
pub(crate) mod bytes {
    use std::collections::BTreeMap;
    use std::fmt::Write;

    use serde::{Deserialize, Deserializer, Serializer, de};

    pub(crate) fn serialize<S: Serializer>(
        map: &BTreeMap<String, Vec<u8>>,
        into: S,
    ) -> Result<S::Ok, S::Error> {
        into.collect_map(map.iter().map(|(name, bytes)| {
            let mut digits = String::new();
            for byte in bytes {
                let _ = write!(digits, "{byte:02X}");
            }
            (name, digits)
        }))
    }

    pub(crate) fn deserialize<'de, D: Deserializer<'de>>(
        from: D,
    ) -> Result<BTreeMap<String, Vec<u8>>, D::Error> {
        let map = BTreeMap::<String, String>::deserialize(from)?;
        let read = map.into_iter().map(|(name, digits)| {
            let bytes = read(&digits).ok_or_else(|| {
                let message = format!("`{name}` does not hold pairs of hexadecimal digits");
                de::Error::custom(message)
            })?;
            Ok((name, bytes))
        });
        read.collect()
    }

    fn read(digits: &str) -> Option<Vec<u8>> {
        let pairs = digits.as_bytes().chunks(2);
        let pairs = pairs.map(|pair| {
            let pair = std::str::from_utf8(pair).ok().filter(|it| it.len() == 2)?;
            u8::from_str_radix(pair, 16).ok()
        });
        pairs.collect()
    }
}
