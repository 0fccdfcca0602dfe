//! What can be said in an expression, seen from where it stands: each name, and what can be asked
//! of it in turn.

mod hosts;
mod outputs;
mod parts;

use runsheet_language::names;
use runsheet_step::shape::Type;

use crate::session::Session;
use crate::steps::{LAST, Scope, Step, id_of, is_within, list_of};
use crate::symbol::{Gathered, Home};
use crate::tree::{Id, Part, Tree};
use parts::{fields, inner, named, of_type, vars_of};

/// What a name means.
#[derive(Clone, Debug, PartialEq)]
pub enum Thing {
    /// `inputs`
    Inputs,
    /// `steps`
    Steps,
    /// A step by its dotted name.
    Step(String),
    /// What a step does for one of its items.
    Instance(String),
    /// The outputs of a step.
    Outputs(String),
    /// A host, and its variables with their types, if it can be told which are declared.
    Host(Option<Vec<(String, String)>>),
    /// The variables of such a host.
    Vars(Option<Vec<(String, String)>>),
    /// Several of one meaning.
    List(Box<Thing>),
    /// The groups of a site.
    Groups,
    /// The secrets of a site.
    Secrets,
    /// A value of a type.
    Of(Type),
    /// A value that has no parts.
    Plain(String),
}

/// A name that can be said.
#[derive(Clone, Debug)]
pub struct Sayable {
    /// The name.
    pub name: String,
    /// What it is, in a word or two.
    pub detail: String,
    /// What it is, in a line.
    pub doc: String,
    /// What it means.
    pub thing: Thing,
}

fn sayable(name: &str, detail: &str, doc: &str, thing: Thing) -> Sayable {
    Sayable {
        name: name.to_owned(),
        detail: detail.to_owned(),
        doc: doc.to_owned(),
        thing,
    }
}

/// Where an expression stands.
pub struct Seen<'s> {
    session: &'s Session,
    gathered: &'s Gathered<'s>,
    step: Option<&'s Step>,
    node: Id,
}

