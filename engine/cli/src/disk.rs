//! The files of this machine, as composing reads them.

use std::fs::{self, File};
use std::io::{self, Read};
use std::path::{Path, PathBuf};
use std::sync::{Arc, PoisonError};

pub(crate) use runsheet_diagnostics::file_error::{hindrance, reason};
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
pub(crate) fn names(folder: &Path) -> Vec<String> {
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
    decoded(bytes(path, Limits::default().bytes)?)
}

/// The text of a stream that ends, as [`text`] has it.
///
/// # Errors
/// As [`text`].
pub(crate) fn stream(input: impl Read) -> Result<String, String> {
    decoded(bounded(input, Limits::default().bytes)?)
}

/// The text of a file that a person names: also of a pipe that a shell hands over in its place, as
/// `<(..)` does. That can be read once, and its text is kept.
///
/// # Errors
/// As [`text`].
pub(crate) fn named(path: &Path, console: &Console) -> Result<Arc<str>, String> {
    if !is_handed_over(path) {
        return text(path).map(Arc::from);
    }
    let mut kept = console
        .handed_over
        .lock()
        .unwrap_or_else(PoisonError::into_inner);
    if let Some(text) = kept.get(path) {
        return Ok(Arc::clone(text));
    }
    let pipe = File::open(path).map_err(|error| reason(&error))?;
    let text: Arc<str> = stream(pipe)?.into();
    kept.insert(path.to_owned(), Arc::clone(&text));
    Ok(text)
}

/// Whether a path leads to a pipe that this process was given open: somebody writes into it, so it
/// ends. Any other pipe may be waited for without end.
#[cfg(unix)]
fn is_handed_over(path: &Path) -> bool {
    use std::os::unix::fs::FileTypeExt;
    let is_own = path == Path::new("/dev/stdin")
        || ["/dev/fd", "/proc/self/fd"]
            .iter()
            .any(|fds| path.parent() == Some(Path::new(fds)));
    is_own && fs::metadata(path).is_ok_and(|about| about.file_type().is_fifo())
}

#[cfg(not(unix))]
fn is_handed_over(_path: &Path) -> bool {
    false
}

/// What is in a file, unless it is larger than so many bytes. What is no file but a device or a
/// pipe may never end, and is not read at all.
///
/// # Errors
/// As [`text`].
pub(crate) fn bytes(path: &Path, most: usize) -> Result<Vec<u8>, String> {
    let about = fs::metadata(path).map_err(|error| reason(&error))?;
    if about.is_dir() {
        return Err(reason(&io::ErrorKind::IsADirectory.into()));
    }
    if !about.is_file() {
        return Err("this is a device or a pipe, and no file".to_owned());
    }
    if about.len() > most as u64 {
        return Err(larger(most));
    }
    bounded(File::open(path).map_err(|error| reason(&error))?, most)
}

fn bounded(input: impl Read, most: usize) -> Result<Vec<u8>, String> {
    let mut bytes = Vec::new();
    let read = input.take(most as u64 + 1).read_to_end(&mut bytes);
    match read.map_err(|error| reason(&error))? > most {
        true => Err(larger(most)),
        false => Ok(bytes),
    }
}

fn larger(most: usize) -> String {
    format!("it is larger than {} MiB", most >> 20)
}

/// The beginnings of texts in UTF-16.
const UTF_16: [[u8; 2]; 2] = [[0xff, 0xfe], [0xfe, 0xff]];

fn decoded(bytes: Vec<u8>) -> Result<String, String> {
    String::from_utf8(bytes).map_err(|error| {
        let (bytes, good) = (error.as_bytes(), error.utf8_error().valid_up_to());
        if UTF_16.iter().any(|mark| bytes.starts_with(mark)) {
            return "it is text in UTF-16: save it as UTF-8".to_owned();
        }
        let line = bytes[..good].iter().filter(|byte| **byte == b'\n').count() + 1;
        let odd = bytes.get(good).copied().unwrap_or_default();
        format!("it is not UTF-8 text: line {line} has the byte 0x{odd:02x}")
    })
}

/// That a file cannot be written, or a folder made, and why.
pub(crate) fn unwritten(error: &io::Error) -> String {
    format!("it cannot be written: {}", hindrance(error))
}

/// The YAML files of the current folder that may be workflows or sites, but for those that cannot
/// be read.
pub(crate) fn yaml_files(console: &Console) -> Vec<PathBuf> {
    let names = names(&console.folder).into_iter();
    let is_yaml = |name: &String| name.ends_with(".yaml") && !name.ends_with(".plugin.yaml");
    let files = names.filter(is_yaml).map(PathBuf::from);
    files
        .filter(|file| text(&console.resolve(file)).is_ok())
        .collect()
}
