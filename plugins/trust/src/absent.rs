//! What to type where a path leads to no library.

use std::env::consts::DLL_SUFFIX;
use std::path::{Path, PathBuf};

use crate::{file, naming};

/// Where libraries are built, seen from the folder of their sources.
const BUILT: [&str; 3] = ["", "target/debug", "target/release"];

/// Why a path as people type it, seen from a folder, leads to no library, and what helps.
pub(crate) fn told(folder: &Path, path: &Path) -> (String, String) {
    let shown = path.display();
    let meant = folder.join(path);
    let why = match () {
        () if meant.is_dir() => format!("{shown} is a folder, and no library"),
        () if meant.is_file() => format!("{shown} is no library: here those end with {DLL_SUFFIX}"),
        () => format!("{}: there is no such file", file::of(path).display()),
    };
    let help = match built(folder, path) {
        Some(found) => {
            let command = naming::command(&found.display().to_string());
            format!("a library of that name is there: {command}")
        }
        None => "build it, or name another file".to_owned(),
    };
    (why, help)
}

/// A library of that name where such are built: in the folder that is named or that it is named in.
fn built(folder: &Path, path: &Path) -> Option<PathBuf> {
    let whole = folder.join(path);
    let whole = whole.canonicalize().unwrap_or(whole);
    let name = whole.file_name()?;
    let around = match folder.join(path).is_dir() {
        true => path,
        false => path.parent()?,
    };
    let places = BUILT.iter().map(|below| around.join(below).join(name));
    let mut libraries = places.map(|place| file::of(&place));
    libraries.find(|library| folder.join(library).is_file())
}

#[cfg(test)]
mod tests {
    use std::fs;
    use std::path::Path;

    use super::told;
    use crate::file;

    #[test]
    fn a_library_is_found_where_such_are_built() {
        let folder = format!("runsheet-absent-{}", std::process::id());
        let folder = std::env::temp_dir().join(folder);
        let debug = folder.join("greet/target/debug");
        fs::create_dir_all(&debug).expect("room");
        fs::create_dir_all(folder.join("empty")).expect("room");
        fs::write(file::of(&debug.join("greet")), "a library").expect("room");
        fs::write(folder.join("notes.yaml"), "text").expect("room");
        let beside = told(&folder, Path::new("greet"));
        let inside = told(&folder.join("greet"), Path::new("greet"));
        let here = told(&folder.join("greet"), Path::new("."));
        let empty = told(&folder, Path::new("empty"));
        let text = told(&folder, Path::new("notes.yaml"));
        fs::remove_dir_all(&folder).expect("it is there");
        let library = file::of(Path::new("target/debug/greet"));
        let command = |before: &str| format!("runsheet plugin add {before}{}", library.display());
        assert_eq!(beside.0, "greet is a folder, and no library");
        assert!(beside.1.ends_with(&command("greet/")), "{}", beside.1);
        assert!(inside.1.ends_with(&command("")), "{}", inside.1);
        assert!(here.1.ends_with(&command("./")), "{}", here.1);
        assert_eq!(empty.1, "build it, or name another file");
        assert!(
            text.0.starts_with("notes.yaml is no library: "),
            "{}",
            text.0
        );
    }
}
