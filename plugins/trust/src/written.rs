//! Files that are written whole or not at all.

use std::fs;
use std::io::{Error, ErrorKind};
use std::path::{Path, PathBuf};

/// Puts a text in the place of a file, so that whoever looks finds the old text or the new one.
///
/// # Errors
/// The file and why it cannot be written, and what helps.
pub fn write(path: &Path, text: &str) -> Result<(), (String, String)> {
    let mut aside = path.as_os_str().to_owned();
    aside.push(format!(".{}.new", std::process::id()));
    let aside = PathBuf::from(aside);
    let written = fs::write(&aside, text).and_then(|()| fs::rename(&aside, path));
    written.map_err(|error| {
        drop(fs::remove_file(&aside));
        let why = format!("{}: it cannot be written: {error}", path.display());
        (why, remedy(&error).to_owned())
    })
}

/// What helps where a file cannot be written.
#[must_use]
pub fn remedy(error: &Error) -> &'static str {
    match error.kind() {
        ErrorKind::StorageFull | ErrorKind::QuotaExceeded => "make room on that disk",
        ErrorKind::FileTooLarge => "let files be larger: `ulimit -f` says how large they may be",
        ErrorKind::InvalidFilename | ErrorKind::IsADirectory | ErrorKind::NotADirectory => {
            "name another place for it"
        }
        _ => "make its folder one that you may write to",
    }
}

#[cfg(test)]
mod tests {
    use std::io::{Error, ErrorKind};

    use super::remedy;

    #[test]
    fn a_full_disk_is_not_helped_by_leave_to_write() {
        let full = remedy(&Error::from(ErrorKind::StorageFull));
        assert_eq!(full, "make room on that disk");
        let refused = remedy(&Error::from(ErrorKind::PermissionDenied));
        assert!(refused.contains("may write"), "{refused}");
    }
}
