//! What a map may say: its keys, what stands under each of them, and what that means.
//!
//! The tables are the one source of all who ask: the reader, `explain`, the schema for editors and
//! completion. Each stands beside the code that reads its map; [`WORKFLOW`] and [`SITE`] lead to
//! all others.

mod forms;
mod show;

use runsheet_step::shape::{Field, Type};

pub use crate::compose::OVERLAY;
pub use crate::read::{WORKFLOW, type_names};
pub use crate::site::SITE;

/// The keys of one sort of map.
#[derive(Clone, Copy, Debug)]
pub struct Keys<'k> {
    /// What the map is, as messages say it: `a step`.
    pub what: &'k str,
    /// The keys it may have.
    pub known: Known<'k>,
    /// Words of other tools and what they are called here: `("if", "when")`.
    pub called: &'k [(&'k str, &'k str)],
    /// Words of other tools that no single key stands for, and how it is said here.
    pub explained: &'k [(&'k str, &'k str)],
    /// Names of kinds, which stand behind `uses:` and not in its place.
    pub kinds: &'k [&'k str],
    /// Keys of which there must be exactly one.
    pub one_of: &'k [&'k str],
    /// A key, and others that do not stand beside it.
    pub apart: Option<(&'k str, &'k [&'k str])>,
    /// Keys that do not belong here, and of which that has been told already.
    pub elsewhere: &'k [&'k str],
    /// What stands under names of one's own, where there may be such.
    pub own: Option<&'k Own>,
}

/// What other tools call inputs, and how kinds that have such call them.
const INPUTS: &[(&str, &str)] = &[
    ("cmd", "argv"),
    ("command", "argv"),
    ("args", "argv"),
    ("arguments", "argv"),
    ("chdir", "cwd"),
    ("directory", "cwd"),
    ("workdir", "cwd"),
    ("working-directory", "cwd"),
    ("message", "say"),
    ("msg", "say"),
    ("prompt", "say"),
    ("instructions", "say"),
];

/// Known keys: a table of the language, or names that are put together while reading.
#[derive(Clone, Copy, Debug)]
pub enum Known<'k> {
    /// A table.
    Table(&'k [Key]),
    /// Names alone.
    Names(&'k [&'k str]),
    /// The fields of an input.
    Fields(&'k [Field]),
}

/// One key of a map.
#[derive(Clone, Copy, Debug)]
pub struct Key {
    /// Its name.
    pub name: &'static str,
    /// What may stand under it.
    pub takes: Takes,
    /// Whether it must be there.
    pub required: bool,
    /// What it means, in one sentence or a few.
    pub doc: &'static str,
    /// YAML that shows it: an item of a list of steps, or a whole key of a workflow or a site.
    pub example: &'static str,
}

/// Entries whose names are the author's own.
#[derive(Clone, Copy, Debug)]
pub struct Own {
    /// What such a name is, as in `NAME`.
    pub name: &'static str,
    /// What may stand under it.
    pub takes: Takes,
    /// What it means.
    pub doc: &'static str,
}

