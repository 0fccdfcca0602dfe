//! The events that Exchange and the connector write: numbers, categories, types, and from which
//! level of logging on.
//!
//! Numbers and categories are documented where an article is named. A type or a level that is
//! printed nowhere is inferred: what went wrong is an error and always written, and a message
//! moved is information that only the highest level shows.

use std::sync::Arc;

use runsheet_formats::event::definitions;
use runsheet_step::Moment;

use super::Exchange;
use super::diagnostics::{self, Logger, Logging};
use super::event_log::{Entry, Type};
use super::registry::service_key;
use super::services::Complaint;

/// Who writes an event.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Writer {
    /// A service with diagnostics logging, under its own name.
    Service(&'static Logger),
    /// An instance of the PC MTA, under the name its administrator gave it (Q152554).
    Instance,
    /// A part of the system that always logs, under this name.
    System(&'static str),
}

/// One sort of event.
#[derive(Debug)]
pub(crate) struct Event {
    pub(crate) by: Writer,
    pub(crate) id: u32,
    pub(crate) category: &'static str,
    pub(crate) kind: Type,
    /// The least level that shows it.
    pub(crate) level: Logging,
}

impl Event {
    /// The words that are printed of it, with these arguments in them.
    pub(crate) fn text(&self, arguments: &[&str]) -> String {
        let mut sorts = definitions().filter(|it| it.id == self.id);
        let text = sorts.find_map(|it| it.text(arguments));
        debug_assert!(text.is_some(), "event {} has no such text", self.id);
        text.unwrap_or_default()
    }

    const fn error(by: Writer, id: u32, category: &'static str) -> Self {
        Self {
            by,
            id,
            category,
            kind: Type::Error,
            level: Logging::None,
        }
    }

    const fn warning(by: Writer, id: u32, category: &'static str) -> Self {
        Self {
            kind: Type::Warning,
            ..Self::error(by, id, category)
        }
    }

    const fn moved(by: Writer, id: u32, category: &'static str) -> Self {
        Self {
            kind: Type::Information,
            level: Logging::Maximum,
            ..Self::error(by, id, category)
        }
    }
}

const DX: Writer = Writer::Service(&diagnostics::DX);
const TRANSFER: Writer = Writer::Service(&diagnostics::TRANSFER);
const INTERCHANGE: Writer = Writer::Service(&diagnostics::INTERCHANGE);

/// A message came from an address that is none of a requestor's (Q147084).
pub(crate) static UNKNOWN_REQUESTOR: Event = Event::error(DX, 136, "Event Handler");
/// A requestor's `$SYSTEM` is in the directory twice; only Maximum logging shows it (Q163625).
pub(crate) static TWO_RECIPIENTS: Event = Event {
    level: Logging::Maximum,
    ..Event::error(DX, 139, "Event Handler")
};
/// Messages to or from a requestor were lost or delayed (Q175588).
pub(crate) static LOST_OR_DELAYED: Event = Event::warning(DX, 220, "Event Handler");
/// The next reply will be an import (Q175588).
pub(crate) static IMPORT_REPLY: Event = Event::warning(DX, 221, "Event Handler");

/// The directory refuses the service something (Q192484, Q241117).
pub(crate) static DIRECTORY_ERROR: Event = Event::error(DX, 133, "Event Handler");
/// The Message Transfer Agent refuses the service a session (Q159295).
pub(crate) static SESSION_BUSY: Event = Event::error(DX, 134, "Event Handler");
/// A requestor's object could not be updated (Q192484).
pub(crate) static NOT_UPDATED: Event = Event::error(DX, 143, "Event Handler");
/// The service could not keep how far a requestor has come (Q192484).
pub(crate) static STATE_NOT_STORED: Event = Event::error(DX, 168, "Event Handler");
/// A template has prompts the service crashes at (Q196892); what it says is inferred.
pub(crate) static BAD_TEMPLATE: Event = Event::error(DX, 181, "Event Handler");
/// A transaction has an address of no valid form (Q159189).
pub(crate) static BAD_ADDRESS: Event = Event::error(DX, 247, "MS Mail 3.2");
/// A temporary file could not be opened (Q153658).
pub(crate) static NO_TEMPORARY_FILE: Event = Event::error(DX, 268, "Event Handler");
/// The directory is searched for entries imported from another requestor (Q155727); what it says,
/// and at which level, is inferred.
pub(crate) static SEARCHED: Event = Event {
    level: Logging::Minimum,
    ..Event::moved(DX, 282, "Event Handler")
};
/// The service's object has no X.400 address (Q158309).
pub(crate) static NO_ADDRESS: Event = Event::error(TRANSFER, 178, "X400 Service");

/// The service cannot open its database (Q169677, Q224991).
pub(crate) static DATABASE: Event = Event::error(DX, 249, "Startup");
/// The database's log cannot be read (Q185225).
pub(crate) static LOG_HEADER: Event =
    Event::error(Writer::System("ESE97"), 124, "Logging/Recovery");

/// Two postoffices have one serial number (Q151228).
pub(crate) static SERIAL: Event = Event::error(Writer::Instance, 4188, "Session");
/// The header file of a message is held at a postoffice (Q152903); type and category are inferred.
pub(crate) static HELD: Event = Event::warning(Writer::Instance, 4254, "Session");
/// A message that left and arrived is nowhere, for P1 is missing (Q266442); the category is
/// inferred.
pub(crate) static NO_ROUTE: Event = Event::error(Writer::Instance, 4536, "Session");

/// Mail leaves a postoffice for the connector (Q147464).
pub(crate) static MOVED_OUT: Event = Event::moved(Writer::Instance, 4395, "Moved Out");
/// Mail reaches the connector (Q147464).
pub(crate) static RECEIVED: Event = Event::moved(Writer::Instance, 4355, "Received");
/// Mail leaves the connector (Q147464, Q148309).
pub(crate) static SENT: Event = Event::moved(Writer::Instance, 4395, "Sent");
/// Mail reaches a postoffice (Q147464, Q148309).
pub(crate) static MOVED_IN: Event = Event::moved(Writer::Instance, 4355, "Moved In");

/// The Interchange has taken a message from a postoffice out of the connector's queue (Q175447).
pub(crate) static PROCESSED: Event = Event::moved(INTERCHANGE, 2444, "Routing");
/// The Interchange has handed that message to Exchange (Q169117); the category is inferred.
pub(crate) static DELIVERED: Event = Event::moved(INTERCHANGE, 2113, "Routing");
/// The Interchange has put a message of Exchange into a mailbag of the connector (Q175447).
pub(crate) static CREATED: Event = Event::moved(INTERCHANGE, 2448, "Sent");
/// A session with the Message Transfer Agent is there (Q165485).
pub(crate) static SESSION: Event = Event::moved(INTERCHANGE, 2335, "Session Data");

/// A message was not delivered (Q162841).
pub(crate) static NOT_DELIVERED: Event = Event::warning(INTERCHANGE, 2117, "NDR");
/// A recipient is not known on the connector postoffice (Q169117).
pub(crate) static INVALID_RECIPIENT: Event = Event::warning(INTERCHANGE, 2371, "NDR");
/// A mailbag is missing on the connector postoffice (Q169117).
pub(crate) static NO_MAILBAG: Event = Event::error(INTERCHANGE, 2375, "Session Error");
/// A message does not go into a mailbag (Q163020).
pub(crate) static DISK: Event = Event::error(INTERCHANGE, 2010, "Debug Data");
/// The directory does not let the Interchange in (Q164177); the category is inferred.
pub(crate) static NO_DIRECTORY: Event = Event::error(INTERCHANGE, 2410, "Session Error");
/// The Interchange cannot open its queue; printed as written by the Service Control Manager
/// (Q168857), in which there is no category.
pub(crate) static NO_MAILER: Event =
    Event::error(Writer::System("Service Control Manager"), 2302, "None");

/// What is written when a service does not start, and by whom.
pub(crate) fn complaint(complaint: Complaint) -> (&'static Event, String) {
    match complaint {
        Complaint::LogHeader => (&LOG_HEADER, LOG_HEADER.text(&["185", "1022"])),
        Complaint::Database => (&DATABASE, DATABASE.text(&["-1201"])),
        Complaint::Mailer => (&NO_MAILER, NO_MAILER.text(&["0x2", "0x20"])),
    }
}

impl Exchange {
    /// Whether an event would be written, so that its text need not be made in vain.
    pub(crate) fn logs(&self, event: &Event) -> bool {
        let logger = match event.by {
            Writer::Service(logger) => logger,
            Writer::Instance => &diagnostics::PC_MTA,
            Writer::System(_) => return true,
        };
        event.level == Logging::None || logger.level(&self.registry, event.category) >= event.level
    }

    /// Writes an event, if its level is reached; `instance` is the PC MTA's, where one writes.
    pub(crate) fn write_as(
        &mut self,
        now: Moment,
        event: &Event,
        instance: &Arc<str>,
        described: Described,
    ) {
        if !self.logs(event) {
            return;
        }
        let source = match event.by {
            Writer::Service(logger) => logger.name.into(),
            Writer::Instance => instance.clone(),
            Writer::System(name) => name.into(),
        };
        self.log.write(
            now,
            Entry {
                source,
                category: event.category,
                id: event.id,
                kind: event.kind,
                fields: described.fields,
                summary: described.summary,
                share: described.share,
            },
        );
    }

    /// The instances of the PC MTA whose events this machine cannot describe, for they are not
    /// registered as sources (Q152554, Q240208).
    pub(crate) fn unregistered_sources(&self) -> Vec<Arc<str>> {
        let names = self.mtas.iter().map(|it| &it.name);
        let unknown = names.filter(|name| self.registry.key(&source_key(name)).is_none());
        unknown.cloned().collect()
    }

    /// Writes an event of an instance, as [`Exchange::tell`] does.
    pub(crate) fn tell_as(
        &mut self,
        now: Moment,
        event: &Event,
        instance: &Arc<str>,
        arguments: &[&str],
    ) {
        if self.logs(event) {
            let described = Described::saying(event.text(arguments));
            self.write_as(now, event, instance, described);
        }
    }

    /// Writes an event in the words that are printed of it, with these arguments in them, if its
    /// level is reached.
    pub(crate) fn tell(&mut self, now: Moment, event: &Event, arguments: &[&str]) {
        if self.logs(event) {
            self.write(now, event, event.text(arguments));
        }
    }

    /// Writes an event that says just this, if its level is reached.
    pub(crate) fn write(&mut self, now: Moment, event: &Event, text: impl Into<String>) {
        self.write_as(now, event, &Arc::from(""), Described::saying(text));
    }
}

/// Where an instance is registered as a source of events (Q152554).
pub(crate) fn source_key(name: &str) -> String {
    service_key(&format!(r"EventLog\Application\{name}"))
}

/// What an event says.
#[derive(Debug, Clone, Default)]
pub(crate) struct Described {
    /// See [`Entry::summary`].
    pub(crate) summary: String,
    /// See [`Entry::fields`].
    pub(crate) fields: Vec<(&'static str, String)>,
    /// See [`Entry::share`].
    pub(crate) share: String,
}

impl Described {
    /// Words without labelled lines.
    pub(crate) fn saying(text: impl Into<String>) -> Self {
        Self {
            summary: text.into(),
            ..Self::default()
        }
    }
}
