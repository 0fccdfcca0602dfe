//! `lab:`: what a simulated site is made of. What each key does is the lab's matter; which keys
//! there are stands here, so that a slip is told with its place.

use runsheet_diagnostics::diagnostic::Diagnostic;
use runsheet_step::shape::Type;
use runsheet_step::{Name, Value};

use super::plain::plain;
use crate::document::Node;
use crate::keys::{Key, Keys, Takes};
use crate::reader::{self, Reader};

/// The words of `lab: profile:`.
pub const LAB_PROFILES: &[&str] = &["exchange-4.0", "exchange-5.0", "exchange-5.5"];

const HOSTS: Takes = Takes::Plain(|| Type::list(Type::Text));
const SPAN: Takes = Takes::Plain(|| Type::Duration);
const COUNT: Takes = Takes::AtLeast(0);

/// The keys of `lab:`.
pub static LAB: Keys<'static> = Keys::table(
    "a lab",
    &[
        Key::new(
            "profile",
            Takes::Word(|| LAB_PROFILES.to_vec()),
            "The Exchange there is; if nothing is said, what `vars.exchange` of the host says, or 4.0.",
        ),
        Key::new(
            "users",
            COUNT,
            "Users of each postoffice, and of Exchange; 4 if nothing is said.",
        ),
        Key::new(
            "polling",
            SPAN,
            "How often the MTA looks for mail; every 5m if nothing is said.",
        ),
        Key::new(
            "upgraded_from_4",
            Takes::Bool,
            "Whether the Exchange server was 4.0 once.",
        ),
        Key::new(
            "offline",
            HOSTS,
            "Hosts whose share the connector cannot reach.",
        ),
        Key::new(
            "numbers",
            Takes::Map(&Takes::Anything),
            "Numbers reached by host: `{SALES: {req: 9998, srv: 12000}}`.",
        ),
        Key::new(
            "history",
            Takes::Bool,
            "Whether a cycle was run the day before.",
        ),
        Key::new(
            "changes",
            Takes::Either(&[COUNT, Takes::Map(&COUNT)]),
            "Users added on each postoffice just before the start, or by host: `{SALES: 2}`.",
        ),
        Key::new(
            "reqmain_takes",
            SPAN,
            "How long REQMAIN runs; 6s if nothing is said.",
        ),
        Key::new(
            "late",
            Takes::Map(&SPAN),
            "How long mail of a postoffice is held up on its way out: `{PLANT: 30m}`.",
        ),
        Key::new(
            "wrong_password",
            HOSTS,
            "Hosts whose real password is not the one that the lab tells.",
        ),
        Key::new(
            "disk",
            Takes::Text,
            "The directory it is kept in, seen from the site file. If nothing is said, it lives in \
             memory and ends with its process.",
        ),
        Key::new(
            "faults",
            Takes::List(&Takes::Anything),
            "What goes wrong, and when: \
             `[{fault: lock, host: SALES, file: GLB\\REQCONF.GLB, by: ADMIN, from: t1, until: 10m}]`.",
        ),
        Key::new(
            "start",
            Takes::Text,
            "When the site opens, UTC: `1998-01-29 08:00`.",
        ),
        Key::new(
            "seed",
            Takes::Anything,
            "Kept for later labs; this one refuses it.",
        ),
    ],
);

/// Reads the map; keys are known ones, the values stay as they are.
pub(super) fn lab(node: Node<'_>, found: &mut Vec<Diagnostic>) -> Value {
    let Some(mut reader) = Reader::new(node, LAB, found) else {
        return Value::Null;
    };
    let mut entries: Vec<(Name, Value)> = Vec::new();
    for key in LAB.names() {
        let Some(entry) = reader.take(key) else {
            continue;
        };
        let value = match key {
            "profile" => reader::word(entry.value, LAB_PROFILES, reader.found())
                .map_or(Value::Null, |word| Value::text(word.value)),
            // A length of time keeps its text, as everywhere in a site file.
            "polling" | "reqmain_takes" => entry.value.text().map_or(Value::Null, Value::text),
            _ => plain(entry.value),
        };
        entries.push((key.into(), value));
    }
    Value::map(entries)
}