impl<'s> Seen<'s> {
    /// From a node.
    #[must_use]
    pub fn from(session: &'s Session, gathered: &'s Gathered<'s>, node: Id) -> Seen<'s> {
        Seen {
            session,
            gathered,
            step: gathered.around(node),
            node,
        }
    }

    fn scope(&self) -> Scope {
        let outside = || self.gathered.scope(self.node);
        self.step.map_or_else(outside, |step| step.scope.clone())
    }

    fn dotted(&self) -> &str {
        self.step.map_or("", |step| &step.dotted)
    }

    /// What an expression can begin with.
    #[must_use]
    pub fn roots(&self) -> Vec<Sayable> {
        let way = self.gathered.tree.path(self.node);
        let under = |names: &[&str]| {
            way.iter()
                .any(|part| matches!(part, Part::Key(key) if names.contains(&key.as_str())))
        };
        let last = self.step.is_some_and(|step| step.last);
        let possible = |name: &str| match name {
            "inputs" | "site" | "secrets" => true,
            "outputs" => under(&["expect", "warn", "changed", "causes"]),
            "failure" => under(&["causes", "rescue"]) || last,
            // What a workflow or a kind gives in the end.
            "steps" | "run" => self.step.is_some() || under(&["outputs"]),
            _ => self.step.is_some(),
        };
        let mut found = self.items();
        let roots = names::ROOTS.iter().filter(|(name, _)| possible(name));
        found.extend(roots.map(|(name, doc)| sayable(name, "", doc, self.root(name))));
        found
    }

    fn root(&self, name: &str) -> Thing {
        match name {
            "inputs" => Thing::Inputs,
            "steps" => Thing::Steps,
            "outputs" => Thing::Outputs(self.dotted().to_owned()),
            "host" => Thing::Host(None),
            "secrets" => Thing::Secrets,
            other => names::form(other).map_or(Thing::Plain(other.to_owned()), Thing::Of),
        }
    }

    /// The items of the steps around.
    fn items(&self) -> Vec<Sayable> {
        let (scope, own) = (self.scope(), self.dotted().to_owned());
        let around = |step: &&Step| {
            step.scope == scope
                && (own == step.dotted || own.starts_with(&format!("{}.", step.dotted)))
        };
        let steps = self.gathered.steps.iter().filter(around);
        let items = steps.filter_map(|step| Some((step, step.item.as_ref()?)));
        items
            .map(|(step, (range, list))| {
                let input = self.gathered.input_of(*list);
                let (detail, thing) = match input.and_then(|input| self.input(&input)) {
                    Some(Sayable {
                        detail,
                        thing: Thing::List(of),
                        ..
                    }) => (inner(&detail).unwrap_or("item").to_owned(), *of),
                    _ => ("item".to_owned(), Thing::Plain("item".to_owned())),
                };
                let name = step.dotted.replace(LAST, "finally");
                let doc = format!("one item of `{name}`");
                let name = &self.gathered.tree.text[range.clone()];
                sayable(name, &detail, &doc, thing)
            })
            .collect()
    }

    /// What can be asked of a thing.
    #[must_use]
    pub fn parts(&self, thing: &Thing) -> Vec<Sayable> {
        match thing {
            Thing::Inputs => self.inputs(),
            Thing::Steps => self.steps(),
            Thing::Step(dotted) => self.of_step(dotted, false),
            Thing::Instance(dotted) => self.of_step(dotted, true),
            Thing::Outputs(dotted) => fields(&self.outputs(dotted)),
            Thing::Host(vars) => named(names::OF_HOST, |name| match name {
                "vars" => Thing::Vars(vars.clone()),
                other => Thing::Plain(other.to_owned()),
            }),
            Thing::Vars(vars) => self.vars(vars.as_deref()),
            Thing::Groups => self.groups(),
            Thing::Secrets => self.secrets(),
            Thing::Of(kind) => of_type(kind),
            Thing::List(_) | Thing::Plain(_) => Vec::new(),
        }
    }

    /// What stands at the end of a chain of names.
    #[must_use]
    pub fn follow(&self, chain: &[Link]) -> Option<Sayable> {
        let (first, rest) = chain.split_first()?;
        let Link::Name(root) = first else {
            return None;
        };
        let mut at = self.roots().into_iter().find(|one| one.name == *root)?;
        for link in rest {
            at = match link {
                Link::Name(name) => {
                    let parts = self.parts(&at.thing);
                    parts.into_iter().find(|one| one.name == *name)?
                }
                Link::Index => Sayable {
                    thing: match at.thing {
                        Thing::List(of) => *of,
                        Thing::Step(dotted) => Thing::Instance(dotted),
                        same => same,
                    },
                    ..at
                },
            };
        }
        Some(at)
    }

    /// The map that the inputs are declared in, and those of the files that are extended.
    fn declared(&self) -> Vec<(Tree, Id)> {
        let tree = self.gathered.tree;
        let mut maps = Vec::new();
        match self.scope() {
            Scope::Define(name) => {
                let define = tree.get(Tree::ROOT, "define");
                let own = define.and_then(|all| tree.get(all, &name));
                let inputs = own.and_then(|own| tree.get(own, "inputs"));
                maps.extend(inputs.map(|inputs| (tree.clone(), inputs)));
            }
            Scope::Main => {
                let bases = self.gathered.names.bases.iter();
                let bases = bases.filter_map(|file| self.session.store.tree(file));
                for tree in [tree.clone()].into_iter().chain(bases) {
                    let patch = tree.get(Tree::ROOT, "patch");
                    let all = [Some(Tree::ROOT), patch].into_iter().flatten();
                    let inputs = all.filter_map(|map| tree.get(map, "inputs"));
                    let inputs: Vec<Id> = inputs.collect();
                    maps.extend(inputs.into_iter().map(|inputs| (tree.clone(), inputs)));
                }
            }
        }
        maps
    }

    fn inputs(&self) -> Vec<Sayable> {
        let mut found: Vec<Sayable> = Vec::new();
        for (tree, map) in self.declared() {
            for input in tree.children(map) {
                let name = tree.key(*input).unwrap_or_default();
                let kind = tree.scalar_of(*input, "type").or(tree.scalar(*input));
                let doc = tree.scalar_of(*input, "doc").unwrap_or_default();
                let said = sayable(
                    name,
                    kind.unwrap_or("text"),
                    doc,
                    self.typed(kind.unwrap_or("text"), vars_of(&tree, *input)),
                );
                match found.iter_mut().find(|one| one.name == name) {
                    None => found.push(said),
                    // A patch says of an input only what is other than before.
                    Some(known) if kind.is_some() => *known = said,
                    Some(_) => {}
                }
            }
        }
        found
    }

    /// The steps that can be called by their names alone, those above this one first.
    fn steps(&self) -> Vec<Sayable> {
        let (scope, own) = (self.scope(), self.dotted());
        let homes = self.gathered.names.homes.iter();
        let homes = homes.filter(|(_, home)| !home.is_old).map(|(key, _)| key);
        let seen = homes.filter(|(of, dotted)| {
            let list = list_of(dotted);
            let outward = list.is_empty() || is_within(own, list);
            let is_seen = *of == scope && outward && !is_within(own, dotted);
            is_seen && self.gathered.find(of, own, id_of(dotted)).as_deref() == Some(dotted)
        });
        let mut seen: Vec<&str> = seen.map(|(_, dotted)| dotted.as_str()).collect();
        let place = |dotted: &str| {
            let mut all = self.gathered.steps.iter();
            all.position(|step| step.dotted == dotted && step.scope == scope)
        };
        let here = place(own).unwrap_or(usize::MAX);
        seen.sort_by_key(|dotted| match place(dotted) {
            Some(at) if at < here => (0, here - at),
            Some(at) => (1, at),
            None => (2, 0),
        });
        let told = seen.into_iter().map(|dotted| {
            let step = self.step_of(dotted);
            let home = self.home(dotted);
            let kind = home.and_then(|home| home.kind.clone());
            let kind = kind.unwrap_or("group".to_owned());
            let doc = step.and_then(|step| self.gathered.tree.scalar_of(step.node, "doc"));
            sayable(
                id_of(dotted),
                &kind,
                doc.unwrap_or_default(),
                Thing::Step(dotted.to_owned()),
            )
        });
        told.collect()
    }

    fn step_of(&self, dotted: &str) -> Option<&Step> {
        let scope = self.scope();
        let mut all = self.gathered.steps.iter();
        all.find(|step| step.dotted == dotted && step.scope == scope)
    }

    fn home(&self, dotted: &str) -> Option<&Home> {
        let homes = &self.gathered.names.homes;
        homes.get(&(self.scope(), dotted.to_owned()))
    }

    fn of_step(&self, dotted: &str, instance: bool) -> Vec<Sayable> {
        let thing = |name: &str| match name {
            "outputs" => Thing::Outputs(dotted.to_owned()),
            other => Thing::Plain(other.to_owned()),
        };
        let home = self.home(dotted);
        let has_items = !instance && home.is_some_and(|home| home.item.is_some());
        let acts = home.is_some_and(|home| home.kind.is_some());
        let mut found = named(names::OF_STEP, thing);
        // A group has no outputs, and of items each has its own.
        found.retain(|one| one.name != "outputs" || acts && !has_items);
        if has_items {
            found.extend(named(names::OF_ITEMS, thing));
        }
        let scope = self.scope();
        let prefix = format!("{dotted}.");
        let homes = self.gathered.names.homes.iter();
        let homes = homes.filter(|(_, home)| !home.is_old).map(|(key, _)| key);
        let inside = homes.filter_map(|(of, name)| {
            let rest = name.strip_prefix(&prefix)?;
            (*of == scope && !rest.contains('.')).then_some((rest, name))
        });
        let inside = inside.map(|(id, name)| sayable(id, "step", "", Thing::Step(name.clone())));
        found.extend(inside);
        found
    }
}

/// One part of a chain of names.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Link {
    /// `.name`
    Name(String),
    /// `[..]`
    Index,
}
