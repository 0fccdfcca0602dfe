//! IMPORT: applies what was received, or what a file says, to the postoffice's address lists.
//!
//! It ends with 0 whatever happens: its codes are meant for DISPATCH only (Q112204). With a wrong
//! name or password it writes to no log (Q148771). What it draws on the screen cannot be read by
//! others, but for `-n`, which prints plainly (Q112897).

mod extract;
mod file;
mod queue;
mod session;
mod switches;

use std::sync::Arc;

use super::terminal::Terminal;
use super::{Act, CommandLine, Program};
use crate::lab::{Lab, Role};
use crate::postoffice::{Postoffice, PostofficeId};
use session::Session;
use switches::{Switches, Task};

/// The files that are there only while it sorts (Q96060).
pub(crate) const TEMPORARIES: [&str; 5] = [
    r"GLB\SORTLOCK.GLB",
    r"GLB\SORT0001.GLB",
    r"GLB\IUSRTRAN.GLB",
    r"GLB\INMETRAN.GLB",
    r"GLB\IGWTRANS.GLB",
];
/// What it prints instead of working (Q148771).
const REFUSED: &str = "Bad ID or Password";
/// What it asks without `-y`. Inferred: no article prints it.
const QUESTION: &str = "The address lists of this postoffice will be changed. Continue? (Y/N) ";

/// Readies the work. That the case of a password does not count, that nothing is said of a drive
/// that is not there, and that nobody's answer is no, is inferred.
pub(crate) fn launch(line: &CommandLine, lab: &Lab, place: Role) -> Program {
    let Some(id) = line.postoffice(lab, place) else {
        return Program::ending("", 0);
    };
    let postoffice = &lab.postoffices[id];
    if !postoffice.admits(line) {
        return Program::ending(REFUSED, 0);
    }
    let switches = Switches::of(line);
    let mut acts = Vec::new();
    if !switches.sure {
        acts.push(asking());
    }
    acts.extend(acts_of(switches, id));
    Program::acting(postoffice.pace.import, acts)
}

/// Asks, and ends if the answer is no.
fn asking() -> Act {
    Arc::new(|_, terminal: &mut Terminal<'_>| {
        if !terminal.confirms(QUESTION) {
            terminal.leave(0);
        }
    })
}

/// What a task does, one act after the other.
fn acts_of(switches: Switches, id: PostofficeId) -> Vec<Act> {
    let switches = Arc::new(switches);
    let acts: &[fn(&mut Lab, &mut Session<'_, '_>)] = match switches.task {
        Task::Queue => &[queue::begin, queue::merge],
        Task::Stream(_) => &[file::queue],
        Task::File { .. } => &[file::apply],
        Task::Extract { .. } => &[extract::write],
        Task::Resync { .. } => &[extract::resync],
        Task::Nothing => &[],
    };
    let acts = acts.iter().map(|act| -> Act {
        let (act, switches) = (*act, switches.clone());
        Arc::new(move |lab, terminal| {
            let mut session = Session {
                id,
                switches: &switches,
                terminal,
            };
            act(lab, &mut session);
        })
    });
    acts.collect()
}

impl Postoffice {
    /// Whether a command line names the mail administrator and his password.
    pub(crate) fn admits(&self, line: &CommandLine) -> bool {
        let admin = line.words.first();
        let known = admin.is_some_and(|it| it.eq_ignore_ascii_case("admin"));
        let password = line.value('p').unwrap_or_default();
        known && password.eq_ignore_ascii_case(&self.password)
    }
}

impl Lab {
    /// A run that is ended from outside leaves its lock and its temporary files behind (Q112301).
    pub(crate) fn break_off_imports(&mut self, place: Role) {
        for id in self.reached(place) {
            let postoffice = &mut self.postoffices[id];
            if !postoffice.busy.importing {
                continue;
            }
            for path in TEMPORARIES {
                if let Some(fact) = postoffice.file(path) {
                    postoffice.leave(path, fact.size);
                }
            }
            postoffice.busy.importing = false;
        }
    }
}
