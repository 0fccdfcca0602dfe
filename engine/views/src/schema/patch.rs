//! The schema of `patch:`: a part of a file, each of whose values may be a directive instead.

use indexmap::IndexMap;
use runsheet_language::keys::{Keys, Takes};

use super::maps::{Maps, definition, explained};
use super::values::own_keys;
use super::{Others, Schema};

/// What may be said of a step beside its keys.
const OF_STEPS: [(&str, bool, &str); 8] = [
    ("$delete", true, "The step is taken out."),
    ("$replace", true, "The step is wholly what stands here."),
    ("$optional", true, "The step may be missing."),
    ("$first", true, "It stands first in its list."),
    ("$last", true, "It stands last in its list."),
    ("$before", false, "The step that it stands before."),
    ("$after", false, "The step that it stands after."),
    ("$rename", false, "Its new name, everywhere."),
];

impl Maps<'_> {
    /// A part of a map with known keys, as a definition of its own.
    pub(super) fn patch(&mut self, keys: &Keys<'_>) -> Schema {
        let name = format!("patch-{}", definition(keys.what));
        if !self.defs.contains_key(&name) {
            self.defs.insert(name.clone(), Schema::default());
            let schema = self.part(keys);
            self.defs.insert(name.clone(), schema);
        }
        Schema::refer(&name)
    }

    fn part(&mut self, keys: &Keys<'_>) -> Schema {
        let mut schema = own_keys(Schema::of("object"));
        schema.additional_properties = Some(Others::May(false));
        for key in keys.keys() {
            let value = match key.takes {
                // A step that is patched is named from where the patch stands: `t1.send`.
                Takes::NewStep => Schema::of("string"),
                _ => self.patched(&key.takes),
            };
            let value = explained(value, key);
            schema.properties.insert(key.name.to_owned(), value);
        }
        if let Some(own) = keys.own {
            let value = self.patched(&own.takes).described(own.doc);
            schema.additional_properties = Some(Others::Are(Box::new(value)));
        }
        if is_step(keys) {
            schema.required.push("id".to_owned());
            for (name, is_flag, doc) in OF_STEPS {
                let value = if is_flag {
                    flag()
                } else {
                    Schema::of("string")
                };
                schema
                    .properties
                    .insert(name.to_owned(), value.described(doc));
            }
        }
        schema
    }

    /// What may stand for a value: a part of it, all of it, or a directive.
    fn patched(&mut self, takes: &Takes) -> Schema {
        let whole = self.takes(takes);
        let part = match takes {
            Takes::Keys(keys) => vec![self.patch(keys())],
            Takes::Map(of) => vec![Schema::names(self.patched(of))],
            Takes::List(Takes::Keys(keys)) if is_step(keys()) => {
                return Schema::list(self.patch(keys()));
            }
            Takes::Either(all) => {
                let maps = all
                    .iter()
                    .filter(|one| matches!(one, Takes::Keys(_) | Takes::Map(_)));
                let mut parts: Vec<Schema> = maps.map(|one| self.patched(one)).collect();
                parts.push(whole.clone());
                parts
            }
            _ => vec![whole.clone()],
        };
        Schema::any([part, vec![directive(whole)]].concat())
    }
}

/// Whether a table is that of steps, which are patched by their names.
fn is_step(keys: &Keys<'_>) -> bool {
    keys.keys()
        .iter()
        .any(|key| matches!(key.takes, Takes::NewStep))
}

fn flag() -> Schema {
    Schema::of("boolean")
}

/// What is done to a value instead of merging into it.
fn directive(whole: Schema) -> Schema {
    let properties = [
        ("$delete", flag().described("The key is taken out.")),
        ("$replace", whole.described("The value is wholly this.")),
        (
            "$append",
            Schema::of("array").described("These come behind those of the list."),
        ),
        (
            "$prepend",
            Schema::of("array").described("These come before those of the list."),
        ),
        (
            "$optional",
            flag().described("What is patched may be missing."),
        ),
    ];
    let properties = properties
        .into_iter()
        .map(|(name, schema)| (name.to_owned(), schema));
    let says = ["$delete", "$replace", "$append", "$prepend"];
    Schema {
        properties: properties.collect::<IndexMap<_, _>>(),
        additional_properties: Some(Others::May(false)),
        one_of: says.map(Schema::has).to_vec(),
        ..Schema::of("object")
    }
}
