//! The files of the repository, as a reader of it finds them.

use std::fs;
use std::path::{Path, PathBuf};

/// The top folder.
pub(crate) fn root() -> &'static Path {
    let here = Path::new(env!("CARGO_MANIFEST_DIR"));
    here.ancestors()
        .nth(2)
        .expect("tests/suite is two folders below the top")
}

/// Every file, by its path from the top with `/` between names, in order. Left out is what git is
/// told to ignore, and git's own folder.
pub(crate) fn files() -> Vec<String> {
    let mut found = Vec::new();
    collect(root(), &mut found);
    found.sort();
    found
}

/// The text of a file.
#[track_caller]
pub(crate) fn read(path: &str) -> String {
    match fs::read_to_string(root().join(path)) {
        Ok(text) => text,
        Err(error) => panic!("{path}: {error}"),
    }
}

/// The name of what a path leads to.
pub(crate) fn name(path: &str) -> &str {
    path.rsplit('/').next().unwrap_or(path)
}

fn collect(folder: &Path, found: &mut Vec<String>) {
    for entry in fs::read_dir(folder).expect("the folder was just listed") {
        let path: PathBuf = entry.expect("the folder can be read").path();
        if path.is_dir() && !is_ignored(&path) {
            collect(&path, found);
        } else if path.is_file() {
            found.push(relative(&path));
        }
    }
}

fn is_ignored(folder: &Path) -> bool {
    let at_top = folder.parent() == Some(root());
    folder.ends_with(".runsheet")
        || (at_top && (folder.ends_with(".git") || folder.ends_with("target")))
}

fn relative(path: &Path) -> String {
    let inside = path
        .strip_prefix(root())
        .expect("it was found below the top");
    let names = inside.iter().map(|name| name.to_string_lossy());
    names.collect::<Vec<_>>().join("/")
}
