//! `completions` and `man`: what a shell and the manual know of the commands.

use std::path::Path;
use std::{fs, io};

use clap::Command;
use clap_mangen::Man;

use crate::args::shell::{CompletionsArguments, ManArguments};
use crate::complaint::Complaint;
use crate::console::Console;
use crate::disk::unwritten;
use crate::exit::Exit;
use crate::help::command;

pub(super) fn completions(
    arguments: &CompletionsArguments,
    console: &Console,
) -> Result<Exit, Complaint> {
    let mut typed = command();
    let mut script = Vec::new();
    clap_complete::generate(arguments.shell, &mut typed, "runsheet", &mut script);
    console.data(&String::from_utf8_lossy(&script))?;
    Ok(Exit::Done)
}

pub(super) fn man(arguments: &ManArguments, console: &Console) -> Result<Exit, Complaint> {
    let mut command = command().disable_help_subcommand(true);
    command.build();
    let Some(folder) = &arguments.folder else {
        console.data(&page(&Man::new(command))?)?;
        return Ok(Exit::Done);
    };
    let into = console.resolve(folder);
    let written = fs::create_dir_all(&into).and_then(|()| pages(command, &into));
    written
        .map_err(|error| Complaint::new(format!("{}: {}", folder.display(), unwritten(&error))))?;
    Ok(Exit::Done)
}

/// The page of a command and those of the commands in it, each a file.
fn pages(command: Command, into: &Path) -> io::Result<()> {
    let inside: Vec<Command> = command.get_subcommands().cloned().collect();
    for command in inside.into_iter().filter(|one| !one.is_hide_set()) {
        pages(command, into)?;
    }
    let man = Man::new(command);
    fs::write(into.join(man.get_filename()), page(&man)?)
}

fn page(man: &Man) -> io::Result<String> {
    let mut page = Vec::new();
    man.render(&mut page)?;
    let page = String::from_utf8_lossy(&page);
    // What stands below the options are examples; the manual has a heading of its own for them.
    Ok(page.replace(".SH EXTRA\nExamples:\n", ".SH EXAMPLES\n"))
}
