//! DISPATCH: looks into PROCESS.GLB of each of its postoffices and runs what is due.
//!
//! The program goes on until it is ended; the lab's makes one pass over the drives of `-dMNP`, or of
//! DISPATCH.INI, and ends as after its last one (Q105566). DISPATCH.LOG is written at its home, which
//! is the first of them if nobody says otherwise (Q96060). Where nothing is due, its idle process
//! runs.

mod settings;

use std::sync::Arc;
use std::time::Duration;

use runsheet_formats::stamp::Stamp;
use runsheet_step::Moment;

use settings::Settings;

use super::terminal::Terminal;
use super::{CommandLine, Program, nsda, settings_file};
use crate::lab::{Lab, Role};
use crate::postoffice::PostofficeId;
use crate::postoffice::schedule::PROCESS;

/// Where it writes down what it did.
const LOG: &str = r"LOG\DISPATCH.LOG";
/// The name of an instance that was given none; inferred.
const INSTANCE: &str = "INST1";
/// The code of a program that could not be found (Q132731).
const NOT_FOUND: i32 = 2;
/// What it says where it has no letter to connect a share to (Q249246).
const NO_LETTER: &str = "Drive is either local, used or greater than lastdrive.";
const PASS: Duration = Duration::from_secs(10);

/// Readies one pass.
pub(crate) fn launch(line: &CommandLine, lab: &Lab, place: Role) -> Program {
    let settings = Settings::of(line, lab, place);
    let home = settings.home.or(settings.drives.first().copied());
    let Some(home) = home.and_then(|it| lab.on_drive(place, it)) else {
        return Program::ending("", nsda::ERROR);
    };
    let log = Log {
        home,
        instance: settings_file::instance(line).unwrap_or(INSTANCE).to_owned(),
        mute: settings.mute,
    };
    let pass = move |lab: &mut Lab, terminal: &mut Terminal<'_>| {
        let mut any = false;
        for letter in &settings.drives {
            any |= check(lab, terminal, &log, *letter);
        }
        any |= over_shares(lab, terminal, &log, &settings);
        if !any {
            idle(lab, terminal, &settings);
        }
        terminal.leave(nsda::NORMAL);
    };
    Program::acting(PASS, vec![Arc::new(pass)])
}

/// DISPATCH.LOG and who writes it.
struct Log {
    home: PostofficeId,
    instance: String,
    mute: bool,
}

impl Log {
    fn write(&self, lab: &mut Lab, text: &str) {
        if self.mute {
            return;
        }
        let home = &mut lab.postoffices[self.home];
        let clock = home.logs.clock;
        let stamp: Stamp = clock.stamp(lab.now()).to_the_minute();
        let line = format!("{} {stamp} {text}\n", self.instance);
        lab.postoffices[self.home].append(LOG, &line);
    }
}

/// The postoffices of the shares in DISPATCH.INI, each connected to a letter for as long as it is
/// looked at; gives whether something was due. From the command line it has no letters but those of
/// `DrivesDynamic` (Q139034), and says so where none of them is free (Q249246). That it goes on
/// without a share that cannot be connected is inferred (Q139034).
fn over_shares(lab: &mut Lab, terminal: &mut Terminal<'_>, log: &Log, settings: &Settings) -> bool {
    let place = terminal.place();
    let mut any = false;
    for machine in &settings.machines {
        let is_it = |id: PostofficeId| lab.postoffices[id].host.eq_ignore_ascii_case(machine);
        let mut direct = settings.drives.iter();
        if direct.any(|letter| lab.on_drive(place, *letter).is_some_and(is_it)) {
            continue;
        }
        let mut letters = settings.dynamic.iter().copied();
        let Some(letter) = letters.find(|it| lab.on_drive(place, *it).is_none()) else {
            terminal.say(NO_LETTER);
            return any;
        };
        let found = (0..lab.postoffices.len()).find(|id| is_it(*id));
        let Some(id) = found.filter(|id| lab.postoffices[*id].reachable) else {
            log.write(lab, "Dynamic connections could not be established");
            continue;
        };
        lab.drives.entry(place).or_default().insert(letter, id);
        any |= check(lab, terminal, log, letter);
        disconnect(lab, place, letter);
    }
    any
}

fn disconnect(lab: &mut Lab, place: Role, letter: char) {
    if let Some(drives) = lab.drives.get_mut(&place) {
        drives.remove(&letter);
        if drives.is_empty() {
            lab.drives.remove(&place);
        }
    }
}

/// Runs what is to run where nothing is due. DISPATCH itself is not started from here: it would
/// find nothing due and start itself without end (inferred). EXTERNAL is told when to break off, so
/// that the tables are looked at again (Q96060).
fn idle(lab: &mut Lab, terminal: &mut Terminal<'_>, settings: &Settings) {
    let mut command = settings.idle.clone();
    if is(&command, "DISPATCH") {
        return;
    }
    if is(&command, "EXTERNAL") && !command.iter().any(|it| ends_by_itself(it)) {
        let minutes = settings.idle_for().as_secs() / 60;
        command.push(format!("-br{}:{:02}", minutes / 60, minutes % 60));
    }
    let place = terminal.place();
    let directory = match place {
        Role::Postoffice(id) => lab.postoffices[id].mailexe.clone(),
        Role::Workstation(id) => lab.workstations[id].mailexe.clone(),
        Role::Exchange(_) => return,
    };
    if let Ok(program) = super::launch(&command, &directory, lab, place) {
        program.run_at_once(lab, terminal);
    }
}

/// Whether a switch of EXTERNAL says when it ends.
fn ends_by_itself(switch: &str) -> bool {
    let switch = switch.to_ascii_lowercase();
    switch == "-0" || switch.starts_with("-b")
}

/// Whether a command is a program, by itself or behind FORCEDOS.
fn is(command: &[String], program: &str) -> bool {
    let mut names = command.iter().map(|it| super::program_name(it));
    let first = names.find(|it| it != "FORCEDOS");
    first.is_some_and(|it| it == program)
}

/// The process table of one drive; gives whether something was due. A connector postoffice has none,
/// and that is harmless (Q149451).
fn check(lab: &mut Lab, terminal: &mut Terminal<'_>, log: &Log, letter: char) -> bool {
    const NO_TABLE: &str = "Failure while accessing the process table.";
    let Some(id) = lab.on_drive(terminal.place(), letter) else {
        log.write(lab, NO_TABLE);
        return false;
    };
    let name = lab.postoffices[id].name.to_string().replace('/', r"\");
    log.write(lab, &format!("Checking the process table on {name}"));
    if lab.postoffices[id].conditions.write(PROCESS).is_err() {
        log.write(lab, NO_TABLE);
        return false;
    }
    let now = lab.now();
    let times = &lab.postoffices[id].schedule.times;
    let mut due: Vec<usize> = (0..times.len())
        .filter(|it| times[*it].next <= now)
        .collect();
    due.sort_by_key(|it| times[*it].next);
    let any = !due.is_empty();
    for time in due {
        run(lab, terminal, log, (id, letter), time);
    }
    any
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
