//! What is taken from other files, and the names that it has in the one file.

use std::collections::{BTreeMap, BTreeSet};

use runsheet_diagnostics::source::Sources;
use runsheet_language::compose::paths;
use runsheet_language::document::{Entry, Node};
use runsheet_language::keys::{Takes, WORKFLOW, type_names};
use runsheet_language::parts::{Part, Parts};
use runsheet_step::Catalogue;

use super::guide::{Guide, Naming};
use super::{plugins, walk};

/// The keys of a whole workflow that matter to who calls it.
pub(crate) const CALLED: [&str; 7] = [
    "summary", "see", "inputs", "outputs", "defaults", "steps", "finally",
];

/// Something that another file offers.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Offer {
    /// The number of the file.
    pub(crate) file: usize,
    pub(crate) what: What,
}

/// What it offers.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum What {
    /// The type that stands at this place under `types:`.
    Type(usize),
    /// The causes that stand at this place under `causes:`.
    Causes(usize),
    /// The kind that stands at this place under `define:`.
    Define(usize),
    /// The plugin that stands at this place under `plugins:`.
    Plugin(usize),
    /// Itself.
    Whole,
}

impl What {
    /// The key under which it stands and its place there, unless it is the file itself.
    pub(crate) fn place(self) -> Option<(&'static str, usize)> {
        match self {
            What::Type(at) => Some(("types", at)),
            What::Causes(at) => Some(("causes", at)),
            What::Define(at) => Some(("define", at)),
            What::Plugin(at) => Some(("plugins", at)),
            What::Whole => None,
        }
    }
}

/// All names of all files.
pub(crate) struct Names<'p> {
    pub(crate) parts: &'p Parts,
    catalogue: &'p Catalogue,
    /// What stands before the dot in the names of a file's kinds and types.
    spaces: BTreeMap<usize, String>,
    /// The names of workflows that are called as a whole.
    wholes: BTreeMap<usize, String>,
    /// What is used of other files, in the order of these.
    pub(crate) used: BTreeSet<Offer>,
}

impl<'p> Names<'p> {
    pub(crate) fn of(parts: &'p Parts, sources: &Sources, catalogue: &'p Catalogue) -> Self {
        let mut names = Names {
            parts,
            catalogue,
            spaces: BTreeMap::new(),
            wholes: BTreeMap::new(),
            used: BTreeSet::new(),
        };
        names.give(sources);
        names.gather();
        let plugins = plugins::of_others(parts);
        names.used.extend(plugins);
        names
    }

