//! Faults of the connector: its postoffice, its Interchange and the instances of its MTA.

use std::sync::Arc;

use super::{Given, Kind, Parameter, Takes};
use crate::exchange::ExchangeId;
use crate::exchange::connector::{MAILBAG_LIMIT, Mailbag};
use crate::exchange::registry::{Data, service_key};
use crate::exchange::services::{Complaint, Control, INTERCHANGE, StartFailure, Win32};
use crate::lab::Lab;
use crate::mail::{Content, Mail};
use crate::postoffice::PostofficeId;
use crate::postoffice::condition::Condition;

const EXCHANGE: Parameter = Parameter::optional("host", Takes::Exchange);
const POSTOFFICE: Parameter = Parameter::needed("host", Takes::Postoffice);

/// The faults of the connector.
pub(super) const KINDS: &[Kind] = &[
    Kind {
        name: "unreachable",
        doc: "the share of a postoffice cannot be reached: its mail waits, and nobody is told (Q277831)",
        takes: &[Parameter::needed("host", Takes::Postoffice)],
        begin: |lab, given| reach(lab, given, false),
        end: |lab, given| reach(lab, given, true),
    },
    Kind {
        name: "retries-enforced",
        doc: "EnforceRetryLimits is 1 for every instance of the MTA: what waits for a share out of reach is given back after three attempts (Q277831)",
        takes: &[Parameter::optional("host", Takes::Exchange)],
        begin: |lab, given| enforce(lab, given, true),
        end: |lab, given| enforce(lab, given, false),
    },
    Kind {
        name: "mailbag-full",
        doc: "the connector's mailbag for a postoffice holds 4096 messages; the Interchange gives back what is for it, with [008] (Q163020)",
        takes: &[POSTOFFICE],
        begin: |lab, given| on_mailbag(lab, given, |it| it.others = MAILBAG_LIMIT),
        end: |lab, given| on_mailbag(lab, given, |it| it.others = 0),
    },
    Kind {
        name: "mailbag-missing",
        doc: "the connector has no mailbag for a postoffice; the Interchange gives back what is for it, with [001] (Q169117)",
        takes: &[POSTOFFICE],
        begin: |lab, given| on_mailbag(lab, given, |it| it.missing = true),
        end: |lab, given| on_mailbag(lab, given, |it| it.missing = false),
    },
    Kind {
        name: "circular-route",
        doc: "a postoffice's name resembles the connector's in its first nine letters; the Interchange gives back what is for it, with [004] (Q162841, Q128627)",
        takes: &[POSTOFFICE],
        begin: |lab, given| on_mailbag(lab, given, |it| it.circular = true),
        end: |lab, given| on_mailbag(lab, given, |it| it.circular = false),
    },
    Kind {
        name: "connector-p1-missing",
        doc: "the connector postoffice has lost its P1: 4395 and 4355 are written, and 4536, but nothing arrives until P1 is made again and the instance restarted (Q266442)",
        takes: &[EXCHANGE],
        begin: |lab, given| {
            on_server(lab, given, |lab, at| {
                lab.exchanges[at]
                    .connector
                    .conditions
                    .set("P1", Condition::Missing);
            });
        },
        end: |lab, given| {
            on_server(lab, given, |lab, at| {
                lab.exchanges[at].connector.conditions.clear("P1");
            });
        },
    },
    Kind {
        name: "duplicate-serial",
        doc: "a postoffice has the serial number of the connector's: the instance that serves both does not start, with service-specific error 3 and event 4188 (Q151228)",
        takes: &[POSTOFFICE],
        begin: |lab, given| {
            let twin = given.postoffice(lab);
            on_instances(lab, given, twin);
        },
        end: |lab, given| on_instances(lab, given, None),
    },
    Kind {
        name: "hub-traffic",
        doc: "users of one postoffice write to users of another, and the MTA carries it between them: 4395 and 4355 Moved In are written though nothing enters Exchange (Q133401)",
        takes: &[POSTOFFICE, Parameter::needed("to", Takes::Postoffice)],
        begin: write_to_each_other,
        end: |_, _| {},
    },
    Kind {
        name: "too-many-files",
        doc: "the connector's directories ATT and MAI hold too many files; the Interchange hangs without a word (Q256187)",
        takes: &[EXCHANGE],
        begin: |lab, given| on_server(lab, given, |lab, at| choked(lab, at, true)),
        end: |lab, given| on_server(lab, given, |lab, at| choked(lab, at, false)),
    },
    Kind {
        name: "msmi-account",
        doc: "the Interchange was started under the account SYSTEM: it runs, writes 2410 and moves nothing (Q164177)",
        takes: &[EXCHANGE],
        begin: |lab, given| on_server(lab, given, |lab, at| account(lab, at, true)),
        end: |lab, given| on_server(lab, given, |lab, at| account(lab, at, false)),
    },
    Kind {
        name: "inqueue-locked",
        doc: "another program holds INQUEUE3 of the connector postoffice as the Interchange is started: event 2302, and nothing moves (Q168857)",
        takes: &[EXCHANGE],
        begin: |lab, given| on_server(lab, given, lock_inqueue),
        end: |lab, given| on_server(lab, given, free_inqueue),
    },
];

