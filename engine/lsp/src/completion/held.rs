//! What steps hold while they act: the pools and locks that are named already.

use runsheet_language::compose::paths;

use super::Asked;
use crate::symbol::{Views, names_held};
use crate::tree::{Id, Tree};

/// Names, each with what else is known of it.
type Named = Vec<(String, String)>;

/// The names of pools of a file and its bases, each with the size that it has and the file that
/// says it first.
pub(super) fn pools(asked: &Asked<'_>) -> Named {
    let pools = |tree: &Tree, id: Id| {
        let held = tree.children(id).iter().filter_map(|pool| {
            let name = tree.key(*pool).filter(|name| names_held(name))?;
            let size = tree.scalar(*pool).filter(|size| !size.is_empty())?;
            Some((name.to_owned(), size.to_owned()))
        });
        held.collect()
    };
    named(asked, bases(asked), &["pool"], pools)
}

/// The names of locks, each with the file that says it first: those of a file and its bases before
/// those of other files of the open folder, since a lock holds across runs.
pub(super) fn locks(asked: &Asked<'_>) -> Named {
    let locks = |tree: &Tree, id: Id| {
        let all = [id].into_iter().chain(tree.children(id).iter().copied());
        let names = all.filter(|id| tree.scalar(*id).is_some_and(names_held));
        let names = names.filter(|id| tree.key(*id).is_none_or(|key| !key.starts_with('$')));
        names
            .filter_map(|id| Some((tree.scalar(id)?.to_owned(), String::new())))
            .collect()
    };
    let mut files = bases(asked);
    files.extend(asked.session.store.files().map(str::to_owned));
    named(asked, files, &["lock", "exclusive"], locks)
}

/// The files that this one is made of or laid over.
fn bases(asked: &Asked<'_>) -> Vec<String> {
    let mut views = Views::new(&asked.session.store);
    views.within(asked.path, &asked.tree).bases
}

/// What is found under keys in this file and others, wherever it stands; each name once.
fn named(
    asked: &Asked<'_>,
    files: Vec<String>,
    keys: &[&str],
    under: impl Fn(&Tree, Id) -> Named,
) -> Named {
    let mut found: Named = Vec::new();
    let mut look = |path: &str, tree: &Tree| {
        let (_, file) = paths::split(path);
        let is_key = |id: &Id| tree.key(*id).is_some_and(|key| keys.contains(&key));
        for id in tree.ids().filter(is_key) {
            for (name, more) in under(tree, id) {
                if found.iter().all(|(known, _)| *known != name) {
                    let more = if more.is_empty() { more } else { more + " " };
                    found.push((name, format!("{more}of {file}")));
                }
            }
        }
    };
    look(asked.path, &asked.tree);
    for path in files.iter().filter(|path| *path != asked.path) {
        if let Some(tree) = asked.session.store.tree(path) {
            look(path, &tree);
        }
    }
    found
}
