//! `import -q`: RESYNC.GLB first, then SRVTRANS.GLB, through three queues into the lists (Q96060,
//! Q119449).

use std::sync::Arc;

use runsheet_formats::import_file;
use runsheet_formats::import_file::entry::Layout;
use runsheet_formats::import_file::refusal::Refusal;
use runsheet_formats::log::{Message, Severity};
use runsheet_formats::transaction::Transaction;

use super::session::Session;
use crate::directory::Directory;
use crate::directory::merge::{Merge, Remark, Rules};
use crate::lab::Lab;
use crate::postoffice::Postoffice;
use crate::postoffice::condition::Condition;
use crate::postoffice::incoming::{Received, Resync};
use crate::postoffice::request_queue::RequestQueue;

/// Splits SRVTRANS.GLB into the three queues, under SORTLOCK.GLB.
pub(super) fn begin(lab: &mut Lab, session: &mut Session<'_, '_>) {
    session.say(lab, "Microsoft (R) Mail Import V3.2");
    if !session.has_database(lab) {
        return;
    }
    let postoffice = session.postoffice(lab);
    match obstacle(postoffice) {
        Some(message) => {
            session.tell(lab, message);
            session.finish(lab);
        }
        None => postoffice.busy.importing = true,
    }
}

/// What keeps the queues from being sorted.
fn obstacle(postoffice: &Postoffice) -> Option<Message> {
    let conditions = &postoffice.conditions;
    if conditions.write(r"GLB\REQCONF.GLB").is_err() {
        return Some(Message::new(Severity::Fatal, 52, &[]));
    }
    if postoffice.disk_full {
        return Some(Message::new(Severity::Fatal, 79, &[]));
    }
    if let Some(queue) = unsorted(postoffice) {
        return Some(Message::new(Severity::Error, 45, &[queue]));
    }
    if postoffice.resync.is_some() && !can_resync(postoffice) {
        return Some(Message::new(Severity::Fatal, 14, &[]));
    }
    let unusable = match conditions.write(r"GLB\SRVTRANS.GLB") {
        Ok(()) | Err(Condition::Empty) => false,
        Err(_) => postoffice.resync.is_none(),
    };
    unusable.then(|| Message::new(Severity::Error, 13, &["srvtrans.glb"]))
}

/// The queue that cannot be sorted: it is damaged, another IMPORT holds SORTLOCK.GLB or left it, or
/// the pointers in REQCONF.GLB lead astray (Q112301).
fn unsorted(postoffice: &Postoffice) -> Option<&'static str> {
    const QUEUES: [&str; 3] = ["USRTRANS", "NMETRANS", "GWTRANS"];
    let left = postoffice.leftovers.contains_key(r"GLB\SORTLOCK.GLB");
    let held = postoffice.conditions.write(r"GLB\SORTLOCK.GLB").is_err();
    // A RESYNC comes with numbers and pointers of its own, which is why it helps; inferred.
    let astray = !postoffice.requestor.pointers_sound && postoffice.resync.is_none();
    if left || held || postoffice.busy.importing || astray {
        return Some(QUEUES[0]);
    }
    let damaged = |queue: &&str| {
        let path = format!(r"GLB\{queue}.GLB");
        let condition = postoffice.conditions.write(&path).err();
        condition.is_some_and(|it| it != Condition::Empty)
    };
    QUEUES.into_iter().find(|queue| damaged(queue))
}

/// RESYNC.GLB must be readable, its numbers not below the postoffice's own (Q215505), and the
/// postoffice no server: a file left there after it was made stops every import (Q96060, Q119014).
fn can_resync(postoffice: &Postoffice) -> bool {
    let readable = postoffice.conditions.write(r"GLB\RESYNC.GLB").is_ok();
    let resync = postoffice.resync.as_ref();
    let behind = resync.is_some_and(|it| it.req < postoffice.numbers.req_sync);
    readable && !behind && postoffice.serving.is_none()
}

/// Merges the queues into the lists and clears them.
pub(super) fn merge(lab: &mut Lab, session: &mut Session<'_, '_>) {
    let rules = session.postoffice(lab).rules();
    let resync = session.postoffice(lab).resync.take();
    let received = match &resync {
        // It is copied over what is in SRVTRANS.GLB (Q119449).
        Some(_) => {
            session.postoffice(lab).received.clear();
            Vec::new()
        }
        None => std::mem::take(&mut session.postoffice(lab).received),
    };
    let mut work = Work {
        lists: session.postoffice(lab).lists.clone(),
        remarks: Vec::new(),
        hangs: false,
    };
    if let Some(resync) = &resync {
        work.resync(resync, &rules);
    }
    for received in &received {
        work.receive(lab, received, &rules);
    }
    if work.hangs {
        // A modification without its second line is never got over (Q194819).
        let postoffice = session.postoffice(lab);
        (postoffice.received, postoffice.resync) = (received, resync);
        return session.terminal.hang();
    }
    if let Some(file) = unrenamed(session.postoffice(lab)) {
        let postoffice = session.postoffice(lab);
        let records = received.iter().map(Received::records).sum();
        (postoffice.received, postoffice.resync) = (received, resync);
        return give_up(lab, session, file, records);
    }
    session.remarks(lab, &work.remarks);
    if session.switches.talkative {
        let told = received.iter().flat_map(Received::transactions);
        session.own_records(lab, told.collect::<Vec<_>>().iter());
    }
    let postoffice = session.postoffice(lab);
    postoffice.lists = work.lists;
    if let Some(resync) = resync {
        take_numbers(postoffice, &resync);
    }
    session.close(lab);
}

