//! `lab:`: what a simulated site is made of. What each key does is the lab's matter; which keys
//! there are stands here, so that a slip is told with its place.

use runsheet_diagnostics::diagnostic::Diagnostic;
use runsheet_step::shape::Type;
use runsheet_step::{Name, Value};

use super::plain::plain;
use crate::document::Node;
use crate::expression::WRONG_VALUE;
use crate::expression::template::template;
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
    for Key {
        name: key, takes, ..
    } in LAB.keys()
    {
        let Some(entry) = reader.take(key) else {
            continue;
        };
        if !entry.value.is_null() {
            look(entry.value, takes, reader.found());
        }
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

/// Tells what cannot be read as what a key takes. What a value may be besides, the lab knows.
fn look(node: Node<'_>, takes: &Takes, found: &mut Vec<Diagnostic>) {
    match takes {
        Takes::Bool => drop(reader::boolean(node, found)),
        Takes::AtLeast(least) => {
            let count = reader::int(node, found);
            if let Some(count) = count.filter(|count| count.value < *least) {
                let message = format!("this is at least {least}");
                found.push(Diagnostic::error(&WRONG_VALUE, message).at(count.span, "too few"));
            }
        }
        Takes::Plain(kind) => drop(template(node, &kind(), "this", found)),
        Takes::Map(takes) => {
            let entries = reader::entries(node, "a map of hosts", found).into_iter();
            let values: Vec<Node<'_>> = entries.flatten().map(|entry| entry.value).collect();
            values.iter().for_each(|value| look(*value, takes, found));
        }
        Takes::Either([_, of_map]) if node.is_map() => look(node, of_map, found),
        Takes::Either([alone, ..]) => look(node, alone, found),
        _ => {}
    }
}

#[cfg(test)]
mod tests {
    use runsheet_diagnostics::carets;
    use runsheet_diagnostics::source::Sources;
    use runsheet_step::Catalogue;

    use crate::site::read_site;

    #[test]
    fn what_a_lab_cannot_be_made_of_is_told_with_its_place() {
        let annotated = "\
site: 1
name: x
lab:
  users: -2
         ^^ wrong-value
  polling: 5 minutes
           ^^^^^^^^^ wrong-value
  history: maybe
           ^^^^^ wrong-type
  offline: SALES
           ^^^^^ wrong-type
  late: {PLANT: soon, SALES: 30m}
                ^^^^ wrong-value
  changes: {SALES: many, PLANT: 2}
                   ^^^^ wrong-type
  reqmain_takes:
hosts: {SALES: {}, PLANT: {}}
";
        let text = carets::strip(annotated);
        let mut sources = Sources::new();
        let source = sources.add("site.yaml", text);
        let (_, found) = read_site(source, &sources, &Catalogue::default());
        assert_eq!(carets::annotate(&found, &sources, source), annotated);
    }
}
