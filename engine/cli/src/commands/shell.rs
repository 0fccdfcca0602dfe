//! `completions` and `man`: what a shell and the manual know of the commands.

mod bash;

use std::path::Path;
use std::{fs, io};

use clap::builder::{PossibleValue, PossibleValuesParser};
use clap::{Arg, Command, ValueHint};
use clap_complete::Shell;
use clap_mangen::Man;

use super::explain;

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
    let mut typed = completed(console);
    let mut script = Vec::new();
    clap_complete::generate(arguments.shell, &mut typed, "runsheet", &mut script);
    let mut script = String::from_utf8_lossy(&script).into_owned();
    if arguments.shell == Shell::Bash {
        script = bash::with_files(&script, &typed);
    }
    console.data(&script)?;
    Ok(Exit::Done)
}

/// The command line with words where only a shell is to offer some: what is explained, and the run
/// that was last.
fn completed(console: &Console) -> Command {
    let words = explain::words(console.shelf.linked());
    let words = words.into_iter();
    let words: Vec<PossibleValue> = words
        // They are kept for good, since this is the last that is done.
        .map(|(word, about)| PossibleValue::new(&*word.leak()).help(&*about.leak()))
        .collect();
    let explained = |what: Arg| what.value_parser(PossibleValuesParser::new(words));
    let last = |run: Arg| run.value_parser(["last"]);
    let typed = command()
        .mut_subcommand("explain", |it| it.mut_arg("what", explained))
        .mut_subcommand("show", |it| it.mut_arg("run", last));
    hinted(typed)
}

/// With a hint at every path, whether it is of a file or of a folder.
fn hinted(command: Command) -> Command {
    let hinted_arg = |arg: Arg| {
        let is_folder = arg.get_id() == "state";
        match arg.get_value_hint() {
            ValueHint::AnyPath if is_folder => arg.value_hint(ValueHint::DirPath),
            ValueHint::AnyPath => arg.value_hint(ValueHint::FilePath),
            _ => arg,
        }
    };
    command.mut_args(hinted_arg).mut_subcommands(hinted)
}

pub(super) fn man(arguments: &ManArguments, console: &Console) -> Result<Exit, Complaint> {
    let mut command = command().disable_help_subcommand(true);
    command.build();
    let Some(folder) = &arguments.folder else {
        console.data(&page(command)?.1)?;
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
    let (name, page) = page(command)?;
    fs::write(into.join(name), page)
}

/// The name of the file of a page, and the page.
fn page(command: Command) -> io::Result<(String, String)> {
    let several = command.get_positionals().filter(|arg| {
        let count = arg.get_num_args();
        count.is_some_and(|count| count.max_values() > 1)
    });
    let names = several.flat_map(|arg| arg.get_value_names().unwrap_or_default());
    let names: Vec<String> = names.map(ToString::to_string).collect();
    let man = Man::new(command);
    let mut page = Vec::new();
    man.render(&mut page)?;
    let mut page = with_examples(&String::from_utf8_lossy(&page));
    for name in names {
        for (open, close) in [("<", ">"), ("[", "]")] {
            let one = format!(" {open}\\fI{name}\\fR{close}");
            page = page.replacen(&one, &format!("{one}..."), 1);
        }
    }
    Ok((man.get_filename(), page))
}

/// What stands below the options is mostly examples; the manual has a heading of its own for them.
fn with_examples(page: &str) -> String {
    let page = page.replace(".SH EXTRA\nExamples:\n", ".SH EXAMPLES\n");
    let page = page.replace("\n\nExamples:\n", "\n.SH EXAMPLES\n");
    page.replace(".SH EXTRA\n", ".SH NOTES\n")
}
