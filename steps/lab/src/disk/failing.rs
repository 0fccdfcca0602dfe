//! A layer of files that fails at a given operation, and at all that follow: as if the process had
//! been killed there.

use std::io;
use std::path::{Path, PathBuf};

use super::layer::{Layer, Look, Machine, Stamp};

/// Files until a number of operations is done.
#[derive(Debug)]
pub(crate) struct Failing {
    left: usize,
    refused: Option<PathBuf>,
}

impl Failing {
    /// Files that can be changed so many times.
    pub(crate) fn after(left: usize) -> Self {
        Self {
            left,
            refused: None,
        }
    }

    /// Files of which nobody may look at those below a directory.
    pub(crate) fn refusing(directory: &Path) -> Self {
        Self {
            left: usize::MAX,
            refused: Some(directory.to_owned()),
        }
    }

    fn may_look(&self, path: &Path) -> io::Result<()> {
        let refused = self.refused.as_ref();
        let is_below = refused.is_some_and(|it| path != it && path.starts_with(it));
        if is_below {
            return Err(io::ErrorKind::PermissionDenied.into());
        }
        Ok(())
    }

    fn goes(&mut self) -> bool {
        let goes = self.left > 0;
        self.left = self.left.saturating_sub(1);
        goes
    }

    fn done(&mut self, act: impl FnOnce(&mut Machine) -> io::Result<()>) -> io::Result<()> {
        if self.goes() {
            return act(&mut Machine);
        }
        Err(io::Error::other("killed"))
    }

    /// A file that is being written when the process is killed has half of its bytes.
    fn torn(&mut self, path: &Path, bytes: &[u8]) -> io::Result<()> {
        if self.left == 0 {
            Machine.write(path, &bytes[..bytes.len() / 2])?;
        }
        self.done(|machine| machine.write(path, bytes))
    }
}

impl Look for Failing {
    fn read(&self, path: &Path) -> io::Result<Vec<u8>> {
        self.may_look(path)?;
        Machine.read(path)
    }

    fn stamp(&self, path: &Path) -> io::Result<Option<Stamp>> {
        self.may_look(path)?;
        Machine.stamp(path)
    }
}

impl Layer for Failing {
    fn write(&mut self, path: &Path, bytes: &[u8]) -> io::Result<()> {
        self.torn(path, bytes)
    }

    fn write_through(&mut self, path: &Path, bytes: &[u8]) -> io::Result<()> {
        self.torn(path, bytes)
    }

    fn append(&mut self, path: &Path, at: u64, bytes: &[u8]) -> io::Result<()> {
        if self.left == 0 {
            Machine.append(path, at, &bytes[..bytes.len() / 2])?;
        }
        self.done(|machine| machine.append(path, at, bytes))
    }

    fn rename(&mut self, from: &Path, to: &Path) -> io::Result<()> {
        self.done(|machine| machine.rename(from, to))
    }

    fn remove(&mut self, path: &Path) -> io::Result<()> {
        self.done(|machine| machine.remove(path))
    }

    fn make_directory(&mut self, path: &Path) -> io::Result<()> {
        self.done(|machine| machine.make_directory(path))
    }

    fn remove_directory(&mut self, path: &Path) -> io::Result<()> {
        self.done(|machine| machine.remove_directory(path))
    }

    fn close(&mut self, path: &Path, closed: bool) -> io::Result<()> {
        self.done(|machine| machine.close(path, closed))
    }
}
