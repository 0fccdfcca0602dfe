//! New texts of files: looked at in place of those on the disk, shown, and at last written.

use std::collections::BTreeMap;
use std::fs::{self, File};
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use runsheet_diagnostics::difference;
use runsheet_language::compose::{Files, Unreadable};
use runsheet_report::look::{Tone, drawn};

use crate::complaint::Complaint;
use crate::console::Console;
use crate::disk::{self, Disk};

/// New texts by the names under which people know the files.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Drafts(BTreeMap<String, Arc<str>>);

impl Drafts {
    /// Another text for a file.
    pub(crate) fn put(&mut self, name: &str, text: impl Into<Arc<str>>) {
        self.0.insert(name.to_owned(), text.into());
    }

    /// The text of a file: the new one, or the one on the disk.
    ///
    /// # Errors
    /// Why it cannot be read, as a person is told.
    pub(crate) fn text(&self, path: &Path, console: &Console) -> Result<Arc<str>, String> {
        match self.0.get(&path.display().to_string()) {
            Some(text) => Ok(Arc::clone(text)),
            None => disk::named(&console.resolve(path), console),
        }
    }

    /// What the new texts change, as `diff -u` shows it.
    ///
    /// # Errors
    /// A disk that is full, or the like.
    pub(crate) fn show(&self, console: &Console) -> Result<(), Complaint> {
        for (name, text) in &self.0 {
            let before = disk::text(&console.resolve(Path::new(name))).unwrap_or_default();
            show_difference(name, &before, text, console)?;
        }
        Ok(())
    }

    /// Puts the new texts into their files.
    ///
    /// # Errors
    /// The first file that cannot be written; those before it have been.
    pub(crate) fn write(&self, console: &Console) -> Result<(), Complaint> {
        for (name, text) in &self.0 {
            replace(Path::new(name), text, console)?;
        }
        Ok(())
    }
}

/// The files of this machine with the new texts among them.
pub(crate) struct Drafted<'d> {
    pub(crate) drafts: &'d Drafts,
    pub(crate) disk: Disk<'d>,
}

impl Files for Drafted<'_> {
    fn read(&self, path: &str) -> Result<Arc<str>, Unreadable> {
        match self.drafts.0.get(path) {
            Some(text) => Ok(Arc::clone(text)),
            None => self.disk.read(path),
        }
    }

    fn list(&self, folder: &str) -> Vec<String> {
        self.disk.list(folder)
    }
}

/// Shows what changes in a file.
///
/// # Errors
/// A disk that is full, or the like.
pub(crate) fn show_difference(
    name: &str,
    before: &str,
    after: &str,
    console: &Console,
) -> Result<(), Complaint> {
    let look = console.look();
    let mut shown = String::new();
    for line in difference::unified(name, before, after).split_inclusive('\n') {
        let bare = line.trim_end_matches('\n');
        let tone = match bare.as_bytes().first() {
            _ if bare.starts_with("--- ") || bare.starts_with("+++ ") => Tone::Strong,
            Some(b'-') => Tone::Bad,
            Some(b'+') => Tone::Good,
            Some(b'@') => Tone::Faint,
            _ => {
                shown.push_str(line);
                continue;
            }
        };
        shown.push_str(&look.paint(tone, bare));
        shown.push('\n');
    }
    console.data(&drawn(&shown))?;
    Ok(())
}

/// Puts a text in the place of a file, so that whoever looks finds the old text or the new one and
/// never a part. Who may read it stays as it is; where the file is a link, what it leads to is
/// replaced.
///
/// # Errors
/// A file that cannot be written.
pub(crate) fn replace(path: &Path, text: &str, console: &Console) -> Result<(), Complaint> {
    let told = |error: io::Error| {
        let complaint = Complaint::new(disk::unwritten(&error));
        complaint.at(path).help("it is as it was before")
    };
    let target = fs::canonicalize(console.resolve(path)).map_err(told)?;
    let aside = aside(&target);
    put_aside(&aside, &target, text)
        .and_then(|()| fs::rename(&aside, &target))
        .inspect_err(|_| drop(fs::remove_file(&aside)))
        .map_err(told)
}

fn put_aside(aside: &Path, target: &Path, text: &str) -> io::Result<()> {
    let meta = fs::metadata(target)?;
    if meta.permissions().readonly() {
        return Err(io::ErrorKind::PermissionDenied.into());
    }
    let mut file = File::create_new(aside)?;
    file.set_permissions(meta.permissions())?;
    file.write_all(text.as_bytes())?;
    file.sync_all()
}

/// A name in the same folder that no other program takes at the same time.
fn aside(target: &Path) -> PathBuf {
    let name = target.file_name().unwrap_or_default().to_string_lossy();
    target.with_file_name(format!(".{name}.{}.new", std::process::id()))
}
