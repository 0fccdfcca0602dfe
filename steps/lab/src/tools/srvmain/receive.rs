//! `srvmain -r`: SYSTEM.MBG into MSTTRANS.GLB, status reports into CENTRAL.LOG.

use std::sync::Arc;

use runsheet_formats::log::dirsync::Line;
use runsheet_formats::log::{Message, Severity};
use runsheet_step::Moment;

use super::{Failed, has_master, messages};
use crate::lab::Lab;
use crate::mail::{Content, Mail};
use crate::postoffice::condition::Condition;
use crate::postoffice::serving::CENTRAL;
use crate::postoffice::{Postoffice, PostofficeId};

const MAILBAG: [&str; 2] = [r"MBG\SYSTEM.MBG", r"KEY\SYSTEM.KEY"];

pub(super) fn receive(lab: &mut Lab, id: PostofficeId, now: Moment) -> Result<(), Failed> {
    let postoffice = &mut lab.postoffices[id];
    if !has_master(postoffice) {
        postoffice.fatal(now, 2, &["MSTTRANS"]);
        return Err(Failed);
    }
    open_mailbag(postoffice, now)?;
    make_room(postoffice, now);
    for mail in take_mail(postoffice) {
        let Some(serving) = &mut postoffice.serving else {
            return Err(Failed);
        };
        match serving.server.receive(now, &mail) {
            Ok(()) => look_at(postoffice, now, &mail),
            Err(note) => messages::log(postoffice, now, &[note]),
        }
    }
    Ok(())
}

/// A mailbag that is held by another program cannot be read; in one with headers that lead nowhere
/// the program also fails to delete the message (Q127752).
fn open_mailbag(postoffice: &mut Postoffice, now: Moment) -> Result<(), Failed> {
    let conditions = &postoffice.conditions;
    let states = MAILBAG.map(|path| conditions.write(path));
    let Some(condition) = states.into_iter().find_map(Result::err) else {
        return Ok(());
    };
    postoffice.error(now, 115, &["<NULL>"]);
    if condition == Condition::Corrupt {
        postoffice.warning(now, 8, &["<NULL>"]);
    }
    postoffice.log(
        now,
        Message::free(Severity::Fatal, "Server processing failure"),
    );
    Err(Failed)
}

/// Keeps SRVCONF and MSTTRANS as they are in a backup, and drops from them what was kept long
/// enough (Q96060). That this is done before mail is received is inferred.
fn make_room(postoffice: &mut Postoffice, now: Moment) {
    let room = !postoffice.disk_full;
    if !room {
        postoffice.error(now, 123, &[]);
    }
    if let Some(serving) = postoffice.serving.as_mut().filter(|_| room) {
        serving.backup = Some(Box::new(serving.server.clone()));
        serving.server.purge(now);
    }
}

/// Takes the mail out of SYSTEM.MBG. A reply to this postoffice as a requestor is looked at, and
/// stays for REQMAIN (Q108844).
fn take_mail(postoffice: &mut Postoffice) -> Vec<Arc<Mail>> {
    let mail = std::mem::take(&mut postoffice.system);
    let replies = mail
        .iter()
        .filter(|it| matches!(it.content, Content::Reply(_)));
    postoffice.system.extend(replies.cloned());
    mail
}

/// What is for people: reports.
fn look_at(postoffice: &mut Postoffice, now: Moment, mail: &Mail) {
    match &mail.content {
        Content::Status(report) => keep(postoffice, now, mail, report),
        Content::NonDelivery(_) => postoffice.warning(now, 154, &[&mail.from.to_string()]),
        _ => {}
    }
}

/// A status report goes to the end of CENTRAL.LOG. It needs what a message needs (Q112303).
fn keep(postoffice: &mut Postoffice, now: Moment, mail: &Mail, report: &str) {
    let from = format!("Report from {}", mail.from);
    let stamp = postoffice.logs.clock.stamp(now);
    let head = Line::new(stamp, Message::free(Severity::Status, &from));
    let text = format!("{head}\n{report}");
    if postoffice.can_post().is_err() || !postoffice.append(CENTRAL, &text) {
        postoffice.warning(now, 128, &[]);
    }
}
