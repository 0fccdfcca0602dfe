//! One action on many files, whole or not at all.
//!
//! What an action writes is first written aside, all of it into one file with a check sum; a rename
//! makes that file the commit record, and the action done. Then the files are put into place, each
//! by a rename, and the record is deleted. Who opens a lab that has a record puts the files into
//! place again; every one of these operations may be done twice. What was written aside and is no
//! record yet is thrown away.
//!
//! So a process that is killed leaves the lab as before or as after. The record also outlasts a
//! failure of the machine, which the files put into place need not do at once: what the operating
//! system had not written yet when the power went is lost of them, and they then count as changed by
//! a person.

use std::io;
use std::path::{Path, PathBuf};

use runsheet_formats::files::crc::crc16;
use serde::{Deserialize, Serialize};

use super::ahead::Ahead;
use super::layer::{Layer, Look};
use super::trouble::Trouble;

/// What is done to one file. Paths are from the root of the lab, with slashes.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) enum Operation {
    /// It gets new content, of so many bytes.
    Put(String, usize),
    /// It is cut at this size and gets so many bytes more.
    Append(String, u64, usize),
    /// It is deleted.
    Delete(String),
    /// A directory is made.
    Make(String),
    /// A directory is deleted, if it is empty.
    Clear(String),
    /// It can only be read from now on, or be written again.
    Close(String, bool),
}

impl Operation {
    /// The file or directory.
    fn path(&self) -> &str {
        match self {
            Self::Put(path, _)
            | Self::Append(path, _, _)
            | Self::Delete(path)
            | Self::Make(path)
            | Self::Clear(path)
            | Self::Close(path, _) => path,
        }
    }
}

/// An action: what is done, in order, and the bytes it takes.
#[derive(Debug, Default, PartialEq, Eq)]
pub(crate) struct Action {
    operations: Vec<Operation>,
    bytes: Vec<u8>,
}

/// The first line of a record.
#[derive(Debug, Serialize, Deserialize)]
struct Head {
    operations: Vec<Operation>,
    bytes: usize,
    crc: u16,
}

impl Action {
    /// Whether there is nothing to do.
    pub(crate) fn is_empty(&self) -> bool {
        self.operations.is_empty()
    }

    /// Gives a file new content.
    pub(crate) fn put(&mut self, path: &str, bytes: &[u8]) {
        self.operations
            .push(Operation::Put(path.to_owned(), bytes.len()));
        self.bytes.extend_from_slice(bytes);
    }

    /// Lets a file that is `at` bytes long go on.
    pub(crate) fn append(&mut self, path: &str, at: u64, bytes: &[u8]) {
        let operation = Operation::Append(path.to_owned(), at, bytes.len());
        self.operations.push(operation);
        self.bytes.extend_from_slice(bytes);
    }

    /// Adds an operation that takes no bytes.
    pub(crate) fn push(&mut self, operation: Operation) {
        self.operations.push(operation);
    }

    /// Each operation with its bytes.
    fn parts(&self) -> impl Iterator<Item = (&Operation, &[u8])> {
        let mut bytes = self.bytes.as_slice();
        self.operations.iter().map(move |operation| {
            let length = match operation {
                Operation::Put(_, length) | Operation::Append(_, _, length) => *length,
                _ => 0,
            };
            let (these, rest) = bytes.split_at(length.min(bytes.len()));
            bytes = rest;
            (operation, these)
        })
    }

    fn encode(&self) -> Result<Vec<u8>, serde_json::Error> {
        let head = Head {
            operations: self.operations.clone(),
            bytes: self.bytes.len(),
            crc: crc16(&self.bytes),
        };
        let mut record = serde_json::to_vec(&head)?;
        record.push(b'\n');
        record.extend_from_slice(&self.bytes);
        Ok(record)
    }

    fn decode(record: &[u8]) -> Option<Self> {
        let end = record.iter().position(|it| *it == b'\n')?;
        let head: Head = serde_json::from_slice(&record[..end]).ok()?;
        let bytes = &record[end + 1..];
        (bytes.len() == head.bytes && crc16(bytes) == head.crc).then(|| Self {
            operations: head.operations,
            bytes: bytes.to_vec(),
        })
    }
}

/// Where the records of a lab are.
#[derive(Debug, Clone)]
pub(crate) struct Records {
    root: PathBuf,
}

impl Records {
    pub(crate) fn new(root: &Path) -> Self {
        Self {
            root: root.to_owned(),
        }
    }

    fn aside(&self) -> PathBuf {
        self.root.join(super::MACHINERY).join("aside")
    }

    fn record(&self) -> PathBuf {
        self.root.join(super::MACHINERY).join("commit")
    }

    /// Whether an action was left half done.
    pub(crate) fn is_pending(&self, layer: &dyn Look) -> Result<bool, Trouble> {
        let record = self.record();
        let stamp = layer
            .stamp(&record)
            .map_err(|it| Trouble::of(&record, &it))?;
        Ok(stamp.is_some())
    }

