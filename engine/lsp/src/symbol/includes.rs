//! The files that a file includes.

use runsheet_language::compose::paths;

use crate::tree::Tree;

/// The files that a file includes, by the names of their kinds' space.
#[must_use]
pub fn includes(tree: &Tree) -> Vec<(String, String)> {
    let Some(list) = tree.get(Tree::ROOT, "include") else {
        return Vec::new();
    };
    let items = tree.children(list).iter();
    let named = items.filter_map(|item| {
        let file = tree
            .scalar(*item)
            .or_else(|| tree.scalar_of(*item, "file"))?;
        let named = tree.scalar_of(*item, "as");
        let space = named.unwrap_or_else(|| paths::stem(file));
        Some((space.to_owned(), file.to_owned()))
    });
    named.collect()
}
