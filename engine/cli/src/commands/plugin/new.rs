//! `plugin new`: a plugin that can be built, tested and planned with at once, without anything of
//! ours beside it.

mod names;
mod projects;
mod sources;

use std::path::PathBuf;

use super::super::made::{make, quoted};
use crate::args::plugin::{Brings, Language, PluginNewArguments};
use crate::complaint::Complaint;
use crate::console::Console;
use crate::exit::Exit;
use projects::{New, Project};

pub(super) fn new(arguments: &PluginNewArguments, console: &Console) -> Result<Exit, Complaint> {
    let folder = &arguments.folder;
    let place = console.resolve(folder);
    let name = names::of(&place)?;
    let (lang, brings) = (
        arguments.lang,
        arguments.kind.unwrap_or(arguments.lang.brings()),
    );
    names::is_free(&name, console.shelf.linked(), brings == Brings::Driver)?;
    let new = New {
        name: &name,
        folder: &place,
    };
    let project = project(&new, lang, brings)?;
    let files: Vec<(PathBuf, String)> = project
        .files
        .into_iter()
        .map(|(path, text)| (folder.join(path), text))
        .collect();
    make(&files, "runsheet plugin new NAME", console)?;
    let mut told = format!(
        "made {} in {} files\n\nNow try:\n",
        folder.display(),
        files.len()
    );
    told.push_str(&format!("  cd {}\n", quoted(folder)));
    for command in project.commands {
        told.push_str(&format!("  {command}\n"));
    }
    console.data(&told)?;
    Ok(Exit::Done)
}

/// The beginning of a plugin in a language. Libraries are written in Rust or C, so that what is in
/// Python is a driver, with words for it in C.
fn project(new: &New<'_>, lang: Language, brings: Brings) -> Result<Project, Complaint> {
    match (lang, brings) {
        (Language::Rust, Brings::Step) => Ok(projects::rust(new)),
        (Language::Rust, Brings::Driver) => Ok(projects::rust_driver(new)),
        (Language::C, Brings::Step) => Ok(projects::c(new)),
        (Language::C, Brings::Driver) => Ok(projects::c_driver(new)),
        (Language::Python, Brings::Driver) => Ok(projects::python(new)),
        (Language::Python, Brings::Step) => {
            let why = "a kind of step is a library, and Python makes none";
            Err(Complaint::new(why).help(
                "take --lang rust or --lang c; or take --kind driver: what is asked for is then \
                 done in Python, and the kind that asks is made in C",
            ))
        }
    }
}

#[cfg(test)]
mod tests;
