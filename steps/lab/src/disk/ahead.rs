//! The files of a lab as they will be when an action that was committed has been put into place. Where
//! that cannot be done, for want of rights or of room, the lab can be looked at all the same.

use std::collections::BTreeMap;
use std::io;
use std::path::{Path, PathBuf};

use super::commit::Operation;
use super::image::Content;
use super::layer::{Look, Stamp};

/// Files with what an action does to them.
#[derive(Debug)]
pub(crate) struct Ahead<'l> {
    below: &'l dyn Look,
    /// What stands at the paths of the action; nothing where something is deleted.
    changed: BTreeMap<PathBuf, Option<Content>>,
    closed: BTreeMap<PathBuf, bool>,
}

impl<'l> Ahead<'l> {
    /// Files to which nothing is done yet.
    pub(super) fn new(below: &'l dyn Look) -> Self {
        Self {
            below,
            changed: BTreeMap::new(),
            closed: BTreeMap::new(),
        }
    }

    /// Does an operation, as far as those who look can tell.
    pub(super) fn perform(
        &mut self,
        path: &Path,
        operation: &Operation,
        bytes: &[u8],
    ) -> io::Result<()> {
        let now = match operation {
            Operation::Put(..) => Some(Content::File(bytes.to_vec())),
            Operation::Append(_, at, _) => {
                let mut whole = self.read(path)?;
                whole.truncate(usize::try_from(*at).unwrap_or(usize::MAX));
                whole.extend_from_slice(bytes);
                Some(Content::File(whole))
            }
            Operation::Make(_) => Some(Content::Directory),
            Operation::Delete(_) | Operation::Clear(_) => None,
            Operation::Close(_, closed) => {
                self.closed.insert(path.to_owned(), *closed);
                return Ok(());
            }
        };
        self.changed.insert(path.to_owned(), now);
        Ok(())
    }
}

impl Look for Ahead<'_> {
    fn read(&self, path: &Path) -> io::Result<Vec<u8>> {
        match self.changed.get(path) {
            None => self.below.read(path),
            Some(Some(Content::File(bytes))) => Ok(bytes.clone()),
            Some(_) => Err(io::ErrorKind::NotFound.into()),
        }
    }

    fn stamp(&self, path: &Path) -> io::Result<Option<Stamp>> {
        let mut stamp = match self.changed.get(path) {
            None => self.below.stamp(path)?,
            Some(None) => None,
            Some(Some(content)) => Some(Stamp {
                size: match content {
                    Content::File(bytes) => bytes.len() as u64,
                    Content::Directory | Content::Closed(_) => 0,
                },
                modified: None,
                directory: *content == Content::Directory,
                read_only: false,
            }),
        };
        if let (Some(stamp), Some(closed)) = (&mut stamp, self.closed.get(path)) {
            stamp.read_only = *closed;
        }
        Ok(stamp)
    }
}
