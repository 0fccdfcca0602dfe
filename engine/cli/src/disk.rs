//! The files of this machine, as composing reads them.

use std::fs;
use std::io;
use std::path::Path;
use std::sync::Arc;

use runsheet_language::compose::{Files, Unreadable};
use runsheet_language::document::Limits;

use crate::console::Console;

/// Files by paths that are relative to the folder a command runs in.
pub(crate) struct Disk<'c>(pub(crate) &'c Console);

impl Files for Disk<'_> {
    fn read(&self, path: &str) -> Result<Arc<str>, Unreadable> {
        let text = text(&self.0.resolve(Path::new(path)));
        text.map(Arc::from).map_err(Unreadable::new)
    }

    fn list(&self, folder: &str) -> Vec<String> {
        let folder = match folder {
            "" => ".",
            folder => folder,
        };
        names(&self.0.resolve(Path::new(folder)))
    }
}

/// Files by whole paths.
pub(crate) struct Machine;

impl Files for Machine {
    fn read(&self, path: &str) -> Result<Arc<str>, Unreadable> {
        let text = text(Path::new(path));
        text.map(Arc::from).map_err(Unreadable::new)
    }

    fn list(&self, folder: &str) -> Vec<String> {
        names(Path::new(folder))
    }
}

/// What a folder holds, in order.
fn names(folder: &Path) -> Vec<String> {
    let Ok(entries) = fs::read_dir(folder) else {
        return Vec::new();
    };
    let names = entries.filter_map(|entry| entry.ok()?.file_name().into_string().ok());
    let mut names: Vec<String> = names.collect();
    names.sort_unstable();
    names
}

/// The text of a file, unless it is larger than any text that is read.
///
/// # Errors
/// Why it cannot be read, as a person is told.
pub(crate) fn text(path: &Path) -> Result<String, String> {
    let most = Limits::default().bytes;
    let size = fs::metadata(path).map_err(|error| reason(&error))?.len();
    if size > most as u64 {
        return Err(format!("it is larger than {} MiB", most >> 20));
    }
    fs::read_to_string(path).map_err(|error| reason(&error))
}

/// Why a file cannot be read, without the number of the system's error.
pub(crate) fn reason(error: &io::Error) -> String {
    match error.kind() {
        io::ErrorKind::NotFound => "there is no such file".to_owned(),
        io::ErrorKind::PermissionDenied => "it may not be read".to_owned(),
        io::ErrorKind::IsADirectory => "this is a folder, and no file".to_owned(),
        io::ErrorKind::InvalidData => "it is not UTF-8 text".to_owned(),
        _ => error.to_string(),
    }
}
