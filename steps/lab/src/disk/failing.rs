//! A layer of files that fails at a given operation, and at all that follow: as if the process had
//! been killed there.

use std::io;
use std::path::Path;

use super::layer::{Layer, Look, Machine};

/// Files until a number of operations is done.
#[derive(Debug)]
pub(crate) struct Failing {
    left: usize,
}

impl Failing {
    /// Files that can be changed so many times.
    pub(crate) fn after(left: usize) -> Self {
        Self { left }
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

impl Look for Failing {}

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
