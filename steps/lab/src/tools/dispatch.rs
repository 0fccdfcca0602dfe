//! DISPATCH: looks into PROCESS.GLB of each of its postoffices and runs what is due.
//!
//! The program goes on until it is ended; the lab's makes one pass over the drives of `-dMNP` and
//! ends as after its last one (Q105566). DISPATCH.LOG is written at the first of them, its home
//! (Q96060).

use std::sync::Arc;
use std::time::Duration;

use runsheet_formats::stamp::Stamp;
use runsheet_step::Moment;

use super::external::drives;
use super::terminal::Terminal;
use super::{CommandLine, Program, nsda};
use crate::lab::{Lab, Role};
use crate::postoffice::PostofficeId;
use crate::postoffice::schedule::PROCESS;

/// Where it writes down what it did.
const LOG: &str = r"LOG\DISPATCH.LOG";
/// The name of an instance that was given none; inferred.
const INSTANCE: &str = "INST1";
/// The code of a program that could not be found (Q132731).
const NOT_FOUND: i32 = 2;
const PASS: Duration = Duration::from_secs(10);

/// Readies one pass.
pub(crate) fn launch(line: &CommandLine, lab: &Lab, place: Role) -> Program {
    let letters = drives(line.value('d').unwrap_or_default());
    let home = letters.first().and_then(|it| lab.on_drive(place, *it));
    let Some(home) = home else {
        return Program::ending("", nsda::ERROR);
    };
    let instance = line.words.iter().find_map(|it| named(it));
    let log = Log {
        home,
        instance: instance.unwrap_or(INSTANCE).to_owned(),
    };
    let pass = move |lab: &mut Lab, terminal: &mut Terminal<'_>| {
        for letter in &letters {
            check(lab, terminal, &log, *letter);
        }
        terminal.leave(nsda::NORMAL);
    };
    Program::acting(PASS, vec![Arc::new(pass)])
}

/// `/instancename=X` (Q96060).
fn named(word: &str) -> Option<&str> {
    let (switch, name) = word.split_once('=')?;
    let is_name = switch.eq_ignore_ascii_case("/instancename");
    is_name.then_some(name).filter(|it| !it.is_empty())
}

/// DISPATCH.LOG and who writes it.
struct Log {
    home: PostofficeId,
    instance: String,
}

impl Log {
    fn write(&self, lab: &mut Lab, text: &str) {
        let home = &mut lab.postoffices[self.home];
        let clock = home.logs.clock;
        let stamp: Stamp = clock.stamp(lab.now()).to_the_minute();
        let line = format!("{} {stamp} {text}\n", self.instance);
        lab.postoffices[self.home].append(LOG, &line);
    }
}

/// The process table of one drive. A connector postoffice has none, and that is harmless
/// (Q149451).
fn check(lab: &mut Lab, terminal: &mut Terminal<'_>, log: &Log, letter: char) {
    const NO_TABLE: &str = "Failure while accessing the process table.";
    let Some(id) = lab.on_drive(terminal.place(), letter) else {
        return log.write(lab, NO_TABLE);
    };
    let name = lab.postoffices[id].name.to_string().replace('/', r"\");
    log.write(lab, &format!("Checking the process table on {name}"));
    if lab.postoffices[id].conditions.write(PROCESS).is_err() {
        return log.write(lab, NO_TABLE);
    }
    let now = lab.now();
    let times = &lab.postoffices[id].schedule.times;
    let mut due: Vec<usize> = (0..times.len())
        .filter(|it| times[*it].next <= now)
        .collect();
    due.sort_by_key(|it| times[*it].next);
    for time in due {
        run(lab, terminal, log, (id, letter), time);
    }
}

/// Runs one part of a cycle, unless its run window has passed: then it waits for its next time, and
/// nothing is lost (Q148718).
fn run(
    lab: &mut Lab,
    terminal: &mut Terminal<'_>,
    log: &Log,
    (id, letter): (PostofficeId, char),
    time: usize,
) {
    let now: Moment = lab.now();
    let schedule = &mut lab.postoffices[id].schedule;
    let window = Duration::from_secs(u64::from(schedule.run_window));
    let due = &mut schedule.times[time];
    let (switch, late) = (due.switch(), now.since(due.next) > window);
    due.go_on(now);
    if late {
        return log.write(lab, &format!("NSDA{switch} Missed its run Window"));
    }
    due.last = Some(now);
    log.write(lab, &format!("Running \"NSDA {switch}\""));
    let arguments = [switch.to_owned(), format!("-d{letter}")];
    let line = CommandLine::parse(&arguments);
    let moved = lab.postoffices[id].programs.moved;
    let exit = if moved {
        NOT_FOUND
    } else {
        let program = nsda::launch(&line, lab, terminal.place());
        program.run_at_once(lab, terminal)
    };
    let ended = match exit {
        nsda::NORMAL => format!("\"NSDA {switch}\" terminated normally with exit code {exit}"),
        NOT_FOUND => format!("NSDA {switch} terminated with exit code {exit}"),
        _ => format!("\"NSDA {switch}\" terminated abnormally with exit code {exit}"),
    };
    log.write(lab, &ended);
}
