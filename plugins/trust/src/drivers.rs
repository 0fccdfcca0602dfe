//! The programs that plugins bring: which files they need, and how they are started.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use runsheet_messages::describe::DriverDescription;
use runsheet_step::Name;

use crate::cache;
use crate::contents::is_below;
use crate::entry::Found;

/// A driver that a plugin brings.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Brought {
    /// What the plugin says of it.
    pub driver: DriverDescription,
    /// The plugin.
    pub plugin: Name,
    /// How it is started; nothing where nothing is to run.
    pub start: Option<Start>,
}

/// How a driver is started.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Start {
    /// The program and its arguments.
    pub run: Vec<String>,
    /// A folder with copies of those files of the plugin that were looked at, and nothing else.
    pub folder: PathBuf,
}

/// The files that drivers need, by their paths from the folder of their library: those that their
/// command lines name, and those that they list.
///
/// # Errors
/// What is not there, in words.
pub(crate) fn files(
    drivers: &[DriverDescription],
    library: &Path,
    search: Option<&str>,
) -> Result<BTreeSet<String>, String> {
    let folder = library.parent().unwrap_or(Path::new(""));
    let mut files = BTreeSet::new();
    for driver in drivers {
        let of = of_driver(driver, folder, search);
        files.extend(of.map_err(|why| format!("the driver `{}` {why}", driver.name))?);
    }
    Ok(files)
}

fn of_driver(
    driver: &DriverDescription,
    folder: &Path,
    search: Option<&str>,
) -> Result<BTreeSet<String>, String> {
    let is_there = |word: &str| is_below(word) && folder.join(word).is_file();
    let mut files = BTreeSet::new();
    for (number, word) in driver.run.iter().enumerate() {
        let word = plain(word);
        match number {
            _ if is_there(word) => drop(files.insert(word.to_owned())),
            0 => found(word, search)?,
            _ if looks_like_a_file(word) => {
                return Err(format!("runs `{word}`, which is not beside the library"));
            }
            _ => {}
        }
    }
    for file in &driver.files {
        let file = plain(file);
        if !is_there(file) {
            return Err(format!(
                "needs the file `{file}`, which is not beside the library"
            ));
        }
        files.insert(file.to_owned());
    }
    match driver.run.is_empty() {
        true => Err("does not say which program it is: its `run` is empty".to_owned()),
        false => Ok(files),
    }
}

/// Whether there is a program of this name on this machine.
fn found(program: &str, search: Option<&str>) -> Result<(), String> {
    let path = Path::new(program);
    let is_there = |path: &Path| path.is_file() || path.with_extension("exe").is_file();
    if path.is_absolute() {
        return match is_there(path) {
            true => Ok(()),
            false => Err(format!("runs `{program}`, which is not on this machine")),
        };
    }
    if path.components().count() > 1 {
        return Err(format!("runs `{program}`, which is not beside the library"));
    }
    let Some(search) = search else { return Ok(()) };
    let mut folders = std::env::split_paths(search);
    match folders.any(|folder| is_there(&folder.join(program))) {
        true => Ok(()),
        false => Err(format!(
            "runs `{program}`, which is neither beside the library nor a program on the PATH"
        )),
    }
}

/// A path without what says nothing.
fn plain(path: &str) -> &str {
    path.strip_prefix("./").unwrap_or(path)
}

/// Whether a word ends as the names of files do, and is no option.
fn looks_like_a_file(word: &str) -> bool {
    let ending = Path::new(word).extension().and_then(|it| it.to_str());
    let is_ending = |it: &str| it.starts_with(|c: char| c.is_ascii_alphabetic());
    !word.starts_with('-') && !word.contains("://") && ending.is_some_and(is_ending)
}

/// The drivers of a plugin, ready to be started from copies of what was looked at.
///
/// # Errors
/// Why there are no copies, in words.
pub(crate) fn ready(found: &Found, cache: &Path) -> Result<Vec<Brought>, String> {
    if found.manifest.drivers.is_empty() {
        return Ok(Vec::new());
    }
    let files = &found.contents.files;
    let folder = cache::folder(cache, &found.manifest.sha256, files)?;
    let start = |driver: &DriverDescription| {
        let mut run: Vec<String> = driver.run.iter().map(ToString::to_string).collect();
        if let Some(program) = run.first_mut().filter(|it| files.contains_key(plain(it))) {
            *program = folder.join(plain(program)).display().to_string();
        }
        let folder = folder.clone();
        Start { run, folder }
    };
    let all = brought(found).into_iter().map(|one| Brought {
        start: Some(start(&one.driver)),
        ..one
    });
    Ok(all.collect())
}

/// The drivers of a plugin as its manifest tells of them.
pub(crate) fn brought(found: &Found) -> Vec<Brought> {
    let drivers = found.manifest.drivers.iter().cloned();
    let one = |driver| Brought {
        driver,
        plugin: found.manifest.name.clone(),
        start: None,
    };
    drivers.map(one).collect()
}

#[cfg(test)]
#[path = "tests/drivers.rs"]
mod tests;
