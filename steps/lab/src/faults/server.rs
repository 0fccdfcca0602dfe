//! Faults of a dir-sync server that is a postoffice: its files, its mailbag, its requestors.

use std::sync::Arc;

use super::{Given, Kind, Parameter, Takes};
use crate::lab::Lab;
use crate::mail::{Content, Mail};
use crate::postoffice::PostofficeId;
use crate::postoffice::condition::Condition;
use crate::postoffice::serving::{SRVCONF, Serving};
use crate::reply::{Reply, Updates};
use crate::server::{Server, Version};
use runsheet_formats::address::PostofficeName;
use runsheet_formats::transaction::Transaction;

const HOST: Parameter = Parameter::needed("host", Takes::Postoffice);
const MAILBAG: &str = r"MBG\SYSTEM.MBG";

/// The faults of the server.
pub(super) const KINDS: &[Kind] = &[
    Kind {
        name: "requestor-password",
        doc: "the server has another password for a requestor than its mail carries (Q125917)",
        takes: &[HOST],
        begin: |lab, given| {
            with_requestor(lab, given, |server, name| {
                set_password(server, name, "CHANGED")
            })
        },
        end: |lab, given| {
            let own = given
                .postoffice(lab)
                .map(|id| lab.postoffices[id].requestor.password.clone());
            let own = own.unwrap_or_default();
            with_requestor(lab, given, |server, name| set_password(server, name, &own));
        },
    },
    Kind {
        name: "unregistered",
        doc: "the server does not know a requestor (Q99268)",
        takes: &[HOST],
        begin: |lab, given| with_requestor(lab, given, Server::set_aside),
        end: |lab, given| with_requestor(lab, given, Server::take_back),
    },
    Kind {
        name: "import-number-lower",
        doc: "a requestor was deleted at the server and created again, so that its imports are counted from the start (Q99961)",
        takes: &[HOST],
        begin: |lab, given| with_requestor(lab, given, create_again),
        end: |_, _| {},
    },
    Kind {
        name: "srvconf-corrupt",
        doc: "SRVCONF.GLB is damaged (Q96060)",
        takes: &[],
        begin: |lab, _| {
            with_server(lab, |lab, id| {
                lab.postoffices[id]
                    .conditions
                    .set(SRVCONF, Condition::Corrupt)
            })
        },
        end: |lab, _| with_server(lab, |lab, id| lab.postoffices[id].conditions.clear(SRVCONF)),
    },
    Kind {
        name: "srvconf-layout",
        doc: "SRVMAIN was updated, and SCONFIX not run (Q111703)",
        takes: &[],
        begin: |lab, _| with_serving(lab, |it| it.old_layout = true),
        end: |lab, _| with_serving(lab, |it| it.old_layout = false),
    },
    Kind {
        name: "duplicate-headers",
        doc: "SYSTEM.MBG of the server holds headers whose messages are gone (Q127752)",
        takes: &[],
        begin: |lab, _| {
            with_server(lab, |lab, id| {
                lab.postoffices[id]
                    .conditions
                    .set(MAILBAG, Condition::Corrupt)
            })
        },
        end: |lab, _| with_server(lab, |lab, id| lab.postoffices[id].conditions.clear(MAILBAG)),
    },
    Kind {
        name: "srvmain-3.0",
        doc: "the server still has SRVMAIN of Mail 3.0 (Q108067, Q103421)",
        takes: &[],
        begin: |lab, _| with_serving(lab, |it| it.server.version = Version::V30),
        end: |lab, _| with_serving(lab, |it| it.server.version = Version::V35),
    },
    Kind {
        name: "srvmain-3.2a",
        doc: "the server has SRVMAIN of Mail 3.2a, which takes requestors for others whose names begin alike (Q116435)",
        takes: &[],
        begin: |lab, _| with_serving(lab, |it| it.server.version = Version::V32a),
        end: |lab, _| with_serving(lab, |it| it.server.version = Version::V35),
    },
    Kind {
        name: "skip-t3",
        doc: "the last T3 was not run: the server's reply still lies in SYSTEM.MBG (Q108844)",
        takes: &[HOST],
        begin: leave_reply,
        end: |lab, given| {
            if let Some(id) = given.postoffice(lab) {
                let _ = lab.postoffices[id].take_replies();
            }
        },
    },
    Kind {
        name: "limit",
        doc: "a requestor takes no more than so many updates in one cycle (Q133719)",
        takes: &[HOST, Parameter::needed("count", Takes::Count)],
        begin: |lab, given| set_limit(lab, given, given.count("count")),
        end: |lab, given| set_limit(lab, given, None),
    },
    Kind {
        name: "in-body",
        doc: "a requestor wants its updates in the body of the message (Q123857)",
        takes: &[HOST],
        begin: |lab, given| set_in_body(lab, given, true),
        end: |lab, given| set_in_body(lab, given, false),
    },
    Kind {
        name: "expired",
        doc: "a requestor was away longer than the server keeps updates (Q108067)",
        takes: &[HOST],
        begin: expire,
        end: |_, _| {},
    },
    Kind {
        name: "backup-restored",
        doc: "SRVCONF.GLB and MSTTRANS.GLB of the server, or the database of DX, were restored from an older backup (Q113453)",
        takes: &[],
        begin: |lab, _| restore(lab),
        end: |_, _| {},
    },
];

