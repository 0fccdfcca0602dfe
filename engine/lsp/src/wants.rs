//! What may stand in each place of a tree, by the tables that the language reads with.

mod sort;
mod values;

use runsheet_language::compose::directive::{OF_STEPS, OF_VALUES, Says, Word};
use runsheet_language::keys::{self, Key, Keys, Takes};
use runsheet_step::Catalogue;
use runsheet_step::shape::{Field, Type};

use crate::called::called;
use crate::plugins::{self, Driver};
use crate::steps::steps;
use crate::store::Store;
use crate::symbol::Views;
use crate::tree::{Id, Tree};

pub use sort::Sort;
pub use values::{is_condition, item, told, words};
use values::{of_type, own};

/// What may stand in a place.
#[derive(Clone, Debug)]
pub enum Wants {
    /// What a key of the language takes.
    Takes(Takes),
    /// A value of a type, with expressions or without.
    Type(Type),
}

/// A key that may stand in a map, or one that does.
#[derive(Clone, Debug)]
pub struct Known {
    /// Its name.
    pub name: String,
    /// What it means.
    pub doc: String,
    /// What may stand under it.
    pub wants: Wants,
    /// Whether it must be there.
    pub required: bool,
    /// YAML that shows it.
    pub example: &'static str,
}

/// The tables and kinds that places are looked up in.
#[derive(Clone, Copy)]
pub struct Tables<'t> {
    /// The kinds there are.
    pub catalogue: &'t Catalogue,
    /// The drivers that a site can name, in two lots.
    pub drivers: [&'t [Driver]; 2],
    /// Where kinds are looked up that files define: all texts, and the path of the one asked about.
    pub files: Option<(&'t Store, &'t str)>,
}

impl Tables<'_> {
    /// What may stand at a node.
    #[must_use]
    pub fn at(&self, tree: &Tree, id: Id) -> Option<Wants> {
        self.known(tree, id).map(|known| known.wants)
    }

    /// What a node stands for in what holds it.
    #[must_use]
    pub fn known(&self, tree: &Tree, id: Id) -> Option<Known> {
        let mut way: Vec<Id> = tree.upward(id).collect();
        way.reverse();
        let mut known = root(tree);
        for pair in way.windows(2) {
            known = self.child(tree, &known.wants, pair[0], pair[1])?;
        }
        Some(known)
    }

    /// Looks at every node with what may stand there, those that hold others first; where nothing is
    /// known of that, anything may.
    pub fn walk(&self, tree: &Tree, visit: &mut dyn FnMut(Id, &Wants)) {
        let mut known: Vec<Option<Wants>> = vec![None; tree.ids().len()];
        known[Tree::ROOT] = Some(root(tree).wants);
        for id in tree.ids() {
            let parent = tree.node(id).parent;
            if let Some(parent) = parent {
                let wants = known[parent].take();
                known[id] = wants
                    .as_ref()
                    .and_then(|wants| self.child(tree, wants, parent, id))
                    .map(|child| child.wants);
                known[parent] = wants;
            }
            visit(
                id,
                known[id].as_ref().unwrap_or(&Wants::Takes(Takes::Anything)),
            );
        }
    }

    fn child(&self, tree: &Tree, wants: &Wants, parent: Id, child: Id) -> Option<Known> {
        let Some(name) = tree.key(child) else {
            return item(wants).map(|wants| known("", "", wants));
        };
        if let Some(word) = directive(wants, name) {
            return Some(said(word, wants));
        }
        self.keys(tree, parent, wants)
            .into_iter()
            .find(|known| known.name == name)
            .or_else(|| own(wants, name))
    }

    /// The keys that a map may have that stands at a node.
    #[must_use]
    pub fn keys(&self, tree: &Tree, id: Id, wants: &Wants) -> Vec<Known> {
        match wants {
            Wants::Takes(Takes::Keys(table) | Takes::Patch(table)) => {
                let mut all: Vec<Known> = table().keys().iter().map(of_key).collect();
                all.extend(fields(&self.options(tree, id, table())));
                all
            }
            Wants::Takes(Takes::Either(all)) => {
                let all = all.iter().map(|takes| Wants::Takes(*takes));
                all.flat_map(|wants| self.keys(tree, id, &wants)).collect()
            }
            Wants::Takes(Takes::With) => fields(&self.inputs(tree, id)),
            Wants::Takes(Takes::Value(kind) | Takes::Plain(kind)) => of_type(&kind()),
            Wants::Takes(Takes::Facilities(of)) => {
                let facilities = self.catalogue.facilities();
                let of = |(name, _)| known(name, "", Wants::Takes(**of));
                facilities.map(of).collect()
            }
            Wants::Takes(_) => Vec::new(),
            Wants::Type(kind) => of_type(kind),
        }
    }

    /// What the driver takes that a map names.
    fn options(&self, tree: &Tree, binding: Id, keys: &Keys<'_>) -> Vec<Field> {
        let name = tree.scalar_of(binding, "driver");
        let name = name.filter(|_| keys.own.is_some() && keys.knows("driver"));
        let taken = name.and_then(|name| plugins::options(name, self.drivers));
        taken.unwrap_or_default()
    }

    /// The input of the kind that stands beside a `with:`.
    fn inputs(&self, tree: &Tree, with: Id) -> Vec<Field> {
        let step = tree.node(with).parent;
        let name = step.and_then(|step| tree.scalar_of(step, "uses"));
        let kind = name.and_then(|name| self.catalogue.kind(name));
        match kind {
            Some(kind) => kind.shape().inputs.clone(),
            None => step
                .and_then(|step| self.called(tree, step))
                .unwrap_or_default(),
        }
    }

    /// The inputs of what a step calls that is no kind of the program, or whose kind another file
    /// says.
    fn called(&self, tree: &Tree, step: Id) -> Option<Vec<Field>> {
        let (store, path) = self.files?;
        let names = Views::new(store).within(path, tree);
        let step = steps(tree).into_iter().find(|one| one.node == step)?;
        let home = names.homes.get(&(step.scope, step.dotted))?;
        let shape = match &home.call {
            Some(call) => called(call, store, self.catalogue)?.shape,
            None => self.catalogue.kind(home.kind.as_ref()?)?.shape().clone(),
        };
        Some(shape.inputs)
    }
}

