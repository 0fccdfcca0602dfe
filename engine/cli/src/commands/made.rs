//! Files that a command makes: all of them or none, and never over what is there.

use std::fs::{self, OpenOptions};
use std::io::{self, Write};
use std::path::{Path, PathBuf};

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
    for (number, (path, text)) in files.iter().enumerate() {
        write(&console.resolve(path), text).map_err(|error| {
            let made = files[..number].iter();
            made.for_each(|(path, _)| drop(fs::remove_file(console.resolve(path))));
            Complaint::new(format!("{}: {}", path.display(), unwritten(&error)))
        })?;
    }
    Ok(())
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

fn write(path: &Path, text: &str) -> io::Result<()> {
    if let Some(folder) = path.parent() {
        fs::create_dir_all(folder)?;
    }
    let mut file = OpenOptions::new().write(true).create_new(true).open(path)?;
    let written = file.write_all(text.as_bytes());
    written.inspect_err(|_| drop(fs::remove_file(path)))
}

/// A path as it can be typed.
pub(super) fn quoted(path: &Path) -> String {
    let shown = path.display().to_string();
    if shown.contains(' ') {
        format!("\"{shown}\"")
    } else {
        shown
    }
}
