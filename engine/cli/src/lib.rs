//! The command line: the one crate that names every kind, facility and driver.
//!
//! [`main`] does whatever the binary does, on streams it is given, so that tests see the screens
//! that people see. It is no library for others: what a program wants of Runsheet is in the crates
//! below. Nothing is decided here but what was meant by what was typed.
//!
//! Start reading at [`args`], then `commands`.

pub mod args;
pub mod catalogue;
mod commands;
mod complaint;
mod console;
mod cut_short;
mod disk;
mod drafts;
mod drivers;
pub mod exit;
mod help;
mod inputs;
mod log;
mod meant;
mod operator;
mod person;
mod reading;
mod runtime;
mod secrets;
mod signals;
mod state_dir;
pub mod surroundings;
pub mod tools;
mod unserved;

use std::ffi::OsString;

use clap::{FromArgMatches, Parser};
use runsheet_diagnostics::diagnostic::Diagnostic;
use runsheet_diagnostics::source::Sources;

use args::plugin_host::{PluginHostArguments, WORD};
use args::{Arguments, Command};
use console::Console;
use exit::Exit;
use surroundings::Surroundings;

/// Does what was typed; the first argument is the name of the program.
pub fn main(
    arguments: impl IntoIterator<Item = impl Into<OsString> + Clone>,
    surroundings: Surroundings,
) -> Exit {
    let console = Console::new(surroundings);
    let typed: Vec<OsString> = arguments.into_iter().map(Into::into).collect();
    if typed.get(1).is_some_and(|first| first == WORD) {
        return hosted(&typed[1..], &console);
    }
    signals::outlive_full_files();
    let arguments = match parsed(typed) {
        Ok(arguments) => arguments,
        Err(error) => return args::refuse(error, &console),
    };
    let _log = log::begin(&arguments, &console);
    let _watch = cut_short::watch(&console);
    match commands::perform(arguments, &console) {
        Ok(exit) => exit,
        Err(complaint) => complaint.tell(&console),
    }
}

/// Hosts a plugin, as this program starts itself to do.
fn hosted(typed: &[OsString], console: &Console) -> Exit {
    let arguments = match PluginHostArguments::try_parse_from(typed) {
        Ok(arguments) => arguments,
        Err(error) => return args::refuse(error, console),
    };
    match commands::plugin_host::plugin_host(&arguments) {
        Ok(exit) => exit,
        Err(complaint) => complaint.tell(console),
    }
}

/// What was meant by what was typed.
fn parsed(
    typed: impl IntoIterator<Item = impl Into<OsString> + Clone>,
) -> Result<Arguments, clap::Error> {
    let mut command = help::command();
    let mut matches = command.try_get_matches_from_mut(typed)?;
    Arguments::from_arg_matches_mut(&mut matches).map_err(|error| error.format(&mut command))
}

/// What `check` tells, before it is drawn.
#[derive(Debug)]
pub struct Checked {
    /// All that was found, in the order in which it was looked for.
    pub found: Vec<Diagnostic>,
    /// The texts that it is about; their names are the paths as they were typed.
    pub sources: Sources,
}

/// Looks as `check` does with these arguments, the first of which is the name of the program, and
/// prints nothing; nothing where they ask for something else, or name a file that cannot be read.
pub fn checked(
    arguments: impl IntoIterator<Item = impl Into<OsString> + Clone>,
    surroundings: Surroundings,
) -> Option<Checked> {
    let console = Console::new(surroundings);
    let arguments = parsed(arguments).ok()?;
    match &arguments.command {
        Command::Check(check) => commands::checked(check, &console),
        _ => None,
    }
}
