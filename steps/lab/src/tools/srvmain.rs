//! SRVMAIN: the dir-sync server's half of a cycle (T2): receives what requestors sent (`-r`) and
//! answers those it has heard (`-t`).
//!
//! It ends with a failure code where it cannot work; which, is not documented, so 1 is inferred
//! (Q127752). Nothing is printed.

mod messages;
mod receive;
mod transmit;

use runsheet_step::Moment;

use super::terminal::{OnPostoffice, Terminal};
use super::{CommandLine, Program};
use crate::lab::{Lab, Role};
use crate::postoffice::condition::Condition;
use crate::postoffice::serving::{MSTTRANS, SRVCONF};
use crate::postoffice::{Postoffice, PostofficeId};
use crate::server::Version;

/// What it says of itself; which number it has in 3.0 and 3.2a is inferred.
fn banner(version: Version) -> String {
    let number = match version {
        Version::V30 => "3.0",
        Version::V32a => "3.2",
        Version::V35 => "3.5.12",
    };
    format!("Microsoft (R) Mail DirSync Server V{number}")
}

/// The code of a run that failed.
const FAILURE: i32 = 1;

/// Readies one half of T2.
pub(crate) fn launch(line: &CommandLine, lab: &Lab, place: Role) -> Program {
    let Some(id) = line.postoffice(lab, place) else {
        return Program::ending("", FAILURE);
    };
    let half = match (line.has('r'), line.has('t')) {
        (true, false) => RECEIVE,
        (false, true) => TRANSMIT,
        _ => return Program::ending("", FAILURE),
    };
    Program::working(lab.postoffices[id].pace.srvmain, id, half)
}

/// What `-r` does, stage by stage.
pub(crate) const RECEIVE: &[OnPostoffice] = &[
    |lab, id, terminal| attempt(lab, id, terminal, open),
    |lab, id, terminal| attempt(lab, id, terminal, receive::receive),
];

/// What `-t` does, stage by stage.
pub(crate) const TRANSMIT: &[OnPostoffice] = &[
    |lab, id, terminal| attempt(lab, id, terminal, open),
    |lab, id, terminal| attempt(lab, id, terminal, transmit::gather),
    |lab, id, terminal| attempt(lab, id, terminal, transmit::send),
];

/// It cannot go on; the log says why.
struct Failed;

fn attempt(
    lab: &mut Lab,
    id: PostofficeId,
    terminal: &mut Terminal<'_>,
    work: fn(&mut Lab, PostofficeId, Moment) -> Result<(), Failed>,
) {
    let now = lab.now();
    if work(lab, id, now).is_err() {
        if let Some(serving) = &mut lab.postoffices[id].serving {
            serving.outgoing = None;
        }
        terminal.leave(FAILURE);
    }
}

/// Opens SRVCONF.GLB. There is none but on the server (Q136487); one that makes no sense is told
/// as that of another version (Q96060).
fn open(lab: &mut Lab, id: PostofficeId, now: Moment) -> Result<(), Failed> {
    let postoffice = &mut lab.postoffices[id];
    let serving = postoffice.serving.as_ref();
    let version = serving.map_or_else(Version::default, |it| it.server.version);
    postoffice.say(now, &banner(version));
    let condition = postoffice.conditions.write(SRVCONF);
    let serving = postoffice.serving.as_ref();
    let strange = serving.is_some_and(|it| it.old_layout);
    let damaged = matches!(condition, Err(Condition::Corrupt | Condition::Empty));
    if serving.is_some() && condition.is_ok() && !strange {
        return Ok(());
    }
    if serving.is_some() && (strange || damaged) {
        postoffice.error(now, 157, &[]);
    }
    postoffice.fatal(now, 161, &[]);
    Err(Failed)
}

/// Whether MSTTRANS.GLB can be used. One of no bytes was made anew (Q112280).
fn has_master(postoffice: &mut Postoffice) -> bool {
    let condition = postoffice.conditions.write(MSTTRANS);
    if condition == Err(Condition::Empty)
        && let Some(serving) = &mut postoffice.serving
    {
        postoffice.conditions.clear(MSTTRANS);
        serving.server.begin_anew();
        return true;
    }
    condition.is_ok()
}
