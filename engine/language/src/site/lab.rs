//! `lab:`: what a simulated site is made of. What each key does is the lab's matter; which keys
//! there are stands here, so that a slip is told with its place.

use runsheet_diagnostics::diagnostic::Diagnostic;
use runsheet_step::{Name, Value};

use super::plain::plain;
use crate::document::Node;
use crate::reader::{self, Keys, Reader};

/// The keys of `lab:`.
pub const LAB_KEYS: &[&str] = &[
    "profile",
    "users",
    "polling",
    "upgraded_from_4",
    "offline",
    "numbers",
    "history",
    "changes",
    "reqmain_takes",
    "late",
    "wrong_password",
    "disk",
    "faults",
    "start",
    "seed",
];

/// The words of `lab: profile:`.
pub const LAB_PROFILES: &[&str] = &["exchange-4.0", "exchange-5.0", "exchange-5.5"];

/// Reads the map; keys are known ones, the values stay as they are.
pub(super) fn lab(node: Node<'_>, found: &mut Vec<Diagnostic>) -> Value {
    let Some(mut reader) = Reader::new(node, Keys::new("a lab", LAB_KEYS), found) else {
        return Value::Null;
    };
    let mut entries: Vec<(Name, Value)> = Vec::new();
    for key in LAB_KEYS {
        let Some(entry) = reader.take(key) else {
            continue;
        };
        let value = match *key {
            "profile" => reader::word(entry.value, LAB_PROFILES, reader.found())
                .map_or(Value::Null, |word| Value::text(word.value)),
            // A length of time keeps its text, as everywhere in a site file.
            "polling" | "reqmain_takes" => entry.value.text().map_or(Value::Null, Value::text),
            _ => plain(entry.value),
        };
        entries.push(((*key).into(), value));
    }
    Value::map(entries)
}
