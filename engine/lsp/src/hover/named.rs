//! What is said of things that have a name: steps, types, variables of hosts, files.

use runsheet_language::compose::paths;

use super::{Pointed, with};
use crate::steps::around;
use crate::symbol::{Gathered, Symbol, holds_vars};
use crate::tree::{Hit, Id, Tree};
use crate::wants::Sort;

impl Pointed<'_> {
    /// A step, by its kind and what its file says of it.
    pub(super) fn step(&self, symbol: &Symbol) -> Option<String> {
        let (tree, at) = self.home_of(symbol)?;
        let gathered = crate::steps::steps(&tree);
        let Hit::Value(id) = tree.at(at)? else {
            return None;
        };
        let step = around(&gathered, &tree, id)?;
        let kind = step.kind.as_deref().unwrap_or("a group");
        let words = format!("`{}`: {kind}", symbol.name());
        let doc = tree.scalar_of(step.node, "doc").map(str::to_owned);
        Some(with(words, doc))
    }

    /// A type, by what it is a name for and what it asks of hosts.
    pub(super) fn named_type(&self, written: &str, symbol: &Symbol) -> Option<String> {
        let (tree, at) = self.home_of(symbol)?;
        let Hit::Key(id) = tree.at(at)? else {
            return None;
        };
        let of = kind(&tree, id).unwrap_or("text");
        let doc = tree.scalar_of(id, "doc").map(str::to_owned);
        let mut words = with(format!("`{written}`: {of}"), doc);
        let vars = tree.get(id, "vars").into_iter();
        for (n, var) in vars.flat_map(|vars| tree.children(vars)).enumerate() {
            let name = tree.key(*var).unwrap_or_default();
            let of = kind(&tree, *var).unwrap_or("text");
            let before = if n == 0 { "\n\n" } else { "\n" };
            words.push_str(&format!("{before}- `{name}`: {of}"));
        }
        Some(words)
    }

    /// A variable of hosts, by the first workflow that asks for it.
    pub(super) fn var(&self, name: &str) -> Option<String> {
        let store = &self.session.store;
        store.files().find_map(|path| {
            let tree = store.tree(path)?;
            let mut ids = tree.ids().filter(|_| Sort::of(&tree) == Sort::Workflow);
            let asked = |id: &Id| {
                let map = tree.node(*id).parent;
                tree.key(*id) == Some(name) && map.is_some_and(|map| holds_vars(&tree, map))
            };
            let id = ids.find(asked)?;
            let words = format!("`{name}`: {}", kind(&tree, id)?);
            let words = with(words, tree.scalar_of(id, "doc").map(str::to_owned));
            let (_, file) = paths::split(path);
            Some(with(
                words,
                Some(format!("a variable that {file} asks hosts for")),
            ))
        })
    }

    /// A file, by what it is.
    pub(super) fn file(&self, path: &str) -> String {
        let (_, file) = paths::split(path);
        let Some(tree) = self.session.store.tree(path) else {
            return format!("`{file}` is not there");
        };
        let name = tree.scalar_of(Tree::ROOT, "name");
        let what = match (Sort::of(&tree), name) {
            (Sort::Site, Some(name)) => format!("`{file}`: the site {name}"),
            (Sort::Overlay, Some(name)) => format!("`{file}`: the overlay {name}"),
            (Sort::Workflow, Some(name)) => format!("`{file}`: the workflow {name}"),
            _ => format!("`{file}`"),
        };
        let summary = tree.scalar_of(Tree::ROOT, "summary").map(str::to_owned);
        let mut words = with(what, summary);
        for key in ["define", "types", "causes"] {
            let all = tree.get(Tree::ROOT, key).into_iter();
            let names = all.flat_map(|all| tree.children(all));
            let names: Vec<String> = names
                .filter_map(|one| Some(format!("`{}`", tree.key(*one)?)))
                .collect();
            if !names.is_empty() {
                words = with(words, Some(format!("{key}: {}", names.join(", "))));
            }
        }
        words
    }

    /// The workflows of a name, in an overlay that is for them.
    pub(super) fn workflows(&self, id: Id) -> Option<String> {
        let tree = self.gathered.tree;
        let mut way = tree.upward(id).filter_map(|id| tree.key(id));
        (way.next() == Some("applies_to") && Sort::of(tree) == Sort::Overlay).then_some(())?;
        let name = tree.scalar(id)?;
        let all = self.session.store.workflows();
        let own = all.filter(|(_, own)| *own == name);
        let words: Vec<String> = own.map(|(path, _)| self.file(path)).collect();
        match words.is_empty() {
            true => Some(format!("no workflow here is called `{name}`")),
            false => Some(words.join("\n\n")),
        }
    }

    /// The file that something is at home in, and the byte where it gets its name.
    pub(super) fn home_of(&self, symbol: &Symbol) -> Option<(Tree, usize)> {
        let home = symbol.home()?;
        let tree = match home == self.gathered.path {
            true => self.gathered.tree.clone(),
            false => self.session.store.tree(home)?,
        };
        let there = Gathered::of(home, &tree, &self.session.store, self.session.tables(home));
        let mut all = there.all.iter();
        let place = all.find(|one| one.symbol == *symbol && one.defines)?;
        let at = place.range.start;
        Some((tree, at))
    }
}

/// The type that is written at an input, a type or a variable.
fn kind(tree: &Tree, id: Id) -> Option<&str> {
    tree.scalar(id).or(tree.scalar_of(id, "type"))
}
