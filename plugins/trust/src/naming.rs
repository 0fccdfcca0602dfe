//! Which plugins are named: each file once, however many files name it by however many paths.

use std::path::{Path, PathBuf};

use runsheet_diagnostics::source::Sources;
use runsheet_language::compose::paths;
use runsheet_language::plugins::{Isolation, NamedPlugin};

use crate::entry::Entry;
use crate::user::User;
use crate::{file, lock};

/// Each named file once, those of a person's own first.
pub(crate) fn entries<'n>(
    user: &'n User,
    root: &'n Path,
    named: &'n [NamedPlugin],
    sources: &Sources,
) -> Vec<Entry<'n>> {
    let of_user = user.plugins.iter().map(|one| of_user(user, root, one));
    let of_files = named.iter().map(|one| of_file(root, one, sources));
    let mut entries: Vec<(PathBuf, Entry<'_>)> = Vec::new();
    for entry in of_user.chain(of_files) {
        let place = place(&entry.path);
        let known = entries
            .iter_mut()
            .find(|(known, it)| *known == place && it.named.name == entry.named.name);
        match known {
            Some((_, known)) => merge(known, entry),
            None => entries.push((place, entry)),
        }
    }
    entries.into_iter().map(|(_, entry)| entry).collect()
}

fn of_user<'n>(user: &'n User, root: &'n Path, named: &'n NamedPlugin) -> Entry<'n> {
    let path = user.folder().join(&*named.file);
    let shown = path.display().to_string();
    let file = user.file.as_deref();
    let naming = file.map_or_else(String::new, |file| file.display().to_string());
    Entry {
        named,
        isolation: named.isolation,
        take: take(&shown, user.folder(), &naming, root),
        shown,
        path,
        folder: user.folder().to_owned(),
        user: file,
        also: None,
        root,
    }
}

fn of_file<'n>(root: &'n Path, named: &'n NamedPlugin, sources: &Sources) -> Entry<'n> {
    let shown = named.path(sources);
    let naming = &sources.get(named.span.source).name;
    let folder = root.join(paths::split(naming).0);
    Entry {
        named,
        isolation: named.isolation,
        path: root.join(&shown),
        take: take(&shown, &folder, naming, root),
        folder,
        shown,
        user: None,
        also: None,
        root,
    }
}

/// The command that takes a plugin for the file that names it: that says which file where another
/// lock holds for it than for the folder people are in.
fn take(shown: &str, folder: &Path, naming: &str, root: &Path) -> String {
    let command = command(shown);
    let lock = |folder: &Path| lock::around(folder).unwrap_or_else(|| folder.join(lock::NAME));
    match place(&lock(folder)) == place(&lock(root)) {
        true => command,
        false => format!("{command} -w {}", quoted(naming)),
    }
}

/// The command that takes a plugin for the folder people are in.
pub(crate) fn command(shown: &str) -> String {
    format!("runsheet plugin add {}", quoted(shown))
}

/// A path as it is typed: in quotes where a shell would take it for several words.
pub(crate) fn quoted(path: &str) -> String {
    match path.contains(char::is_whitespace) {
        true => format!("\"{path}\""),
        false => path.to_owned(),
    }
}

/// The one path of the file that a path means.
fn place(path: &Path) -> PathBuf {
    let whole = file::of(path);
    let folder = whole.parent().and_then(|folder| folder.canonicalize().ok());
    match (folder, whole.file_name()) {
        (Some(folder), Some(name)) => folder.join(name),
        _ => PathBuf::from(paths::plain(&whole.to_string_lossy())),
    }
}

/// Takes up that a plugin is named once more. What keeps it apart outranks what does not, and what
/// a person's own file says or leaves open is not loosened by others.
fn merge<'n>(known: &mut Entry<'n>, other: Entry<'n>) {
    known.is_named_too(&other);
    match (known.isolation, other.isolation) {
        (_, None) | (Some(Isolation::Process), _) => {}
        (_, Some(Isolation::Process)) => known.isolation = Some(Isolation::Process),
        (Some(Isolation::None), Some(Isolation::None)) => {}
        (None, Some(Isolation::None)) if known.user.is_some() => {}
        // It is told where it stands.
        (None, Some(Isolation::None)) => *known = other,
    }
}

#[cfg(test)]
#[path = "tests/naming.rs"]
mod tests;
