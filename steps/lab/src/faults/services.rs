//! Faults of the services of an Exchange server, and of what they are told to log.

use super::{Given, Kind, Parameter, Takes};
use crate::exchange::ExchangeId;
use crate::exchange::diagnostics::{Logging, PC_MTA};
use crate::exchange::dx::PAUSE_KICKS;
use crate::exchange::events::source_key;
use crate::exchange::registry::{Registry, service_key};
use crate::exchange::services::{Complaint, Control, DX, StartFailure, State, Win32};
use crate::lab::Lab;
use runsheet_step::Moment;

const HOST: Parameter = Parameter::optional("host", Takes::Exchange);
const SERVICE: Parameter = Parameter::optional("service", Takes::Text);

/// The faults of services.
pub(super) const KINDS: &[Kind] = &[
    Kind {
        name: "service-stopped",
        doc: "somebody has stopped a service, such as MSExchangeDX, MSExchangeMSMI or an instance of the MTA; mail waits and nobody is told (Q118619)",
        takes: &[HOST, Parameter::needed("service", Takes::Text)],
        begin: |lab, given| on_service(lab, given, |lab, at, name| lab.halt(at, name)),
        end: |lab, given| on_service(lab, given, raise),
    },
    Kind {
        name: "service-start-2140",
        doc: "a service does not start: error 2140, for want of rights on the drive (Q171260) or, where `because` is `database` or `mapping`, because XDIR.EDB is missing (Q185225) or Addr_map.cfg ends in empty lines (Q140951)",
        takes: &[HOST, SERVICE, Parameter::optional("because", Takes::Text)],
        begin: |lab, given| {
            let mut failing = StartFailure::of(Win32::INTERNAL);
            if given.text("because") == "database" {
                failing.written = Some(Complaint::LogHeader);
            }
            fails(lab, given, Some(failing));
        },
        end: |lab, given| fails(lab, given, None),
    },
    Kind {
        name: "service-start-fails",
        doc: "a service does not start, with a Windows error of its own: 1067 it terminated unexpectedly, 2186 it is not responding (Q158308), 1066 with a service-specific `number`",
        takes: &[
            HOST,
            Parameter::needed("service", Takes::Text),
            Parameter::needed("error", Takes::Count),
            Parameter::optional("number", Takes::Count),
        ],
        begin: |lab, given| {
            let error = Win32(given.count("error").unwrap_or_default());
            let mut failing = StartFailure::of(error);
            failing.specific = given.count("number");
            fails(lab, given, Some(failing));
        },
        end: |lab, given| fails(lab, given, None),
    },
    Kind {
        name: "database-upgraded",
        doc: "after a service pack of Windows NT the Directory Synchronization service cannot open XDIR.EDB until it is defragmented: event 249, error -1201, and it does not start (Q169677, Q224991)",
        takes: &[HOST],
        begin: |lab, given| {
            let mut failing = StartFailure::of(Win32::INTERNAL);
            failing.written = Some(Complaint::Database);
            fails(lab, given, Some(failing));
        },
        end: |lab, given| fails(lab, given, None),
    },
    Kind {
        name: "pause-not-enabled",
        doc: "the value PauseKicksDX is missing, or the service was not restarted after it was set, so a pause starts no cycle (Q147464)",
        takes: &[HOST],
        begin: |lab, given| {
            let now = lab.now();
            if let Some(at) = given.exchange(lab) {
                let server = &mut lab.exchanges[at];
                server.dx.pause_kicks = false;
                let key = service_key(DX);
                let _ = server.registry.delete(now, &key, PAUSE_KICKS);
            }
        },
        end: |lab, given| {
            if let Some(at) = given.exchange(lab) {
                lab.exchanges[at].dx.pause_kicks = true;
            }
        },
    },
    Kind {
        name: "source-unregistered",
        doc: "the log is read where the instances of the MTA are not registered as sources, so their events are only strings (Q152554)",
        takes: &[HOST],
        begin: |lab, given| {
            on_sources(lab, given, |registry, _, key| {
                let _ = registry.delete_key(key);
            });
        },
        end: |lab, given| {
            on_sources(lab, given, |registry, now, key| {
                registry.create_key(Some(now), key);
            });
        },
    },
    Kind {
        name: "logging-not-maximum",
        doc: "somebody sets the diagnostics logging of the MTA back, so no mail moved is logged (Q147464); it stays so until it is set again",
        takes: &[HOST],
        begin: |lab, given| {
            let now = lab.now();
            if let Some(at) = given.exchange(lab) {
                lab.exchanges[at].set_logging(now, &PC_MTA, Logging::Medium);
            }
        },
        end: |_, _| {},
    },
];

/// The service that is meant; the Directory Synchronization service where none is given.
fn on_service(lab: &mut Lab, given: &Given, act: fn(&mut Lab, ExchangeId, &str)) {
    let Some(at) = given.exchange(lab) else {
        return;
    };
    let name = given.text("service");
    let name = if name.is_empty() { DX } else { &name };
    act(lab, at, name);
}

/// Each instance's key as a source of events.
fn on_sources(lab: &mut Lab, given: &Given, change: fn(&mut Registry, Moment, &str)) {
    let now = lab.now();
    if let Some(at) = given.exchange(lab) {
        let server = &mut lab.exchanges[at];
        for instance in &server.mtas {
            change(&mut server.registry, now, &source_key(&instance.name));
        }
    }
}

fn raise(lab: &mut Lab, at: ExchangeId, name: &str) {
    let service = lab.exchanges[at].services.get(name);
    if service.is_some_and(|it| it.state == State::Stopped)
        && lab.control(at, name, Control::Start).is_ok()
    {
        lab.settle_now(at, name);
    }
}

fn fails(lab: &mut Lab, given: &Given, failing: Option<StartFailure>) {
    if let Some(at) = given.exchange(lab) {
        let name = given.text("service");
        let name = if name.is_empty() { DX } else { &name };
        lab.exchanges[at].services.set_failing(name, failing);
    }
}
