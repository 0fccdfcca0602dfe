//! PODIAG: finds that REQTRANS.GLB is missing, and makes it anew from REQCONF.GLB (Q110496).
//!
//! The file then holds one dummy record with the last acknowledged number, so that numbering goes
//! on; what was pending in the lost file is gone. Everything else PODIAG looks at is not simulated.

use std::fmt::Write;

use runsheet_formats::import_file::record::{Change, Record};
use runsheet_formats::transaction::{Numbered, Transaction};

use super::terminal::Terminal;
use super::{CommandLine, Program};
use crate::lab::{Lab, Role};
use crate::postoffice::PostofficeId;
use crate::postoffice::condition::Condition;
use crate::postoffice::request_queue::RequestQueue;

const REQTRANS: &str = r"GLB\REQTRANS.GLB";
const LOG: &str = r"LOG\PODIAG.LOG";
/// The text of the record that stands in for the lost ones.
const DUMMY: &str = "Dummy record installed by PODIAG.";
const FOUND: &str = "Error 161 Detected file (REQTRANS.GLB) missing. Do you want to create this file in its initial state? If this file is created in its initial state you must follow the instructions given in the online help.";
const MENDED: &str = "Info    0 Rebuilt the directory synchronization file.";

/// Readies a look at the postoffice. Where its log lies, and that nobody's answer is no, is
/// inferred.
pub(crate) fn launch(line: &CommandLine, lab: &Lab, place: Role) -> Program {
    match line.postoffice_or_m(lab, place) {
        Some(id) => Program::working(lab.postoffices[id].pace.admin, id, &[mend]),
        None => Program::ending("", 1),
    }
}

fn mend(lab: &mut Lab, id: PostofficeId, terminal: &mut Terminal<'_>) {
    let postoffice = &mut lab.postoffices[id];
    if postoffice.conditions.of(REQTRANS) != Some(&Condition::Missing) {
        return;
    }
    let agreed = terminal.confirms(&format!("{FOUND} (Y/N) "));
    let pressed = if agreed { "Yes" } else { "No" };
    let mut lines = vec![FOUND.to_owned(), format!("User    0 Pressed \"{pressed}\"")];
    if agreed && postoffice.conditions.read(r"GLB\REQCONF.GLB").is_ok() {
        let record = Record::new(Change::Comment(DUMMY.to_owned()));
        postoffice.queue = RequestQueue::of(vec![Numbered {
            number: postoffice.numbers.req_sync,
            transaction: Transaction::from(record),
        }]);
        postoffice.conditions.clear(REQTRANS);
        terminal.say(MENDED);
        lines.push(MENDED.to_owned());
    }
    let log = postoffice.texts.entry(LOG.to_owned()).or_default();
    for line in lines {
        let _ = writeln!(log, "{line}");
    }
}
