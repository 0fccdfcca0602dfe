//! The files of a plugin: its library, and those that its drivers run.

use std::collections::BTreeMap;
use std::path::{Component, Path};

use runsheet_messages::describe::DriverDescription;

use crate::hash;
use crate::manifest::Manifest;

/// What is in the files of a plugin, all read once: what is looked at is what is used.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Contents {
    /// Its library.
    pub(crate) library: Vec<u8>,
    /// The files of its drivers, by their paths from its folder.
    pub(crate) files: BTreeMap<String, Vec<u8>>,
}

impl Contents {
    /// Those of a library whose drivers are these.
    ///
    /// # Errors
    /// The file that cannot be read, and why, in words.
    pub(crate) fn beside(
        library: &Path,
        drivers: &[DriverDescription],
    ) -> Result<Contents, String> {
        let folder = library.parent().unwrap_or(Path::new(""));
        let words = drivers.iter().flat_map(|driver| &driver.run);
        let is_file = |word: &&str| is_below(word) && folder.join(word).is_file();
        Contents::read(library, words.map(|word| &**word).filter(is_file))
    }

    /// Those that a manifest speaks of.
    ///
    /// # Errors
    /// As [`Contents::beside`].
    pub(crate) fn of(library: &Path, manifest: &Manifest) -> Result<Contents, String> {
        Contents::read(library, manifest.files.keys().map(String::as_str))
    }

    fn read<'f>(library: &Path, names: impl Iterator<Item = &'f str>) -> Result<Contents, String> {
        let read =
            |path: &Path| hash::read(path).map_err(|why| format!("{}: {why}", path.display()));
        let folder = library.parent().unwrap_or(Path::new(""));
        let mut files = BTreeMap::new();
        for name in names {
            if !is_below(name) {
                return Err(format!(
                    "the file `{name}` is not below the folder of the plugin"
                ));
            }
            files.insert(name.to_owned(), read(&folder.join(name))?);
        }
        Ok(Contents {
            library: read(library)?,
            files,
        })
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
            let bytes = self.files.get(*name);
            bytes.map(|bytes| hash::of(bytes)).as_ref() != Some(*hash)
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
        let hashed = |(name, bytes): (&String, &Vec<u8>)| (name.clone(), hash::of(bytes));
        self.files.iter().map(hashed).collect()
    }
}

/// Whether a path leads to something below the folder it is seen from, on every system.
fn is_below(path: &str) -> bool {
    let mut parts = Path::new(path).components();
    let is_plain = !path.contains(['\\', ':']) && !path.is_empty();
    is_plain && parts.all(|part| matches!(part, Component::Normal(_)))
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
            ".",
        ] {
            assert!(!is_below(outside), "{outside}");
        }
    }
}
