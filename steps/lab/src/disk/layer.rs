//! The few things that are done to files. Tests put a layer between that fails.

use std::fmt::Debug;
use std::fs::{self, File, OpenOptions};
use std::io::{self, Seek, SeekFrom, Write};
use std::path::Path;
use std::time::SystemTime;

/// What can be seen of a file without reading it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Stamp {
    /// Its size.
    pub(crate) size: u64,
    /// When it was last changed.
    pub(crate) modified: Option<SystemTime>,
    /// Whether it is a directory.
    pub(crate) directory: bool,
    /// Whether it can only be read.
    pub(crate) read_only: bool,
}

/// Looks at files.
pub(crate) trait Look: Debug {
    /// The whole content.
    fn read(&self, path: &Path) -> io::Result<Vec<u8>> {
        fs::read(path)
    }

    /// What can be seen from outside; none where nothing is there.
    fn stamp(&self, path: &Path) -> io::Result<Option<Stamp>> {
        match fs::metadata(path) {
            Ok(seen) => Ok(Some(Stamp {
                size: seen.len(),
                modified: seen.modified().ok(),
                directory: seen.is_dir(),
                read_only: seen.permissions().readonly(),
            })),
            Err(error) if is_absent(&error) => Ok(None),
            Err(error) => Err(error),
        }
    }
}

/// Operations on files.
pub(crate) trait Layer: Look + Send {
    /// Writes a file anew.
    fn write(&mut self, path: &Path, bytes: &[u8]) -> io::Result<()>;

    /// Writes a file anew, and returns when it would outlast a failure of power.
    fn write_through(&mut self, path: &Path, bytes: &[u8]) -> io::Result<()>;

    /// Makes a file as long as this, and goes on with these bytes.
    fn append(&mut self, path: &Path, at: u64, bytes: &[u8]) -> io::Result<()>;

    /// Puts a file in the place of another.
    fn rename(&mut self, from: &Path, to: &Path) -> io::Result<()>;

    /// Deletes a file; where there is none, nothing happens.
    fn remove(&mut self, path: &Path) -> io::Result<()>;

    /// Makes a directory and those above it.
    fn make_directory(&mut self, path: &Path) -> io::Result<()>;

    /// Deletes a directory if nothing is in it.
    fn remove_directory(&mut self, path: &Path) -> io::Result<()>;

    /// Takes away the right to write a file or into a directory, or gives it back; where nothing is,
    /// nothing happens.
    fn close(&mut self, path: &Path, closed: bool) -> io::Result<()>;
}

fn is_absent(error: &io::Error) -> bool {
    matches!(
        error.kind(),
        io::ErrorKind::NotFound | io::ErrorKind::NotADirectory
    )
}

/// The files of this machine.
#[derive(Debug, Default)]
pub(crate) struct Machine;

impl Look for Machine {}

impl Layer for Machine {
    fn write(&mut self, path: &Path, bytes: &[u8]) -> io::Result<()> {
        fs::write(path, bytes)
    }

    fn write_through(&mut self, path: &Path, bytes: &[u8]) -> io::Result<()> {
        let mut file = File::create(path)?;
        file.write_all(bytes)?;
        file.sync_all()
    }

    fn append(&mut self, path: &Path, at: u64, bytes: &[u8]) -> io::Result<()> {
        let mut options = OpenOptions::new();
        let mut file = options
            .create(true)
            .write(true)
            .truncate(false)
            .open(path)?;
        file.set_len(at)?;
        file.seek(SeekFrom::Start(at))?;
        file.write_all(bytes)
    }

    fn rename(&mut self, from: &Path, to: &Path) -> io::Result<()> {
        fs::rename(from, to)
    }

    fn remove(&mut self, path: &Path) -> io::Result<()> {
        absent_is_fine(fs::remove_file(path))
    }

    fn make_directory(&mut self, path: &Path) -> io::Result<()> {
        fs::create_dir_all(path)
    }

    fn remove_directory(&mut self, path: &Path) -> io::Result<()> {
        match fs::remove_dir(path) {
            Err(error) if error.kind() == io::ErrorKind::DirectoryNotEmpty => Ok(()),
            done => absent_is_fine(done),
        }
    }

    fn close(&mut self, path: &Path, closed: bool) -> io::Result<()> {
        let rights = fs::metadata(path).map(|it| with_rights(&it.permissions(), closed));
        absent_is_fine(rights.and_then(|it| fs::set_permissions(path, it)))
    }
}

/// Rights with those to write taken away, or with that of the owner given back.
#[cfg(unix)]
fn with_rights(rights: &fs::Permissions, closed: bool) -> fs::Permissions {
    use std::os::unix::fs::PermissionsExt;
    let mode = rights.mode();
    fs::Permissions::from_mode(if closed { mode & !0o222 } else { mode | 0o200 })
}

/// Rights with that to write taken away, or given back.
#[cfg(not(unix))]
fn with_rights(rights: &fs::Permissions, closed: bool) -> fs::Permissions {
    let mut rights = rights.clone();
    rights.set_readonly(closed);
    rights
}

fn absent_is_fine(done: io::Result<()>) -> io::Result<()> {
    match done {
        Err(error) if is_absent(&error) => Ok(()),
        done => done,
    }
}