/// The postoffice that is the server.
fn with_server(lab: &mut Lab, change: impl FnOnce(&mut Lab, PostofficeId)) {
    if let Some(id) = lab.postoffices.iter().position(|it| it.serving.is_some()) {
        change(lab, id);
    }
}

fn with_serving(lab: &mut Lab, change: impl FnOnce(&mut Serving)) {
    with_server(lab, |lab, id| {
        if let Some(serving) = &mut lab.postoffices[id].serving {
            change(serving);
        }
    });
}

/// The server, whichever it is, knows what it knew some time ago.
fn restore(lab: &mut Lab) {
    with_serving(lab, Serving::restore);
    for exchange in &mut lab.exchanges {
        if exchange.dx.is_server() {
            exchange.dx.server.turn_back();
            let newest = exchange.dx.server.master.sync();
            exchange.dx.lists.upto = exchange.dx.lists.upto.min(newest);
        }
    }
}

/// What the server, whichever it is, knows of the postoffice in `host`.
fn with_requestor(lab: &mut Lab, given: &Given, change: impl FnOnce(&mut Server, &PostofficeName)) {
    let Some(id) = given.postoffice(lab) else {
        return;
    };
    let name = lab.postoffices[id].name.clone();
    if let Some(server) = lab.dirsync_server() {
        change(server, &name);
    }
}

fn set_password(server: &mut Server, name: &PostofficeName, password: &str) {
    if let Some(requestor) = server.requestors.get_mut(name) {
        requestor.password = Some(password.into()).filter(|it: &Arc<str>| !it.is_empty());
    }
}

fn create_again(server: &mut Server, name: &PostofficeName) {
    if let Some(requestor) = server.requestors.get(name) {
        let password = requestor.password.clone();
        server.register(name.clone(), password.as_deref());
    }
}

fn set_limit(lab: &mut Lab, given: &Given, limit: Option<u32>) {
    if let Some(id) = given.postoffice(lab) {
        lab.postoffices[id].requestor.limit = limit;
    }
}

fn set_in_body(lab: &mut Lab, given: &Given, in_body: bool) {
    if let Some(id) = given.postoffice(lab) {
        lab.postoffices[id].requestor.in_body = in_body;
    }
}

/// A reply that tells nothing new, as the server's last one to this postoffice.
fn leave_reply(lab: &mut Lab, given: &Given) {
    let Some(id) = given.postoffice(lab) else {
        return;
    };
    let numbers = lab.postoffices[id].numbers;
    let name = lab.postoffices[id].name.clone();
    let now = lab.now();
    let Some(server) = lab.dirsync_server() else {
        return;
    };
    let updates = Updates::since(numbers.srv_sync, server.master.clone(), None);
    let reply = Reply {
        by_exchange: false,
        r: numbers.req_sync,
        s: server.master.sync(),
        was: numbers.srv_sync,
        i: numbers.imp_sync,
        updates,
    };
    let from = lab.postoffices[id].server.clone();
    let mail = Mail {
        id: 0,
        from: from.unwrap_or_else(|| name.system()),
        to: name.system(),
        written: now,
        content: Content::Reply(reply),
    };
    lab.deliver(id, Arc::new(mail));
}

/// The updates of the second half of all numbers passed the requestor by: it does not have them,
/// and the server keeps none of them any more.
fn expire(lab: &mut Lab, given: &Given) {
    let Some(id) = given.postoffice(lab) else {
        return;
    };
    let applied = lab.postoffices[id].numbers.srv_sync / 2;
    let name = lab.postoffices[id].name.clone();
    let Some(server) = lab.dirsync_server() else {
        return;
    };
    let master = Arc::make_mut(&mut server.master);
    let missed = master.between(applied, master.sync()).to_vec();
    master.forget(master.sync());
    if let Some(known) = server.requestors.get_mut(&name) {
        known.numbers.srv_sync = applied;
    }
    let postoffice = &mut lab.postoffices[id];
    postoffice.numbers.srv_sync = applied;
    let lists = Arc::make_mut(&mut postoffice.lists);
    for transaction in missed {
        if let Transaction::Add(address, name) = transaction {
            lists.apply(&Transaction::Delete(address, name));
        }
    }
}
