//! The programs in a postoffice's `MAILEXE` directory, and how a command line finds them.
//!
//! Switches begin with `-`, their letters may be of either case, their values are glued to them
//! and their order is free.

pub mod admin;
pub mod forcedos;
pub mod import;
pub mod rebuild;
pub mod reqmain;

use std::collections::BTreeMap;
use std::time::Duration;

use crate::lab::Lab;
use crate::postoffice::{Postoffice, PostofficeId};
use crate::process::NotStarted;

/// A program about to run: what it will do, when, and what will be seen of it.
#[derive(Debug, Clone)]
pub struct Program {
    /// What it does, each at its time after the start.
    pub stages: Vec<Stage>,
    /// How long it runs.
    pub lasts: Duration,
    /// What it prints; only what is documented.
    pub console: String,
    /// The code it ends with, whether it did its work or not.
    pub exit: i32,
}

/// One stage of a program.
#[derive(Debug, Clone, Copy)]
pub struct Stage {
    /// When, after the start.
    pub after: Duration,
    /// What is done.
    pub act: fn(&mut Lab, PostofficeId),
}

impl Program {
    /// A program that prints something at once and ends, and does nothing.
    #[must_use]
    pub fn ending(console: &str, exit: i32) -> Self {
        Self {
            stages: Vec::new(),
            lasts: Duration::from_millis(100),
            console: console.to_owned(),
            exit,
        }
    }

    /// A silent program that spreads its acts evenly over the time it lasts, and ends with 0.
    #[must_use]
    pub fn working(lasts: Duration, acts: &[fn(&mut Lab, PostofficeId)]) -> Self {
        let parts = u32::try_from(acts.len())
            .unwrap_or(u32::MAX)
            .saturating_add(1);
        let stages = acts.iter().zip(1u32..).map(|(act, part)| Stage {
            after: lasts * part / parts,
            act: *act,
        });
        Self {
            stages: stages.collect(),
            lasts,
            console: String::new(),
            exit: 0,
        }
    }
}

/// The arguments of one of these programs.
#[derive(Debug, Default)]
pub struct CommandLine {
    switches: BTreeMap<char, String>,
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
                    line.switches.insert(letter, rest.as_str().to_owned());
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

    /// What is glued to a switch.
    #[must_use]
    pub fn value(&self, letter: char) -> Option<&str> {
        self.switches.get(&letter).map(String::as_str)
    }

    /// Whether `-d` names the drive the postoffice is connected to.
    fn is_for(&self, postoffice: &Postoffice) -> bool {
        let drive = self.value('d').and_then(|it| it.chars().next());
        drive.is_some_and(|it| it.eq_ignore_ascii_case(&postoffice.drive))
    }
}

type Launch = fn(&CommandLine, &mut Postoffice) -> Program;

const PROGRAMS: [(&str, Launch); 4] = [
    ("ADMIN", admin::launch),
    ("IMPORT", import::launch),
    ("REBUILD", rebuild::launch),
    ("REQMAIN", reqmain::launch),
];

/// Finds a program and readies it, from `cwd`.
pub(crate) fn launch(
    argv: &[String],
    cwd: &str,
    postoffice: &mut Postoffice,
) -> Result<Program, NotStarted> {
    let (name, arguments) = argv.split_first().ok_or(NotStarted::NotFound)?;
    if program_name(name) == "FORCEDOS" {
        return Ok(forcedos::launch(arguments, cwd, postoffice));
    }
    find(name, cwd, postoffice)
        .map(|launch| launch(&CommandLine::parse(arguments), postoffice))
        .ok_or(NotStarted::NotFound)
}

/// All dir-sync programs must be run from the directory they are in (Q132731).
fn find(name: &str, cwd: &str, postoffice: &Postoffice) -> Option<Launch> {
    let name = program_name(name);
    let found = PROGRAMS.iter().find(|(program, _)| *program == name);
    let at_home = directory(cwd) == directory(&postoffice.mailexe);
    found.filter(|_| at_home).map(|(_, launch)| *launch)
}

fn program_name(argument: &str) -> String {
    let name = argument.rsplit(['\\', '/']).next().unwrap_or_default();
    let name = name.to_ascii_uppercase();
    name.trim_end_matches(".EXE").to_owned()
}

fn directory(path: &str) -> String {
    let path = path.replace('/', r"\").to_ascii_uppercase();
    path.trim_end_matches('\\').to_owned()
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
