//! The programs in a postoffice's `MAILEXE` directory, and how a command line finds them.
//!
//! Switches begin with `-`, their letters may be of either case, their values are glued to them
//! and their order is free.

pub mod admin;
pub mod cmd;
pub mod command;
pub mod debug;
pub mod dispatch;
pub mod dssched;
pub mod external;
pub mod forcedos;
pub mod import;
pub mod listds;
pub mod listq;
pub mod mtacheck;
pub mod net;
pub mod nsda;
pub mod podiag;
pub mod rebuild;
pub mod reqmain;
pub mod sconfix;
mod settings_file;
pub mod srvmain;
pub mod terminal;

use std::collections::BTreeMap;
use std::fmt;
use std::sync::Arc;
use std::time::Duration;

use crate::lab::{Lab, Role};
use crate::path::parted;
use crate::postoffice::PostofficeId;
use crate::process::NotStarted;
use terminal::{OnPostoffice, Terminal};

/// A program about to run: what it will do, and when. Readying one changes nothing.
#[derive(Debug, Clone, Default)]
pub struct Program {
    /// What it does, each at its time after the start.
    pub stages: Vec<Stage>,
    /// How long it runs, if no stage ends it before.
    pub lasts: Duration,
}

/// One stage of a program.
#[derive(Clone)]
pub struct Stage {
    /// When, after the start.
    pub after: Duration,
    /// What is done.
    pub act: Act,
}

/// What a stage does.
pub type Act = Arc<dyn Fn(&mut Lab, &mut Terminal<'_>) + Send + Sync>;

impl fmt::Debug for Stage {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Stage")
            .field("after", &self.after)
            .finish_non_exhaustive()
    }
}

impl Stage {
    /// Does what the stage does. What it queued was queued now.
    pub(crate) fn run(&self, lab: &mut Lab, terminal: &mut Terminal<'_>) {
        (self.act)(lab, terminal);
        lab.date_queues(terminal.place());
    }
}

impl Program {
    /// A program that prints something at once, if that is not empty, and ends.
    #[must_use]
    pub fn ending(line: &str, exit: i32) -> Self {
        let line = line.to_owned();
        let act = move |_: &mut Lab, terminal: &mut Terminal<'_>| {
            if !line.is_empty() {
                terminal.say(&line);
            }
            terminal.leave(exit);
        };
        Self::acting(Duration::from_millis(100), vec![Arc::new(act)])
    }

    /// A program that spreads its acts evenly over the time it lasts. It ends with 0, unless an
    /// act leaves with another code.
    #[must_use]
    pub fn acting(lasts: Duration, acts: Vec<Act>) -> Self {
        let parts = u32::try_from(acts.len())
            .unwrap_or(u32::MAX)
            .saturating_add(1);
        let stages = acts.into_iter().zip(1u32..).map(|(act, part)| Stage {
            after: lasts * part / parts,
            act,
        });
        Self {
            stages: stages.collect(),
            lasts,
        }
    }

    /// Runs it to its end at this moment, for another program, with nobody at the keyboard.
    pub(crate) fn run_at_once(&self, lab: &mut Lab, terminal: &mut Terminal<'_>) -> i32 {
        let mut nobody = |_: &str| None;
        let mut own = Terminal::new(terminal.place(), &mut nobody);
        for stage in &self.stages {
            if own.left().is_none() {
                stage.run(lab, &mut own);
            }
        }
        let exit = own.left().unwrap_or(0);
        for line in own.into_screen().lines() {
            terminal.say(line);
        }
        exit
    }

    /// A program that works on one postoffice.
    #[must_use]
    pub(crate) fn working(lasts: Duration, id: PostofficeId, acts: &[OnPostoffice]) -> Self {
        let acts = acts.iter().map(|act| -> Act {
            let act = *act;
            Arc::new(move |lab, terminal| act(lab, id, terminal))
        });
        Self::acting(lasts, acts.collect())
    }
}

/// The arguments of one of these programs.
#[derive(Debug, Default)]
pub struct CommandLine {
    switches: BTreeMap<char, String>,
    /// Every switch as it was given, for those that may be given more than once.
    given: Vec<(char, String)>,
    /// What is no switch, in order.
    pub words: Vec<String>,
}

impl CommandLine {
    /// Reads arguments, without the program's name.
    #[must_use]
    pub fn parse(arguments: &[String]) -> Self {
        let mut line = Self::default();
        for argument in arguments {
            let mut rest = argument.chars();
            match (rest.next(), rest.next()) {
                (Some('-'), Some(letter)) => {
                    let letter = letter.to_ascii_lowercase();
                    let value = rest.as_str().to_owned();
                    line.given.push((letter, value.clone()));
                    line.switches.insert(letter, value);
                }
                _ => line.words.push(argument.clone()),
            }
        }
        line
    }

    /// Whether a switch is given.
    #[must_use]
    pub fn has(&self, letter: char) -> bool {
        self.switches.contains_key(&letter)
    }

    /// The switches that are given.
    pub fn letters(&self) -> impl Iterator<Item = char> {
        self.switches.keys().copied()
    }

    /// What is glued to a switch, each time it is given.
    pub fn values(&self, letter: char) -> impl Iterator<Item = &str> {
        let given = self.given.iter().filter(move |(it, _)| *it == letter);
        given.map(|(_, value)| value.as_str())
    }

    /// Whether a switch is given with this glued to it; case is not minded.
    #[must_use]
    pub fn has_value(&self, letter: char, value: &str) -> bool {
        self.values(letter).any(|it| it.eq_ignore_ascii_case(value))
    }

    /// What is glued to a switch.
    #[must_use]
    pub fn value(&self, letter: char) -> Option<&str> {
        self.switches.get(&letter).map(String::as_str)
    }