    fn part(&self, file: usize) -> &'p Part {
        &self.parts.files[file]
    }

    /// The outermost map of a file.
    pub(crate) fn root(&self, file: usize) -> Option<Node<'p>> {
        self.part(file).document.root()
    }

    /// Gives every file a name: from the workflow's own outward, the files that each includes and
    /// then those whose paths its steps name.
    fn give(&mut self, sources: &Sources) {
        let main = self.parts.main();
        self.spaces.insert(main, String::new());
        let mut taken = self.taken();
        let mut queue = vec![main];
        let mut at = 0;
        while let Some(file) = queue.get(at).copied() {
            at += 1;
            let prefix = self.spaces.get(&file).cloned().unwrap_or_default();
            for (space, included) in &self.part(file).includes {
                let full = qualified(&prefix, space);
                if self.space(*included, full) {
                    queue.push(*included);
                }
            }
            for called in self.part(file).calls() {
                if self.wholes.contains_key(&called) {
                    continue;
                }
                let source = self.part(called).document.source();
                let name = unique(&stem(&sources.get(source).name), &taken);
                taken.insert(name.clone());
                if self.space(called, name.clone()) {
                    queue.push(called);
                }
                self.wholes.insert(called, name);
            }
        }
    }

    /// Gives a file a name, unless it has one.
    fn space(&mut self, file: usize, name: String) -> bool {
        let is_new = !self.spaces.contains_key(&file);
        self.spaces.entry(file).or_insert(name);
        is_new
    }

    /// The names that no file can have.
    fn taken(&self) -> BTreeSet<String> {
        let main = self.parts.main();
        let own = ["define", "types", "causes"].into_iter();
        let own = own.filter_map(|key| Some(self.root(main)?.get(key)?.value.entries()));
        let first = |name: &str| name.split('.').next().unwrap_or(name).to_owned();
        let own = own.flatten().map(|entry| first(entry.name()));
        let included = &self.part(main).includes;
        let included = included.iter().map(|(space, _)| space.to_string());
        let kinds = self.catalogue.kinds().map(|(kind, _)| kind.to_owned());
        own.chain(included).chain(kinds).collect()
    }

    /// Finds all that is used, and what that uses.
    fn gather(&mut self) {
        let main = self.parts.main();
        let mut todo: Vec<(usize, Node<'p>, Guide)> = Vec::new();
        if let Some(root) = self.root(main) {
            todo.push((main, root, workflow()));
        }
        while let Some((file, node, guide)) = todo.pop() {
            let mut found = BTreeSet::new();
            walk::named(node, guide, &mut |naming, node| {
                found.extend(self.meant(file, naming, node));
            });
            for offer in found {
                if offer.file != main && self.used.insert(offer) {
                    let within = self.within(offer).into_iter();
                    todo.extend(within.map(|(node, guide)| (offer.file, node, guide)));
                }
            }
        }
    }

    /// The values that make up what a file offers.
    fn within(&self, offer: Offer) -> Vec<(Node<'p>, Guide)> {
        let Some(root) = self.root(offer.file) else {
            return Vec::new();
        };
        if let Some((entry, guide)) = self.offer(offer) {
            return vec![(entry.value, guide)];
        }
        let entries = CALLED.iter().filter_map(|key| root.get(key));
        let entry = |entry: Entry<'p>| {
            let guide = workflow().under(root, entry.name());
            (entry.value, guide)
        };
        entries.map(entry).collect()
    }

    /// What a file offers under a name, and what may stand there.
    pub(crate) fn offer(&self, offer: Offer) -> Option<(Entry<'p>, Guide)> {
        let root = self.root(offer.file)?;
        let (key, at) = offer.what.place()?;
        let map = root.get(key)?.value;
        let entry = map.entries().nth(at)?;
        let guide = workflow().under(root, key).under(map, entry.name());
        Some((entry, guide))
    }

    /// What the names in a scalar lead to.
    fn meant(&self, file: usize, naming: Naming, node: Node<'_>) -> Vec<Offer> {
        let text = node.text().unwrap_or_default();
        match naming {
            Naming::Kind => self.kind(file, node).into_iter().collect(),
            Naming::Causes => self.of_causes(file, node).into_iter().collect(),
            Naming::Type => {
                let types = words(text).filter_map(|word| self.of_type(file, word));
                types.collect()
            }
            Naming::File => Vec::new(),
        }
    }

    fn kind(&self, file: usize, uses: Node<'_>) -> Option<Offer> {
        if let Some(file) = self.part(file).called(uses) {
            let what = What::Whole;
            return Some(Offer { file, what });
        }
        let name = uses.text()?;
        if self.catalogue.kind(name).is_some() {
            return None;
        }
        self.offered(file, "define", name, What::Define)
    }

    fn of_causes(&self, file: usize, node: Node<'_>) -> Option<Offer> {
        self.offered(file, "causes", node.text()?, What::Causes)
    }

    fn of_type(&self, file: usize, name: &str) -> Option<Offer> {
        if type_names().contains(&name) {
            return None;
        }
        self.offered(file, "types", name, What::Type)
    }

    /// What has that name in a file: its own, or of a file it includes.
    fn offered(
        &self,
        file: usize,
        key: &str,
        name: &str,
        what: fn(usize) -> What,
    ) -> Option<Offer> {
        let own = |file: usize, name: &str| {
            let mut entries = self.root(file)?.get(key)?.value.entries();
            let what = what(entries.position(|entry| entry.name() == name)?);
            Some(Offer { file, what })
        };
        if let Some(offer) = own(file, name) {
            return Some(offer);
        }
        let (space, rest) = name.split_once('.')?;
        let mut includes = self.part(file).includes.iter();
        let (_, included) = includes.find(|(named, _)| &**named == space)?;
        own(*included, rest)
    }

    /// The name that something has in the one file.
    pub(crate) fn full(&self, offer: Offer) -> Option<String> {
        if offer.what == What::Whole {
            return self.wholes.get(&offer.file).cloned();
        }
        let (entry, _) = self.offer(offer)?;
        if let What::Plugin(_) = offer.what {
            return Some(entry.name().to_owned());
        }
        Some(qualified(self.spaces.get(&offer.file)?, entry.name()))
    }

    /// A scalar that names something, as the one file says it; nothing where it says the same.
    pub(crate) fn renamed(&self, file: usize, naming: Naming, node: Node<'_>) -> Option<String> {
        let text = node.text()?;
        let new = match naming {
            Naming::Kind => self.full(self.kind(file, node)?)?,
            Naming::Causes => self.full(self.of_causes(file, node)?)?,
            Naming::Type => self.type_renamed(file, text),
            Naming::File => return None,
        };
        (new != text).then_some(new)
    }

    fn type_renamed(&self, file: usize, text: &str) -> String {
        let mut new = String::with_capacity(text.len());
        let mut done = 0;
        for word in words(text) {
            let start = word.as_ptr() as usize - text.as_ptr() as usize;
            let full = self.of_type(file, word).and_then(|offer| self.full(offer));
            if let Some(full) = full {
                new.push_str(&text[done..start]);
                new.push_str(&full);
                done = start + word.len();
            }
        }
        new.push_str(&text[done..]);
        new
    }
}

/// Where everything begins.
pub(crate) fn workflow() -> Guide {
    Guide::takes(Takes::Keys(|| &WORKFLOW))
}

fn qualified(space: &str, name: &str) -> String {
    match space {
        "" => name.to_owned(),
        space => format!("{space}.{name}"),
    }
}

/// The names in the name of a type: `list<post.office>`.
fn words(text: &str) -> impl Iterator<Item = &str> {
    let words = text.split(['<', '>', ' ']);
    words.filter(|word| !word.is_empty())
}

/// The file's name without folder and ending, as a name.
fn stem(path: &str) -> String {
    let stem = paths::stem(path);
    let plain = |c: char| match c.is_alphanumeric() || c == '_' {
        true => c,
        false => '-',
    };
    let name: String = stem.chars().map(plain).collect();
    match name.starts_with(char::is_alphabetic) {
        true => name,
        false => format!("workflow-{name}"),
    }
}

fn unique(name: &str, taken: &BTreeSet<String>) -> String {
    let mut unique = name.to_owned();
    let mut number = 2;
    while taken.contains(&unique) {
        unique = format!("{name}-{number}");
        number += 1;
    }
    unique
}
