//! REQMAIN: sends a requestor's updates (`-t`, T1) and receives the server's (`-r`, T3).

use runsheet_formats::log::{Message, Severity};
use runsheet_step::Moment;

use super::terminal::Terminal;
use super::{CommandLine, Program};
use crate::lab::{Lab, Role};
use crate::mail::{Content, Mail};
use crate::postoffice::{Postoffice, PostofficeId};
use crate::reply::{Reply, Request};

const BANNER: &str = "Microsoft (R) Mail DirSync Requestor V3.5.12";

/// Readies T1 or T3. Nothing is printed. The exit code of a run for a drive that is not there is
/// inferred.
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

/// The first message of T1: DSSERVER.LOG of the cycle before (Q133428).
fn send_status(lab: &mut Lab, id: PostofficeId, _: &mut Terminal<'_>) {
    let now = lab.now();
    let postoffice = &mut lab.postoffices[id];
    let report = postoffice.logs.take_report();
    postoffice.logs.say(now, BANNER);
    postoffice.post(now, Content::Status(report));
}

/// The second message of T1: every change above the acknowledged number. It is sent even when
/// there is none, so that the server hears what to reply to; articles differ on this (Q96060,
/// Q133428). REQCONF does not change.
fn send_request(lab: &mut Lab, id: PostofficeId, _: &mut Terminal<'_>) {
    let now = lab.now();
    let postoffice = &mut lab.postoffices[id];
    let numbers = postoffice.numbers;
    let updates = postoffice.queue.pending(numbers.req_sync);
    let count = updates.len().to_string();
    let message = match updates.len() {
        0 => Message::new(Severity::Status, 171, &[]),
        _ => Message::new(Severity::Status, 106, &[&count]),
    };
    postoffice.logs.write(now, message);
    let request = Request {
        r: updates.last().map_or(numbers.req_sync, |it| it.number),
        was: numbers.req_sync,
        s: numbers.srv_sync,
        i: numbers.imp_sync,
        updates,
    };
    postoffice.post(now, Content::Request(request));
}

/// T3: the newest reply in SYSTEM.MBG is taken, older ones are lost (Q142841).
fn receive(lab: &mut Lab, id: PostofficeId, _: &mut Terminal<'_>) {
    let now = lab.now();
    let postoffice = &mut lab.postoffices[id];
    postoffice.logs.say(now, BANNER);
    let mail = std::mem::take(&mut postoffice.system);
    let newest = mail.iter().rev().find_map(|mail| reply(mail));
    let taken = newest.filter(|reply| accepts(postoffice, reply)).cloned();
    let received = taken.as_ref().map_or(0, |reply| reply.updates.sent());
    if let Some(reply) = taken {
        take(postoffice, reply);
    }
    report(postoffice, now, received);
}

fn reply(mail: &Mail) -> Option<&Reply> {
    match &mail.content {
        Content::Reply(reply) => Some(reply),
        _ => None,
    }
}

/// A reply of an earlier import is silently discarded as old (Q99961). That single updates must
/// follow on what was applied is inferred.
fn accepts(postoffice: &Postoffice, reply: &Reply) -> bool {
    let numbers = postoffice.numbers;
    let follows = reply.was <= numbers.srv_sync && numbers.srv_sync <= reply.s;
    reply.i > numbers.imp_sync || (reply.i == numbers.imp_sync && follows)
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
    if reply.updates.sent() > 0 {
        postoffice.received.push(reply);
    }
}

fn report(postoffice: &mut Postoffice, now: Moment, received: usize) {
    let message = Message::new(Severity::Status, 105, &[&received.to_string()]);
    postoffice.logs.write(now, message);
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::*;
    use crate::postoffice::Numbers;
    use crate::reply::Updates;
    use runsheet_formats::address::Address;

    #[test]
    fn single_updates_must_follow_on_what_was_applied() {
        let address = Address::parse("NORTH/SALES/$SYSTEM").unwrap();
        let name = address.postoffice.clone();
        let mut postoffice = Postoffice::new("SALES", name, address);
        postoffice.numbers = Numbers {
            req_sync: 5,
            srv_sync: 40,
            imp_sync: 2,
        };
        let accepted = |was, s, i| {
            let updates = Updates::since(was, Arc::default(), None);
            let r = 5;
            accepts(
                &postoffice,
                &Reply {
                    r,
                    s,
                    was,
                    i,
                    updates,
                },
            )
        };
        assert!(accepted(40, 53, 2), "the next stretch");
        assert!(accepted(38, 53, 2), "a stretch that overlaps");
        assert!(!accepted(41, 53, 2), "a stretch after a gap");
        assert!(!accepted(20, 39, 2), "a stretch long applied");
        assert!(!accepted(40, 53, 1), "an earlier import");
        assert!(accepted(0, 12, 3), "a later import");
    }
}
