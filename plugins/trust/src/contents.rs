//! The files of a plugin: its library, and those that its drivers run.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Component, Path};

use crate::hash;
use crate::manifest::Manifest;
use crate::unread::Unread;

/// What is in the files of a plugin, all read once: what is looked at is what is used.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Contents {
    /// Its library.
    pub(crate) library: Vec<u8>,
    /// The files of its drivers, by their paths from its folder.
    pub(crate) files: BTreeMap<String, File>,
}

/// A file of a driver.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct File {
    pub(crate) bytes: Vec<u8>,
    /// Whether it may be started.
    pub(crate) is_program: bool,
}

impl Contents {
    /// What is in a library and in these files, which lie below its folder.
    ///
    /// # Errors
    /// The file that cannot be read, and why.
    pub(crate) fn read(library: &Path, names: &BTreeSet<String>) -> Result<Contents, Unread> {
        let folder = library.parent().unwrap_or(Path::new(""));
        let mut files = BTreeMap::new();
        for name in names {
            if !is_below(name) {
                let why = format!("the file `{name}` is not below the folder of the plugin");
                return Err(why.into());
            }
            let path = folder.join(name);
            let bytes = hash::read(&path).map_err(|why| why.of(name))?;
            let is_program = is_program(&path);
            files.insert(name.clone(), File { bytes, is_program });
        }
        let name = library.file_name().unwrap_or_default();
        let library = hash::read(library).map_err(|why| why.of(name.display()))?;
        Ok(Contents { library, files })
    }

    /// What is in the files that a manifest speaks of.
    ///
    /// # Errors
    /// As [`Contents::read`].
    pub(crate) fn of(library: &Path, manifest: &Manifest) -> Result<Contents, Unread> {
        Contents::read(library, &manifest.files.keys().cloned().collect())
    }

    /// The first file that is not the one that a manifest speaks of, as it is named there.
    pub(crate) fn other_than<'m>(
        &self,
        library: &'m Path,
        manifest: &'m Manifest,
    ) -> Option<&'m Path> {
        if self.library_hash() != manifest.library {
            return Some(library.file_name().map_or(library, Path::new));
        }
        let is_other = |(name, hash): &(&String, &String)| {
            let file = self.files.get(*name);
            file.map(|file| hash::of(&file.bytes)).as_ref() != Some(*hash)
        };
        let other = manifest.files.iter().find(is_other);
        other.map(|(name, _)| Path::new(name))
    }

    /// SHA-256 of the library.
    pub(crate) fn library_hash(&self) -> String {
        hash::of(&self.library)
    }

    /// SHA-256 of the files of drivers.
    pub(crate) fn file_hashes(&self) -> BTreeMap<String, String> {
        let hashed = |(name, file): (&String, &File)| (name.clone(), hash::of(&file.bytes));
        self.files.iter().map(hashed).collect()
    }
}

#[cfg(unix)]
fn is_program(path: &Path) -> bool {
    use std::os::unix::fs::PermissionsExt;
    path.metadata()
        .is_ok_and(|about| about.permissions().mode() & 0o100 != 0)
}

#[cfg(not(unix))]
fn is_program(_: &Path) -> bool {
    true
}

/// Whether a path leads to something below the folder it is seen from, on every system, by the one
/// name that this has: a copy is looked through by such names.
pub(crate) fn is_below(path: &str) -> bool {
    let parts = Path::new(path).components();
    let names = parts.map(|part| match part {
        Component::Normal(name) => name.to_str(),
        _ => None,
    });
    let names: Option<Vec<&str>> = names.collect();
    let is_plain = !path.contains(['\\', ':']) && !path.is_empty();
    is_plain && names.is_some_and(|names| names.join("/") == path)
}

#[cfg(test)]
mod tests {
    use super::is_below;

    #[test]
    fn a_file_of_a_driver_lies_below_the_folder_of_its_plugin() {
        for below in ["a.py", "lib/a.py"] {
            assert!(is_below(below), "{below}");
        }
        for outside in [
            "",
            "/a.py",
            "../a.py",
            "lib/../../a.py",
            "C:\\a.py",
            "..\\a.py",
            "lib/./a.py",
            "lib//a.py",
            ".",
        ] {
            assert!(!is_below(outside), "{outside}");
        }
    }
}
