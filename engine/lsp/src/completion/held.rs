//! What steps hold while they act: the pools and locks that a file and its bases name already.

use runsheet_language::compose::paths;

use super::Asked;
use crate::symbol::Views;
use crate::tree::{Id, Tree};

/// Names, each with what else is known of it.
type Named = Vec<(String, String)>;

/// The names of pools, each with the size that it has and the file that says it first.
pub(super) fn pools(asked: &Asked<'_>) -> Named {
    let pools = |tree: &Tree, id: Id| {
        let held = tree.children(id).iter().filter_map(|pool| {
            let name = tree.key(*pool).filter(|name| is_name(name))?;
            let size = tree.scalar(*pool).filter(|size| !size.is_empty())?;
            Some((name.to_owned(), size.to_owned()))
        });
        held.collect()
    };
    named(asked, "pool", pools)
}

/// The names of locks, each with the file that says it first.
pub(super) fn locks(asked: &Asked<'_>) -> Named {
    let locks = |tree: &Tree, id: Id| {
        let all = [id].into_iter().chain(tree.children(id).iter().copied());
        let names = all.filter(|id| tree.scalar(*id).is_some_and(is_name));
        let names = names.filter(|id| tree.key(*id).is_none_or(|key| !key.starts_with('$')));
        names
            .filter_map(|id| Some((tree.scalar(id)?.to_owned(), String::new())))
            .collect()
    };
    named(asked, "lock", locks)
}

/// Whether it is a name, and not one that is being typed.
fn is_name(text: &str) -> bool {
    let own = |c: char| c.is_alphanumeric() || matches!(c, '-' | '_' | '.');
    !text.is_empty() && text.chars().all(own) && !matches!(text, "host" | "none")
}

/// What is found under a key, wherever it stands; each name once.
fn named(asked: &Asked<'_>, key: &str, under: impl Fn(&Tree, Id) -> Named) -> Named {
    let store = &asked.session.store;
    let mut found: Named = Vec::new();
    let mut look = |path: &str, tree: &Tree| {
        let (_, file) = paths::split(path);
        for id in tree.ids().filter(|id| tree.key(*id) == Some(key)) {
            for (name, more) in under(tree, id) {
                if found.iter().all(|(known, _)| *known != name) {
                    let more = if more.is_empty() { more } else { more + " " };
                    found.push((name, format!("{more}of {file}")));
                }
            }
        }
    };
    look(asked.path, &asked.tree);
    for path in Views::new(store).within(asked.path, &asked.tree).bases {
        if let Some(tree) = store.tree(&path) {
            look(&path, &tree);
        }
    }
    found
}
