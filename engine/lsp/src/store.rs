//! The texts there are: what is open in the editor, over what is on the disk.

use std::collections::BTreeMap;
use std::sync::Arc;

use runsheet_language::compose::{Files, Unreadable, paths};

use crate::plugins::{Driver, Plugins};
use crate::position::Text;
use crate::tree::{Part, Tree};
use crate::wants::Sort;

/// Files that any thread may read.
pub type Disk = Arc<dyn Files + Send + Sync>;

/// How many files of a folder are looked at, and how deep folders are followed.
const MOST_FILES: usize = 2_000;
const DEPTH: usize = 8;

/// How many workflows may extend each other.
const CHAIN: usize = 16;

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
    /// Who knows plugins; nobody: there are none.
    pub plugins: Option<Plugins>,
    /// The drivers that every site file can name.
    pub drivers: Vec<Driver>,
    disk: Disk,
    /// The YAML files of the folders that are open, and what each of them names.
    links: BTreeMap<String, Links>,
}

/// What a file says of itself and of others.
#[derive(Clone, Debug, Default)]
pub struct Links {
    /// The files it names.
    names: Vec<String>,
    /// The one of them that it extends.
    extends: Option<String>,
    /// What it is called, if it is a workflow.
    name: Option<String>,
    /// The workflows that it is laid over, if it is an overlay.
    applies_to: Vec<String>,
    /// What it is.
    sort: Option<Sort>,
    /// What it says of plugins, as it is written.
    plugins: Option<String>,
}

impl Store {
    /// Nothing is open yet.
    #[must_use]
    pub fn new(disk: Disk) -> Store {
        Store {
            open: BTreeMap::new(),
            plugins: None,
            drivers: Vec::new(),
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
            let links = Links::of(&path, &self.tree(&path)?);
            Some((path, links))
        });
        self.links = links.collect();
    }

    /// Takes up anew what one file names; gives whether it says something else of plugins now.
    pub fn relink(&mut self, path: &str, links: Links) -> bool {
        let plugins = links.plugins.clone();
        let before = self.links.insert(path.to_owned(), links);
        before.and_then(|links| links.plugins) != plugins
    }

    /// The files of a sort that name plugins.
    pub fn with_plugins(&self, sort: Sort) -> impl Iterator<Item = &str> {
        let all = self.links.iter();
        let all = all.filter(move |(_, links)| links.sort == Some(sort) && links.plugins.is_some());
        all.map(|(path, _)| path.as_str())
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

    /// What a file is, as far as it says.
    #[must_use]
    pub fn sort_of(&self, path: &str) -> Option<Sort> {
        self.links.get(path)?.sort
    }

    /// The files that a file names.
    #[must_use]
    pub fn named_by(&self, path: &str) -> &[String] {
        self.links.get(path).map_or(&[], |links| &links.names)
    }

    /// The files that name a file, directly or through others; without itself.
    #[must_use]
    pub fn dependents(&self, path: &str) -> Vec<String> {
        let mut found: Vec<String> = Vec::new();
        let mut todo = vec![path.to_owned()];
        while let Some(target) = todo.pop() {
            for (file, links) in &self.links {
                let fresh = file != path && !found.contains(file);
                let lies_over = || links.is_overlay() && self.is_called(&target, links);
                if fresh && (links.names.contains(&target) || lies_over()) {
                    found.push(file.clone());
                    todo.push(file.clone());
                }
            }
        }
        found.sort_unstable();
        found
    }

    /// The workflows there are, with what each is called.
    pub fn workflows(&self) -> impl Iterator<Item = (&str, &str)> {
        let all = self.links.iter();
        all.filter_map(|(path, links)| Some((path.as_str(), links.name.as_deref()?)))
    }

    /// The workflows that an overlay is for: those that are called so before those that extend
    /// one that is. One that says nothing of it is for nobody in particular.
    #[must_use]
    pub fn under(&self, overlay: &str) -> Vec<String> {
        let Some(links) = self.links.get(overlay).filter(|links| links.is_overlay()) else {
            return Vec::new();
        };
        let all = self
            .workflows()
            .filter(|(path, _)| self.is_called(path, links));
        let (own, of_bases): (Vec<_>, Vec<_>) =
            all.partition(|(_, name)| links.applies_to.iter().any(|to| to == name));
        let all = own.into_iter().chain(of_bases);
        all.map(|(path, _)| path.to_owned()).collect()
    }

    /// Whether a workflow, or one that it extends, is one that an overlay is for.
    fn is_called(&self, workflow: &str, overlay: &Links) -> bool {
        let mut at = self.links.get(workflow);
        for _ in 0..CHAIN {
            let Some(links) = at else { return false };
            if links
                .name
                .as_ref()
                .is_some_and(|name| overlay.applies_to.contains(name))
            {
                return true;
            }
            at = links.extends.as_ref().and_then(|base| self.links.get(base));
        }
        false
    }
}

impl Links {
    /// What a file says, by its tree.
    #[must_use]
    pub fn of(path: &str, tree: &Tree) -> Links {
        let scalar = |key: &str| tree.scalar_of(Tree::ROOT, key).map(str::to_owned);
        let sort = Sort::of(tree);
        let to = tree
            .get(Tree::ROOT, "applies_to")
            .filter(|_| sort == Sort::Overlay);
        let to = to.into_iter().flat_map(|to| match tree.scalar(to) {
            Some(_) => vec![to],
            None => tree.children(to).to_vec(),
        });
        let has_steps = ["steps", "extends"]
            .iter()
            .any(|key| tree.get(Tree::ROOT, key).is_some());
        Links {
            names: names(path, tree),
            extends: scalar("extends").map(|base| paths::beside(path, &base)),
            name: scalar("name").filter(|_| sort == Sort::Workflow && has_steps),
            applies_to: to
                .filter_map(|to| tree.scalar(to).map(str::to_owned))
                .collect(),
            sort: Some(sort),
            plugins: tree
                .get(Tree::ROOT, "plugins")
                .map(|id| tree.text[tree.node(id).span.clone()].to_owned()),
        }
    }

    fn is_overlay(&self) -> bool {
        !self.applies_to.is_empty()
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

/// Whether what `uses:` says is the path of a workflow, and no kind.
#[must_use]
pub fn is_path(kind: &str) -> bool {
    ["./", "../", "/"]
        .iter()
        .any(|start| kind.starts_with(start))
}

/// Whether a scalar is the name of a file.
#[must_use]
pub fn names_file(tree: &Tree, id: crate::tree::Id) -> bool {
    if tree.key(id) == Some("uses") {
        return is_path(tree.scalar(id).unwrap_or_default());
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
