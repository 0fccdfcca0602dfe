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
mod disk;
mod drafts;
mod drivers;
pub mod exit;
mod help;
mod inputs;
mod log;
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

use clap::FromArgMatches;

use args::Arguments;
use console::Console;
use exit::Exit;
use surroundings::Surroundings;

/// Does what was typed; the first argument is the name of the program.
pub fn main(
    arguments: impl IntoIterator<Item = impl Into<OsString> + Clone>,
    surroundings: Surroundings,
) -> Exit {
    let console = Console::new(surroundings);
    let arguments = match parsed(arguments) {
        Ok(arguments) => arguments,
        Err(error) => return args::refuse(error, &console),
    };
    let _log = log::begin(&arguments, &console);
    match commands::perform(arguments, &console) {
        Ok(exit) => exit,
        Err(complaint) => complaint.tell(&console),
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
