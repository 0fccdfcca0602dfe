//! The facility `events`.
//!
#![doc = include_str!("pages/events.md")]

use runsheet_step::fact::Key;
use runsheet_step::request::Verb;
use runsheet_step::{Cursor, Facility, Moment, Name, Request, Stop, Unknown, Value, World};

use crate::reply::{broken, found, value};
use crate::stream::Awaited;

mod filter;
pub mod given;

/// The name of the facility.
pub const NAME: &str = "events";

/// Categories of the mail services' events. Of the PC MTA, `Sent` and `Received` are of the
/// connector's side, `Moved Out` and `Moved In` of the remote postoffice's (Q147464, Q148309);
/// `Session` is of errors (Q151228). The others are those of the Directory Synchronization service
/// (Q147084, Q159295, Q169677), of the MS Mail Connector Interchange (Q162841, Q169117, Q175447),
/// then of its addresses (Q159189), of the Message Transfer Agent (Q158309) and of the database
/// (Q185225).
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
    "Session Data",
    "Debug Data",
    "MS Mail 3.2",
    "X400 Service",
    "Logging/Recovery",
];

/// The types of records.
pub const TYPES: &[&str] = &["information", "warning", "error"];

/// The named fields in the text of a mail event (Q147464, Q133401), and the share it names.
pub const FIELDS: &[&str] = &["FROM", "TO", "Date", "Time", "Message ID", "Size", "Share"];

/// Event logs as the engine needs to know them.
pub struct EventsFacility;

impl EventsFacility {
    /// A filter, or a record, in one line: `event 4395 Moved Out by PCMTA-HQ`.
    #[must_use]
    pub fn told(&self, filter: &Value) -> String {
        filter::told(filter)
    }
}

impl Facility for EventsFacility {
    fn name(&self) -> &str {
        NAME
    }

    fn page(&self) -> &str {
        include_str!("pages/events.md")
    }

    fn matches(&self, filter: &Value, item: &Value) -> bool {
        filter::matches(filter, item)
    }

    fn hears_others(&self) -> bool {
        true
    }

    fn show(&self, value: &Value) -> String {
        match value.get("id") {
            Value::Null => value.to_string(),
            _ => filter::told(value),
        }
    }

    fn phrase(&self, request: &Request) -> String {
        let log = &request.resource;
        match &request.verb {
            Verb::Wait(wait) if wait.count > 1 => {
                format!("{} × {} in {log}", wait.count, filter::told(&wait.filter))
            }
            Verb::Wait(wait) => format!("{} in {log}", filter::told(&wait.filter)),
            Verb::List(filter) => format!("list {} in {log}", filter::told(filter)),
            verb => format!("{} {log}", verb.word()),
        }
    }
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
    pub fn list(&self, filter: Value) -> Result<Vec<Value>, Stop> {
        let request = self.key.request(Verb::List(filter.clone()));
        let items = found(self.world.ask(request)?)?.map_or(&[][..], Value::items);
        let meant = |item: &&Value| EventsFacility.matches(&filter, item);
        Ok(items.iter().filter(meant).cloned().collect())
    }

    /// The records that match and came after a mark, without waiting for any.
    ///
    /// # Errors
    /// As [`Events::wait`]; unknown in a plan, which cannot see what comes in a run.
    pub fn since(&self, mark: &Cursor, filter: &Value) -> Result<Vec<Value>, Stop> {
        if mark.position == Cursor::IN_THE_RUN {
            let what = format!("{} in the run", filter::told(filter));
            return Err(Stop::Unknown(Unknown::because(what)));
        }
        let mut items = self.list(filter.clone())?;
        let position = |item: &Value| item.get("record").as_int().map(u64::try_from);
        items.retain(|item| matches!(position(item), Some(Ok(at)) if at >= mark.position));
        Ok(items)
    }

    /// What the clock at the host of the log shows.
    ///
    /// # Errors
    /// As [`Events::wait`].
    pub fn now(&self) -> Result<Moment, Stop> {
        let mark = value(self.world.ask(self.key.request(Verb::Mark))?)?;
        let time = mark.get("time").as_moment();
        time.ok_or_else(|| broken(NAME, "time"))
    }
}
