//! MTACHECK: looks through the queues of the Message Transfer Agent for messages that are damaged, and
//! takes them out (Q164506, Q175588).
//!
//! What it prints is documented nowhere; so are its exit codes. Both are inferred.

use std::sync::Arc;
use std::time::Duration;

use super::terminal::Terminal;
use super::{CommandLine, Program};
use crate::exchange::ExchangeId;
use crate::exchange::services::{MESSAGE_TRANSFER, State};
use crate::lab::{Lab, Role};

/// Readies it: `/V` tells of every object, `/RD` drops all dir-sync mail; `/F FILE` is taken, and
/// no file written. The Message Transfer Agent must be stopped.
pub(crate) fn launch(line: &CommandLine, _: &Lab, place: Role) -> Program {
    let Role::Exchange(exchange) = place else {
        return Program::ending("MTACHECK runs on an Exchange server.", 1);
    };
    let has = |switch: &str| line.words.iter().any(|it| it.eq_ignore_ascii_case(switch));
    let (tells, drops) = (has("/v"), has("/rd"));
    let act = move |lab: &mut Lab, terminal: &mut Terminal<'_>| {
        check(lab, exchange, (tells, drops), terminal);
    };
    Program::acting(Duration::from_secs(4), vec![Arc::new(act)])
}

fn check(
    lab: &mut Lab,
    exchange: ExchangeId,
    (tells, drops): (bool, bool),
    terminal: &mut Terminal<'_>,
) {
    let server = &mut lab.exchanges[exchange];
    let transfer = server.services.get(MESSAGE_TRANSFER).map(|it| it.state);
    if transfer != Some(State::Stopped) {
        terminal.say("The Message Transfer Agent is running. Stop it and try again.");
        return terminal.leave(1);
    }
    let damaged = std::mem::take(&mut server.dx.trouble.damaged_queue);
    if tells {
        for mail in &server.dx.waiting {
            let (number, from) = (mail.number(), &mail.from);
            terminal.say(&format!(
                "Object DB{}.DAT: from {from}, sound",
                &number[2..]
            ));
        }
    }
    if damaged {
        terminal.say("Object DB00002A.DAT: damaged, moved to MTACHECK.OUT");
    }
    if drops {
        let dropped = std::mem::take(&mut server.dx.waiting).len();
        terminal.say(&format!(
            "{dropped} directory synchronization messages dropped"
        ));
    }
    terminal.say(if damaged {
        "Some errors were found, and mended."
    } else {
        "No errors were found."
    });
}
