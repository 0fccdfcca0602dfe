//! Every name of a file, with what it means there.

mod expressions;

use std::collections::BTreeMap;
use std::ops::Range;

use runsheet_language::compose::paths;
use runsheet_language::keys::Takes;
use runsheet_step::shape::Type;

use super::includes::included;
use super::{Occurrence, Owner, Symbol};
use crate::pieces::{pieces, references};
use crate::steps::{Scope, Step, meanings, steps};
use crate::store::{Store, names_file};
use crate::tree::{Id, Tree};
use crate::wants::{Sort, Tables, Wants};

/// How many files may extend each other.
const CHAIN: usize = 16;

/// A file with all names in it.
pub struct Gathered<'g> {
    /// Its path.
    pub path: &'g str,
    /// Its tree.
    pub tree: &'g Tree,
    /// Its steps.
    pub steps: Vec<Step>,
    /// Every name.
    pub all: Vec<Occurrence>,
    /// The steps that can be named, with the file that has each of them first.
    pub homes: BTreeMap<(Scope, String), String>,
    /// The inputs of the workflow, with the file that declares each of them first.
    inputs: BTreeMap<String, String>,
    by_node: BTreeMap<Id, usize>,
    chain: Vec<String>,
}

impl<'g> Gathered<'g> {
    /// Looks at a file.
    #[must_use]
    pub fn of(path: &'g str, tree: &'g Tree, store: &Store, tables: Tables<'_>) -> Self {
        let mut gathered = Gathered {
            path,
            tree,
            steps: steps(tree),
            all: Vec::new(),
            homes: BTreeMap::new(),
            inputs: BTreeMap::new(),
            by_node: BTreeMap::new(),
            chain: Vec::new(),
        };
        gathered.bases(store);
        let own = gathered.steps.iter().enumerate();
        gathered.by_node = own.map(|(n, step)| (step.node, n)).collect();
        if Sort::of(tree) == Sort::Site {
            gathered.site();
        } else {
            gathered.definitions();
            tables.walk(tree, &mut |id, wants| gathered.place(id, wants, tables));
            gathered.directives();
        }
        gathered.all.sort_by_key(|one| one.range.start);
        gathered.all.dedup();
        gathered
    }

    /// This file and those it extends, or is laid over, nearest first.
    #[must_use]
    pub fn chain(&self) -> &[String] {
        &self.chain
    }

    /// What stands at a byte.
    #[must_use]
    pub fn at(&self, byte: usize) -> Option<&Occurrence> {
        let holds = |one: &&Occurrence| one.range.start <= byte && byte <= one.range.end;
        self.all.iter().rev().find(holds)
    }

    /// The step that a node stands in.
    #[must_use]
    pub fn around(&self, node: Id) -> Option<&Step> {
        let mut way = self.tree.upward(node);
        way.find_map(|id| self.by_node.get(&id).map(|n| &self.steps[*n]))
    }

    /// Takes up what this file and those it extends have; the first that has a name is its home.
    fn bases(&mut self, store: &Store) {
        let base = |path: &str, tree: &Tree| {
            let name = tree.scalar_of(Tree::ROOT, "extends")?;
            Some(paths::beside(path, name))
        };
        let mut chain = vec![(self.path.to_owned(), None)];
        // What an overlay is laid over is to it what a base is to a variant.
        let mut below = store.under(self.path);
        below.extend(base(self.path, self.tree));
        while let Some(path) = below.pop() {
            let known = chain.iter().any(|(other, _)| *other == path);
            let Some(tree) = store.tree(&path).filter(|_| !known && chain.len() < CHAIN) else {
                continue;
            };
            below.extend(base(&path, &tree));
            chain.push((path, Some(tree)));
        }
        self.chain = chain.iter().map(|(path, _)| path.clone()).collect();
        for (path, tree) in chain.into_iter().rev() {
            let tree = tree.as_ref().unwrap_or(self.tree);
            for step in steps(tree) {
                let home = self.homes.entry((step.scope, step.dotted));
                home.or_insert_with(|| path.clone());
            }
            let patch = tree.get(Tree::ROOT, "patch");
            for map in [Some(Tree::ROOT), patch].into_iter().flatten() {
                let inputs = tree.get(map, "inputs").into_iter();
                for input in inputs.flat_map(|inputs| tree.children(inputs)) {
                    let name = tree.key(*input).unwrap_or_default().to_owned();
                    self.inputs.entry(name).or_insert_with(|| path.clone());
                }
            }
        }
    }

