//! Files that a command makes: all of them or none, and never over what is there.

use std::fs::{self, OpenOptions};
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use runsheet_diagnostics::file_error::remedy;

use crate::complaint::Complaint;
use crate::console::Console;
use crate::disk::unwritten;

/// Makes these files; `else_name` says what to type where one is there already.
pub(super) fn make(
    files: &[(PathBuf, String)],
    else_name: &str,
    console: &Console,
) -> Result<(), Complaint> {
    refuse_to_overwrite(files, else_name, console)?;
    let mut making = Making::default();
    for (path, text) in files {
        let made = making.file(&console.resolve(path), text, Readers::All);
        made.map_err(|error| hindered(path, &error))?;
    }
    making.keep();
    Ok(())
}

/// That a file cannot be made, and what helps.
pub(super) fn hindered(path: &Path, error: &io::Error) -> Complaint {
    let complaint = Complaint::new(format!("{}: {}", path.display(), unwritten(error)));
    complaint.help(remedy(error))
}

/// Either all of it is made, or none.
fn refuse_to_overwrite(
    files: &[(PathBuf, String)],
    else_name: &str,
    console: &Console,
) -> Result<(), Complaint> {
    let there = files.iter().map(|(path, _)| path);
    let mut there = there.filter(|path| console.resolve(path).exists());
    let Some(first) = there.next() else {
        return Ok(());
    };
    let complaint = Complaint::new(format!("{} is there already", first.display()));
    Err(complaint.help(format!("name another folder: {else_name}")))
}

/// Who may read a new file.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Readers {
    /// Whoever may read what one makes.
    All,
    /// Its owner alone, on systems that know of owners.
    Owner,
}

/// What has been made so far: it is taken away again unless it is kept.
#[derive(Default)]
pub(super) struct Making {
    files: Vec<PathBuf>,
    /// Those around come first.
    folders: Vec<PathBuf>,
}

impl Making {
    /// A new file, in a folder that is made if it is not there.
    pub(super) fn file(&mut self, path: &Path, text: &str, readers: Readers) -> io::Result<()> {
        if let Some(folder) = path.parent() {
            self.folder(folder)?;
        }
        let mut options = OpenOptions::new();
        options.write(true).create_new(true);
        restrict(&mut options, readers);
        let mut file = options.open(path)?;
        self.files.push(path.to_owned());
        file.write_all(text.as_bytes())
    }

    fn folder(&mut self, folder: &Path) -> io::Result<()> {
        let around = folder.ancestors();
        let absent: Vec<&Path> = around.take_while(|one| !one.exists()).collect();
        self.folders.extend(absent.iter().rev().map(PathBuf::from));
        fs::create_dir_all(folder)
    }

    /// It is all there.
    pub(super) fn keep(mut self) {
        self.files.clear();
        self.folders.clear();
    }
}

impl Drop for Making {
    fn drop(&mut self) {
        // What cannot be taken away, or has become somebody else's, stays.
        for file in &self.files {
            fs::remove_file(file).ok();
        }
        for folder in self.folders.iter().rev() {
            fs::remove_dir(folder).ok();
        }
    }
}

#[cfg(unix)]
fn restrict(options: &mut OpenOptions, readers: Readers) {
    use std::os::unix::fs::OpenOptionsExt;
    if readers == Readers::Owner {
        options.mode(0o600);
    }
}

/// Where files have no such rights nobody can be kept from them.
#[cfg(not(unix))]
fn restrict(_: &mut OpenOptions, _: Readers) {}

/// A path as it can be typed.
pub(super) fn quoted(path: &Path) -> String {
    let shown = path.display().to_string();
    if shown.contains(' ') {
        format!("\"{shown}\"")
    } else {
        shown
    }
}

#[cfg(test)]
mod tests {
    use std::io;
    use std::path::{Path, PathBuf};

    use super::{Making, Readers};

    fn place(name: &str) -> PathBuf {
        let folder = format!("runsheet-made-{name}-{}", std::process::id());
        std::env::temp_dir().join(folder)
    }

    /// Makes a file, and one whose name is longer than any system lets it be.
    fn hindered(making: &mut Making, folder: &Path) -> io::Result<()> {
        making.file(&folder.join("a/b/one"), "1", Readers::All)?;
        making.file(
            &folder.join("a/c").join("x".repeat(5_000)),
            "2",
            Readers::All,
        )
    }

    #[test]
    fn nothing_is_left_of_what_could_not_be_made_whole() {
        let folder = place("nothing");
        let mut making = Making::default();
        assert!(hindered(&mut making, &folder).is_err());
        assert!(folder.join("a/b/one").is_file());
        drop(making);
        assert!(!folder.exists());
    }

    #[test]
    fn folders_that_were_there_or_hold_something_else_stay() {
        let folder = place("something");
        std::fs::create_dir_all(&folder).expect("room");
        let mut making = Making::default();
        assert!(hindered(&mut making, &folder).is_err());
        std::fs::write(folder.join("a/c/other"), "").expect("room");
        drop(making);
        let is_left = folder.join("a/c/other").is_file();
        let is_gone = !folder.join("a/b").exists();
        std::fs::remove_dir_all(&folder).expect("it is there");
        assert!(is_left && is_gone);
    }
}
