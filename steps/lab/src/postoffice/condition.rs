//! What keeps a tool from using a file.
//!
//! A file without a condition is as the postoffice's state says. A condition of a directory holds
//! for everything in it.

use std::collections::BTreeMap;
use std::fmt;
use std::sync::Arc;

use crate::path::parted;

/// What is wrong with a file.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub enum Condition {
    /// It is not there.
    Missing,
    /// A program holds it open; nobody else can use it.
    Locked(Arc<str>),
    /// It can be read, not written.
    ReadOnly,
    /// It cannot be made sense of.
    Corrupt,
    /// It is there, with nothing in it, though it should never be so.
    Empty,
}

impl fmt::Display for Condition {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Missing => f.write_str("missing"),
            Self::Locked(by) => write!(f, "held by {by}"),
            Self::ReadOnly => f.write_str("read-only"),
            Self::Corrupt => f.write_str("corrupt"),
            Self::Empty => f.write_str("empty"),
        }
    }
}

impl Condition {
    /// Whether it keeps even a hand from changing the file.
    #[must_use]
    pub fn holds(&self) -> bool {
        matches!(self, Self::Locked(_) | Self::ReadOnly)
    }
}

/// The files of a postoffice that something is wrong with, by their path from its root.
#[derive(Debug, Clone, Default, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct Conditions {
    of: BTreeMap<String, Condition>,
    /// What was put into corrupt files, where that is known.
    #[serde(with = "crate::kept::bytes")]
    found: BTreeMap<String, Vec<u8>>,
}

impl Conditions {
    /// Something is wrong with a file from now on.
    pub fn set(&mut self, path: &str, condition: Condition) {
        let path = normal(path);
        self.found.remove(&path);
        self.of.insert(path, condition);
    }

    /// A file holds this from now on, which no tool can make sense of.
    pub(crate) fn corrupt(&mut self, path: &str, bytes: &[u8]) {
        self.set(path, Condition::Corrupt);
        self.found.insert(normal(path), bytes.to_vec());
    }

    /// What a corrupt file holds, where that is known.
    pub(crate) fn found(&self, path: &str) -> Option<&[u8]> {
        if self.found.is_empty() {
            return None;
        }
        self.found.get(&normal(path)).map(Vec::as_slice)
    }

    /// Nothing is wrong with the file any more.
    pub fn clear(&mut self, path: &str) {
        let path = normal(path);
        self.found.remove(&path);
        self.of.remove(&path);
    }

    /// What is wrong with a file, or with a directory it is in.
    #[must_use]
    pub fn of(&self, path: &str) -> Option<&Condition> {
        if self.of.is_empty() {
            return None;
        }
        let path = normal(path);
        let ends = path.match_indices('\\').map(|(end, _)| end);
        let mut above = ends.chain([path.len()]).map(|end| &path[..end]);
        above.find_map(|it| self.of.get(it))
    }

    /// What is wrong with this very file or directory.
    pub(crate) fn own(&self, path: &str) -> Option<&Condition> {
        if self.of.is_empty() {
            return None;
        }
        self.of.get(&normal(path))
    }

    /// Whether this very file or directory can only be read.
    pub(crate) fn is_read_only(&self, path: &str) -> bool {
        self.own(path) == Some(&Condition::ReadOnly)
    }

    /// Whether the file can be read.
    ///
    /// # Errors
    /// What keeps it from being read.
    pub fn read(&self, path: &str) -> Result<(), Condition> {
        match self.of(path) {
            None | Some(Condition::ReadOnly) => Ok(()),
            Some(condition) => Err(condition.clone()),
        }
    }

    /// Whether the file can be read and written.
    ///
    /// # Errors
    /// What keeps it from being written.
    pub fn write(&self, path: &str) -> Result<(), Condition> {
        self.of(path).map_or(Ok(()), |it| Err(it.clone()))
    }

    /// Every condition, by path.
    pub fn iter(&self) -> impl Iterator<Item = (&str, &Condition)> {
        self.of.iter().map(|(path, it)| (path.as_str(), it))
    }
}

/// A path from the root, whatever its drive.
fn normal(path: &str) -> String {
    parted(path).rest
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_condition_of_a_directory_is_one_of_its_files() {
        let mut conditions = Conditions::default();
        conditions.set("P1", Condition::Missing);
        conditions.set(r"glb/reqconf.glb", Condition::ReadOnly);
        assert_eq!(
            conditions.read(r"M:\P1\0000001A.P1"),
            Err(Condition::Missing)
        );
        assert_eq!(conditions.read(r"GLB\REQCONF.GLB"), Ok(()));
        assert_eq!(
            conditions.write(r"GLB\REQCONF.GLB"),
            Err(Condition::ReadOnly)
        );
        assert_eq!(conditions.write(r"GLB\REQTRANS.GLB"), Ok(()));
        conditions.clear("p1");
        assert_eq!(conditions.read(r"P1\0000001A.P1"), Ok(()));
    }
}