    fn note(&mut self, symbol: Symbol, range: Range<usize>, defines: bool) {
        if !range.is_empty() {
            self.all.push(Occurrence {
                symbol,
                range,
                defines,
            });
        }
    }

    fn owner(&self, scope: &Scope, home: Option<&String>) -> Owner {
        Owner {
            file: home.map_or(self.path, String::as_str).to_owned(),
            define: match scope {
                Scope::Main => None,
                Scope::Define(name) => Some(name.clone()),
            },
        }
    }

    fn step_owner(&self, scope: &Scope, dotted: &str) -> Owner {
        let home = self.homes.get(&(scope.clone(), dotted.to_owned()));
        self.owner(scope, home)
    }

    fn input_owner(&self, scope: &Scope, name: &str) -> Owner {
        let home = self.inputs.get(name).filter(|_| *scope == Scope::Main);
        self.owner(scope, home)
    }

    /// Inputs, their variables, kinds, steps and items where they are defined.
    fn definitions(&mut self) {
        let tree = self.tree;
        self.inputs_of(Tree::ROOT, &Scope::Main);
        if let Some(patch) = tree.get(Tree::ROOT, "patch") {
            self.inputs_of(patch, &Scope::Main);
        }
        let defines = tree.get(Tree::ROOT, "define").into_iter();
        for one in defines.flat_map(|all| tree.children(all)).copied() {
            let name = tree.key(one).unwrap_or_default().to_owned();
            let range = tree.node(one).key.clone().unwrap_or_default();
            self.note(
                Symbol::Define(self.path.to_owned(), name.clone()),
                range,
                true,
            );
            self.inputs_of(one, &Scope::Define(name));
        }
        let causes = tree.get(Tree::ROOT, "causes").into_iter();
        for one in causes.flat_map(|all| tree.children(all)).copied() {
            let name = tree.key(one).unwrap_or_default().to_owned();
            let range = tree.node(one).key.clone().unwrap_or_default();
            self.note(Symbol::Causes(self.path.to_owned(), name), range, true);
        }
        for step in self.steps.clone() {
            self.address(&step.scope, &step.dotted, step.span.clone());
            if let Some((range, _)) = step.item {
                let owner = self.step_owner(&step.scope, &step.dotted);
                self.note(Symbol::Item(owner, step.dotted), range, true);
            }
        }
    }

    fn inputs_of(&mut self, map: Id, scope: &Scope) {
        let tree = self.tree;
        let inputs = tree.get(map, "inputs").into_iter();
        for input in inputs.flat_map(|inputs| tree.children(inputs)).copied() {
            let name = tree.key(input).unwrap_or_default().to_owned();
            let owner = self.input_owner(scope, &name);
            let defines = owner.file == self.path;
            let range = tree.node(input).key.clone().unwrap_or_default();
            self.note(Symbol::Input(owner.clone(), name.clone()), range, defines);
            let vars = tree.get(input, "vars").into_iter();
            for var in vars.flat_map(|vars| tree.children(vars)) {
                let key = tree.key(*var).unwrap_or_default().to_owned();
                let range = tree.node(*var).key.clone().unwrap_or_default();
                let symbol = Symbol::Var(owner.clone(), name.clone(), key);
                self.note(symbol, range, defines);
            }
        }
    }

    /// The parts of a dotted name that ends where `span` does, such as an id or an address in a
    /// patch.
    fn address(&mut self, scope: &Scope, dotted: &str, span: Range<usize>) {
        let written = self.tree.text[span.clone()].to_owned();
        let prefix = dotted.len().saturating_sub(written.len());
        let mut start = 0;
        for part in written.split('.') {
            let end = start + part.len();
            let name = dotted.get(..prefix + end).unwrap_or(dotted).to_owned();
            let owner = self.step_owner(scope, &name);
            let defines = owner.file == self.path && end == written.len();
            let range = span.start + start..span.start + end;
            self.note(Symbol::Step(owner, name), range, defines);
            start = end + 1;
        }
    }