fn reach(lab: &mut Lab, given: &Given, reachable: bool) {
    if let Some(id) = given.postoffice(lab) {
        lab.postoffices[id].reachable = reachable;
    }
}

/// The value is set, and the instances were started again since.
fn enforce(lab: &mut Lab, given: &Given, enforced: bool) {
    let Some(at) = given.exchange(lab) else {
        return;
    };
    let now = lab.now();
    let server = &mut lab.exchanges[at];
    for mta in &mut server.mtas {
        let key = service_key(&mta.name);
        let value = Data::Dword(u32::from(enforced));
        // The key is there from the beginning.
        let _ = server
            .registry
            .set(now, (&key, "EnforceRetryLimits"), value);
        mta.options.enforce_retries = enforced;
    }
}

/// The mailbag for a postoffice, at every connector.
fn on_mailbag(lab: &mut Lab, given: &Given, change: fn(&mut Mailbag)) {
    let Some(id) = given.postoffice(lab) else {
        return;
    };
    for server in &mut lab.exchanges {
        change(server.connector.mailbags.entry(id).or_default());
    }
}

fn on_server(lab: &mut Lab, given: &Given, change: fn(&mut Lab, ExchangeId)) {
    if let Some(at) = given.exchange(lab) {
        change(lab, at);
    }
}

/// A user writes to another; what, is nobody's business.
fn write_to_each_other(lab: &mut Lab, given: &Given) {
    let written = lab.now();
    let to = lab
        .postoffice(&given.text("to"))
        .map(|it| it.name.mailbox("USER45"));
    if let (Some(id), Some(to)) = (given.postoffice(lab), to) {
        let postoffice = &mut lab.postoffices[id];
        postoffice.mails += 1;
        postoffice.outgoing.push(Arc::new(Mail {
            id: postoffice.mails,
            from: postoffice.name.mailbox("USER03"),
            to,
            written,
            content: Content::Status(Arc::from("")),
        }));
    }
}

/// The instances that serve a postoffice stop, and start again if they can.
fn on_instances(lab: &mut Lab, given: &Given, twin: Option<PostofficeId>) {
    let Some(id) = given.postoffice(lab) else {
        return;
    };
    for at in 0..lab.exchanges.len() {
        for mta in 0..lab.exchanges[at].mtas.len() {
            let instance = &mut lab.exchanges[at].mtas[mta];
            if !instance.serves.contains(&id) {
                continue;
            }
            instance.same_serial = twin;
            let name = instance.name.clone();
            lab.halt(at, &name);
            if lab.control(at, &name, Control::Start).is_ok() {
                lab.settle_now(at, &name);
            }
        }
    }
}

fn choked(lab: &mut Lab, at: ExchangeId, choked: bool) {
    lab.exchanges[at].interchange.choked = choked;
    lab.interchange(at);
}

fn account(lab: &mut Lab, at: ExchangeId, wrong: bool) {
    lab.exchanges[at].interchange.wrong_account = wrong;
    lab.interchange_started(at);
}

const QUEUES: [&str; 2] = [r"MBG\INQUEUE3.MBG", r"KEY\INQUEUE3.KEY"];

fn lock_inqueue(lab: &mut Lab, at: ExchangeId) {
    lab.halt(at, INTERCHANGE);
    let server = &mut lab.exchanges[at];
    for file in QUEUES {
        let held = Condition::Locked("a backup program".into());
        server.connector.conditions.set(file, held);
    }
    let failing = StartFailure {
        specific: Some(105),
        written: Some(Complaint::Mailer),
        ..StartFailure::of(Win32::SPECIFIC)
    };
    server.services.set_failing(INTERCHANGE, Some(failing));
    let _ = lab.control(at, INTERCHANGE, Control::Start);
}

fn free_inqueue(lab: &mut Lab, at: ExchangeId) {
    let server = &mut lab.exchanges[at];
    for file in QUEUES {
        server.connector.conditions.clear(file);
    }
    server.services.set_failing(INTERCHANGE, None);
    if lab.control(at, INTERCHANGE, Control::Start).is_ok() {
        lab.settle_now(at, INTERCHANGE);
    }
}
