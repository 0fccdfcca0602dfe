//! The schema of what a key takes, from the tables of keys.

use indexmap::IndexMap;
use runsheet_language::keys::{Key, Keys, Takes};
use runsheet_step::Catalogue;

use super::values::{self, own_keys, value, words};
use super::{Others, Schema, letters};

/// Collects the definitions that a schema needs.
pub(super) struct Maps<'c> {
    pub(super) catalogue: &'c Catalogue,
    pub(super) defs: IndexMap<String, Schema>,
}

impl<'c> Maps<'c> {
    pub(super) fn new(catalogue: &'c Catalogue) -> Self {
        Maps {
            catalogue,
            defs: IndexMap::new(),
        }
    }

    /// What stands under a key.
    pub(super) fn takes(&mut self, takes: &Takes) -> Schema {
        match takes {
            Takes::Format => values_of([1.into(), "1".into()]),
            Takes::Text | Takes::File => values::text(),
            Takes::Texts => Schema::any(vec![values::text(), Schema::list(values::text())]),
            Takes::Bool => Schema::of("boolean"),
            Takes::AtLeast(least) => Schema {
                minimum: Some(*least),
                ..Schema::of("integer")
            },
            Takes::Word(all) => words(all()),
            Takes::TypeName => type_name(),
            Takes::Value(kind) => value(&kind(), true),
            Takes::Plain(kind) => value(&kind(), false),
            Takes::Condition => Schema::of_any(&["string", "boolean"]),
            Takes::Keys(keys) => self.refer(keys()),
            Takes::Map(of) => Schema::names(self.takes(of)),
            Takes::List(of) => Schema::list(self.takes(of)),
            Takes::Either(all) => Schema::any(all.iter().map(|one| self.takes(one)).collect()),
            Takes::NewStep => Schema::pattern(letters::name()),
            Takes::Step | Takes::Causes => Schema::of("string"),
            Takes::Steps => Schema::any(vec![
                Schema::of("string"),
                Schema::list(Schema::of("string")),
            ]),
            Takes::Kind => self.kind(),
            Takes::Facilities(of) => self.facilities(of),
            Takes::Nothing => Schema::of("null"),
            Takes::Patch(keys) => self.patch(keys()),
            Takes::With | Takes::Anything => Schema::default(),
        }
    }

    /// A table as a definition of its own, however often it is taken.
    fn refer(&mut self, keys: &Keys<'_>) -> Schema {
        let name = definition(keys.what);
        if !self.defs.contains_key(&name) {
            // Kept open, since a step leads to steps.
            self.defs.insert(name.clone(), Schema::default());
            let schema = self.map(keys);
            self.defs.insert(name.clone(), schema);
        }
        Schema::refer(&name)
    }

    /// A map with known keys.
    pub(super) fn map(&mut self, keys: &Keys<'_>) -> Schema {
        let mut schema = own_keys(Schema::of("object"));
        schema.additional_properties = Some(Others::May(false));
        for key in keys.keys() {
            let value = explained(self.takes(&key.takes), key);
            schema.properties.insert(key.name.to_owned(), value);
            if key.required {
                schema.required.push(key.name.to_owned());
            }
        }
        if let Some(own) = keys.own {
            let value = self.takes(&own.takes).described(own.doc);
            schema.additional_properties = Some(Others::Are(Box::new(value)));
        }
        schema.one_of = keys.one_of.iter().map(|name| Schema::has(name)).collect();
        let takes_input = |key: &Key| matches!(key.takes, Takes::With);
        if keys.keys().iter().any(takes_input) {
            schema.all_of = self.inputs();
        }
        if let Some((key, others)) = keys.apart {
            let others = others.iter().map(|other| Schema::has(other)).collect();
            let apart = Schema::when(Schema::has(key), Schema::none_of(others));
            schema.all_of.push(apart);
        }
        schema
    }

    /// `with:` by what `uses:` says.
    fn inputs(&mut self) -> Vec<Schema> {
        let mut all = Vec::new();
        for (name, kind) in self.catalogue.kinds() {
            let shape = kind.shape();
            let definition = format!("with-{name}");
            let mut with = values::record(&shape.inputs, true);
            shape.summary.to_string().clone_into(&mut with.description);
            let needed = !with.required.is_empty();
            self.defs.insert(definition.clone(), with);
            let refer = Schema::refer(&definition);
            let then = match needed {
                true => Schema::says("with", refer),
                false => Schema {
                    required: Vec::new(),
                    ..Schema::says("with", Schema::any(vec![refer, Schema::of("null")]))
                },
            };
            all.push(Schema::when(
                Schema::says("uses", Schema::constant(name)),
                then,
            ));
        }
        all
    }

    /// A kind that is linked, or anything that the file may define.
    fn kind(&self) -> Schema {
        let mut all = self.linked();
        all.push(Schema::pattern(letters::path_or_dotted()));
        Schema::any(all)
    }

    /// The kinds that are linked, each with its words.
    pub(super) fn linked(&self) -> Vec<Schema> {
        let kinds = self.catalogue.kinds();
        kinds
            .map(|(name, kind)| Schema::constant(name).described(&kind.shape().summary))
            .collect()
    }

    fn facilities(&mut self, of: &Takes) -> Schema {
        let value = self.takes(of);
        let names = self.catalogue.facilities().map(|(name, _)| name.to_owned());
        Schema {
            properties: names.map(|name| (name, value.clone())).collect(),
            additional_properties: Some(Others::May(false)),
            ..Schema::of("object")
        }
    }
}

fn values_of<const N: usize>(all: [serde_json::Value; N]) -> Schema {
    Schema {
        words: all.to_vec(),
        ..Schema::default()
    }
}

/// With the words of its key, and its example where editors show more than a line.
pub(super) fn explained(schema: Schema, key: &Key) -> Schema {
    let mut schema = schema.described(key.doc);
    if !key.example.is_empty() {
        schema.markdown_description = format!("{}\n\n```yaml\n{}\n```", key.doc, key.example);
    }
    schema
}

/// Types by name, lists and maps of them, and names that may be defined in YAML.
fn type_name() -> Schema {
    let plain = runsheet_language::keys::type_names();
    Schema::any(vec![
        words(plain),
        Schema::pattern(letters::nested_type()),
        Schema::pattern(letters::dotted()),
    ])
}

/// `a step` as the name of a definition.
pub(super) fn definition(what: &str) -> String {
    let plain = what.trim_start_matches("an ").trim_start_matches("a ");
    plain.replace('`', "").replace(' ', "-")
}
