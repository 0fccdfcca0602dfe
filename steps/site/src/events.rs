//! Event logs, streams of records.
//!
//! | | |
//! | --- | --- |
//! | resource | the log: `Application` |
//! | item | `{record, time, source, category, id, type, fields, text}`: the record number, a moment, who wrote it, the category by name, the event id, the [type](TYPES), a map of the [named fields](FIELDS) of its text, the text |
//! | filter | any of `{record, source, category, id, type, fields, text}`; `fields` holds some of the item's, `text` is a pattern |
//! | `mark` | where the log is now; `position` is the number that the next record will have |
//! | `wait` | records that match, in the order of the log |
//! | `list` | records that match and are there now |
//!
//! The case of source, category, type and fields does not count. A pattern for a text matches the
//! whole text or any one line of it.
//!
//! The source of events of the PC MTA is the name that the administrator gave the instance, never
//! `MSExchangePCMTA` (Q152554).

use runsheet_step::fact::Key;
use runsheet_step::request::Verb;
use runsheet_step::{Facility, Name, Request, Stop, Value, World};

use crate::fold::same_name;
use crate::reply::{found, value};
use crate::stream::Awaited;
use crate::text;

/// The name of the facility.
pub const NAME: &str = "events";

/// Categories of the mail services' events. Of the PC MTA, `Sent` and `Received` are of the
/// connector's side, `Moved Out` and `Moved In` of the remote postoffice's (Q147464, Q148309);
/// `Session` is of errors (Q151228). The others are those of the Directory Synchronization service
/// (Q147084, Q159295, Q169677) and of the MS Mail Connector Interchange (Q162841, Q169117, Q175447).
pub const CATEGORIES: &[&str] = &[
    "Moved Out",
    "Moved In",
    "Sent",
    "Received",
    "Session",
    "Event Handler",
    "Startup",
    "Routing",
    "NDR",
    "Session Error",
    "Session Data Info",
    "Debug Data",
];

/// The types of records.
pub const TYPES: &[&str] = &["information", "warning", "error"];

/// The named fields in the text of a mail event (Q147464, Q133401), and the share it names.
pub const FIELDS: &[&str] = &["FROM", "TO", "Date", "Time", "Message ID", "Size", "Share"];

/// Event logs as the engine needs to know them.
pub struct EventsFacility;

impl Facility for EventsFacility {
    fn name(&self) -> &str {
        NAME
    }

    fn matches(&self, filter: &Value, item: &Value) -> bool {
        let each = |(name, want): (&Name, &Value)| match (&**name, item.get(name)) {
            (_, _) if want.is_null() => true,
            ("fields", has) => want.as_map().is_none_or(|want| holds(want, has)),
            ("text", has) => text::matches_a_line(want, has),
            (_, has) => alike(want, has),
        };
        filter.as_map().is_none_or(|filter| filter.iter().all(each))
    }

    fn show(&self, value: &Value) -> String {
        match value.get("id") {
            Value::Null => value.to_string(),
            _ => told(value),
        }
    }

    fn phrase(&self, request: &Request) -> String {
        let log = &request.resource;
        match &request.verb {
            Verb::Wait(wait) if wait.count > 1 => {
                format!("{} × {} in {log}", wait.count, told(&wait.filter))
            }
            Verb::Wait(wait) => format!("{} in {log}", told(&wait.filter)),
            Verb::List(filter) => format!("list {} in {log}", told(filter)),
            verb => format!("{} {log}", verb.word()),
        }
    }
}

fn holds(want: &runsheet_step::Map, has: &Value) -> bool {
    let find = |name: &Name| {
        let has = has.as_map()?;
        let found = has.iter().find(|(other, _)| same_name(name, other));
        found.map(|(_, value)| value)
    };
    want.iter()
        .all(|(name, want)| want.is_null() || find(name).is_some_and(|has| alike(want, has)))
}

/// Texts by their letters, whatever the case; a number also by its digits.
fn alike(want: &Value, has: &Value) -> bool {
    match (want, has) {
        (Value::Text(want), Value::Text(has)) => same_name(want, has),
        (Value::Int(number), Value::Text(text)) | (Value::Text(text), Value::Int(number)) => {
            text.trim() == number.to_string()
        }
        _ => want == has,
    }
}

