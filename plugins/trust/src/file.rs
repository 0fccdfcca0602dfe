//! The file that a plugin's path means.

use std::env::consts::{DLL_PREFIX, DLL_SUFFIX};
use std::path::{Path, PathBuf};

/// How libraries end, wherever they come from.
const ENDINGS: [&str; 3] = ["so", "dll", "dylib"];

/// The file of a path as written: what stands before and behind the names of libraries on this
/// machine is added, unless the path ends as a library does somewhere.
#[must_use]
pub fn of(path: &Path) -> PathBuf {
    let ending = path.extension().and_then(|ending| ending.to_str());
    let is_whole = ending.is_some_and(|ending| ENDINGS.contains(&ending));
    match path.file_name() {
        Some(name) if !is_whole => {
            let name = name.to_string_lossy();
            path.with_file_name(format!("{DLL_PREFIX}{name}{DLL_SUFFIX}"))
        }
        _ => path.to_owned(),
    }
}

/// The path as written with another library in its place, called as short as it may be.
pub(crate) fn beside(written: &str, library: &str) -> String {
    let folder = written
        .rfind(['/', '\\'])
        .map_or("", |end| &written[..=end]);
    let short = library.strip_prefix(DLL_PREFIX);
    let short = short.and_then(|name| name.strip_suffix(DLL_SUFFIX));
    let is_whole = of(Path::new(written)) == Path::new(written);
    match short.filter(|_| !is_whole) {
        Some(short) => format!("{folder}{short}"),
        None => format!("{folder}{library}"),
    }
}

#[cfg(test)]
mod tests {
    use std::env::consts::{DLL_PREFIX, DLL_SUFFIX};
    use std::path::Path;

    use super::{beside, of};

    #[test]
    fn what_all_libraries_have_here_is_added_once() {
        let here = format!("p/{DLL_PREFIX}books{DLL_SUFFIX}");
        assert_eq!(of(Path::new("p/books")), Path::new(&here));
        assert_eq!(of(Path::new(&here)), Path::new(&here));
        let dotted = format!("{DLL_PREFIX}books.v2{DLL_SUFFIX}");
        assert_eq!(of(Path::new("books.v2")), Path::new(&dotted));
    }

    #[test]
    fn a_library_of_another_system_keeps_its_name() {
        for path in ["p/libbooks.so", "p/books.dll", "libbooks.dylib"] {
            assert_eq!(of(Path::new(path)), Path::new(path));
        }
    }

    #[test]
    fn a_library_beside_another_is_written_as_that_was() {
        let library = format!("{DLL_PREFIX}books{DLL_SUFFIX}");
        assert_eq!(beside("../p/boks", &library), "../p/books");
        assert_eq!(beside("boks", &library), "books");
        let whole = format!("../p/{DLL_PREFIX}boks{DLL_SUFFIX}");
        assert_eq!(beside(&whole, &library), format!("../p/{library}"));
        assert_eq!(beside("./boks", "books.dll"), "./books.dll");
    }
}
