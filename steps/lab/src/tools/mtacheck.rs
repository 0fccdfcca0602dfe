//! MTACHECK: looks through the queues of the Message Transfer Agent for messages that are damaged, and
//! takes them out (Q164506, Q175588).
//!
//! What it prints is documented nowhere; so are its exit codes, and that what it prints goes into
//! the file of `/F` too. All of this is inferred.

use std::sync::Arc;
use std::time::Duration;

use super::terminal::Terminal;
use super::{CommandLine, Program};
use crate::exchange::services::{MESSAGE_TRANSFER, State};
use crate::exchange::{Exchange, ExchangeId};
use crate::lab::{Lab, Role};

/// What it is told to do.
struct Switches {
    /// `/V`: it tells of every object.
    tells: bool,
    /// `/RD`: all dir-sync mail is dropped.
    drops: bool,
    /// `/F FILE`: what it tells goes into a file too.
    log: Option<String>,
}

/// Readies it. The Message Transfer Agent must be stopped.
pub(crate) fn launch(line: &CommandLine, _: &Lab, place: Role) -> Program {
    let Role::Exchange(exchange) = place else {
        return Program::ending("MTACHECK runs on an Exchange server.", 1);
    };
    let at = |switch: &str| {
        let mut words = line.words.iter();
        words.position(|it| it.eq_ignore_ascii_case(switch))
    };
    let switches = Switches {
        tells: at("/v").is_some(),
        drops: at("/rd").is_some(),
        log: at("/f").and_then(|it| line.words.get(it + 1).cloned()),
    };
    let act = move |lab: &mut Lab, terminal: &mut Terminal<'_>| {
        check(lab, exchange, &switches, terminal);
    };
    Program::acting(Duration::from_secs(4), vec![Arc::new(act)])
}

fn check(lab: &mut Lab, exchange: ExchangeId, switches: &Switches, terminal: &mut Terminal<'_>) {
    let server = &mut lab.exchanges[exchange];
    let transfer = server.services.get(MESSAGE_TRANSFER).map(|it| it.state);
    let told = if transfer == Some(State::Stopped) {
        look_through(server, switches)
    } else {
        terminal.leave(1);
        vec!["The Message Transfer Agent is running. Stop it and try again.".to_owned()]
    };
    for line in &told {
        terminal.say(line);
    }
    if let Some(path) = &switches.log {
        server.write_text(path, &(told.join("\n") + "\n"));
    }
}

/// Looks through the queue of the Directory Synchronization service. Gives what there is to tell.
fn look_through(server: &mut Exchange, switches: &Switches) -> Vec<String> {
    let mut told = Vec::new();
    let damaged = std::mem::take(&mut server.dx.trouble.damaged_queue);
    if switches.tells {
        let sound = server.dx.waiting.iter().map(|mail| {
            let (number, from) = (mail.number(), &mail.from);
            format!("Object DB{}.DAT: from {from}, sound", &number[2..])
        });
        told.extend(sound);
    }
    if damaged {
        told.push("Object DB00002A.DAT: damaged, moved to MTACHECK.OUT".to_owned());
    }
    if switches.drops {
        let dropped = std::mem::take(&mut server.dx.waiting).len();
        told.push(format!(
            "{dropped} directory synchronization messages dropped"
        ));
    }
    let end = if damaged {
        "Some errors were found, and mended."
    } else {
        "No errors were found."
    };
    told.push(end.to_owned());
    told
}
