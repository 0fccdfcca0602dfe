//! SRVMAIN: the dir-sync server's half of a cycle (T2): receives what requestors sent (`-r`) and
//! answers those it has heard (`-t`).
//!
//! It ends with a failure code where it cannot work; which, is not documented, so 1 is inferred
//! (Q127752).

use runsheet_formats::catalogue;
use runsheet_formats::log::{Message, Severity};

use super::terminal::Terminal;
use super::{CommandLine, Program};
use crate::lab::{Lab, Role};
use crate::mail::{Content, Mail};
use crate::postoffice::{Postoffice, PostofficeId};
use crate::server::note::{Note, What};

const BANNER: &str = "Microsoft (R) Mail DirSync Server V3.5.12";

/// Readies one half of T2.
pub(crate) fn launch(line: &CommandLine, lab: &Lab, place: Role) -> Program {
    let Some(id) = line.postoffice(lab, place) else {
        return Program::ending("", 1);
    };
    let lasts = lab.postoffices[id].pace.srvmain;
    match (line.has('r'), line.has('t')) {
        (true, false) => Program::working(lasts, id, &[begin, receive]),
        (false, true) => Program::working(lasts, id, &[begin, transmit]),
        _ => Program::ending("", 1),
    }
}

/// Opens the server's configuration: there is none but on the server (Q136487).
fn begin(lab: &mut Lab, id: PostofficeId, terminal: &mut Terminal<'_>) {
    let now = lab.now();
    let postoffice = &mut lab.postoffices[id];
    postoffice.say(now, BANNER);
    if postoffice.serving.is_none() {
        postoffice.fatal(now, 161, &[]);
        terminal.leave(1);
    }
}

/// Takes SYSTEM.MBG into MSTTRANS.GLB.
fn receive(lab: &mut Lab, id: PostofficeId, _: &mut Terminal<'_>) {
    let now = lab.now();
    let postoffice = &mut lab.postoffices[id];
    let Some(serving) = &mut postoffice.serving else {
        return;
    };
    serving.server.purge(now);
    let mut notes = Vec::new();
    for mail in std::mem::take(&mut postoffice.system) {
        if let Content::Status(report) = &mail.content {
            serving.central.push_str(report);
        }
        notes.extend(serving.server.receive(now, &mail).err());
        if is_own_reply(&mail) {
            postoffice.system.push(mail);
        }
    }
    log(postoffice, now, &notes);
}

/// A reply to this postoffice as a requestor stays where it is, for REQMAIN.
fn is_own_reply(mail: &Mail) -> bool {
    matches!(mail.content, Content::Reply(_))
}

/// Makes a reply for everybody who was heard, and leaves it in P1.
fn transmit(lab: &mut Lab, id: PostofficeId, _: &mut Terminal<'_>) {
    let now = lab.now();
    let postoffice = &mut lab.postoffices[id];
    let lists = postoffice.server_lists();
    let Some(serving) = &mut postoffice.serving else {
        return;
    };
    for answer in serving.server.transmit(&lists, |_| None) {
        if let Some(reply) = answer.reply {
            let to = lab.dirsync_address(&answer.requestor);
            let _ = lab.postoffices[id].post_to(to, now, Content::Reply(reply));
        }
        log(&mut lab.postoffices[id], now, &answer.notes);
    }
}

fn log(postoffice: &mut Postoffice, now: runsheet_step::Moment, notes: &[Note]) {
    for message in notes.iter().flat_map(messages) {
        postoffice.log(now, message);
    }
}

/// What DIRSYNC.LOG says of a note.
fn messages(note: &Note) -> Vec<Message> {
    let from = format!("PCM:{}", note.requestor);
    match &note.what {
        What::Unregistered => vec![numbered(158, &[&from])],
        What::WrongPassword => vec![numbered(156, &[&from])],
        What::UnknownTask(_) => vec![numbered(155, &[&from]), numbered(133, &[])],
        What::Unprocessed => vec![numbered(133, &[])],
        What::BrokenAttachment => vec![numbered(116, &[])],
        What::NoTasks => vec![Message::free(
            Severity::Status,
            &format!("No Tasks From Requestor: {from}"),
        )],
        What::Gone {
            sync,
            missing,
            last,
        } => {
            let numbers = [sync, missing, last].map(u32::to_string);
            let [sync, missing, last] = numbers.each_ref().map(String::as_str);
            vec![
                numbered(138, &[sync]),
                numbered(139, &[missing, sync, last]),
            ]
        }
        What::OverLimit => vec![numbered(118, &[]), numbered(166, &[&from])],
        What::MadeGood => Vec::new(),
    }
}

/// A message with the severity it usually has.
fn numbered(number: u16, arguments: &[&str]) -> Message {
    let entry = catalogue::message(number);
    let severity = entry.map_or(Severity::Error, |entry| entry.severity());
    Message::new(severity, number, arguments)
}
