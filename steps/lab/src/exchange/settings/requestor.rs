//! The pages of requestors: of each that the dir-sync server serves, and of Exchange itself where a
//! postoffice is the server.

use runsheet_formats::address::PostofficeName;
use runsheet_step::Moment;

use super::{ADDRESS, Field, LOGGING, OWN_REQUESTOR, Page, REQUESTOR, SCHEDULE, Setting, TRUTH};
use crate::exchange::Exchange;
use crate::exchange::dx::requesting::Requesting;
use crate::exchange::dx::sequence::Sequence;
use crate::postoffice::HIGHEST;

pub(super) const PAGE: Page = Page {
    object: REQUESTOR,
    subject: |server, name| {
        let name = name_of(name)?;
        let known = server.dx.server.requestors.contains_key(&name);
        known.then(|| name.to_string())
    },
    fields: &[
        &[Field {
            // The system resets it after the cycle (Q147464).
            name: "Export on Next Cycle",
            takes: TRUTH,
            get: |server, subject| {
                let name = name_of(subject)?;
                Some(Setting::Flag(server.settings.export_next.contains(&name)))
            },
            put: export_next,
        }],
        SEQUENCES,
    ],
};

pub(super) const OWN: Page = Page {
    object: OWN_REQUESTOR,
    subject: |server, name| {
        let of = &own(server)?.server.postoffice;
        let is_it = name.is_empty() || name_of(name).as_ref() == Some(of);
        is_it.then(|| of.to_string())
    },
    fields: &[
        &[
            ADDRESS,
            LOGGING,
            SCHEDULE,
            Field {
                name: "Export on Next Cycle",
                takes: TRUTH,
                get: |server, _| own(server).map(|it| Setting::Flag(it.export_next)),
                put: |server, _, _, to| {
                    server.dx.requesting.as_mut()?.export_next = to.flag()?;
                    Some(())
                },
            },
            Field {
                name: "Receive updates",
                takes: TRUTH,
                get: |server, _| own(server).map(|it| Setting::Flag(it.receive)),
                put: |server, _, _, to| {
                    server.dx.requesting.as_mut()?.receive = to.flag()?;
                    Some(())
                },
            },
            Field {
                name: "Send updates",
                takes: TRUTH,
                get: |server, _| own(server).map(|it| Setting::Flag(it.send)),
                put: |server, _, _, to| {
                    server.dx.requesting.as_mut()?.send = to.flag()?;
                    Some(())
                },
            },
            Field {
                // Read when the service starts (Q149905).
                name: "DXA-Local-Admin",
                takes: "the name of a mailbox's object, such as /o=Org/ou=Site/cn=Recipients/cn=ADMIN",
                get: |server, _| own(server).map(|it| Setting::Text(it.local_admin.clone())),
                put: |server, _, _, to| {
                    let own = server.dx.requesting.as_mut()?;
                    own.local_admin = to.text()?.to_owned();
                    Some(())
                },
            },
        ],
        SEQUENCES,
    ],
};

fn own(server: &Exchange) -> Option<&Requesting> {
    server.dx.requesting.as_deref()
}

/// The numbers, which only raw mode shows (Q152231).
const SEQUENCES: &[Field] = &[
    Field {
        name: "DXA-Req-Seq",
        takes: NUMBER,
        get: |server, subject| sequence(server, subject, Sequence::Request),
        put: |server, _, subject, to| change(server, subject, Sequence::Request, to),
    },
    Field {
        name: "DXA-Svr-Seq",
        takes: NUMBER,
        get: |server, subject| sequence(server, subject, Sequence::Server),
        put: |server, _, subject, to| change(server, subject, Sequence::Server, to),
    },
    Field {
        name: "DXA-Conf-Seq",
        takes: NUMBER,
        get: |server, subject| sequence(server, subject, Sequence::Confirmed),
        put: |server, _, subject, to| change(server, subject, Sequence::Confirmed, to),
    },
    Field {
        name: "DXA-Imp-Seq",
        takes: NUMBER,
        get: |server, subject| sequence(server, subject, Sequence::Import),
        put: |server, _, subject, to| change(server, subject, Sequence::Import, to),
    },
];

const NUMBER: &str = "a whole number up to 2147483647";

fn sequence(server: &Exchange, subject: &str, which: Sequence) -> Option<Setting> {
    let number = server.dx.sequence(&name_of(subject)?, which)?;
    Some(Setting::Count(number))
}

fn change(server: &mut Exchange, subject: &str, which: Sequence, to: &Setting) -> Option<()> {
    let name = name_of(subject)?;
    let to = to.count().filter(|it| *it <= HIGHEST)?;
    server.dx.change_sequence(&name, which, to);
    Some(())
}

fn export_next(server: &mut Exchange, _: Moment, subject: &str, to: &Setting) -> Option<()> {
    let name = name_of(subject)?;
    let export = &mut server.settings.export_next;
    if to.flag()? {
        export.insert(name);
    } else {
        export.remove(&name);
    }
    Some(())
}

/// A requestor by NETWORK/POSTOFFICE, with or without its `$SYSTEM`.
fn name_of(subject: &str) -> Option<PostofficeName> {
    PostofficeName::parse(subject.trim_end_matches("/$SYSTEM")).ok()
}
