//! Faults of a requestor: its programs, its machine, its queues and its options.

use std::sync::Arc;

use super::{Given, Kind, Parameter, Takes};
use crate::lab::Lab;
use crate::postoffice::Postoffice;
use crate::postoffice::condition::Condition;
use crate::postoffice::incoming::{Received, Resync};
use crate::tools::import::TEMPORARIES;
use runsheet_formats::address::Address;
use runsheet_formats::import_file::record::Record;
use runsheet_formats::stamp;
use runsheet_formats::transaction::Transaction;
use runsheet_step::Moment;

const HOST: &[Parameter] = &[Parameter::needed("host", Takes::Postoffice)];

/// The faults of requestors.
pub(super) const KINDS: &[Kind] = &[
    Kind {
        name: "tools-moved",
        doc: "the dir-sync programs do not lie in the directory they belong into (Q132731)",
        takes: HOST,
        begin: |lab, given| at(lab, given, |it| it.programs.moved = true),
        end: |lab, given| at(lab, given, |it| it.programs.moved = false),
    },
    Kind {
        name: "os2-subsystem",
        doc: "Windows NT cannot run bound programs but by FORCEDOS (Q260015, Q139033)",
        takes: HOST,
        begin: |lab, given| at(lab, given, |it| it.programs.os2_fails = true),
        end: |lab, given| at(lab, given, |it| it.programs.os2_fails = false),
    },
    Kind {
        name: "numbers-behind",
        doc: "REQTRANS.GLB was made anew, so that its numbers lie below the acknowledged one (Q119452)",
        takes: HOST,
        begin: |lab, given| at(lab, given, number_anew),
        end: |_, _| {},
    },
    Kind {
        name: "disk-full",
        doc: "the postoffice's disk has no room left (Q130449)",
        takes: HOST,
        begin: |lab, given| at(lab, given, |it| it.disk_full = true),
        end: |lab, given| at(lab, given, |it| it.disk_full = false),
    },
    Kind {
        name: "admin-open",
        doc: "somebody works in ADMIN, which holds FLAG.GLB open (Q148705)",
        takes: HOST,
        begin: |lab, given| at(lab, given, |it| it.open_admin()),
        end: |lab, given| at(lab, given, |it| it.conditions.clear(FLAG)),
    },
    Kind {
        name: "stale-sortlock",
        doc: "an IMPORT that broke off left its SORTLOCK.GLB behind (Q112301)",
        takes: HOST,
        begin: |lab, given| at(lab, given, |it| it.leave(SORTLOCK, 0)),
        end: |lab, given| at(lab, given, |it| it.clear_away(SORTLOCK)),
    },
    Kind {
        name: "pointers-corrupt",
        doc: "the pointers into the queues in REQCONF.GLB lead astray (Q112301)",
        takes: HOST,
        begin: |lab, given| at(lab, given, |it| it.requestor.pointers_sound = false),
        end: |lab, given| at(lab, given, |it| it.requestor.pointers_sound = true),
    },
    Kind {
        name: "leftovers",
        doc: "temporary files of a run that broke off are still there (Q96060)",
        takes: HOST,
        begin: |lab, given| at(lab, given, |it| it.leave(UPDATES, 49)),
        end: |lab, given| at(lab, given, |it| it.clear_away(UPDATES)),
    },
    Kind {
        name: "list-not-requested",
        doc: "the requestor does not ask for MS Mail addresses, so nobody's names reach it (Q96060)",
        takes: HOST,
        begin: |lab, given| at(lab, given, |it| it.requestor.ask_for("PCM", false)),
        end: |lab, given| at(lab, given, |it| it.requestor.ask_for("PCM", true)),
    },
    Kind {
        name: "user-deleted",
        doc: "somebody deletes the postoffice's first user, whose name is to go everywhere with the next cycle",
        takes: HOST,
        begin: |lab, given| at(lab, given, delete_first_user),
        end: |_, _| {},
    },
    Kind {
        name: "name-by-hand",
        doc: "the administrator has entered a name of another postoffice that the dir-sync server does not have; an Import takes it away (Q105125)",
        takes: HOST,
        begin: |lab, given| at(lab, given, |it| it.enter(Transaction::Add)),
        end: |lab, given| at(lab, given, |it| it.enter(Transaction::Delete)),
    },
    Kind {
        name: "gateway-names",
        doc: "RESYNC.GLB lies there with names for a gateway the postoffice does not have (Q122751)",
        takes: HOST,
        begin: |lab, given| {
            at(lab, given, |it| {
                it.hand_over("A Roe, Richard                   FAX:Roe~Room 5~Litware~206 635-7022")
            })
        },
        end: |lab, given| at(lab, given, |it| it.resync = None),
    },
    Kind {
        name: "bad-list",
        doc: "names without full name, mailbox or address came with the updates (Q119240, Q128872, Q122689)",
        takes: HOST,
        begin: |lab, given| at(lab, given, |it| it.receive_lines(BAD_NAMES)),
        end: |lab, given| at(lab, given, |it| it.forget_lines(BAD_NAMES)),
    },
    Kind {
        name: "import-hangs",
        doc: "a modification without its second line came with the updates (Q194819)",
        takes: HOST,
        begin: |lab, given| at(lab, given, |it| it.receive_lines(HALF)),
        end: |lab, given| at(lab, given, Postoffice::end_hanging_import),
    },
    Kind {
        name: "malformed-x400",
        doc: "a name with an X.400 address of the wrong separators is queued at the postoffice (Q156729)",
        takes: HOST,
        begin: |lab, given| at(lab, given, |it| it.queue.append(malformed())),
        end: |lab, given| at(lab, given, |it| it.queue.void(&malformed())),
    },
    Kind {
        name: "resync-left",
        doc: "RESYNC.GLB was left where it was made or copied to, so that every IMPORT meets it (Q96060, Q119014)",
        takes: HOST,
        begin: |lab, given| at(lab, given, |it| it.hand_over("")),
        end: |lab, given| at(lab, given, |it| it.resync = None),
    },
    Kind {
        name: "clock-2000",
        doc: "the workstation's clock stands in the year 2000, and its tools are not updated (Q192158)",
        takes: HOST,
        begin: put_clock_forward,
        end: |lab, given| at(lab, given, |it| it.logs.clock = Default::default()),
    },
];

