//! Paths as text: what a file names is relative to that file, and `/` and `\\` both part folders.

/// The folder of a path, and the name after it; the folder of a name alone is empty.
#[must_use]
pub fn split(path: &str) -> (&str, &str) {
    match path.rfind(['/', '\\']) {
        Some(0) => ("/", &path[1..]),
        Some(at) => (&path[..at], &path[at + 1..]),
        None => ("", path),
    }
}

/// A file's name without folder and ending: what the file is called where nothing else is said, and
/// the space of the names that it brings to a file that includes it.
#[must_use]
pub fn stem(path: &str) -> &str {
    let (_, name) = split(path);
    name.split('.').next().unwrap_or(name)
}

/// Whether a path ends as files do: `.yaml`, and not as folders do.
pub(crate) fn has_ending(path: &str) -> bool {
    split(path).1.contains('.')
}

/// A path as it is seen from the folder in which `from` lies.
#[must_use]
pub fn beside(from: &str, path: &str) -> String {
    if is_absolute(path) {
        return plain(path);
    }
    let (folder, _) = split(from);
    match folder {
        "" => plain(path),
        folder => plain(&format!("{folder}/{path}")),
    }
}

fn is_absolute(path: &str) -> bool {
    let drive = path.as_bytes().get(1) == Some(&b':');
    path.starts_with(['/', '\\']) || drive
}

/// A path without `.` and with as few `..` as can be told from the text alone.
#[must_use]
pub fn plain(path: &str) -> String {
    let mut parts: Vec<&str> = Vec::new();
    for part in path.split(['/', '\\']) {
        match (part, parts.last()) {
            ("" | ".", _) => {}
            ("..", Some(last)) if *last != ".." => {
                parts.pop();
            }
            _ => parts.push(part),
        }
    }
    let root = if path.starts_with(['/', '\\']) {
        "/"
    } else {
        ""
    };
    format!("{root}{}", parts.join("/"))
}

/// How a file that lies beside `from` names the file at a path: the reverse of [`beside`]. A path
/// that has no way in common with `from` stays as it is.
#[must_use]
pub fn seen_from(from: &str, path: &str) -> String {
    let (from, path) = (plain(from), plain(path));
    let (folder, _) = split(&from);
    let folders: Vec<&str> = folder.split('/').filter(|part| !part.is_empty()).collect();
    let (there, name) = split(&path);
    let there: Vec<&str> = there.split('/').filter(|part| !part.is_empty()).collect();
    let pairs = folders.iter().zip(&there);
    let common = pairs.take_while(|(one, other)| one == other).count();
    let up = &folders[common..];
    if is_absolute(&from) != is_absolute(&path) || up.contains(&"..") {
        return path.clone();
    }
    let up = up.iter().map(|_| "..");
    let parts = up.chain(there[common..].iter().copied()).chain([name]);
    parts.collect::<Vec<_>>().join("/")
}

#[cfg(test)]
mod tests {
    use super::{beside, seen_from, split, stem};

    #[test]
    fn a_file_is_named_as_its_neighbour_would() {
        let table = [
            ("a.yaml", "b.yaml", "b.yaml"),
            ("w/a.yaml", "w/f/b.yaml", "f/b.yaml"),
            ("w/v/a.yaml", "w/b.yaml", "../b.yaml"),
            ("w/v/a.yaml", "f/b.yaml", "../../f/b.yaml"),
            ("/x/w/a.yaml", "/x/b.yaml", "../b.yaml"),
            ("w/a.yaml", "/x/b.yaml", "/x/b.yaml"),
            ("../w/a.yaml", "b.yaml", "b.yaml"),
            ("../w/a.yaml", "../b.yaml", "../b.yaml"),
        ];
        for (from, path, wanted) in table {
            assert_eq!(seen_from(from, path), wanted, "{path} from {from}");
        }
    }

    #[test]
    fn a_path_is_seen_from_the_file_that_names_it() {
        let table = [
            ("a.yaml", "b.yaml", "b.yaml"),
            ("w/a.yaml", "b.yaml", "w/b.yaml"),
            ("w/a.yaml", "./b.yaml", "w/b.yaml"),
            ("w/v/a.yaml", "../b.yaml", "w/b.yaml"),
            ("w/v/a.yaml", r"..\f\b.yaml", "w/f/b.yaml"),
            ("w/a.yaml", "../../b.yaml", "../b.yaml"),
            ("../a.yaml", "../b.yaml", "../../b.yaml"),
            ("/a.yaml", "b.yaml", "/b.yaml"),
            ("w/a.yaml", "/b.yaml", "/b.yaml"),
            (r"C:\w\a.yaml", "b.yaml", "C:/w/b.yaml"),
        ];
        for (from, path, wanted) in table {
            assert_eq!(beside(from, path), wanted, "{path} from {from}");
        }
    }

    #[test]
    fn a_path_is_a_folder_and_a_name() {
        assert_eq!(split("a/b/c"), ("a/b", "c"));
        assert_eq!(split("c"), ("", "c"));
        assert_eq!(split("/c"), ("/", "c"));
    }
    #[test]
    fn a_file_is_called_by_its_name_before_the_first_dot() {
        let paths = ["mail.yaml", "lib/mail.v2.yaml", r"..\lib\mail.yaml", "mail"];
        for path in paths {
            assert_eq!(stem(path), "mail", "{path}");
        }
        assert_eq!(stem("lib.d/"), "");
    }
}
