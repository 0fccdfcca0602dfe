//! Every name of a file, with what it means there.

mod expressions;

use std::collections::BTreeMap;
use std::ops::Range;

use runsheet_language::compose::paths;
use runsheet_language::keys::Takes;
use runsheet_step::shape::Type;

use super::{Names, Occurrence, Owner, Symbol, Views};
use crate::pieces::{parsed, pieces};
use crate::steps::{RESCUE, Scope, Step, meanings, steps};
use crate::store::{Store, names_file};
use crate::tree::{Id, Tree};
use crate::wants::{Sort, Tables, Wants};

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
    /// What can be named here.
    pub names: Names,
    by_node: BTreeMap<Id, usize>,
}

impl<'g> Gathered<'g> {
    /// Looks at a file.
    #[must_use]
    pub fn of(path: &'g str, tree: &'g Tree, store: &Store, tables: Tables<'_>) -> Self {
        let mut views = Views::new(store);
        let mut gathered = Gathered {
            path,
            tree,
            steps: steps(tree),
            all: Vec::new(),
            names: views.within(path, tree),
            by_node: BTreeMap::new(),
        };
        let own = gathered.steps.iter().enumerate();
        gathered.by_node = own.map(|(n, step)| (step.node, n)).collect();
        match Sort::of(tree) {
            Sort::Site => gathered.site(),
            Sort::Overlay | Sort::Workflow | Sort::Other => {
                gathered.definitions();
                gathered.calls(&mut views);
                tables.walk(tree, &mut |id, wants| gathered.place(id, wants, tables));
                gathered.directives();
            }
        }
        gathered.variables();
        gathered.all.sort_by_key(|one| one.range.start);
        gathered.all.dedup();
        gathered
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

    /// Whose step it is that is called so here, and what it is called there.
    fn at_home(&self, scope: &Scope, dotted: &str) -> (Owner, String) {
        let home = self.names.homes.get(&(scope.clone(), dotted.to_owned()));
        let owner = self.owner(scope, home.map(|home| &home.file));
        (owner, home.map_or(dotted, |home| &home.dotted).to_owned())
    }

    fn step(&self, scope: &Scope, dotted: &str) -> Symbol {
        let (owner, dotted) = self.at_home(scope, dotted);
        Symbol::Step(owner, dotted)
    }

    fn input_owner(&self, scope: &Scope, name: &str) -> Owner {
        let home = self.names.inputs.get(name);
        self.owner(scope, home.filter(|_| *scope == Scope::Main))
    }

    /// Inputs, kinds, causes, steps and items where they are defined.
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
                let (owner, dotted) = self.at_home(&step.scope, &step.dotted);
                self.note(Symbol::Item(owner, dotted), range, true);
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
            self.note(Symbol::Input(owner, name), range, defines);
        }
    }

    /// The inputs that steps give to kinds made of steps and to other workflows.
    fn calls(&mut self, views: &mut Views<'_>) {
        let tree = self.tree;
        for step in self.steps.clone() {
            let home = self.names.homes.get(&(step.scope, step.dotted));
            let call = home.and_then(|home| home.call.clone());
            let Some((call, with)) = call.zip(tree.get(step.node, "with")) else {
                continue;
            };
            let of_file = call.define.is_none().then(|| views.behind(&call.file));
            let entries = tree.children(with).iter();
            for entry in entries.flat_map(|entry| given(tree, *entry)) {
                let name = tree.key(entry).unwrap_or_default().to_owned();
                let home = of_file.as_ref().and_then(|names| names.inputs.get(&name));
                let owner = Owner {
                    file: home.unwrap_or(&call.file).clone(),
                    define: call.define.clone(),
                };
                let range = tree.node(entry).key.clone().unwrap_or_default();
                self.note(Symbol::Input(owner, name), range, false);
            }
        }
    }

    /// The variables of hosts, wherever they are asked for or given.
    fn variables(&mut self) {
        let tree = self.tree;
        for id in tree.ids() {
            let var = tree.node(id).parent.filter(|map| holds_vars(tree, *map));
            let key = tree.node(id).key.clone().filter(|_| var.is_some());
            if let Some(range) = key.filter(|key| !tree.text[key.clone()].starts_with('$')) {
                let name = tree.text[range.clone()].to_owned();
                self.note(Symbol::Var(name), range, true);
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
            let range = span.start + start..span.start + end;
            start = end + 1;
            let key = (scope.clone(), name);
            // `rescue` between two ids is a list, unless a step is called so.
            if part == RESCUE && !self.names.homes.contains_key(&key) {
                continue;
            }
            let (owner, name) = self.at_home(scope, &key.1);
            let defines = owner.file == self.path && end == written.len();
            self.note(Symbol::Step(owner, name), range, defines);
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
                let causes = self.names.at_home(&self.names.causes, text);
                let symbol = causes.map(|(file, name)| Symbol::Causes(file, name));
                self.named_from(symbol, &range);
            }
            _ => {}
        }
        let pieces = pieces(self.tree, id, Some(wants));
        if pieces.is_empty() && is_host(wants) && !text.is_empty() {
            self.note(Symbol::Host(text.to_owned()), range, false);
        }
        for piece in pieces {
            if let Some(expr) = parsed(self.tree, id, &piece) {
                self.expression(id, &expr);
            }
        }
    }

    /// `needs:` and `since:`.
    fn named(&mut self, id: Id, range: Range<usize>) {
        let Some(step) = self.around(id) else { return };
        let (scope, from) = (step.scope.clone(), step.dotted.clone());
        let name = &self.tree.text[range.clone()];
        if let Some(dotted) = self.find(&scope, &from, name) {
            self.note(self.step(&scope, &dotted), range, false);
        }
    }

    /// The step that an id means, seen from another.
    pub(crate) fn find(&self, scope: &Scope, from: &str, id: &str) -> Option<String> {
        let known = |dotted: &String| {
            dotted != from
                && self
                    .names
                    .homes
                    .contains_key(&(scope.clone(), dotted.clone()))
        };
        meanings(from, id).find(known)
    }

    fn kind(&mut self, text: &str, range: Range<usize>, tables: Tables<'_>) {
        let symbol = match tables.catalogue.kind(text) {
            Some(_) => Some(Symbol::Kind(text.to_owned())),
            None => {
                let define = self.names.at_home(&self.names.defines, text);
                define.map(|(file, name)| Symbol::Define(file, name))
            }
        };
        self.named_from(symbol, &range);
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
        let tree = self.tree;
        for id in tree.ids() {
            let Some(range) = tree.inner(id) else {
                continue;
            };
            match tree.key(id) {
                Some("$before" | "$after") => self.named(id, range),
                Some("$rename") => {
                    if let Some(step) = self.around(id) {
                        let symbol = self.step(&step.scope, &step.dotted);
                        self.note(symbol, range, false);
                    }
                }
                _ => {}
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

/// What a key of a `with:` says of an input: itself, or what a directive of a patch holds.
fn given(tree: &Tree, entry: Id) -> Vec<Id> {
    match tree.key(entry) {
        Some(key) if key.starts_with('$') => tree.children(entry).to_vec(),
        _ => vec![entry],
    }
}

/// Whether the keys of a map are variables of hosts: of an input, of a named type, or what a site
/// or an overlay gives.
#[must_use]
pub(crate) fn holds_vars(tree: &Tree, map: Id) -> bool {
    let keys = || {
        let keys = tree.upward(map).filter_map(|id| tree.key(id));
        keys.filter(|key| !key.starts_with('$'))
    };
    if !keys().take(2).any(|key| key == "vars") {
        return false;
    }
    let mut keys: Vec<&str> = keys().collect();
    keys.reverse();
    let of_site = |keys: &[&str]| matches!(keys, ["vars"] | ["hosts" | "groups", _, "vars"]);
    match (Sort::of(tree), &keys[..]) {
        (Sort::Site, keys) | (Sort::Overlay, ["site", keys @ ..]) => of_site(keys),
        (Sort::Overlay, ["vars", _]) => true,
        (_, ["patch", keys @ ..] | keys) => match keys {
            ["define", _, rest @ ..] | rest => {
                matches!(rest, ["inputs" | "types", _, "vars"])
            }
        },
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
