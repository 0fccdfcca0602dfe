//! Faults of the Directory Synchronization service and of what the directory says of requestors.

use super::{Given, Kind, Parameter, Takes};
use crate::exchange::Exchange;
use crate::exchange::dx::cycle::Stray;
use crate::exchange::dx::requesting::Requesting;
use crate::exchange::dx::serving::{Recipient, Remote};
use crate::lab::Lab;

const EXCHANGE: Parameter = Parameter::optional("host", Takes::Exchange);
const POSTOFFICE: Parameter = Parameter::needed("host", Takes::Postoffice);

/// The faults of dir-sync at an Exchange server.
pub(super) const KINDS: &[Kind] = &[
    Kind {
        name: "unknown-requestor",
        doc: "the service does not know the address of a requestor, whose `$SYSTEM` is not replicated yet; what comes from it is discarded with event 136 (Q147084)",
        takes: &[POSTOFFICE],
        begin: |lab, given| on_remote(lab, given, |it| it.recipient = Recipient::Unknown),
        end: |lab, given| on_remote(lab, given, |it| it.recipient = Recipient::Known),
    },
    Kind {
        name: "duplicate-system",
        doc: "a requestor's `$SYSTEM` is in the directory twice; it gets no reply, nobody is told, and 139 is written at Maximum logging only (Q163625)",
        takes: &[POSTOFFICE],
        begin: |lab, given| on_remote(lab, given, |it| it.recipient = Recipient::Twice),
        end: |lab, given| on_remote(lab, given, |it| it.recipient = Recipient::Known),
    },
    Kind {
        name: "recipient-replicated",
        doc: "a postoffice's `$SYSTEM` came into the directory from another site, whose Exchange server is a requestor of it: none can be made here, C1030B35 (Q201084)",
        takes: &[POSTOFFICE],
        begin: |lab, given| replicated(lab, given, true),
        end: |lab, given| replicated(lab, given, false),
    },
    Kind {
        name: "wrong-requestor-address",
        doc: "a requestor's object names another dir-sync address: no copies of its mail, though dir-sync works (Q191015)",
        takes: &[POSTOFFICE],
        begin: |lab, given| on_remote(lab, given, |it| it.wrong_address = true),
        end: |lab, given| on_remote(lab, given, |it| it.wrong_address = false),
    },
    Kind {
        name: "no-administrator",
        doc: "no administrator is chosen, which the page accepts: no copies, though dir-sync works (Q174741)",
        takes: &[EXCHANGE],
        begin: |lab, given| on_server(lab, given, |it| it.settings.administrator = None),
        end: |lab, given| {
            on_server(lab, given, |it| {
                it.settings.administrator = Some(it.admin_mailbox.clone());
            });
        },
    },
    Kind {
        name: "receive-updates-off",
        doc: "Exchange as a requestor has `Receive updates` off; 4.0 then makes nothing of replies, and R never advances (Q156714)",
        takes: &[EXCHANGE],
        begin: |lab, given| on_own(lab, given, |it| it.receive = false),
        end: |lab, given| on_own(lab, given, |it| it.receive = true),
    },
    Kind {
        name: "dx-sends-nothing",
        doc: "Exchange 5.5 SP3 as a requestor sends nothing, for an attribute of the schema is wrong (Q248828)",
        takes: &[EXCHANGE],
        begin: |lab, given| on_own(lab, given, |it| it.mute = true),
        end: |lab, given| on_own(lab, given, |it| it.mute = false),
    },
    Kind {
        name: "session-busy",
        doc: "the service's session with the Message Transfer Agent is busy, after copies were deleted unread on 4.0 SP3: event 134, and no replies (Q159295)",
        takes: &[EXCHANGE],
        begin: |lab, given| on_server(lab, given, |it| it.dx.trouble.session_busy = true),
        end: |lab, given| on_server(lab, given, |it| it.dx.trouble.session_busy = false),
    },
    Kind {
        name: "directory-limit",
        doc: "the directory refuses the service more than an administrative limit, as with some 150 containers to export: events 133, 143 and 168, and no replies (Q192484)",
        takes: &[EXCHANGE],
        begin: |lab, given| on_server(lab, given, |it| it.dx.trouble.directory_limit = true),
        end: |lab, given| on_server(lab, given, |it| it.dx.trouble.directory_limit = false),
    },
    Kind {
        name: "dxadata-missing",
        doc: "the service cannot open temporary files in DXADATA: event 268, which speaks of disk space, and no replies (Q153658)",
        takes: &[EXCHANGE],
        begin: |lab, given| on_server(lab, given, |it| it.dx.trouble.no_temporary_files = true),
        end: |lab, given| on_server(lab, given, |it| it.dx.trouble.no_temporary_files = false),
    },
    Kind {
        name: "bad-template",
        doc: "a template that comes with a reply has prompts which Exchange as a requestor crashes at, after event 181 (Q196892)",
        takes: &[EXCHANGE],
        begin: |lab, given| on_server(lab, given, |it| it.dx.trouble.bad_template = true),
        end: |lab, given| on_server(lab, given, |it| it.dx.trouble.bad_template = false),
    },
    Kind {
        name: "no-x400-address",
        doc: "the service's object has no X.400 address: event 178 of the Message Transfer Agent, and mail for it stays there (Q158309)",
        takes: &[EXCHANGE],
        begin: |lab, given| on_server(lab, given, |it| it.dx.trouble.no_address = true),
        end: mend_queue,
    },
    Kind {
        name: "corrupt-queue",
        doc: "a damaged message lies at the head of the service's queue: it hears nothing more, and writes 220 and 221 when it starts, until MTACHECK has run (Q164506, Q175588)",
        takes: &[EXCHANGE],
        begin: |lab, given| on_server(lab, given, |it| it.dx.trouble.damaged_queue = true),
        end: mend_queue,
    },
    Kind {
        name: "hidden-user",
        doc: "a user of Exchange is hidden from the address book; no deletion is made, and only an export of all makes the name go (Q200062)",
        takes: &[EXCHANGE],
        begin: |lab, given| {
            on_server(lab, given, |it| {
                let first = it.recipients.keys().next().cloned();
                it.hidden.extend(first);
            });
        },
        end: |lab, given| on_server(lab, given, |it| it.hidden.clear()),
    },
    Kind {
        name: "stray-replace",
        doc: "Exchange has a custom recipient with an address of this postoffice that was not imported from it: the postoffice's list is emptied everywhere, unless RequireValidImpFrom is 1 (Q156996, Q152935)",
        takes: &[POSTOFFICE],
        begin: |lab, given| stray(lab, given, true),
        end: |lab, given| stray(lab, given, false),
    },
    Kind {
        name: "imported-from-another",
        doc: "a postoffice's names came into Exchange's directory by way of requestor `by`: its deletions and changes are ignored, unless that requestor stands in the value Requestors Used To Import From (Q155727)",
        takes: &[POSTOFFICE, Parameter::needed("by", Takes::Postoffice)],
        begin: |lab, given| import_by(lab, given, true),
        end: |lab, given| import_by(lab, given, false),
    },
    Kind {
        name: "twin-names",
        doc: "a new user has the display name of a user of Exchange; DX writes 001 behind it, unless Unique Display Names is 0 (Q146676)",
        takes: &[POSTOFFICE],
        begin: |lab, given| {
            let own = lab
                .exchanges
                .first()
                .and_then(|it| it.recipients.values().next());
            if let (Some(name), Some(id)) = (own.cloned(), given.postoffice(lab)) {
                lab.postoffices[id].create_user("TWIN", &name, true);
            }
        },
        end: |lab, given| {
            if let Some(id) = given.postoffice(lab) {
                lab.postoffices[id].delete_user("TWIN");
            }
        },
    },
];