    /// What the tables say that a scalar names.
    fn place(&mut self, id: Id, wants: &Wants, tables: Tables<'_>) {
        let Some(range) = self.tree.inner(id) else {
            return;
        };
        let text = &self.tree.text[range.clone()];
        if names_file(self.tree, id) {
            let path = paths::beside(self.path, text);
            return self.note(Symbol::File(path), range, false);
        }
        match wants {
            Wants::Takes(Takes::Step | Takes::Steps) => self.named(id, range.clone()),
            Wants::Takes(Takes::Kind) => self.kind(text, range.clone(), tables),
            Wants::Takes(takes) if names_causes(takes) => {
                let causes = self.at_home(text);
                self.named_from(
                    causes.map(|(file, name)| Symbol::Causes(file, name)),
                    &range,
                );
            }
            _ => {}
        }
        let pieces = pieces(self.tree, id, Some(wants));
        if pieces.is_empty() && is_host(wants) && !text.is_empty() {
            self.note(Symbol::Host(text.to_owned()), range, false);
        }
        for piece in pieces {
            for reference in references(self.tree, id, &piece) {
                self.reference(id, &reference);
            }
        }
    }

    /// `needs:` and `since:`.
    fn named(&mut self, id: Id, range: Range<usize>) {
        let Some(step) = self.around(id) else { return };
        let (scope, from) = (step.scope.clone(), step.dotted.clone());
        let name = &self.tree.text[range.clone()];
        if let Some(dotted) = self.find(&scope, &from, name) {
            let owner = self.step_owner(&scope, &dotted);
            self.note(Symbol::Step(owner, dotted), range, false);
        }
    }

    /// The step that an id means, seen from another.
    fn find(&self, scope: &Scope, from: &str, id: &str) -> Option<String> {
        let known = |dotted: &String| {
            dotted != from && self.homes.contains_key(&(scope.clone(), dotted.clone()))
        };
        meanings(from, id).find(known)
    }

    fn kind(&mut self, text: &str, range: Range<usize>, tables: Tables<'_>) {
        let symbol = match tables.catalogue.kind(text) {
            Some(_) => Some(Symbol::Kind(text.to_owned())),
            None => self
                .at_home(text)
                .map(|(file, name)| Symbol::Define(file, name)),
        };
        self.named_from(symbol, &range);
    }

    /// The file that offers what has this name here, and its own name.
    fn at_home(&self, text: &str) -> Option<(String, String)> {
        Some(match text.split_once('.') {
            Some((space, name)) => (included(self.path, self.tree, space)?, name.to_owned()),
            None => (self.path.to_owned(), text.to_owned()),
        })
    }

    /// Notes what a scalar names, behind the name of its file.
    fn named_from(&mut self, symbol: Option<Symbol>, range: &Range<usize>) {
        if let Some(symbol) = symbol {
            let name = symbol.name().len().min(range.len());
            self.note(symbol, range.end - name..range.end, false);
        }
    }

    /// `$before`, `$after` and `$rename` of a patch.
    fn directives(&mut self) {
        for id in self.tree.ids() {
            let beside = matches!(self.tree.key(id), Some("$before" | "$after"));
            if let Some(range) = self.tree.inner(id).filter(|_| beside) {
                self.named(id, range);
            }
        }
    }

    /// Hosts and groups of a site.
    fn site(&mut self) {
        let tree = self.tree;
        let under = |key: &str| {
            let map = tree.get(Tree::ROOT, key).into_iter();
            map.flat_map(|map| tree.children(map))
                .copied()
                .collect::<Vec<_>>()
        };
        for host in under("hosts") {
            let (key, name) = (tree.node(host).key.clone(), tree.key(host));
            let symbol = Symbol::Host(name.unwrap_or_default().to_owned());
            self.note(symbol, key.unwrap_or_default(), true);
            if let Some(at) = tree.get(host, "at") {
                self.host(at);
            }
        }
        for group in under("groups") {
            let (key, name) = (tree.node(group).key.clone(), tree.key(group));
            let symbol = Symbol::Group(name.unwrap_or_default().to_owned());
            self.note(symbol, key.unwrap_or_default(), true);
            let list = tree.get(group, "hosts").unwrap_or(group);
            for member in tree.children(list).to_vec() {
                self.host(member);
            }
        }
    }

    fn host(&mut self, id: Id) {
        if let Some((range, name)) = self.tree.inner(id).zip(self.tree.scalar(id)) {
            self.note(Symbol::Host(name.to_owned()), range, false);
        }
    }
}

fn is_host(wants: &Wants) -> bool {
    match wants {
        Wants::Takes(Takes::Value(kind)) => kind() == Type::Host,
        Wants::Type(kind) => *kind == Type::Host,
        Wants::Takes(_) => false,
    }
}

/// Whether the name of causes may stand there.
fn names_causes(takes: &Takes) -> bool {
    match takes {
        Takes::Causes => true,
        Takes::Either(all) => all.iter().any(names_causes),
        _ => false,
    }
}
