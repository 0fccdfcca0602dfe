//! The schema of `patch:`: a part of a file, each of whose values may be a directive instead.

use indexmap::IndexMap;
use runsheet_language::compose::directive::{
    ACTS, OF_STEPS, OF_VALUES, OPTIONAL, PLACES, Says, Word,
};
use runsheet_language::keys::{Keys, Takes};

use super::maps::{Maps, definition, explained};
use super::values::own_keys;
use super::{Others, Schema};

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
            for word in OF_STEPS {
                let value = said(word, &Schema::default());
                schema.properties.insert(word.name.to_owned(), value);
            }
            schema.all_of = contraries();
        } else {
            // What stands beside it is merged, where there is something to merge it into.
            let optional = OF_VALUES.iter().filter(|word| word.name == OPTIONAL);
            let optional =
                optional.map(|word| (word.name.to_owned(), said(word, &Schema::default())));
            schema.properties.extend(optional);
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
        Schema::any([part, vec![directive(&whole)]].concat())
    }
}

/// Whether a table is that of steps, which are patched by their names.
fn is_step(keys: &Keys<'_>) -> bool {
    keys.keys()
        .iter()
        .any(|key| matches!(key.takes, Takes::NewStep))
}

/// What stands behind a directive that is about a value of a type.
fn said(word: &Word, whole: &Schema) -> Schema {
    let schema = match word.says {
        Says::True => Schema::constant(true),
        Says::Step => Schema::of("string"),
        Says::Items => Schema::of("array"),
        Says::Value => whole.clone(),
    };
    schema.described(word.doc)
}

/// What is not said of one step together: that it goes and anything else, or two places.
fn contraries() -> Vec<Schema> {
    let beside = ["id", "$delete", OPTIONAL].map(|key| (key.to_owned(), Schema::default()));
    let goes = Schema {
        properties: IndexMap::from(beside),
        additional_properties: Some(Others::May(false)),
        ..Schema::default()
    };
    let goes = Schema::when(Schema::has("$delete"), goes);
    let places = PLACES.iter().enumerate().map(|(at, place)| {
        let others = PLACES[at + 1..].iter().map(|other| Schema::has(other));
        (place, others.collect::<Vec<_>>())
    });
    let places = places.filter(|(_, others)| !others.is_empty());
    let places =
        places.map(|(place, others)| Schema::when(Schema::has(place), Schema::none_of(others)));
    [goes].into_iter().chain(places).collect()
}

/// What is done to a value instead of merging into it.
fn directive(whole: &Schema) -> Schema {
    let properties = OF_VALUES
        .iter()
        .map(|word| (word.name.to_owned(), said(word, whole)));
    let any_word = |act: &&[&str]| Schema::any(act.iter().map(|word| Schema::has(word)).collect());
    Schema {
        properties: properties.collect::<IndexMap<_, _>>(),
        additional_properties: Some(Others::May(false)),
        one_of: ACTS.iter().map(any_word).collect(),
        ..Schema::of("object")
    }
}
