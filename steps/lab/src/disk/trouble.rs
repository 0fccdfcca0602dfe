//! Why a lab on disk cannot be used.

use std::fmt;
use std::io;
use std::path::{Path, PathBuf};

/// What went wrong with a file or directory of a lab, and what to do about it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Trouble {
    /// The file or directory.
    pub path: PathBuf,
    /// What is wrong.
    pub reason: String,
    /// What to do.
    pub remedy: String,
}

impl Trouble {
    /// Something that is wrong with the lab's files.
    pub(crate) fn new(path: &Path, reason: impl Into<String>, remedy: impl Into<String>) -> Self {
        Self {
            path: path.to_owned(),
            reason: reason.into(),
            remedy: remedy.into(),
        }
    }

    /// What the operating system refused.
    pub(crate) fn of(path: &Path, error: &io::Error) -> Self {
        let remedy = match error.kind() {
            io::ErrorKind::NotFound => "make a lab there, or name the directory of one",
            io::ErrorKind::PermissionDenied => "give yourself the right to write there",
            io::ErrorKind::ReadOnlyFilesystem => "take a directory that can be written",
            io::ErrorKind::StorageFull | io::ErrorKind::QuotaExceeded => {
                "make room; the lab is as it was before"
            }
            io::ErrorKind::NotADirectory | io::ErrorKind::AlreadyExists => {
                "take the directory of a lab, or a new one"
            }
            _ => "try again; the lab is as it was before",
        };
        Self::new(path, reason(error), remedy)
    }

    /// The same, in the way of something that is half done.
    pub(crate) fn unfinished(self) -> Self {
        let first = self.remedy.split(';').next().unwrap_or_default();
        let remedy = format!("{first}; what was begun there is then finished");
        Self { remedy, ..self }
    }

    /// What the operating system refused when a directory was to be made.
    pub(crate) fn making(path: &Path, error: &io::Error) -> Self {
        match error.kind() {
            io::ErrorKind::NotFound => {
                Self::new(path, "no directory can be made here", "take another place")
            }
            _ => Self::of(path, error),
        }
    }
}

impl fmt::Display for Trouble {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let path = self.path.display();
        write!(f, "{path}: {}; {}", self.reason, self.remedy)
    }
}

impl std::error::Error for Trouble {}

/// What the operating system says, without its number where there are plain words.
fn reason(error: &io::Error) -> String {
    match error.kind() {
        io::ErrorKind::NotFound => "there is no such file or directory".to_owned(),
        io::ErrorKind::PermissionDenied => "this may not be read or written here".to_owned(),
        io::ErrorKind::NotADirectory => "this is a file, or in one, and no directory".to_owned(),
        io::ErrorKind::StorageFull => "there is no room left".to_owned(),
        _ => error.to_string(),
    }
}