const BAD_NAMES: &str = "\
A                                PCM:NORTH/GROUPS/STAFF
A Staff of the North             PCM:NORTH/GROUPS/
A Facsimile                      FAX:
";
const HALF: &str = "M Doe, John                      PCM:NORTH/GROUPS/JDOE\n";
const FLAG: &str = r"GLB\FLAG.GLB";
const SORTLOCK: &str = r"GLB\SORTLOCK.GLB";
const UPDATES: &str = r"GLB\REQUPDS.GLB";

/// Changes the postoffice that is meant.
fn at(lab: &mut Lab, given: &Given, change: impl FnOnce(&mut Postoffice)) {
    if let Some(id) = given.postoffice(lab) {
        change(&mut lab.postoffices[id]);
    }
}

impl Postoffice {
    /// ADMIN is opened: nobody else may change the postoffice's lists (Q131670).
    pub(crate) fn open_admin(&mut self) {
        let by = Condition::Locked("ADMIN".into());
        self.conditions.set(FLAG, by);
    }

    /// A tool leaves a file behind.
    pub(crate) fn leave(&mut self, path: &str, size: u64) {
        self.leftovers.insert(path.to_owned(), size);
    }

    /// What a tool left behind goes.
    pub(crate) fn clear_away(&mut self, path: &str) {
        self.leftovers.remove(path);
    }
}

impl Postoffice {
    /// RESYNC.GLB is put there: the lists and numbers the postoffice has, and more lines.
    fn hand_over(&mut self, lines: &str) {
        self.resync = Some(Resync {
            imp: self.numbers.imp_sync,
            req: self.numbers.req_sync,
            srv: self.numbers.srv_sync,
            lists: self.lists.clone(),
            lines: lines.into(),
        });
    }

    /// The administrator adds a name to the last list of another postoffice, or deletes it.
    fn enter(&mut self, change: fn(Address, Arc<str>) -> Transaction) {
        let names = self.lists.lists().map(|(name, _)| name);
        let other = names.filter(|it| **it != self.name).last();
        if let Some(address) = other.map(|name| name.mailbox("HAND")) {
            let change = change(address, "Hand, Entered by".into());
            Arc::make_mut(&mut self.lists).apply(&change);
        }
    }

    /// Lines come into SRVTRANS.GLB.
    fn receive_lines(&mut self, lines: &str) {
        self.received.push(Received::Lines(lines.into()));
    }

    /// What IMPORT hung on is taken out, and with it the lock of the run that was ended.
    fn end_hanging_import(&mut self) {
        self.forget_lines(HALF);
        self.busy.importing = false;
        for path in TEMPORARIES {
            self.clear_away(path);
        }
    }

    /// They are taken out again.
    fn forget_lines(&mut self, lines: &str) {
        let these = |it: &Received| matches!(it, Received::Lines(known) if &**known == lines);
        self.received.retain(|it| !these(it));
    }
}

/// A name whose X.400 address has quotes where slashes or semicolons are due (Q156729). No reader
/// of import files takes it; a queue may hold it all the same.
fn malformed() -> Transaction {
    const TEXT: &str = "A Bad, One                       X400:C=US'A=ATTMAIL;O=ATTMAIL;S=Bad";
    Record::unchecked(TEXT).map_or(Transaction::Placeholder, Transaction::from)
}

/// Pending changes count from 1 again, and none of them is above what was acknowledged.
fn number_anew(postoffice: &mut Postoffice) {
    let pending = postoffice.queue.pending(postoffice.numbers.req_sync);
    postoffice.queue = Default::default();
    for record in pending {
        postoffice.queue.append(record.transaction);
    }
    let newest = postoffice.queue.last().unwrap_or(0);
    let acknowledged = &mut postoffice.numbers.req_sync;
    *acknowledged = (*acknowledged).max(newest + 100);
}

fn delete_first_user(postoffice: &mut Postoffice) {
    if let Some(mailbox) = postoffice.users.keys().next().cloned() {
        postoffice.delete_user(&mailbox);
    }
}

/// 1 January 2000, at the time of day it is.
fn put_clock_forward(lab: &mut Lab, given: &Given) {
    const DAY: i64 = 24 * 60 * 60 * 1000;
    let now = lab.now();
    let new_year = stamp::parse("2000-01-01 00:00").unwrap_or(now);
    let then = Moment(new_year.0 + now.0.rem_euclid(DAY));
    at(lab, given, |postoffice| {
        postoffice.logs.clock.ahead = then.since(now);
        postoffice.logs.clock.unpatched = true;
    });
}
