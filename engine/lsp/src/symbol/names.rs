//! What can be named in a file: what it says itself, and what those say that it extends, includes,
//! or is laid over.

use std::collections::{BTreeMap, BTreeSet};
use std::rc::Rc;

use runsheet_language::compose::paths;

use super::Owner;
use super::includes::includes;
use crate::steps::{Scope, Step, steps};
use crate::store::{Store, is_path};
use crate::tree::Tree;

/// How many files may extend each other.
const CHAIN: usize = 16;

/// A step, by what it is called in its scope.
type Key = (Scope, String);

/// A step that can be named.
#[derive(Clone, Debug)]
pub struct Home {
    /// The file that has it first.
    pub file: String,
    /// What it is called there.
    pub dotted: String,
    /// Whether it has another name since; the patch that gives it still knows this one.
    pub is_old: bool,
    /// Its kind as written.
    pub kind: Option<String>,
    /// Who has the inputs that its `with:` gives, if that is no built-in kind.
    pub call: Option<Owner>,
    /// The name of its items.
    pub item: Option<String>,
    /// Whether it takes failures for successes.
    pub accepts: bool,
}

/// What can be named in a file.
#[derive(Clone, Debug, Default)]
pub struct Names {
    /// The files that it extends or is laid over, nearest first, without itself.
    pub bases: Vec<String>,
    /// The steps, by scope and by what they are called.
    pub homes: BTreeMap<(Scope, String), Home>,
    /// The inputs of the workflow, with the file that declares each of them first.
    pub inputs: BTreeMap<String, String>,
    /// Kinds that are made of steps, with the file that defines each of them.
    pub defines: BTreeMap<String, String>,
    /// Types, with the file that names them.
    pub types: BTreeMap<String, String>,
    /// Causes, with the file that names them.
    pub causes: BTreeMap<String, String>,
    /// The files that are included, by the names of their space.
    pub spaces: BTreeMap<String, String>,
}

impl Names {
    /// The file that has what a name means under one of these keys, and its own name there.
    #[must_use]
    pub fn at_home(&self, own: &BTreeMap<String, String>, name: &str) -> Option<(String, String)> {
        let own = || Some((own.get(name)?.clone(), name.to_owned()));
        let (space, rest) = name.split_once('.').unwrap_or_default();
        let of_space = self.spaces.get(space);
        of_space.map_or_else(own, |file| Some((file.clone(), rest.to_owned())))
    }

    /// Who has the inputs that the `with:` of a step of this kind gives.
    fn called(&self, path: &str, kind: &str) -> Option<Owner> {
        if is_path(kind) {
            let file = paths::beside(path, kind);
            return Some(Owner { file, define: None });
        }
        let (file, name) = self.at_home(&self.defines, kind)?;
        let define = Some(name);
        Some(Owner { file, define })
    }

    /// Takes up what another has too; what is there already stays.
    fn join(&mut self, other: &Names) {
        fn all<K: Ord + Clone, V: Clone>(own: &mut BTreeMap<K, V>, other: &BTreeMap<K, V>) {
            for (key, value) in other {
                own.entry(key.clone()).or_insert_with(|| value.clone());
            }
        }
        all(&mut self.homes, &other.homes);
        all(&mut self.inputs, &other.inputs);
        all(&mut self.defines, &other.defines);
        all(&mut self.types, &other.types);
        all(&mut self.causes, &other.causes);
        all(&mut self.spaces, &other.spaces);
    }

    /// Takes up what a file says itself.
    fn take(&mut self, path: &str, tree: &Tree) {
        let spaces = includes(tree).into_iter();
        let spaces = spaces.map(|(space, file)| (space, paths::beside(path, &file)));
        self.spaces.extend(spaces);
        let under = |map, key| {
            let all = tree.get(map, key).into_iter();
            let names = all.flat_map(|all| tree.children(all));
            names.map(|one| tree.key(*one).unwrap_or_default().to_owned())
        };
        let own = |key| under(Tree::ROOT, key).map(|name| (name, path.to_owned()));
        self.defines.extend(own("define"));
        self.types.extend(own("types"));
        self.causes.extend(own("causes"));
        let patch = tree.get(Tree::ROOT, "patch");
        for map in [Some(Tree::ROOT), patch].into_iter().flatten() {
            for name in under(map, "inputs") {
                self.inputs.entry(name).or_insert_with(|| path.to_owned());
            }
        }
        let steps = steps(tree);
        for step in &steps {
            self.step(path, tree, step);
        }
        self.rename(tree, &steps);
    }

