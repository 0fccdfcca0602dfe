//! What can be typed, with those ends of its help that commands write: what `lab show` can show and
//! `lab do` can do stands in their tables.

use clap::{Command, CommandFactory};

use crate::args::Arguments;
use crate::commands::lab::{deed, show};

/// The command line as a whole.
pub(crate) fn command() -> Command {
    Arguments::command().mut_subcommand("lab", |lab| {
        lab.mut_subcommand("show", |it| it.after_help(show::help()))
            .mut_subcommand("do", |it| it.after_help(deed::help()))
    })
}
