//! NSDA: runs the programs of one part of a cycle, one after the other, for DISPATCH.
//!
//! `-rt` is T1 (REQMAIN), `-s` T2 (SRVMAIN, both halves), `-rr` T3 (REQMAIN, IMPORT, REBUILD). One
//! article names them in another order (Q96060); this is that of all others (Q132731, Q148705).
//! What fails ends the part: after a failing `srvmain -r` nothing is sent (Q127752).

use std::sync::Arc;

use super::terminal::Terminal;
use super::{Act, CommandLine, Program, import, rebuild, reqmain, srvmain};
use crate::lab::{Lab, Role};
use crate::postoffice::PostofficeId;

/// It went well (Q139034).
pub(crate) const NORMAL: i32 = 64;
/// It did not (Q148705).
pub(crate) const ERROR: i32 = 65;

/// Readies one part of a cycle.
pub(crate) fn launch(line: &CommandLine, lab: &Lab, place: Role) -> Program {
    let part = match (line.value('r'), line.has('s')) {
        (Some(way), false) if way.eq_ignore_ascii_case("t") => T1,
        (Some(way), false) if way.eq_ignore_ascii_case("r") => T3,
        (None, true) => T2,
        _ => return Program::ending("", ERROR),
    };
    match line.postoffice(lab, place) {
        Some(id) => of_part(lab, id, place, part),
        None => Program::ending("", ERROR),
    }
}

type Launch = fn(&CommandLine, &Lab, Role) -> Program;

/// A program of a part, with its switches.
type Step = (Launch, &'static [&'static str]);

const T1: &[Step] = &[(reqmain::launch, &["-t"])];
const T2: &[Step] = &[(srvmain::launch, &["-r"]), (srvmain::launch, &["-t"])];
const T3: &[Step] = &[
    (reqmain::launch, &["-r"]),
    (import::launch, &["admin", "-q", "-y"]),
    (rebuild::launch, &["-f"]),
];

/// One stage for each program, and the end.
fn of_part(lab: &Lab, id: PostofficeId, place: Role, part: &'static [Step]) -> Program {
    let lasts = part.iter().map(|step| ready(lab, id, place, *step).lasts);
    let lasts = lasts.sum();
    let steps = part.iter().map(|step| -> Act {
        let step = *step;
        Arc::new(move |lab, terminal| {
            if !succeeds(lab, id, terminal, step) {
                terminal.leave(ERROR);
            }
        })
    });
    let end: Act = Arc::new(|_, terminal| terminal.leave(NORMAL));
    Program::acting(lasts, steps.chain([end]).collect())
}

/// A program as NSDA starts it: for the drive it was given, and with the administrator's password,
/// which it need not be told.
fn ready(lab: &Lab, id: PostofficeId, place: Role, (launch, switches): Step) -> Program {
    let letters = 'A'..='Z';
    let drive = letters
        .into_iter()
        .find(|it| lab.on_drive(place, *it) == Some(id));
    let drive = format!("-d{}", drive.unwrap_or('M'));
    let password = format!("-p{}", lab.postoffices[id].password);
    let mut arguments: Vec<String> = switches.iter().map(|it| (*it).to_owned()).collect();
    arguments.extend([drive, password]);
    launch(&CommandLine::parse(&arguments), lab, place)
}

/// Runs a program to its end. IMPORT and REBUILD tell NSDA what they do not tell anybody else
/// (Q112204): that they gave up.
fn succeeds(lab: &mut Lab, id: PostofficeId, terminal: &mut Terminal<'_>, step: Step) -> bool {
    let before = lab.postoffices[id].logs.fatal;
    let program = ready(lab, id, terminal.place(), step);
    let exit = program.run_at_once(lab, terminal);
    exit == 0 && lab.postoffices[id].logs.fatal == before
}