    fn step(&mut self, path: &str, tree: &Tree, step: &Step) {
        let call = step.kind.as_ref().map(|kind| self.called(path, kind));
        let home = self.homes.entry((step.scope.clone(), step.dotted.clone()));
        let home = home.or_insert_with(|| Home {
            file: path.to_owned(),
            dotted: step.dotted.clone(),
            is_old: false,
            kind: None,
            call: None,
            item: None,
            accepts: false,
        });
        home.accepts |= tree.get(step.node, "accept").is_some();
        if let Some(call) = call {
            home.kind.clone_from(&step.kind);
            home.call = call;
        }
        if let Some((range, _)) = &step.item {
            home.item = Some(tree.text[range.clone()].to_owned());
        }
    }

    /// Gives steps the names that a patch gives them, beside those that it knows them by.
    fn rename(&mut self, tree: &Tree, steps: &[Step]) {
        let renamed = renames(tree, steps);
        if renamed.is_empty() {
            return;
        }
        let old = self.homes.clone();
        for ((scope, dotted), home) in old {
            let now = now(&renamed, &scope, &dotted);
            if now == dotted {
                continue;
            }
            let key = (scope.clone(), dotted);
            if let Some(old) = self.homes.get_mut(&key) {
                old.is_old = true;
            }
            // Where two take each other's name, the patch itself goes by the old ones.
            let is_old = false;
            let fresh = Home { is_old, ..home };
            self.homes.entry((scope, now)).or_insert(fresh);
        }
    }

    /// What those see that come after a file: steps go by their new names alone.
    fn after(&self, tree: &Tree) -> Names {
        let mut names = self.clone();
        let steps = steps(tree);
        let renamed = renames(tree, &steps);
        if renamed.is_empty() {
            return names;
        }
        let old = self.homes.iter().filter(|(_, home)| home.is_old);
        let old: Vec<(Key, Home)> = old.map(|(key, home)| (key.clone(), home.clone())).collect();
        names.homes.retain(|_, home| !home.is_old);
        for ((scope, dotted), home) in old {
            let now = now(&renamed, &scope, &dotted);
            let is_old = false;
            names.homes.insert((scope, now), Home { is_old, ..home });
        }
        names
    }
}

/// A scope, the old name of a step in it, and its new id.
type Renamed<'r> = (&'r Scope, &'r str, &'r str);

/// What the patch of a file renames.
fn renames<'r>(tree: &'r Tree, steps: &'r [Step]) -> Vec<Renamed<'r>> {
    let renamed = steps.iter().filter_map(|step| {
        let to = tree.scalar_of(step.node, "$rename")?;
        Some((&step.scope, step.dotted.as_str(), to))
    });
    renamed.collect()
}

/// What a step is called after some renames, each of which says the old names of all above it.
fn now(renamed: &[Renamed<'_>], scope: &Scope, dotted: &str) -> String {
    let mut end = 0;
    let parts = dotted.split('.').map(|part| {
        end += part.len();
        let before = &dotted[..end];
        end += 1;
        let to = renamed
            .iter()
            .find(|(of, old, _)| *of == scope && *old == before);
        to.map_or(part, |(_, _, to)| to)
    });
    parts.collect::<Vec<&str>>().join(".")
}

/// Looks up what can be named in files, each file once.
pub struct Views<'s> {
    store: &'s Store,
    known: BTreeMap<String, Rc<Names>>,
    /// Those that are being looked at, for files that extend each other in a circle.
    busy: BTreeSet<String>,
}

impl<'s> Views<'s> {
    /// Nothing is looked up yet.
    #[must_use]
    pub fn new(store: &'s Store) -> Views<'s> {
        Views {
            store,
            known: BTreeMap::new(),
            busy: BTreeSet::new(),
        }
    }

    /// What can be named in a file that reads so.
    #[must_use]
    pub fn within(&mut self, path: &str, tree: &Tree) -> Names {
        let mut names = Names::default();
        self.busy.insert(path.to_owned());
        // What an overlay is laid over is to it what a base is to a variant.
        let mut bases = self.store.under(path);
        let extends = tree.scalar_of(Tree::ROOT, "extends");
        bases.extend(extends.map(|name| paths::beside(path, name)));
        for base in bases {
            if self.busy.contains(&base) || self.busy.len() > CHAIN {
                continue;
            }
            let below = self.behind(&base);
            names.join(&below);
            for file in [&base].into_iter().chain(&below.bases) {
                if !names.bases.contains(file) {
                    names.bases.push(file.clone());
                }
            }
        }
        names.take(path, tree);
        self.busy.remove(path);
        names
    }

    /// What can be named in files that come after a file.
    #[must_use]
    pub fn behind(&mut self, path: &str) -> Rc<Names> {
        if let Some(known) = self.known.get(path) {
            return Rc::clone(known);
        }
        let tree = self.store.tree(path);
        let names = tree.map(|tree| self.within(path, &tree).after(&tree));
        let names = Rc::new(names.unwrap_or_default());
        self.known.insert(path.to_owned(), Rc::clone(&names));
        names
    }
}
