//! What tells one plugin from another: SHA-256, of its files and of what its manifest says.

use std::fs;
use std::path::Path;

use serde_json::Value;
use sha2::{Digest, Sha256};

use crate::unread::Unread;

/// The largest file that is taken for a part of a plugin, in bytes.
const LARGEST: u64 = 512 << 20;

/// SHA-256 in hex.
#[must_use]
pub fn of(bytes: &[u8]) -> String {
    let digest = Sha256::digest(bytes);
    digest.iter().map(|byte| format!("{byte:02x}")).collect()
}

/// What is in a file of a plugin.
///
/// # Errors
/// Why it cannot be read.
pub(crate) fn read(path: &Path) -> Result<Vec<u8>, Unread> {
    let about = fs::metadata(path)?;
    if about.is_dir() {
        return Err(std::io::Error::from(std::io::ErrorKind::IsADirectory).into());
    }
    if !about.is_file() {
        return Err("this is a device or a pipe, and no file".to_owned().into());
    }
    if about.len() > LARGEST {
        return Err(format!("it is larger than {} MiB", LARGEST >> 20).into());
    }
    Ok(fs::read(path)?)
}

/// SHA-256 of data, whatever the order and layout in which it was written: of its JSON with the keys
/// of every map in order and nothing between the words.
pub(crate) fn of_value(value: &Value) -> String {
    let mut text = String::new();
    canonical(value, &mut text);
    of(text.as_bytes())
}

fn canonical(value: &Value, text: &mut String) {
    match value {
        Value::Object(map) => {
            let mut entries: Vec<_> = map.iter().collect();
            entries.sort_unstable_by_key(|(key, _)| *key);
            let one = |(key, value): &(&String, &Value), text: &mut String| {
                text.push_str(&Value::from(key.as_str()).to_string());
                text.push(':');
                canonical(value, text);
            };
            listed(&entries, '{', '}', one, text);
        }
        Value::Array(items) => listed(items, '[', ']', canonical, text),
        plain => text.push_str(&plain.to_string()),
    }
}

fn listed<T>(
    items: &[T],
    before: char,
    after: char,
    one: impl Fn(&T, &mut String),
    text: &mut String,
) {
    text.push(before);
    for (number, item) in items.iter().enumerate() {
        if number > 0 {
            text.push(',');
        }
        one(item, text);
    }
    text.push(after);
}

#[cfg(test)]
mod tests {
    use super::{of, of_value};

    #[test]
    fn a_hash_is_what_others_say_it_is() {
        let empty = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";
        assert_eq!(of(b""), empty);
        let abc = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";
        assert_eq!(of(b"abc"), abc);
    }

    #[test]
    fn data_has_one_hash_however_it_is_laid_out_and_another_for_every_change() {
        let value = |text: &str| serde_json::from_str(text).expect("it is JSON");
        let one = of_value(&value(
            r#"{"a": [1, {"c": "\u00e4", "b": true}], "d": null}"#,
        ));
        let canonical = "{\"a\":[1,{\"b\":true,\"c\":\"ä\"}],\"d\":null}";
        assert_eq!(one, of(canonical.as_bytes()));
        let same = r#"{"d":null,"a":[1,{"b":true,"c":"ä"}]}"#;
        assert_eq!(one, of_value(&value(same)));
        for (from, to) in [
            ("1", "\"1\""),
            ("true", "false"),
            ("\"d\"", "\"e\""),
            ("[1,", "[1,1,"),
        ] {
            assert_ne!(one, of_value(&value(&same.replace(from, to))), "{to}");
        }
    }
}