/// Whether a map is a step: a patch has other directives for it than for values.
#[must_use]
pub fn is_step(wants: &Wants) -> bool {
    match wants {
        Wants::Takes(Takes::Keys(keys)) => keys().knows("uses"),
        _ => false,
    }
}

/// A directive of a patch by its name.
fn directive(wants: &Wants, name: &str) -> Option<&'static Word> {
    let words = if is_step(wants) { OF_STEPS } else { OF_VALUES };
    words.iter().find(|word| word.name == name)
}

/// What stands behind a directive of a value.
fn said(word: &Word, wants: &Wants) -> Known {
    let wants = match word.says {
        Says::True => Wants::Takes(Takes::Bool),
        Says::Step => Wants::Takes(Takes::Text),
        Says::Value | Says::Items => wants.clone(),
    };
    known(word.name, word.doc, wants)
}

fn root(tree: &Tree) -> Known {
    let table: fn() -> &'static Keys<'static> = match Sort::of(tree) {
        Sort::Workflow | Sort::Other => || Sort::Workflow.keys(),
        Sort::Site => || Sort::Site.keys(),
        Sort::Overlay => || Sort::Overlay.keys(),
    };
    known("", "", Wants::Takes(Takes::Keys(table)))
}

/// The keys of a `foreach:`, beside which stands the name of the items.
#[must_use]
pub fn of_foreach() -> Option<&'static Keys<'static>> {
    let takes = |keys: &'static Keys<'static>, name: &str| {
        let key = keys.keys().iter().find(|key| key.name == name);
        key.map(|key| key.takes)
    };
    let Takes::List(Takes::Keys(step)) = takes(&keys::WORKFLOW, "steps")? else {
        return None;
    };
    match takes(step(), "foreach")? {
        Takes::Keys(foreach) => Some(foreach()),
        _ => None,
    }
}

fn known(name: &str, doc: &str, wants: Wants) -> Known {
    Known {
        name: name.to_owned(),
        doc: doc.to_owned(),
        wants,
        required: false,
        example: "",
    }
}

fn of_key(key: &Key) -> Known {
    Known {
        required: key.required,
        example: key.example,
        ..known(key.name, key.doc, Wants::Takes(key.takes))
    }
}

fn fields(all: &[Field]) -> Vec<Known> {
    let of_field = |field: &Field| Known {
        required: field.required,
        ..known(&field.name, &field.doc, Wants::Type(field.kind.clone()))
    };
    all.iter().map(of_field).collect()
}