/// REQCONF.GLB has the numbers of the RESYNC, and REQTRANS.GLB the record that holds the last
/// acknowledged one (Q119452); where that file was missing, it is there again (Q119017).
fn take_numbers(postoffice: &mut Postoffice, resync: &Resync) {
    const QUEUE: &str = r"GLB\REQTRANS.GLB";
    resync.bring(&mut postoffice.numbers, &mut postoffice.queue);
    postoffice.requestor.pointers_sound = true;
    if postoffice
        .conditions
        .write(QUEUE)
        .is_err_and(|it| !it.holds())
    {
        postoffice.queue = RequestQueue::acknowledged(resync.req);
        postoffice.conditions.clear(QUEUE);
    }
}

/// Lists at work.
struct Work {
    lists: Arc<Directory>,
    remarks: Vec<Remark>,
    hangs: bool,
}

impl Work {
    fn receive(&mut self, lab: &mut Lab, received: &Received, rules: &Rules) {
        match received {
            Received::Reply(reply) => {
                let outcome = lab.imports.import(&self.lists, &reply.updates, rules);
                self.lists = outcome.lists;
                self.remarks.extend(outcome.remarks.iter().cloned());
            }
            Received::Lines(lines) => self.lines(lines, rules),
        }
    }

    fn resync(&mut self, resync: &Resync, rules: &Rules) {
        let mut merge = Merge::new(&self.lists, rules);
        merge.replace(&resync.lists);
        let outcome = merge.outcome();
        self.lists = outcome.lists;
        self.remarks.extend(outcome.remarks.iter().cloned());
        self.lines(&resync.lines, rules);
    }

    /// Lines of an import file, each of which costs only itself if it is wrong.
    fn lines(&mut self, lines: &str, rules: &Rules) {
        let contents = import_file::read(lines, Layout::Strict);
        self.hangs |= contents.refusals.iter().any(is_half);
        let mut merge = Merge::new(&self.lists, rules);
        for (_, record) in contents.records {
            merge.transaction(&Transaction::from(record));
        }
        let outcome = merge.outcome();
        self.lists = outcome.lists;
        let refusals = contents.refusals.iter().map(|refusal| Remark {
            message: queued(refusal),
            about: None,
        });
        self.remarks.extend(refusals);
        self.remarks.extend(outcome.remarks.iter().cloned());
    }
}

/// Whether a line is a modification that lacks its second half.
fn is_half(refusal: &Refusal) -> bool {
    refusal.number == 21 && refusal.text.starts_with('M')
}

/// What is said of a record in a queue that cannot be used. Two messages are other ones than for a
/// line in a file: a gateway's name without an address is 43, an address without a mailbox 81
/// (Q122689, Q128872); which they are for a file is inferred.
fn queued(refusal: &Refusal) -> Message {
    match refusal.number {
        48 => Message::new(Severity::Warning, 43, &[]),
        26 if refusal.text.is_empty() => Message::new(Severity::Warning, 43, &[]),
        19 => Message::new(Severity::Error, 81, &[]),
        _ => refusal.message(),
    }
}

/// The file a finished list cannot be renamed to (Q134228).
fn unrenamed(postoffice: &Postoffice) -> Option<&'static str> {
    if postoffice.conditions.write(r"INF\ADMIN.INF").is_err() || postoffice.is_in_use("INF") {
        return Some(r"INF\IMPORT.INF");
    }
    let listed =
        postoffice.is_in_use("USR") || postoffice.conditions.write(r"NME\ADMIN.NME").is_err();
    listed.then_some(r"USR\IMPORT.USR")
}

/// The old list stays, the new one is left beside it, and no record counts as processed. That the
/// queue is kept for another run follows from the cure, which is one (Q134228).
fn give_up(lab: &mut Lab, session: &mut Session<'_, '_>, file: &str, records: usize) {
    let postoffice = session.postoffice(lab);
    let named = format!("{}:{file}", postoffice.drive);
    postoffice.leave(file, 53);
    session.number(lab, Severity::Fatal, 7, &[&named]);
    for _ in 0..records {
        session.number(lab, Severity::Warning, 90, &[]);
    }
    session.finish(lab);
}
