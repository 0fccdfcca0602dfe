//! What to type where a path leads to no library.

use std::env::consts::{DLL_PREFIX, DLL_SUFFIX};
use std::fs;
use std::path::{Path, PathBuf};

use runsheet_diagnostics::suggest;

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
            let found = naming::quoted(&found.display().to_string());
            format!("a library of that name is there: {found}")
        }
        None => near(folder, path),
    };
    (why, help)
}

/// What helps where nothing was built: the libraries there whose names are near.
fn near(folder: &Path, path: &Path) -> String {
    let other = "build it, or name another file".to_owned();
    let wanted = file::of(path);
    let (Some(around), Some(name)) = (wanted.parent(), wanted.file_name()) else {
        return other;
    };
    let entries = fs::read_dir(folder.join(around)).into_iter().flatten();
    let names = entries.filter_map(|entry| entry.ok()?.file_name().into_string().ok());
    let mut names: Vec<String> = names.filter(|name| name.ends_with(DLL_SUFFIX)).collect();
    names.sort_unstable();
    let names = names.iter().map(String::as_str);
    match suggest::nearest(&name.to_string_lossy(), names) {
        Some(found) => format!("did you mean `{}`?", around.join(found).display()),
        None => other,
    }
}

/// What helps where a file names a library that is not there, by the path that it means.
pub(crate) fn help(library: &Path) -> String {
    let mut parts = library.components().map(|part| part.as_os_str());
    if parts.clone().any(|part| part == "~") {
        return "no `~` is known here: write the path as seen from this file, or from the root"
            .to_owned();
    }
    if parts.any(|part| part.len() > 2 && part.to_string_lossy().ends_with(':')) {
        return "nothing is fetched: fetch the plugin, and write the path of its library"
            .to_owned();
    }
    let folder = library.parent().unwrap_or(Path::new(""));
    match library
        .file_name()
        .and_then(|name| built(folder, Path::new(name)))
    {
        Some(found) => format!(
            "it is built as {}, beside that: name it so",
            found.display()
        ),
        None => "build it, or name another file".to_owned(),
    }
}

/// A library of that name where such are built: in the folder that is named or that it is named in.
fn built(folder: &Path, path: &Path) -> Option<PathBuf> {
    let whole = folder.join(path);
    let whole = whole.canonicalize().unwrap_or(whole);
    let name = whole.file_name()?.to_string_lossy();
    let around = match folder.join(path).is_dir() {
        true => path,
        false => path.parent()?,
    };
    let short = name.strip_prefix(DLL_PREFIX).unwrap_or(&name);
    let short = short.strip_suffix(DLL_SUFFIX).unwrap_or(short);
    let places = BUILT.iter().map(|below| around.join(below));
    let mut libraries = places.flat_map(|place| {
        let names = [&name, short];
        names.map(|name| file::of(&place.join(name)))
    });
    libraries.find(|library| folder.join(library).is_file())
}

#[cfg(test)]
mod tests {
    use std::fs;
    use std::path::Path;

    use std::env::consts::DLL_PREFIX;

    use super::{help, told};
    use crate::file;

    #[test]
    fn a_path_that_only_others_understand_is_told_as_such() {
        let home = help(Path::new("/srv/~/libgreet.so"));
        assert!(home.starts_with("no `~` is known here"), "{home}");
        let remote = help(Path::new("/srv/https:/example.com/libgreet.so"));
        assert!(remote.starts_with("nothing is fetched"), "{remote}");
        let drive = help(Path::new("/srv/C:/libgreet.so"));
        assert_eq!(drive, "build it, or name another file");
    }

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
        let prefixed = Path::new("greet/target/debug/libgreet");
        let prefixed = told(&folder, prefixed).1;
        let named = help(&file::of(&folder.join("greet/greet")));
        let empty = told(&folder, Path::new("empty"));
        let text = told(&folder, Path::new("notes.yaml"));
        let misspelt = told(&folder.join("greet"), Path::new("target/debug/gret")).1;
        fs::remove_dir_all(&folder).expect("it is there");
        let library = file::of(Path::new("target/debug/greet"));
        let named_so = |before: &str| format!("is there: {before}{}", library.display());
        assert_eq!(beside.0, "greet is a folder, and no library");
        assert!(beside.1.ends_with(&named_so("greet/")), "{}", beside.1);
        assert!(inside.1.ends_with(&named_so("")), "{}", inside.1);
        assert!(here.1.ends_with(&named_so("./")), "{}", here.1);
        if DLL_PREFIX == "lib" {
            assert!(prefixed.ends_with(&named_so("greet/")), "{prefixed}");
        }
        let wanted = format!(
            "it is built as {}, beside that: name it so",
            library.display()
        );
        assert_eq!(named, wanted);
        assert_eq!(misspelt, format!("did you mean `{}`?", library.display()));
        assert_eq!(empty.1, "build it, or name another file");
        assert!(
            text.0.starts_with("notes.yaml is no library: "),
            "{}",
            text.0
        );
    }
}
