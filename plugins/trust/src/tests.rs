//! A plugin by its manifest, in a folder that goes with its test.

use std::fs;
use std::path::{Path, PathBuf};

use runsheet_step::Catalogue;

use crate::shelf::{Lent, Shelf};
use crate::{hash, manifest};

/// A folder that goes with its test.
pub(crate) struct Folder(PathBuf);

impl Folder {
    /// One with a library that is none, and a manifest of it.
    pub(crate) fn with_plugin(name: &str) -> Folder {
        let name = format!("runsheet-{name}-{}", std::process::id());
        let folder = Folder(std::env::temp_dir().join(name));
        folder.write("libshelf.so", "a library");
        folder.describe("");
        folder
    }

    /// Writes the manifest of its library, which says this besides; that it says.
    pub(crate) fn describe(&self, more: &str) -> String {
        let text = format!(
            "plugin: 1\nname: shelf\nversion: \"1.0\"\nline: \"1.1\"\nlibrary: '{}'\n{more}",
            hash::of(b"a library")
        );
        let place = manifest::path_of(&self.library());
        fs::write(place, &text).expect("room");
        text
    }

    pub(crate) fn path(&self) -> &Path {
        &self.0
    }

    pub(crate) fn library(&self) -> PathBuf {
        self.0.join("libshelf.so")
    }

    pub(crate) fn write(&self, name: &str, text: &str) {
        let path = self.0.join(name);
        let folder = path.parent().expect("a folder");
        fs::create_dir_all(folder).expect("room");
        fs::write(path, text).expect("room");
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        fs::remove_dir_all(&self.0).ok();
    }
}

/// A shelf in a folder that is somebody's home too, and that cannot start anything.
pub(crate) fn shelf(folder: &Folder) -> Shelf {
    let place = folder.path().to_string_lossy().into_owned();
    let named = |name: &str| (name.to_owned(), place.clone());
    let environment = ["XDG_CONFIG_HOME", "XDG_CACHE_HOME"].map(named).into();
    let lent = Lent {
        host: None,
        own_drivers: Vec::new(),
        before_loading: Box::new(|| Ok(())),
    };
    Shelf::new(Catalogue::default(), folder.path(), &environment, lent)
}