/// The queue is sound again, and what waited is taken.
fn mend_queue(lab: &mut Lab, given: &Given) {
    if let Some(at) = given.exchange(lab) {
        lab.queue_is_sound(at);
    }
}

/// Puts a custom recipient of nobody's into the directory, or takes it out.
fn stray(lab: &mut Lab, given: &Given, there: bool) {
    let Some(id) = given.postoffice(lab) else {
        return;
    };
    let name = lab.postoffices[id].name.clone();
    for server in &mut lab.exchanges {
        if there {
            let stray = Stray {
                mailbox: "STRAY".into(),
                name: "Stray, Sam".into(),
                told: false,
            };
            server.dx.strays.insert(name.clone(), stray);
        } else {
            server.dx.strays.remove(&name);
        }
    }
}

fn replicated(lab: &mut Lab, given: &Given, there: bool) {
    let Some(id) = given.postoffice(lab) else {
        return;
    };
    let name = lab.postoffices[id].name.clone();
    for server in &mut lab.exchanges {
        if there {
            server.dx.replicated.insert(name.clone());
        } else {
            server.dx.replicated.remove(&name);
        }
    }
}

fn import_by(lab: &mut Lab, given: &Given, there: bool) {
    let other = lab.postoffice(&given.text("by")).map(|it| it.name.clone());
    let (id, other) = (given.postoffice(lab), other.filter(|_| there));
    for server in &mut lab.exchanges {
        let remotes = server.dx.remotes.values_mut();
        for remote in remotes.filter(|it| Some(it.postoffice) == id) {
            remote.imported_by.clone_from(&other);
        }
    }
}

/// How a requestor stands in the directory of each Exchange server that serves it.
fn on_remote(lab: &mut Lab, given: &Given, change: fn(&mut Remote)) {
    let Some(id) = given.postoffice(lab) else {
        return;
    };
    for server in &mut lab.exchanges {
        let remotes = server.dx.remotes.values_mut();
        remotes.filter(|it| it.postoffice == id).for_each(change);
    }
}

fn on_server(lab: &mut Lab, given: &Given, change: fn(&mut Exchange)) {
    if let Some(at) = given.exchange(lab) {
        change(&mut lab.exchanges[at]);
    }
}

fn on_own(lab: &mut Lab, given: &Given, change: fn(&mut Requesting)) {
    if let Some(at) = given.exchange(lab)
        && let Some(own) = &mut lab.exchanges[at].dx.requesting
    {
        change(own);
    }
}