    /// The postoffice that `-d` names on a machine.
    #[must_use]
    pub fn postoffice(&self, lab: &Lab, place: Role) -> Option<PostofficeId> {
        let drive = self.value('d').and_then(|it| it.chars().next())?;
        lab.on_drive(place, drive)
    }

    /// The postoffice that `-d` names, by its drive or by the full path of its share, or else the one
    /// on drive M: so the utilities take it (Q96060, Q131681).
    #[must_use]
    pub fn postoffice_or_m(&self, lab: &Lab, place: Role) -> Option<PostofficeId> {
        let Some(given) = self.value('d') else {
            return lab.on_drive(place, 'M');
        };
        let Some(machine) = given
            .strip_prefix(r"\\")
            .and_then(|it| it.split('\\').next())
        else {
            return self.postoffice(lab, place);
        };
        match lab.role(machine)? {
            Role::Postoffice(id) => Some(id).filter(|id| lab.postoffices[*id].reachable),
            Role::Exchange(_) | Role::Workstation(_) => None,
        }
    }
}

/// Readies a program on a machine.
type Launch = fn(&CommandLine, &Lab, Role) -> Program;

const PROGRAMS: &[(&str, Launch)] = &[
    ("ADMIN", admin::launch),
    ("DISPATCH", dispatch::launch),
    ("DSSCHED", dssched::launch),
    ("EXTERNAL", external::launch),
    ("IMPORT", import::launch),
    ("LISTDS", listds::launch),
    ("LISTQ", listq::launch),
    ("NSDA", nsda::launch),
    ("PODIAG", podiag::launch),
    ("REBUILD", rebuild::launch),
    ("REQMAIN", reqmain::launch),
    ("SCONFIX", sconfix::launch),
    ("SRVMAIN", srvmain::launch),
];

/// The programs of Windows NT, which are found from every directory.
const ON_PATH: [(&str, Launch); 3] = [
    ("CMD", cmd::launch),
    ("MTACHECK", mtacheck::launch),
    ("NET", net::launch),
];

/// Readies a program of the operating system, which is found from everywhere.
type LaunchAnywhere = fn(&[String], &str, &Lab, Role) -> Program;

const SYSTEM: [(&str, LaunchAnywhere); 3] = [
    ("COMMAND", command::launch),
    ("DEBUG", debug::launch),
    ("FORCEDOS", forcedos::launch),
];

/// Finds a program and readies it, from `cwd`.
pub(crate) fn launch(
    argv: &[String],
    cwd: &str,
    lab: &Lab,
    place: Role,
) -> Result<Program, NotStarted> {
    let (name, arguments) = argv.split_first().ok_or(NotStarted::NotFound)?;
    let name_of = program_name(name);
    if let Some((_, launch)) = SYSTEM.iter().find(|(system, _)| *system == name_of) {
        return Ok(launch(arguments, cwd, lab, place));
    }
    let launch = find(name, cwd, lab, place).ok_or(NotStarted::NotFound)?;
    if fails_in_os2(name, lab, place) {
        return Ok(Program::ending(OS2_FAILS, 38));
    }
    Ok(launch(&CommandLine::parse(arguments), lab, place))
}

/// What Windows NT says where its OS/2 subsystem cannot run a program. Only the code is documented
/// (Q260015, Q139033).
const OS2_FAILS: &str = "The OS/2 subsystem could not run the program. Error code 38.";

/// The programs made for MS-DOS and OS/2 at once: Windows NT takes them for OS/2 programs unless
/// FORCEDOS starts them (Q118621, Q118677).
const BOUND: [&str; 5] = ["IMPORT", "NSDA", "REBUILD", "REQMAIN", "SRVMAIN"];

fn fails_in_os2(name: &str, lab: &Lab, place: Role) -> bool {
    let Role::Postoffice(id) = place else {
        return false;
    };
    let fails = lab
        .postoffices
        .get(id)
        .is_some_and(|it| it.programs.os2_fails);
    fails && BOUND.contains(&program_name(name).as_str())
}

/// All dir-sync programs must be run from the directory they are in (Q132731).
fn find(name: &str, cwd: &str, lab: &Lab, place: Role) -> Option<Launch> {
    let name = program_name(name);
    if let Some((_, launch)) = ON_PATH.iter().find(|(program, _)| *program == name) {
        return Some(*launch);
    }
    let home = match place {
        Role::Postoffice(id) => lab
            .postoffices
            .get(id)
            .filter(|it| !it.programs.moved)
            .map(|it| it.mailexe.as_str()),
        Role::Workstation(id) => lab.workstations.get(id).map(|it| it.mailexe.as_str()),
        Role::Exchange(_) => None,
    }?;
    let found = PROGRAMS.iter().find(|(program, _)| *program == name);
    let at_home = parted(cwd) == parted(home);
    found.filter(|_| at_home).map(|(_, launch)| *launch)
}

/// A program's name as tables have it: upper case, without directory and `.EXE`.
pub(crate) fn program_name(argument: &str) -> String {
    let name = argument.rsplit(['\\', '/']).next().unwrap_or_default();
    let name = name.to_ascii_uppercase();
    name.trim_end_matches(".EXE")
        .trim_end_matches(".COM")
        .to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn switches_carry_their_values_glued_in_any_order_and_case() {
        let arguments = ["-Dm", "admin", "-pSecret", "-q", "-Y"].map(str::to_owned);
        let line = CommandLine::parse(&arguments);
        assert_eq!(line.words, ["admin"]);
        assert_eq!(line.value('p'), Some("Secret"));
        assert_eq!(line.value('d'), Some("m"));
        assert!(line.has('q') && line.has('y') && !line.has('t'));
    }
}
