//! Files that are written whole or not at all.

use std::fs::{self, OpenOptions};
use std::io::{Error, ErrorKind, Write};
use std::path::{Path, PathBuf};

use crate::reasons::hindrance;

/// Puts a text in the place of a file, so that whoever looks finds the old text or the new one.
///
/// # Errors
/// The file as it is seen from a root, why it cannot be written, and what helps.
pub fn write(root: &Path, path: &Path, text: &str) -> Result<(), (String, String)> {
    let mut aside = path.as_os_str().to_owned();
    aside.push(format!(".{}.new", std::process::id()));
    let aside = PathBuf::from(aside);
    // Whatever stands there under that name, a link to elsewhere perhaps, is not written to.
    drop(fs::remove_file(&aside));
    let made = OpenOptions::new().write(true).create_new(true).open(&aside);
    let written = made.and_then(|mut file| {
        file.write_all(text.as_bytes())?;
        file.sync_all()?;
        fs::rename(&aside, path)
    });
    written.map_err(|error| {
        drop(fs::remove_file(&aside));
        let shown = path.strip_prefix(root).unwrap_or(path).display();
        let why = format!("{shown}: it cannot be written: {}", hindrance(&error));
        let help = match path.is_dir() {
            true => "move that folder elsewhere",
            false => remedy(&error),
        };
        (why, help.to_owned())
    })
}

/// What helps where a file cannot be written.
#[must_use]
pub fn remedy(error: &Error) -> &'static str {
    match error.kind() {
        ErrorKind::StorageFull | ErrorKind::QuotaExceeded => "make room on that disk",
        ErrorKind::FileTooLarge => "let files be larger: `ulimit -f` says how large they may be",
        ErrorKind::InvalidFilename
        | ErrorKind::IsADirectory
        | ErrorKind::NotADirectory
        | ErrorKind::AlreadyExists => "name another place for it",
        _ => "make its folder one that you may write to",
    }
}

#[cfg(test)]
mod tests {
    use std::io::{Error, ErrorKind};

    use super::{remedy, write};

    #[cfg(unix)]
    #[test]
    fn what_a_link_in_its_way_leads_to_is_not_written_to() {
        let process = std::process::id();
        let folder = std::env::temp_dir().join(format!("runsheet-written-{process}"));
        std::fs::create_dir_all(&folder).expect("room");
        let (path, other) = (folder.join("lock"), folder.join("other"));
        std::fs::write(&other, "mine").expect("room");
        let aside = folder.join(format!("lock.{process}.new"));
        std::os::unix::fs::symlink(&other, aside).expect("room");
        let written = write(&folder, &path, "new");
        let read = |path| std::fs::read_to_string(path).unwrap_or_default();
        let texts = (read(&path), read(&other));
        std::fs::remove_dir_all(&folder).expect("it is there");
        assert_eq!(written, Ok(()));
        assert_eq!(texts, ("new".to_owned(), "mine".to_owned()));
    }

    #[test]
    fn a_full_disk_is_not_helped_by_leave_to_write() {
        let full = remedy(&Error::from(ErrorKind::StorageFull));
        assert_eq!(full, "make room on that disk");
        let refused = remedy(&Error::from(ErrorKind::PermissionDenied));
        assert!(refused.contains("may write"), "{refused}");
    }
}
