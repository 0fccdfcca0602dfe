//! Faults of the Directory Synchronization service and of what the directory says of requestors.

use super::{Given, Kind, Parameter, Takes};
use crate::exchange::Exchange;
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
];

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
