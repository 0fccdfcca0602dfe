//! The texts there are: what is open in the editor, over what is on the disk.

use std::collections::BTreeMap;
use std::sync::Arc;

use runsheet_language::compose::{Files, Unreadable, paths};

use crate::position::Text;
use crate::tree::{Part, Tree};

/// Files that any thread may read.
pub type Disk = Arc<dyn Files + Send + Sync>;

/// How many files of a folder are looked at, and how deep folders are followed.
const MOST_FILES: usize = 2_000;
const DEPTH: usize = 8;

/// A text that is open in the editor.
#[derive(Clone, Debug)]
pub struct Buffer {
    /// The text.
    pub text: Text,
    /// Its version, as the editor counts.
    pub version: i32,
}

/// All texts by their paths.
#[derive(Clone)]
pub struct Store {
    /// What is open.
    pub open: BTreeMap<String, Buffer>,
    disk: Disk,
    /// The YAML files of the folders that are open, and the files that each of them names.
    links: BTreeMap<String, Vec<String>>,
}

impl Store {
    /// Nothing is open yet.
    #[must_use]
    pub fn new(disk: Disk) -> Store {
        Store {
            open: BTreeMap::new(),
            disk,
            links: BTreeMap::new(),
        }
    }

    /// The text of a file.
    #[must_use]
    pub fn text(&self, path: &str) -> Option<Text> {
        match self.open.get(path) {
            Some(buffer) => Some(buffer.text.clone()),
            None => self.disk.read(path).ok().map(Text::new),
        }
    }

    /// A file as a tree.
    #[must_use]
    pub fn tree(&self, path: &str) -> Option<Tree> {
        Some(Tree::parse(Files::read(self, path).ok()?))
    }

    /// Looks again which files there are, in a folder and all in it.
    pub fn look(&mut self, folders: &[String]) {
        let mut found = Vec::new();
        for folder in folders {
            self.walk(folder, 0, &mut found);
        }
        found.extend(self.open.keys().cloned());
        let links = found.into_iter().filter_map(|path| {
            let names = names(&path, &self.tree(&path)?);
            Some((path, names))
        });
        self.links = links.collect();
    }

    /// Takes up anew what one file names.
    pub fn relink(&mut self, path: &str, tree: &Tree) {
        self.links.insert(path.to_owned(), names(path, tree));
    }

    fn walk(&self, folder: &str, depth: usize, found: &mut Vec<String>) {
        for name in self.disk.list(folder) {
            let path = format!("{}/{name}", folder.trim_end_matches('/'));
            if found.len() >= MOST_FILES {
                return;
            }
            if is_yaml(&name) {
                found.push(path);
            } else if depth < DEPTH && !name.contains('.') && name != "target" {
                self.walk(&path, depth + 1, found);
            }
        }
    }

    /// All files that are known.
    pub fn files(&self) -> impl Iterator<Item = &str> {
        self.links.keys().map(String::as_str)
    }

    /// The files that a file names.
    #[must_use]
    pub fn named_by(&self, path: &str) -> &[String] {
        self.links.get(path).map_or(&[], Vec::as_slice)
    }

    /// The files that name a file, directly or through others; without itself.
    #[must_use]
    pub fn dependents(&self, path: &str) -> Vec<String> {
        let mut found: Vec<String> = Vec::new();
        let mut todo = vec![path.to_owned()];
        while let Some(target) = todo.pop() {
            for (file, names) in &self.links {
                let fresh = file != path && !found.contains(file);
                if fresh && names.contains(&target) {
                    found.push(file.clone());
                    todo.push(file.clone());
                }
            }
        }
        found.sort_unstable();
        found
    }
}

impl Files for Store {
    fn read(&self, path: &str) -> Result<Arc<str>, Unreadable> {
        match self.open.get(path) {
            Some(buffer) => Ok(Arc::clone(buffer.text.get())),
            None => self.disk.read(path),
        }
    }

    fn list(&self, folder: &str) -> Vec<String> {
        self.disk.list(folder)
    }
}

/// Whether a file is one that may be ours.
#[must_use]
pub fn is_yaml(name: &str) -> bool {
    name.ends_with(".yaml") || name.ends_with(".yml")
}

/// The files that a tree names: what it extends and includes, and workflows used as steps.
fn names(path: &str, tree: &Tree) -> Vec<String> {
    let mut found: Vec<String> = Vec::new();
    for id in tree.ids() {
        if let Some(text) = tree.scalar(id)
            && names_file(tree, id)
        {
            found.push(paths::beside(path, text));
        }
    }
    found.sort_unstable();
    found.dedup();
    found
}

/// Whether a scalar is the name of a file.
#[must_use]
pub fn names_file(tree: &Tree, id: crate::tree::Id) -> bool {
    let text = tree.scalar(id).unwrap_or_default();
    let is_path = text.starts_with("./") || text.starts_with("../") || text.starts_with('/');
    if tree.key(id) == Some("uses") {
        return is_path;
    }
    let way = tree.path(id);
    let key = |n: usize| match way.get(n) {
        Some(Part::Key(key)) => Some(key.as_str()),
        _ => None,
    };
    match (key(0), way.len()) {
        (Some("extends"), 1) => true,
        (Some("include"), 2) => true,
        (Some("include"), 3) => key(2) == Some("file"),
        _ => false,
    }
}
