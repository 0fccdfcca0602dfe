//! Which records a step means: the form that kinds take it in, what may be wrong with it, and
//! what its patterns capture.

use runsheet_step::shape::Type;
use runsheet_step::{Failure, Field, Map, Value};

use super::{CATEGORIES, FIELDS, TYPES, filter};
use crate::text::{
    captured_by_a_line, captures_null, faults_of_pattern, outputs_of_patterns, pattern,
};

/// The records meant: one description, or several of which any one will do.
#[must_use]
pub fn records() -> Type {
    one_or_several(Type::Record(description()))
}

fn one_or_several(of: Type) -> Type {
    Type::OneOf(vec![of.clone(), Type::list(of)])
}

fn description() -> Vec<Field> {
    let field = |name, of, doc| Field::new(name, one_or_several(of), doc);
    vec![
        field("id", Type::Int, "the event id, or several"),
        field(
            "category",
            Type::known(CATEGORIES),
            "the category, by name, or several",
        ),
        field(
            "source",
            Type::Text,
            "who wrote it, or several; of the PC MTA, the name of the instance",
        ),
        field(
            "type",
            Type::word(TYPES),
            "the type of the record, or several",
        ),
        Field::new("fields", fields(), "named fields in its text"),
        Field::new(
            "text",
            Type::Pattern,
            "what its text, or a line of it, looks like",
        ),
        Field::new("contains", Type::Text, "what stands somewhere in its text"),
    ]
}

fn fields() -> Type {
    let field = |name: &&str| Field::new(*name, Type::Text, "a field in the text of the event");
    Type::Open(FIELDS.iter().map(field).collect(), Box::new(Type::Text))
}

/// The fields of a record, as outputs.
#[must_use]
pub fn item() -> Vec<Field> {
    vec![
        Field::new("record", Type::Int, "the number of the record"),
        Field::new("time", Type::Moment, "when it was written"),
        Field::new("source", Type::Text, "who wrote it"),
        Field::new("category", Type::Text, "its category"),
        Field::new("id", Type::Int, "its event id"),
        Field::new("type", Type::Text, "its type"),
        Field::new("fields", fields(), "the named fields of its text"),
        Field::new("text", Type::Text, "its text"),
    ]
}

/// Each description with its path; none where nothing is given or it is not known yet.
fn descriptions<'v>(given: &'v Value, key: &str) -> Vec<(Vec<String>, &'v Value)> {
    let path = |index: Option<usize>| {
        let index = index.map(|index| index.to_string());
        [Some(key.to_owned()), index]
            .into_iter()
            .flatten()
            .collect()
    };
    match given {
        Value::Map(_) => vec![(path(None), given)],
        Value::List(several) => (0..)
            .zip(several.iter())
            .map(|(index, one)| (path(Some(index)), one))
            .collect(),
        _ => Vec::new(),
    }
}

/// What is wrong with the records given under a key: a description that says nothing, an empty
/// list, a bad pattern, a capture that would hide an output.
#[must_use]
pub fn faults(given: &Value, key: &str, outputs: &[Field]) -> Vec<Failure> {
    if matches!(given, Value::List(several) if several.is_empty()) {
        let fault = Failure::code("bad-input", "an empty list means no record");
        return vec![
            fault
                .at(&[key])
                .help(format!("name a record, or leave `{key}:` out")),
        ];
    }
    let mut faults = Vec::new();
    for (path, one) in descriptions(given, key) {
        let path: Vec<&str> = path.iter().map(String::as_str).collect();
        if one
            .as_map()
            .is_some_and(|one| one.values().all(Value::is_null))
        {
            let fault = Failure::code("bad-input", "this would be any record");
            let help = "name at least an `id:`, a `source:` or a `category:`";
            faults.push(fault.at(&path).help(help));
        }
        let text = [&path[..], &["text"]].concat();
        faults.extend(faults_of_pattern(one.get("text"), &text, outputs));
    }
    faults
}

/// The outputs that the patterns of the records given under these keys bring.
#[must_use]
pub fn outputs<'v>(given: impl IntoIterator<Item = &'v Value>) -> Vec<Field> {
    let texts = given.into_iter().flat_map(|given| {
        let each = descriptions(given, "").into_iter();
        each.map(|(_, one)| one.get("text"))
    });
    outputs_of_patterns(texts)
}

/// What the first description that means this record captures of it; what the others would
/// capture is null.
///
/// # Errors
/// A bad pattern.
pub fn captured(given: &Value, key: &str, item: &Value) -> Result<Map, Failure> {
    let mut found = Map::new();
    let all = descriptions(given, key);
    for (_, one) in &all {
        found.extend(captures_null(one.get("text")));
    }
    let meant = all.iter().find(|(_, one)| filter::matches(one, item));
    let Some((path, meant)) = meant else {
        return Ok(found);
    };
    if let (Some(wanted), Some(text)) = (meant.get("text").as_text(), item.get("text").as_text()) {
        let path: Vec<&str> = path.iter().map(String::as_str).collect();
        let pattern = pattern(wanted, &path)?;
        found.extend(captured_by_a_line(&pattern, text).unwrap_or_default());
    }
    Ok(found)
}

#[cfg(test)]
mod tests {
    use super::{captured, faults, outputs};
    use runsheet_step::Value;

    fn saying(text: &str) -> Value {
        Value::map([("text", Value::text(text))])
    }

    #[test]
    fn the_first_that_is_meant_gives_its_captures_and_the_others_null() {
        let given = Value::list([saying("Size: {bytes:int}"), saying("{what:word} failed")]);
        let item = saying("Import failed");
        let found = captured(&given, "until", &item).expect("good patterns");
        let told: Vec<_> = found.iter().map(|(n, v)| format!("{n}={v}")).collect();
        assert_eq!(told, ["bytes=null", "what=Import"]);
        let names: Vec<_> = outputs([&given]).into_iter().map(|f| f.name).collect();
        assert_eq!(names, ["bytes".into(), "what".into()]);
    }

    #[test]
    fn what_is_wrong_is_told_with_its_place() {
        let given = Value::list([saying("a {b:int"), Value::map::<&str>([])]);
        let told: Vec<_> = faults(&given, "unless", &[])
            .iter()
            .map(|fault| format!("{}: {}", fault.at.join("."), fault.message))
            .collect();
        assert_eq!(
            told,
            [
                "unless.0.text: `{` is never closed with `}` (at `{b:int` of the pattern `a {b:int`)",
                "unless.1: this would be any record"
            ]
        );
        let none = faults(&Value::list([]), "unless", &[]);
        assert_eq!(&*none[0].message, "an empty list means no record");
        assert_eq!(faults(&Value::unknown("x"), "unless", &[]), []);
    }
}