/// A filter or an event in one line: `event 4395 Moved Out from PCMTA-HQ, FROM A TO B`.
fn told(event: &Value) -> String {
    let mut line = "event".to_owned();
    for name in ["id", "category"] {
        if !event.get(name).is_null() {
            line.push_str(&format!(" {}", event.get(name)));
        }
    }
    if !event.get("source").is_null() {
        line.push_str(&format!(" by {}", event.get("source")));
    }
    let mut comma = ",";
    for (name, value) in event.get("fields").as_map().into_iter().flatten() {
        line.push_str(&format!("{comma} {name} {value}"));
        comma = "";
    }
    line
}

/// An event log as a step sees it.
pub struct Events<'w, 't> {
    world: &'w World<'t>,
    key: Key,
}

/// The question where a log is now.
pub fn mark(host: Name, log: &str) -> Request {
    key(host, log).request(Verb::Mark)
}

fn key(host: Name, log: &str) -> Key {
    Key {
        host,
        facility: NAME.into(),
        resource: log.into(),
    }
}

impl<'w, 't> Events<'w, 't> {
    /// The log of this name at this host.
    pub fn at(world: &'w World<'t>, host: Name, log: &str) -> Events<'w, 't> {
        Events {
            world,
            key: key(host, log),
        }
    }

    /// Waits for records, and gives those that count, in the order of the log.
    ///
    /// # Errors
    /// No answer yet, unknown, or the driver's fault.
    pub fn wait(&self, awaited: &Awaited) -> Result<&'t [Value], Stop> {
        value(self.world.ask(awaited.request(&self.key))?).map(Value::items)
    }

    /// The records there are now that match.
    ///
    /// # Errors
    /// As [`Events::wait`].
    pub fn list(&self, filter: Value) -> Result<&'t [Value], Stop> {
        let answer = self.world.ask(self.key.request(Verb::List(filter)))?;
        Ok(found(answer)?.map_or(&[], Value::items))
    }
}

#[cfg(test)]
mod tests {
    use super::{EventsFacility, told};
    use runsheet_step::{Facility, Value};

    fn moved_out() -> Value {
        Value::map([
            ("id", 4395.into()),
            ("category", Value::text("Moved Out")),
            ("source", Value::text("PCMTA-HQ")),
            (
                "fields",
                Value::map([
                    ("FROM", Value::text("CONTOSO/SALES/$SYSTEM")),
                    ("TO", Value::text("CONTOSO/HQ/$SYSTEM")),
                ]),
            ),
            (
                "text",
                Value::text("Mail sent from \\\\SALES\\MAILDATA\nSize: 900"),
            ),
        ])
    }

    fn matched(filter: Value) -> bool {
        EventsFacility.matches(&filter, &moved_out())
    }

    #[test]
    fn a_record_is_found_whatever_the_case_of_names_and_addresses() {
        let from = |from: &str| Value::map([("From", Value::text(from))]);
        assert!(matched(Value::map([
            ("id", 4395.into()),
            ("category", Value::text("moved out")),
            ("fields", from("contoso/sales/$system")),
        ])));
        assert!(!matched(Value::map([(
            "fields",
            from("CONTOSO/PLANT/$SYSTEM")
        )])));
        assert!(!matched(Value::map(
            [("id", 4355)].map(|(n, v)| (n, v.into()))
        )));
    }

    #[test]
    fn a_field_that_an_event_has_not_never_matches() {
        let fields = Value::map([("Size", Value::text("900"))]);
        assert!(!matched(Value::map([("fields", fields)])));
    }

    #[test]
    fn a_pattern_matches_a_line_of_the_text() {
        let text = |text: &str| Value::map([("text", Value::text(text))]);
        assert!(matched(text("Size: {n:int}")));
        assert!(matched(text("Mail sent from {share:word}")));
        assert!(!matched(text("Size")));
    }

    #[test]
    fn an_event_is_told_in_one_line() {
        assert_eq!(
            told(&moved_out()),
            "event 4395 Moved Out by PCMTA-HQ, FROM CONTOSO/SALES/$SYSTEM TO CONTOSO/HQ/$SYSTEM"
        );
    }
}
