//! REQMAIN: sends a requestor's updates (`-t`, T1) and receives the server's (`-r`, T3).

use runsheet_formats::address::Address;
use runsheet_formats::transaction::Numbered;
use runsheet_step::Moment;

use super::terminal::Terminal;
use super::{CommandLine, Program};
use crate::lab::{Lab, Role};
use crate::mail::{Content, Mail};
use crate::postoffice::condition::Condition;
use crate::postoffice::incoming::Received;
use crate::postoffice::{Postoffice, PostofficeId};
use crate::reply::{Reply, Request};

const BANNER: &str = "Microsoft (R) Mail DirSync Requestor V3.5.12";

/// Readies T1 or T3. Nothing is printed. It ends with 1 where it fails and where its drive leads
/// nowhere; both are inferred, for articles only tell of failure codes for SRVMAIN.
pub(crate) fn launch(line: &CommandLine, lab: &Lab, place: Role) -> Program {
    let Some(id) = line.postoffice(lab, place) else {
        return Program::ending("", 1);
    };
    let lasts = lab.postoffices[id].pace.reqmain;
    match (line.has('t'), line.has('r')) {
        (true, false) => Program::working(lasts, id, &[send_status, send_request]),
        (false, true) => Program::working(lasts, id, &[receive]),
        _ => Program::ending("", 1),
    }
}

/// Why a run came to nothing; what there is to say of it is in the log.
struct Failed;

/// Lets a stage work, and ends the program if it failed.
fn attempt(
    lab: &mut Lab,
    id: PostofficeId,
    terminal: &mut Terminal<'_>,
    work: impl FnOnce(&mut Postoffice, Moment) -> Result<(), Failed>,
) {
    let now = lab.now();
    let postoffice = &mut lab.postoffices[id];
    if work(postoffice, now).is_err() {
        postoffice.status(now, 104, &[]);
        terminal.leave(1);
    }
}

/// REQCONF.GLB must be there to be read and written. That REQMAIN stops where it is not is
/// inferred from the message (Q96003).
fn configured(postoffice: &mut Postoffice, now: Moment) -> Result<(), Failed> {
    if postoffice.conditions.write(r"GLB\REQCONF.GLB").is_ok() {
        return Ok(());
    }
    postoffice.fatal(now, 151, &[]);
    Err(Failed)
}

/// The first message of T1: DSSERVER.LOG of the cycle before (Q133428).
fn send_status(lab: &mut Lab, id: PostofficeId, terminal: &mut Terminal<'_>) {
    attempt(lab, id, terminal, |postoffice, now| {
        let report = postoffice.logs.take_report();
        postoffice.say(now, BANNER);
        configured(postoffice, now)?;
        post(postoffice, now, Content::Status(report))
    });
}

/// Leaves a message in P1. Without the INQUEUE pair, or room on the disk, that fails (Q130449).
fn post(postoffice: &mut Postoffice, now: Moment, content: Content) -> Result<(), Failed> {
    if postoffice.post(now, content).is_ok() {
        return Ok(());
    }
    let server = postoffice.server.as_ref().map(Address::to_string);
    postoffice.fatal(now, 113, &[&server.unwrap_or_default()]);
    Err(Failed)
}

/// The second message of T1: every change above the acknowledged number. It is sent even when
/// there is none, so that the server hears what to reply to; articles differ on this (Q96060,
/// Q133428). REQCONF does not change.
fn send_request(lab: &mut Lab, id: PostofficeId, terminal: &mut Terminal<'_>) {
    attempt(lab, id, terminal, |postoffice, now| {
        let types = postoffice.requestor.types_in_a_row();
        postoffice.status(now, 167, &[&types]);
        let updates = read_queue(postoffice, now)?;
        match updates.len() {
            0 => postoffice.status(now, 171, &[]),
            count => postoffice.status(now, 106, &[&count.to_string()]),
        }
        let numbers = postoffice.numbers;
        let request = Request {
            r: postoffice.queue.last().unwrap_or(0),
            was: numbers.req_sync,
            s: numbers.srv_sync,
            i: numbers.imp_sync,
            readable: updates.len(),
            updates,
            terms: postoffice.requestor.terms(),
        };
        post(postoffice, now, Content::Request(request))
    });
}

