//! A folder for one test.

use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicU32, Ordering};
use std::{env, fs, process};

/// An empty folder that is removed when this is dropped. With `RUNSHEET_KEEP` in the environment
/// it stays, for a look at what a test left behind.
#[derive(Debug)]
pub struct Folder {
    path: PathBuf,
}

impl Folder {
    /// A new folder among the temporary ones of this machine.
    ///
    /// # Panics
    /// If none can be made.
    #[must_use]
    #[track_caller]
    pub fn new() -> Folder {
        static NEXT: AtomicU32 = AtomicU32::new(0);
        let number = NEXT.fetch_add(1, Ordering::Relaxed);
        let name = format!("runsheet-test-{}-{number}", process::id());
        let path = env::temp_dir().join(name);
        fs::create_dir_all(&path).expect("a temporary folder can be made");
        Folder { path }
    }

    /// Where it is.
    #[must_use]
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// Writes a file in it, and the folders that lead to the file.
    ///
    /// # Panics
    /// If the file cannot be written.
    #[track_caller]
    pub fn write(&self, name: &str, text: &str) {
        let path = self.path.join(name);
        let parent = path.parent().expect("it is below the folder");
        fs::create_dir_all(parent).expect("a folder can be made in a new folder");
        fs::write(&path, text).expect("a file can be written in a new folder");
    }

    /// Copies a folder into it, under the name that the folder has.
    ///
    /// # Panics
    /// If the folder cannot be read.
    #[track_caller]
    pub fn copy(&self, from: &Path) {
        let name = from.file_name().expect("a folder has a name");
        copy(from, &self.path.join(name));
    }
}

impl Default for Folder {
    fn default() -> Self {
        Self::new()
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        if env::var_os("RUNSHEET_KEEP").is_none() {
            // A folder that stays is untidy, not wrong.
            let _ = fs::remove_dir_all(&self.path);
        }
    }
}

fn copy(from: &Path, to: &Path) {
    fs::create_dir_all(to).expect("a folder can be made in a new folder");
    for entry in fs::read_dir(from).expect("the folder can be read") {
        let path = entry.expect("the folder can be read").path();
        let target = to.join(path.file_name().expect("an entry has a name"));
        if path.is_dir() {
            copy(&path, &target);
        } else {
            fs::copy(&path, &target).expect("a file can be copied into a new folder");
        }
    }
}

#[cfg(test)]
mod tests {
    use super::Folder;

    #[test]
    fn a_folder_is_gone_when_its_test_is_over() {
        let folder = Folder::new();
        folder.write("sites/lab.yaml", "site: 1\n");
        let path = folder.path().to_owned();
        assert!(path.join("sites/lab.yaml").is_file());
        drop(folder);
        assert!(!path.exists());
    }

    #[test]
    fn a_copied_folder_keeps_its_name() {
        let (from, to) = (Folder::new(), Folder::new());
        from.write("sites/lab.yaml", "site: 1\n");
        to.copy(&from.path().join("sites"));
        assert!(to.path().join("sites/lab.yaml").is_file());
    }
}
