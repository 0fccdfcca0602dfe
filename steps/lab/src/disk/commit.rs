//! One action on many files, whole or not at all.
//!
//! What an action writes is first written aside, all of it into one file with a check sum; a rename
//! makes that file the commit record, and the action done. Then the files are put into place, each
//! by a rename, and the record is deleted. Who opens a lab that has a record puts the files into
//! place again; every one of these operations may be done twice. What was written aside and is no
//! record yet is thrown away.

use std::io;
use std::path::{Path, PathBuf};

use runsheet_formats::files::crc::crc16;
use serde::{Deserialize, Serialize};

use super::layer::Layer;
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
    pub(crate) fn is_pending(&self, layer: &dyn Layer) -> Result<bool, Trouble> {
        let record = self.record();
        let stamp = layer
            .stamp(&record)
            .map_err(|it| Trouble::of(&record, &it))?;
        Ok(stamp.is_some())
    }

    /// Does an action.
    pub(crate) fn commit(&self, layer: &mut dyn Layer, action: &Action) -> Result<(), Trouble> {
        let (aside, record) = (self.aside(), self.record());
        let bytes = action
            .encode()
            .map_err(|it| Trouble::new(&record, it.to_string(), "tell the makers"))?;
        let told = |it: io::Error| Trouble::of(&aside, &it);
        layer.write_through(&aside, &bytes).map_err(told)?;
        layer.rename(&aside, &record).map_err(told)?;
        self.apply(layer, action)
    }

    /// Finishes what was committed, and throws away what was not.
    pub(crate) fn recover(&self, layer: &mut dyn Layer) -> Result<(), Trouble> {
        let record = self.record();
        if self.is_pending(layer)? {
            let bytes = layer
                .read(&record)
                .map_err(|it| Trouble::of(&record, &it))?;
            let action = Action::decode(&bytes).ok_or_else(|| {
                let remedy = "restore the lab from a copy, or make a new one";
                Trouble::new(&record, "this is no record of an action", remedy)
            })?;
            self.apply(layer, &action)?;
        }
        let aside = self.aside();
        layer.remove(&aside).map_err(|it| Trouble::of(&aside, &it))
    }

    /// Puts the files into place, and forgets the record.
    fn apply(&self, layer: &mut dyn Layer, action: &Action) -> Result<(), Trouble> {
        let mut bytes = action.bytes.as_slice();
        for operation in &action.operations {
            let length = match operation {
                Operation::Put(_, length) | Operation::Append(_, _, length) => *length,
                _ => 0,
            };
            let (these, rest) = bytes.split_at(length.min(bytes.len()));
            bytes = rest;
            self.perform(layer, operation, these)?;
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
        let (Operation::Put(path, _)
        | Operation::Append(path, _, _)
        | Operation::Delete(path)
        | Operation::Make(path)
        | Operation::Clear(path)) = operation;
        let path = self.root.join(path);
        let done = match operation {
            Operation::Put(..) => self.replace(layer, &path, bytes),
            Operation::Append(_, at, _) => layer.append(&path, *at, bytes),
            Operation::Delete(_) => layer.remove(&path),
            Operation::Make(_) => layer.make_directory(&path),
            Operation::Clear(_) => layer.remove_directory(&path),
        };
        done.map_err(|it| Trouble::of(&path, &it))
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
