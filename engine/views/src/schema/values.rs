//! The schema of a value of a type, as YAML has it when an editor looks.

use runsheet_step::Name;
use runsheet_step::bounds::Bounds;
use runsheet_step::shape::{Field, Type};
use serde_json::Value as Json;

use super::{Others, Schema, Types};

/// The definition that every `${{ }}` refers to.
pub(super) const EXPRESSION: &str = "expression";
/// The definition of a length of time.
pub(super) const DURATION: &str = "duration";
/// The definition of a dotted version.
pub(super) const VERSION: &str = "version";
/// What YAML may make of a text.
const TEXT: [&str; 3] = ["string", "number", "boolean"];

/// Those of the definitions that types refer to.
pub(super) fn definitions() -> Vec<(&'static str, Schema)> {
    let expression = Schema::pattern(r"\$\{\{").described(
        "An expression in `${{ }}`, or a text in which such stand. `runsheet explain expressions` \
         lists what can be written.",
    );
    let compact = r"(\d+\s*(ms|s|m|h|d)\s*)+";
    let iso = r"PT(\d+\s*([mM][sS]|[hHmMsSdD])\s*)+";
    let duration = Schema::pattern(format!(r"^\s*({compact}|{iso})$"))
        .described("A length of time: `90s`, `5m`, `1h30m`.");
    let number = Schema {
        minimum: Some(0),
        ..Schema::of("number")
    };
    let version = Schema::any(vec![Schema::pattern(r"^\d+(\.\d+)*$"), number])
        .described("A version: numbers with dots between them.");
    vec![
        (EXPRESSION, expression),
        (DURATION, duration),
        (VERSION, version),
    ]
}

/// Text of any look.
pub(super) fn text() -> Schema {
    Schema::of_any(&TEXT)
}

/// One of these words.
pub(super) fn words<'w>(words: impl IntoIterator<Item = &'w str>) -> Schema {
    Schema {
        words: words.into_iter().map(Json::from).collect(),
        ..Schema::default()
    }
}

/// A value of a type; `open` where expressions may stand in it.
pub(super) fn value(kind: &Type, open: bool) -> Schema {
    let written = written(kind, open);
    let takes_any_text = matches!(
        kind,
        Type::Any | Type::Text | Type::Path | Type::Pattern | Type::Host | Type::Known(_)
    );
    let only_expressions = matches!(kind, Type::Secret | Type::Moment);
    if !open || takes_any_text || only_expressions {
        return written;
    }
    Schema::any(vec![written, Schema::refer(EXPRESSION)])
}

fn written(kind: &Type, open: bool) -> Schema {
    match kind {
        Type::Any => Schema::default(),
        Type::Null => Schema::of("null"),
        Type::Bool => Schema::of("boolean"),
        Type::Int => Schema::of("integer"),
        Type::Number => Schema::of("number"),
        Type::Text | Type::Path | Type::Pattern | Type::Host => text(),
        Type::Known(known) => known_text(known),
        Type::Duration => Schema::refer(DURATION),
        Type::Version => Schema::refer(VERSION),
        Type::Secret | Type::Moment => Schema::refer(EXPRESSION),
        Type::Word(all) => words(all.iter().map(|word| &**word)),
        Type::List(of) => Schema::list(value(of, open)),
        Type::Map(of) => Schema::names(value(of, open)),
        Type::Record(fields) => record(fields, open),
        Type::Open(fields, other) => Schema {
            additional_properties: Some(Others::Are(Box::new(value(other, open)))),
            ..record(fields, open)
        },
        Type::OneOf(types) => Schema::any(types.iter().map(|kind| written(kind, open)).collect()),
    }
}

/// Text, with words that editors may offer.
fn known_text(known: &[Name]) -> Schema {
    Schema::any(vec![words(known.iter().map(|word| &**word)), text()])
}

/// A map of fields, and of keys that are the user's own.
pub(super) fn record(fields: &[Field], open: bool) -> Schema {
    let mut schema = own_keys(Schema::of("object"));
    schema.additional_properties = Some(Others::May(false));
    for field in fields {
        let mut value = value(&field.kind, open).described(&field.doc);
        bound(&mut value, field.bounds);
        schema.properties.insert(field.name.to_string(), value);
        if field.required {
            schema.required.push(field.name.to_string());
        }
    }
    schema
}

/// Says of the numbers of a value between what they lie.
fn bound(schema: &mut Schema, bounds: Bounds) {
    if matches!(schema.types, Types::One("integer" | "number")) {
        (schema.minimum, schema.maximum) = (bounds.least, bounds.most);
    }
    let others = match &mut schema.additional_properties {
        Some(Others::Are(others)) if schema.properties.is_empty() => Some(others),
        _ => None,
    };
    let inner = schema.items.iter_mut().chain(others);
    for inner in inner.map(|inner| &mut **inner).chain(&mut schema.any_of) {
        bound(inner, bounds);
    }
}

/// With keys that begin with `x-`.
pub(super) fn own_keys(mut schema: Schema) -> Schema {
    let free = Schema::default();
    schema.pattern_properties.insert("^x-".to_owned(), free);
    schema
}

#[cfg(test)]
mod tests {
    use runsheet_step::shape::{Field, Type};
    use serde_json::json;

    #[test]
    fn numbers_have_the_bounds_of_their_field() {
        let field = |kind: Type| Field::new("n", kind, "").within(Some(0), Some(9));
        let schema = |kind: Type| {
            let record = super::record(&[field(kind)], false);
            let record = serde_json::to_value(record).expect("a schema is JSON");
            record["properties"]["n"].clone()
        };
        let number = json!({"type": "integer", "minimum": 0, "maximum": 9});
        assert_eq!(schema(Type::Int), number);
        assert_eq!(schema(Type::list(Type::Int))["items"], number);
        assert_eq!(schema(Type::map(Type::Int))["additionalProperties"], number);
        let either = Type::OneOf(vec![Type::Null, Type::Int]);
        assert_eq!(schema(either)["anyOf"][1], number);
        // The fields of a map have their own.
        let inner = Type::Record(vec![Field::new("free", Type::Int, "")]);
        let inner = schema(inner)["properties"]["free"].clone();
        assert_eq!(inner, json!({"type": "integer"}));
    }
}
