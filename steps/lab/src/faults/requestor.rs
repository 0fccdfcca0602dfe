//! Faults of a requestor: its programs, its machine, its queues and its options.

use super::{Given, Kind, Parameter, Takes};
use crate::lab::Lab;
use crate::postoffice::Postoffice;
use crate::postoffice::condition::Condition;
use runsheet_formats::stamp;
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
        name: "clock-2000",
        doc: "the workstation's clock stands in the year 2000, and its tools are not updated (Q192158)",
        takes: HOST,
        begin: put_clock_forward,
        end: |lab, given| at(lab, given, |it| it.logs.clock = Default::default()),
    },
];

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
