//! Which file a person meant by a path that leads to none.

use std::path::{Path, PathBuf};

use runsheet_diagnostics::{suggest, words};

use crate::console::Console;
use crate::disk;

/// How the name of a file ends that is read.
const ENDS: [&str; 2] = ["yaml", "yml"];

/// More are not named.
const NAMED: usize = 4;

/// Asks which file was meant, if nothing is there and the names of others are near.
pub(crate) fn asked(path: &Path, console: &Console) -> Option<String> {
    if console.resolve(path).exists() {
        return None;
    }
    let meant = files(path, console);
    let meant = meant.iter().take(NAMED).map(|path| path.display());
    let meant: Vec<String> = meant.map(|path| path.to_string()).collect();
    (!meant.is_empty()).then(|| format!("did you mean {}?", words::or_list(&meant)))
}

/// The files that were most likely meant: the same name with its end, or else those nearest to it.
fn files(path: &Path, console: &Console) -> Vec<PathBuf> {
    let is_file = |path: &Path| is_read(path) && console.resolve(path).is_file();
    let with = |end: &str| PathBuf::from(format!("{}.{end}", path.display()));
    if let Some(whole) = ENDS.map(with).into_iter().find(|whole| is_file(whole)) {
        return vec![whole];
    }
    let near = nearest(path, &is_file, console);
    match near.is_empty() && !is_read(path) {
        true => nearest(&with(ENDS[0]), &is_file, console),
        false => near,
    }
}

/// What is nearest to a path, its folders too.
fn nearest(path: &Path, fits: &dyn Fn(&Path) -> bool, console: &Console) -> Vec<PathBuf> {
    let (Some(folder), Some(name)) = (path.parent(), path.file_name()) else {
        return Vec::new();
    };
    let is_folder = |path: &Path| console.resolve(path).is_dir();
    if !is_folder(folder) {
        let folders = nearest(folder, &is_folder, console).into_iter();
        let inside = folders.flat_map(|folder| {
            let same = folder.join(name);
            match fits(&same) {
                true => vec![same],
                false => nearest(&same, fits, console),
            }
        });
        return inside.collect();
    }
    let names = disk::names(&console.resolve(folder));
    let fitting = names.iter().filter(|name| fits(&folder.join(name)));
    let near = suggest::all_nearest(&name.to_string_lossy(), fitting.map(String::as_str));
    near.into_iter().map(|name| folder.join(name)).collect()
}

fn is_read(path: &Path) -> bool {
    path.extension()
        .is_some_and(|it| ENDS.iter().any(|end| it == *end))
}
