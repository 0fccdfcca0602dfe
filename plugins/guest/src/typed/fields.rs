//! From the schema of a Rust type to the fields of a shape.

use runsheet_step::Name;
use runsheet_step::bounds::Bounds;
use runsheet_step::shape::{Field, Type};
use schemars::JsonSchema;
use schemars::generate::SchemaSettings;
use serde::de::DeserializeOwned;
use serde_json::{Map, Value as Json};

use super::order;

/// What marks the types that JSON has no word for.
pub(crate) const MARK: &str = "x-runsheet";

/// The inputs of a type: its fields in the order of its text, each with its doc comment.
///
/// # Panics
/// If it has no fields by name.
#[must_use]
pub fn input_fields<T: DeserializeOwned + JsonSchema>() -> Vec<Field> {
    fields(&schema::<T>(false), order::names::<T>(), &T::schema_name())
}

/// The outputs of a type, as [`input_fields`]; those that it always gives come first.
///
/// # Panics
/// If it has no fields by name.
#[must_use]
pub fn output_fields<T: JsonSchema>() -> Vec<Field> {
    let mut fields = fields(&schema::<T>(true), &[], &T::schema_name());
    for field in &mut fields {
        // Whether an output is there is seen when it is.
        field.required = false;
        field.bounds = Bounds::default();
    }
    fields
}

fn schema<T: JsonSchema>(written: bool) -> Json {
    let settings = SchemaSettings::draft2020_12().with(|settings| {
        settings.inline_subschemas = true;
        settings.meta_schema = None;
    });
    let settings = if written {
        settings.for_serialize()
    } else {
        settings
    };
    let mut generator = settings.into_generator();
    T::json_schema(&mut generator).to_value()
}

#[track_caller]
fn fields(schema: &Json, order: &[&str], name: &str) -> Vec<Field> {
    let nothing = schema["type"] == "null";
    match schema.as_object().filter(|schema| is_map(schema)) {
        Some(schema) => record(schema, order),
        None if nothing => Vec::new(),
        None => panic!("`{name}` has no fields by name, and `with:` is a map: make it a struct"),
    }
}

fn is_map(schema: &Map<String, Json>) -> bool {
    schema.get("type").is_some_and(|kind| kind == "object")
}

/// The fields of a struct: those of the order given, those that must be there, all others.
fn record(schema: &Map<String, Json>, order: &[&str]) -> Vec<Field> {
    let nothing = Map::new();
    let properties = schema
        .get("properties")
        .and_then(Json::as_object)
        .unwrap_or(&nothing);
    let required = texts(schema.get("required"));
    let mut names: Vec<&str> = Vec::new();
    let all = order.iter().copied().chain(required.iter().copied());
    for name in all.chain(properties.keys().map(String::as_str)) {
        if properties.contains_key(name) && !names.contains(&name) {
            names.push(name);
        }
    }
    let field = |name: &str| {
        let schema = &properties[name];
        let Bounds { least, most } = bounds(schema);
        let field = Field::new(name, kind(schema), doc(schema)).within(least, most);
        if required.contains(&name) {
            field.required()
        } else {
            field
        }
    };
    names.into_iter().map(field).collect()
}

/// The doc comment, as one line.
fn doc(schema: &Json) -> Name {
    let text = schema["description"].as_str().unwrap_or_default();
    text.split_whitespace().collect::<Vec<_>>().join(" ").into()
}

fn texts(list: Option<&Json>) -> Vec<&str> {
    let items = list.and_then(Json::as_array);
    items
        .into_iter()
        .flatten()
        .filter_map(Json::as_str)
        .collect()
}