/// What is to be sent of REQTRANS.GLB. A file that is not there is never made anew (Q119017); the
/// lines for a damaged or locked one are inferred from those for a missing one.
fn read_queue(postoffice: &mut Postoffice, now: Moment) -> Result<Vec<Numbered>, Failed> {
    let Err(condition) = postoffice.conditions.read(r"GLB\REQTRANS.GLB") else {
        return Ok(postoffice.queue.pending(postoffice.numbers.req_sync));
    };
    if condition != Condition::Corrupt {
        postoffice.warning(now, 2, &["REQTRANS"]);
    }
    if !matches!(condition, Condition::Locked(_)) {
        postoffice.fatal(now, 40, &["REQTRANS"]);
    }
    postoffice.warning(now, 152, &[]);
    Err(Failed)
}

/// T3: the newest reply in SYSTEM.MBG is taken, older ones are lost (Q142841).
fn receive(lab: &mut Lab, id: PostofficeId, terminal: &mut Terminal<'_>) {
    attempt(lab, id, terminal, |postoffice, now| {
        postoffice.say(now, BANNER);
        configured(postoffice, now)?;
        open_mailbag(postoffice, now)?;
        let newest = postoffice.system.iter().rev().find_map(|mail| reply(mail));
        let taken = newest
            .filter(|reply| reply.is_next_after(postoffice.numbers))
            .cloned();
        let wanted = taken.as_ref().filter(|_| postoffice.requestor.receive);
        let received = wanted.map_or(0, |reply| reply.updates.sent());
        if received > 0 {
            can_append(postoffice, now)?;
        }
        drop(postoffice.take_replies());
        if let Some(reply) = taken {
            take(postoffice, reply);
        }
        postoffice.status(now, 105, &[&received.to_string()]);
        Ok(())
    });
}

/// SYSTEM.MBG and its index must be free (Q138783).
fn open_mailbag(postoffice: &mut Postoffice, now: Moment) -> Result<(), Failed> {
    let usable = |path: &str| postoffice.conditions.write(path).is_ok();
    if usable(r"MBG\SYSTEM.MBG") && usable(r"KEY\SYSTEM.KEY") {
        return Ok(());
    }
    postoffice.error(now, 115, &["<NULL>"]);
    Err(Failed)
}

/// What is received goes through a file of its own into SRVTRANS.GLB. Leftovers of that file, a
/// full disk and missing rights are in the way (Q96060); that the mail then stays in SYSTEM.MBG is
/// inferred.
fn can_append(postoffice: &mut Postoffice, now: Moment) -> Result<(), Failed> {
    let leftovers = [r"GLB\REQUPDS.GLB", r"GLB\TMPTRANS.GLB"];
    let left = leftovers
        .iter()
        .any(|it| postoffice.leftovers.contains_key(*it));
    let writable = match postoffice.conditions.write(r"GLB\SRVTRANS.GLB") {
        // What comes after the damage is not looked at here: IMPORT finds it (Q174164).
        Ok(()) | Err(Condition::Corrupt | Condition::Empty) => true,
        Err(_) => false,
    };
    if writable && !left && !postoffice.disk_full {
        return Ok(());
    }
    postoffice.fatal(now, 150, &[]);
    Err(Failed)
}

fn reply(mail: &Mail) -> Option<&Reply> {
    match &mail.content {
        Content::Reply(reply) => Some(reply),
        _ => None,
    }
}

/// Only here numbers advance, and acknowledged changes go (Q96060). If the reply acknowledges what
/// was never sent, changes are kept; this is inferred.
fn take(postoffice: &mut Postoffice, reply: Reply) {
    let newest = postoffice.queue.last().unwrap_or(0);
    let numbers = &mut postoffice.numbers;
    if (numbers.req_sync..=newest).contains(&reply.r) {
        numbers.req_sync = reply.r;
        postoffice.queue.acknowledge(reply.r);
    }
    numbers.srv_sync = reply.s;
    numbers.imp_sync = reply.i;
    if reply.updates.sent() > 0 && postoffice.requestor.receive {
        postoffice.received.push(Received::Reply(reply));
    }
}
