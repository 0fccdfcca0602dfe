//! Files that are written whole or not at all.

use std::fs::{self, OpenOptions};
use std::io::Write;
use std::path::{Path, PathBuf};

use runsheet_diagnostics::file_error::{hindrance, remedy};

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

#[cfg(test)]
mod tests {
    use super::write;

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
}
