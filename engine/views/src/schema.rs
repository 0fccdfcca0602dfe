//! JSON Schema (2020-12) of the files that people write, for editors.
//!
//! Everything comes from what reads the files: the tables of [`runsheet_language::keys`] and the
//! shapes of the catalogue's kinds. A schema knows less than `check`: it sees no names, so that a
//! reference to a step that is not there is none of its matters. What it refuses, `check` refuses.
//!
//! Editors read YAML before they ask a schema, so a text field that is written as `5.0` comes as a
//! number; such fields take all that YAML may make of a text.

mod letters;
mod maps;
mod patch;
mod root;
mod values;

use indexmap::IndexMap;
use runsheet_step::Catalogue;
use serde::Serialize;
use serde_json::Value as Json;

/// The files that have a schema.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum File {
    /// What is done.
    Workflow,
    /// Where.
    Site,
    /// What is changed in either from outside.
    Overlay,
}

impl File {
    /// All of them, with their names on the command line.
    pub const ALL: [(&'static str, File); 3] = [
        ("workflow", File::Workflow),
        ("site", File::Site),
        ("overlay", File::Overlay),
    ];
}

/// The schema of a sort of file as JSON text, with the kinds of this catalogue.
#[must_use]
pub fn text(file: File, catalogue: &Catalogue) -> String {
    let schema = root::of(file, catalogue);
    // A tree of maps, lists and texts can be written; there is no case in which it cannot.
    let text = serde_json::to_string_pretty(&schema).unwrap_or_default();
    format!("{text}\n")
}

/// One schema. What is not said is not written.
#[derive(Clone, Debug, Default, Serialize)]
#[serde(rename_all = "camelCase", default)]
pub(crate) struct Schema {
    #[serde(rename = "$schema", skip_serializing_if = "Option::is_none")]
    dialect: Option<&'static str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    title: Option<String>,
    #[serde(skip_serializing_if = "String::is_empty")]
    description: String,
    #[serde(skip_serializing_if = "String::is_empty")]
    markdown_description: String,
    #[serde(rename = "$ref", skip_serializing_if = "Option::is_none")]
    reference: Option<String>,
    #[serde(rename = "type", skip_serializing_if = "Types::is_empty")]
    types: Types,
    #[serde(rename = "const", skip_serializing_if = "Option::is_none")]
    constant: Option<Json>,
    #[serde(rename = "enum", skip_serializing_if = "Vec::is_empty")]
    words: Vec<Json>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pattern: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    minimum: Option<i64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    maximum: Option<i64>,
    #[serde(skip_serializing_if = "IndexMap::is_empty")]
    properties: IndexMap<String, Schema>,
    #[serde(skip_serializing_if = "IndexMap::is_empty")]
    pattern_properties: IndexMap<String, Schema>,
    #[serde(skip_serializing_if = "Option::is_none")]
    additional_properties: Option<Others>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    required: Vec<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    items: Option<Box<Schema>>,
    #[serde(rename = "if", skip_serializing_if = "Option::is_none")]
    condition: Option<Box<Schema>>,
    #[serde(rename = "then", skip_serializing_if = "Option::is_none")]
    then: Option<Box<Schema>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    not: Option<Box<Schema>>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    all_of: Vec<Schema>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    any_of: Vec<Schema>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    one_of: Vec<Schema>,
    #[serde(rename = "$defs", skip_serializing_if = "IndexMap::is_empty")]
    defs: IndexMap<String, Schema>,
}

/// The JSON types that a value may have.
#[derive(Clone, Debug, Default, Serialize)]
#[serde(untagged)]
enum Types {
    #[default]
    Any,
    One(&'static str),
    Several(Vec<&'static str>),
}

impl Types {
    fn is_empty(&self) -> bool {
        matches!(self, Types::Any)
    }
}

/// What may stand under names that are not listed.
#[derive(Clone, Debug, Serialize)]
#[serde(untagged)]
enum Others {
    May(bool),
    Are(Box<Schema>),
}

impl Schema {
    /// A value of one JSON type.
    fn of(kind: &'static str) -> Schema {
        Schema {
            types: Types::One(kind),
            ..Schema::default()
        }
    }

    /// A value of any of these JSON types.
    fn of_any(kinds: &[&'static str]) -> Schema {
        Schema {
            types: Types::Several(kinds.to_vec()),
            ..Schema::default()
        }
    }

    /// What is defined elsewhere in the same schema.
    fn refer(name: &str) -> Schema {
        Schema {
            reference: Some(format!("#/$defs/{name}")),
            ..Schema::default()
        }
    }

    /// This one value.
    fn constant(value: impl Into<Json>) -> Schema {
        Schema {
            constant: Some(value.into()),
            ..Schema::default()
        }
    }

    /// Text that has this form.
    fn pattern(pattern: impl Into<String>) -> Schema {
        Schema {
            pattern: Some(pattern.into()),
            ..Schema::of("string")
        }
    }

    /// A list of these.
    fn list(items: Schema) -> Schema {
        Schema {
            items: Some(Box::new(items)),
            ..Schema::of("array")
        }
    }

    /// Any names to these.
    fn names(values: Schema) -> Schema {
        Schema {
            additional_properties: Some(Others::Are(Box::new(values))),
            ..Schema::of("object")
        }
    }

    /// Any of these; one alone is itself.
    fn any(mut all: Vec<Schema>) -> Schema {
        match all.pop() {
            Some(only) if all.is_empty() => only,
            last => {
                all.extend(last);
                Schema {
                    any_of: all,
                    ..Schema::default()
                }
            }
        }
    }

    /// None of these.
    fn none_of(all: Vec<Schema>) -> Schema {
        Schema {
            not: Some(Box::new(Schema::any(all))),
            ..Schema::default()
        }
    }

    /// That a key is there.
    fn has(name: &str) -> Schema {
        Schema {
            required: vec![name.to_owned()],
            ..Schema::default()
        }
    }

    /// That a key has a value.
    fn says(name: &str, value: Schema) -> Schema {
        Schema {
            properties: IndexMap::from([(name.to_owned(), value)]),
            ..Schema::has(name)
        }
    }

    /// This, if that holds.
    fn when(condition: Schema, then: Schema) -> Schema {
        Schema {
            condition: Some(Box::new(condition)),
            then: Some(Box::new(then)),
            ..Schema::default()
        }
    }

    /// With words for whoever points at it.
    fn described(mut self, doc: &str) -> Schema {
        doc.clone_into(&mut self.description);
        self
    }
}

#[cfg(test)]
#[path = "tests/schema.rs"]
mod tests;