/// Between what the numbers of a schema lie: also those of a list, of a map of any names, and of
/// what may be null.
fn bounds(schema: &Json) -> Bounds {
    let own = Bounds {
        least: whole(&schema["minimum"]),
        most: whole(&schema["maximum"]),
    };
    // These have no bounds of their own in a schema.
    let (least, most) = match schema["format"].as_str() {
        Some("uint32") => (Some(0), Some(u32::MAX.into())),
        Some("int32") => (Some(i32::MIN.into()), Some(i32::MAX.into())),
        _ => (None, None),
    };
    let (least, most) = (own.least.or(least), own.most.or(most));
    if least.is_some() || most.is_some() {
        return Bounds { least, most };
    }
    let parts = ["oneOf", "anyOf", "allOf"]
        .iter()
        .find_map(|key| schema[*key].as_array());
    let not_null = |part: &&Json| part["type"] != "null";
    let mut inner: Vec<&Json> = match parts {
        Some(parts) => parts.iter().filter(not_null).collect(),
        None if schema["items"].is_object() => vec![&schema["items"]],
        None if schema["properties"].is_null() => vec![&schema["additionalProperties"]],
        None => Vec::new(),
    };
    match (inner.pop(), inner.is_empty()) {
        (Some(inner), true) if inner.is_object() => bounds(inner),
        _ => Bounds::default(),
    }
}

/// A bound that is a whole number, whatever it was written as.
fn whole(bound: &Json) -> Option<i64> {
    let whole = || {
        let text = bound.as_f64()?.to_string();
        text.parse().ok()
    };
    bound.as_i64().or_else(whole)
}

/// The type of a schema.
fn kind(schema: &Json) -> Type {
    let Some(map) = schema.as_object() else {
        return Type::Any;
    };
    if let Some(word) = map.get(MARK) {
        return serde_json::from_value(word.clone()).unwrap_or(Type::Any);
    }
    if let Some(word) = map.get("const").and_then(Json::as_str) {
        return Type::word(&[word]);
    }
    let words = texts(map.get("enum"));
    if !words.is_empty() {
        return Type::word(&words);
    }
    let parts = ["oneOf", "anyOf", "allOf"]
        .iter()
        .find_map(|key| map.get(*key)?.as_array());
    if let Some(parts) = parts {
        return one_of(parts.iter().map(kind).collect());
    }
    match map.get("type") {
        Some(Json::String(word)) => named(word, map),
        Some(Json::Array(words)) => {
            let words = words.iter().filter_map(Json::as_str);
            one_of(words.map(|word| named(word, map)).collect())
        }
        _ => Type::Any,
    }
}

/// One of these, as short as it can be said; null goes without saying where there is another.
fn one_of(mut types: Vec<Type>) -> Type {
    if types.iter().any(|kind| *kind != Type::Null) {
        types.retain(|kind| *kind != Type::Null);
    }
    let all_words: Option<Vec<Vec<Name>>> = types.iter().map(words_of).collect();
    match all_words {
        Some(words) => Type::Word(words.concat()),
        None if types.len() == 1 => types.remove(0),
        None => Type::OneOf(types),
    }
}

fn words_of(kind: &Type) -> Option<Vec<Name>> {
    match kind {
        Type::Word(words) => Some(words.clone()),
        _ => None,
    }
}

fn named(word: &str, schema: &Map<String, Json>) -> Type {
    match word {
        "null" => Type::Null,
        "boolean" => Type::Bool,
        "integer" => Type::Int,
        "number" => Type::Number,
        "string" => Type::Text,
        "array" => Type::list(schema.get("items").map_or(Type::Any, kind)),
        "object" => map(schema),
        _ => Type::Any,
    }
}

fn map(schema: &Map<String, Json>) -> Type {
    let others = schema.get("additionalProperties");
    match (schema.contains_key("properties"), others) {
        (false, Some(Json::Bool(_)) | None) => Type::map(Type::Any),
        (false, Some(others)) => Type::map(kind(others)),
        (true, Some(others @ Json::Object(_))) => {
            Type::Open(record(schema, &[]), Box::new(kind(others)))
        }
        (true, _) => Type::Record(record(schema, &[])),
    }
}
