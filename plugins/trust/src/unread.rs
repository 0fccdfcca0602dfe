//! Why a file of a plugin is not read, and what helps.

use std::fs;
use std::io::{Error, ErrorKind};
use std::path::Path;

use runsheet_diagnostics::file_error::reason;

/// Why something is not read, and what helps, where that is no matter of what it is for.
#[derive(Debug, PartialEq)]
pub(crate) struct Unread {
    pub(crate) why: String,
    help: Option<&'static str>,
}

impl Unread {
    /// What helps; this where nothing else does.
    pub(crate) fn help_or(&self, other: &str) -> String {
        self.help.unwrap_or(other).to_owned()
    }

    /// Of what it is told.
    pub(crate) fn of(self, what: impl std::fmt::Display) -> Unread {
        let why = format!("{what}: {}", self.why);
        Unread { why, ..self }
    }
}

impl From<String> for Unread {
    fn from(why: String) -> Unread {
        Unread { why, help: None }
    }
}

impl From<Error> for Unread {
    fn from(error: Error) -> Unread {
        let help = match error.kind() {
            ErrorKind::PermissionDenied => Some("make it one that you may read"),
            ErrorKind::IsADirectory => Some("move that folder elsewhere"),
            _ => None,
        };
        let why = reason(&error);
        Unread { why, help }
    }
}

/// What is in a text file, if there is one.
pub(crate) fn text(path: &Path) -> Result<Option<String>, Unread> {
    match fs::read_to_string(path) {
        Ok(text) => Ok(Some(text)),
        Err(error) if error.kind() == ErrorKind::NotFound => Ok(None),
        Err(error) => Err(error.into()),
    }
}

#[cfg(test)]
mod tests {
    use super::text;

    #[test]
    fn a_folder_in_the_place_of_a_file_is_to_be_moved() {
        let folder = std::env::temp_dir();
        let unread = text(&folder).expect_err("it is a folder");
        assert_eq!(unread.why, "this is a folder, and no file");
        assert_eq!(unread.help_or("fetch it"), "move that folder elsewhere");
        assert_eq!(text(&folder.join("runsheet-none")), Ok(None));
    }
}
