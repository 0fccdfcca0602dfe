//! Hosts with their variables, and what sites have beside them, as expressions see them.

use super::parts::{inner, vars_in, vars_of};
use super::{Sayable, Seen, Thing, sayable};
use crate::tree::Tree;

/// How many types may be named by each other.
const NAMED: usize = 16;

impl Seen<'_> {
    pub(super) fn input(&self, name: &str) -> Option<Sayable> {
        self.inputs().into_iter().find(|one| one.name == name)
    }

    /// What a value of a type is that is written so; hosts have these variables and those of the
    /// types that are named on the way.
    pub(super) fn typed(&self, kind: &str, mut vars: Vec<(String, String)>) -> Thing {
        let mut kind = kind.trim().to_owned();
        for _ in 0..NAMED {
            if let Some(inner) = inner(&kind) {
                return Thing::List(Box::new(self.typed(inner, vars)));
            }
            if kind == "host" {
                return Thing::Host(Some(vars));
            }
            let Some((more, of)) = self.named_type(&kind) else {
                break;
            };
            vars.extend(more);
            kind = of;
        }
        Thing::Plain(kind)
    }

    /// The variables of a type that a file names, and what it is a name for.
    fn named_type(&self, name: &str) -> Option<(Vec<(String, String)>, String)> {
        let names = &self.gathered.names;
        let (file, name) = names.at_home(&names.types, name)?;
        let tree = match file == self.gathered.path {
            true => self.gathered.tree.clone(),
            false => self.session.store.tree(&file)?,
        };
        let of = tree.get(tree.get(Tree::ROOT, "types")?, &name)?;
        let kind = tree.scalar(of).or(tree.scalar_of(of, "type"))?;
        Some((vars_of(&tree, of), kind.to_owned()))
    }

    /// Variables that are known, or those that any input declares.
    pub(super) fn vars(&self, known: Option<&[(String, String)]>) -> Vec<Sayable> {
        let declared = || {
            let inputs = self.inputs().into_iter().map(|input| input.thing);
            let mut all: Vec<(String, String)> = Vec::new();
            for vars in inputs.filter_map(vars_in) {
                all.extend(vars);
            }
            all
        };
        let all = known.map_or_else(declared, <[_]>::to_vec);
        let mut found: Vec<Sayable> = Vec::new();
        for (name, kind) in all {
            if found.iter().all(|one| one.name != name) {
                found.push(sayable(&name, &kind, "", Thing::Plain(kind.clone())));
            }
        }
        found
    }

    pub(super) fn secrets(&self) -> Vec<Sayable> {
        let names = self.session.of_sites("secrets").into_iter();
        let thing = || Thing::Plain("secret".to_owned());
        names
            .map(|(name, site)| sayable(&name, "secret", &format!("of {site}"), thing()))
            .collect()
    }

    pub(super) fn groups(&self) -> Vec<Sayable> {
        let names = self.session.of_sites("groups");
        let thing = || Thing::List(Box::new(Thing::Host(None)));
        names
            .into_iter()
            .map(|(name, site)| sayable(&name, "hosts", &format!("of {site}"), thing()))
            .collect()
    }
}