    /// Does an action. Gives whether all files are in their places; if not, who opens the lab next
    /// puts them there, for the action is done once its record stands.
    ///
    /// # Errors
    /// Where the record cannot be written. Then nothing was done.
    pub(crate) fn commit(&self, layer: &mut dyn Layer, action: &Action) -> Result<bool, Trouble> {
        let (aside, record) = (self.aside(), self.record());
        let bytes = action
            .encode()
            .map_err(|it| Trouble::new(&record, it.to_string(), "tell the makers"))?;
        let told = |it: io::Error| Trouble::of(&aside, &it);
        layer.write_through(&aside, &bytes).map_err(told)?;
        layer.rename(&aside, &record).map_err(told)?;
        Ok(self.apply(layer, action).is_ok())
    }

    /// The files as they will be when what is half done is finished.
    pub(crate) fn ahead<'l>(&self, layer: &'l dyn Look) -> Result<Ahead<'l>, Trouble> {
        let mut ahead = Ahead::new(layer);
        for (operation, bytes) in self.pending(layer)?.parts() {
            let path = self.root.join(operation.path());
            match ahead.perform(&path, operation, bytes) {
                // It goes on in a file that nobody may look at.
                Err(error) if error.kind() == io::ErrorKind::PermissionDenied => {}
                done => done.map_err(|it| Trouble::of(&path, &it))?,
            }
        }
        Ok(ahead)
    }

    /// The action of the record.
    fn pending(&self, layer: &dyn Look) -> Result<Action, Trouble> {
        let record = self.record();
        let bytes = layer.read(&record);
        let bytes = bytes.map_err(|it| Trouble::of(&record, &it))?;
        Action::decode(&bytes).ok_or_else(|| {
            let remedy = "restore the lab from a copy, or make a new one";
            Trouble::new(&record, "this is no record of an action", remedy)
        })
    }

    /// Finishes what was committed, and throws away what was not.
    pub(crate) fn recover(&self, layer: &mut dyn Layer) -> Result<(), Trouble> {
        if self.is_pending(layer)? {
            let action = self.pending(layer)?;
            self.apply(layer, &action).map_err(Trouble::unfinished)?;
        }
        let aside = self.aside();
        layer.remove(&aside).map_err(|it| Trouble::of(&aside, &it))
    }

    /// Puts the files into place, and forgets the record.
    fn apply(&self, layer: &mut dyn Layer, action: &Action) -> Result<(), Trouble> {
        for (operation, bytes) in action.parts() {
            self.perform(layer, operation, bytes)?;
        }
        let record = self.record();
        layer
            .remove(&record)
            .map_err(|it| Trouble::of(&record, &it))
    }

    fn perform(
        &self,
        layer: &mut dyn Layer,
        operation: &Operation,
        bytes: &[u8],
    ) -> Result<(), Trouble> {
        let path = self.root.join(operation.path());
        let done = match self.attempt(layer, &path, operation, bytes) {
            Err(error) if error.kind() == io::ErrorKind::PermissionDenied => {
                let opened = self.attempt_opened(layer, &path, operation, bytes);
                opened.unwrap_or(Err(error))
            }
            done => done,
        };
        done.map_err(|it| Trouble::of(&path, &it))
    }

    fn attempt(
        &self,
        layer: &mut dyn Layer,
        path: &Path,
        operation: &Operation,
        bytes: &[u8],
    ) -> io::Result<()> {
        match operation {
            Operation::Put(..) => self.replace(layer, path, bytes),
            Operation::Append(_, at, _) => layer.append(path, *at, bytes),
            Operation::Delete(_) => layer.remove(path),
            Operation::Make(_) => layer.make_directory(path),
            Operation::Clear(_) => layer.remove_directory(path),
            Operation::Close(_, closed) => layer.close(path, *closed),
        }
    }

    /// Does an operation in a directory that can only be read: that is how the lab is, and keeps its
    /// programs from writing, not what the lab is kept by. Nothing where the directory is open.
    fn attempt_opened(
        &self,
        layer: &mut dyn Layer,
        path: &Path,
        operation: &Operation,
        bytes: &[u8],
    ) -> Option<io::Result<()>> {
        let directory = path.parent()?;
        layer.stamp(directory).ok()?.filter(|it| it.read_only)?;
        layer.close(directory, false).ok()?;
        let done = self.attempt(layer, path, operation, bytes);
        Some(done.and(layer.close(directory, true)))
    }

    fn replace(&self, layer: &mut dyn Layer, path: &Path, bytes: &[u8]) -> io::Result<()> {
        let new = self.root.join(super::MACHINERY).join("new");
        layer.write(&new, bytes)?;
        match layer.rename(&new, path) {
            Err(error) if error.kind() == io::ErrorKind::NotFound => {
                let above = path.parent().unwrap_or(path);
                layer.make_directory(above)?;
                layer.rename(&new, path)
            }
            done => done,
        }
    }
}