/// What may stand under a key.
#[derive(Clone, Copy, Debug)]
pub enum Takes {
    /// `1`, the version of the format.
    Format,
    /// Text as it is written, without expressions.
    Text,
    /// The path of a file, as seen from the one that names it.
    File,
    /// Texts in a list, or one alone.
    Texts,
    /// `true` or `false`, without expressions.
    Bool,
    /// A whole number of at least this, without expressions.
    AtLeast(i64),
    /// One of these words.
    Word(fn() -> Vec<&'static str>),
    /// The name of a type, such as `list<host>`.
    TypeName,
    /// A value of a type, in which expressions may stand.
    Value(fn() -> Type),
    /// A value of a type that is written out.
    Plain(fn() -> Type),
    /// An expression, bare or in `${{ }}`.
    Condition,
    /// A map with keys of its own.
    Keys(fn() -> &'static Keys<'static>),
    /// Names of the author's own to these.
    Map(&'static Takes),
    /// A list of these.
    List(&'static Takes),
    /// Any of these.
    Either(&'static [Takes]),
    /// The name that a step is given here.
    NewStep,
    /// The name of another step.
    Step,
    /// Names of other steps.
    Steps,
    /// The name of a kind, or the path of a workflow.
    Kind,
    /// The name of causes that stand together under `causes:`.
    Causes,
    /// The input of the kind that `uses:` names beside it.
    With,
    /// Names of facilities to these.
    Facilities(&'static Takes),
    /// A part of such a map, with directives such as `$delete` in place of values.
    Patch(fn() -> &'static Keys<'static>),
    /// Nothing.
    Nothing,
    /// Anything.
    Anything,
}

impl Key {
    /// A key that may be left out.
    #[must_use]
    pub const fn new(name: &'static str, takes: Takes, doc: &'static str) -> Key {
        Key {
            name,
            takes,
            required: false,
            doc,
            example: "",
        }
    }

    /// It must be there.
    #[must_use]
    pub const fn required(mut self) -> Key {
        self.required = true;
        self
    }

    /// YAML that shows it.
    #[must_use]
    pub const fn example(mut self, yaml: &'static str) -> Key {
        self.example = yaml;
        self
    }

    /// What is said of it first.
    #[must_use]
    pub fn summary(&self) -> &'static str {
        let ends = [". ", ": ", "; "].into_iter();
        let end = ends.filter_map(|end| self.doc.find(end)).min();
        self.doc[..end.unwrap_or(self.doc.len())].trim_end_matches('.')
    }
}

impl<'k> Keys<'k> {
    /// The keys of a map, none of which has another name elsewhere.
    #[must_use]
    pub const fn new(what: &'k str, known: &'k [&'k str]) -> Self {
        Self {
            what,
            known: Known::Names(known),
            called: &[],
            explained: &[],
            kinds: &[],
            one_of: &[],
            apart: None,
            elsewhere: &[],
            own: None,
        }
    }

    /// The fields of an input, and what other tools call such.
    #[must_use]
    pub const fn fields(what: &'k str, fields: &'k [Field]) -> Self {
        Self {
            known: Known::Fields(fields),
            called: INPUTS,
            ..Keys::new(what, &[])
        }
    }

    /// A table of the language.
    #[must_use]
    pub const fn table(what: &'k str, known: &'k [Key]) -> Self {
        Self {
            known: Known::Table(known),
            ..Keys::new(what, &[])
        }
    }

    /// Words of other tools and what they are called here.
    #[must_use]
    pub const fn called(mut self, called: &'k [(&'k str, &'k str)]) -> Self {
        self.called = called;
        self
    }

    /// Words of other tools that no single key stands for, and how it is said here.
    #[must_use]
    pub const fn explained(mut self, explained: &'k [(&'k str, &'k str)]) -> Self {
        self.explained = explained;
        self
    }

    /// Keys of which there must be exactly one.
    #[must_use]
    pub const fn one_of(mut self, keys: &'k [&'k str]) -> Self {
        self.one_of = keys;
        self
    }

    /// Keys that do not stand beside this one.
    #[must_use]
    pub const fn apart(mut self, key: &'k str, others: &'k [&'k str]) -> Self {
        self.apart = Some((key, others));
        self
    }

    /// Keys that cannot stand beside one that is there.
    #[must_use]
    pub fn against(&self, there: &str) -> Vec<&'k str> {
        let others = |keys: &'k [&'k str]| keys.iter().copied().filter(move |key| *key != there);
        let mut against = Vec::new();
        if self.one_of.contains(&there) {
            against.extend(others(self.one_of));
        }
        if let Some((key, keys)) = self.apart {
            match key == there {
                true => against.extend(keys),
                false if keys.contains(&there) => against.push(key),
                false => {}
            }
        }
        against
    }

    /// Of these it has been told that they do not belong here, or stand elsewhere.
    #[must_use]
    pub const fn told(mut self, elsewhere: &'k [&'k str]) -> Self {
        self.elsewhere = elsewhere;
        self
    }

    /// Other names may stand beside the keys.
    #[must_use]
    pub const fn own(mut self, own: &'k Own) -> Self {
        self.own = Some(own);
        self
    }

    /// The keys of a table; none where only names are known.
    #[must_use]
    pub fn keys(&self) -> &'k [Key] {
        match self.known {
            Known::Table(keys) => keys,
            Known::Names(_) | Known::Fields(_) => &[],
        }
    }

    /// The names of its keys.
    pub fn names(&self) -> impl Iterator<Item = &'k str> + use<'k> {
        type Parts<'k> = (&'k [Key], &'k [&'k str], &'k [Field]);
        let (keys, names, fields): Parts<'k> = match self.known {
            Known::Table(keys) => (keys, &[], &[]),
            Known::Names(names) => (&[], names, &[]),
            Known::Fields(fields) => (&[], &[], fields),
        };
        let of_table = keys.iter().map(|key| key.name);
        let of_fields = fields.iter().map(|field| &*field.name);
        of_table.chain(names.iter().copied()).chain(of_fields)
    }

    /// Whether a key has that name.
    #[must_use]
    pub fn knows(&self, name: &str) -> bool {
        self.names().any(|known| known == name)
    }
}

/// The words of a table, for [`Takes::Word`].
pub(crate) fn words<T>(table: &[(&'static str, T)]) -> Vec<&'static str> {
    table.iter().map(|(word, _)| *word).collect()
}

/// The keys of workflows, definitions and steps whose lists hold steps.
pub const LISTS_OF_STEPS: [&str; 3] = ["steps", "finally", "rescue"];

/// Every table that a map leads to, itself first, each once.
#[must_use]
pub fn within(root: &'static Keys<'static>) -> Vec<&'static Keys<'static>> {
    let mut found: Vec<&'static Keys<'static>> = Vec::new();
    let mut todo = vec![root];
    while let Some(keys) = todo.pop() {
        if found.iter().any(|known| std::ptr::eq(*known, keys)) {
            continue;
        }
        found.push(keys);
        let own = keys.own.map(|own| own.takes);
        let takes = keys.keys().iter().map(|key| key.takes).chain(own);
        let mut next: Vec<_> = takes.flat_map(|takes| tables(&takes)).collect();
        next.reverse();
        todo.extend(next);
    }
    found
}

/// The tables that stand in what a key takes.
fn tables(takes: &Takes) -> Vec<&'static Keys<'static>> {
    match takes {
        Takes::Keys(keys) => vec![keys()],
        Takes::Map(of) | Takes::List(of) | Takes::Facilities(of) => tables(of),
        Takes::Either(all) => all.iter().flat_map(tables).collect(),
        _ => Vec::new(),
    }
}

#[cfg(test)]
#[path = "tests/keys.rs"]
mod tests;
