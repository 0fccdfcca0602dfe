//! Every name of a file, with what it means there.

mod definitions;
mod expressions;
mod held;
mod places;
mod site;
mod vars;

use std::collections::BTreeMap;
use std::ops::Range;

use super::{Names, Occurrence, Owner, Symbol, Views};
use crate::steps::{Scope, Step, steps};
use crate::store::Store;
use crate::tree::{Id, Tree};
use crate::wants::{Sort, Tables};

pub(crate) use vars::holds_vars;

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
}
