//! The example of a kind as an input: read as YAML, and each field as its type wants it.

use runsheet_step::shape::Type;
use runsheet_step::{Field, Input, Map, Shape, Value, duration};

use crate::random::Random;
use crate::sample::{self, HOST};

/// The step that an example writes.
///
/// # Errors
/// Why it is none.
pub(crate) fn step(shape: &Shape) -> Result<Value, String> {
    let steps: Value = serde_yaml::from_str(&shape.example)
        .map_err(|error| format!("the example is no YAML: {error}"))?;
    match steps.items() {
        [step] if step.as_map().is_some() => Ok(step.clone()),
        _ => Err("the example is to be a list of one step".to_owned()),
    }
}

/// The input that an example gives; what it leaves to expressions is made up.
///
/// # Errors
/// As [`step`].
pub(crate) fn input(shape: &Shape, random: &mut Random) -> Result<Input, String> {
    Ok(given(&step(shape)?, shape, random))
}

/// The input that a step gives.
pub(crate) fn given(step: &Value, shape: &Shape, random: &mut Random) -> Input {
    let host = match step.get("host").as_text() {
        Some(name) if !name.contains("${{") => sample::host(name),
        _ => sample::host(HOST),
    };
    let with = match step.get("with") {
        Value::Null => Value::Map(Map::new().into()),
        with => typed(with, &Type::Record(shape.inputs.clone()), random),
    };
    Input { host, with }
}

/// A value as its type wants it; as it is written where it cannot be that.
fn typed(value: &Value, of: &Type, random: &mut Random) -> Value {
    let written = value.as_text().map(|text| &**text);
    if written.is_some_and(|text| text.contains("${{")) {
        return sample::value(of, random);
    }
    match (of, value) {
        (Type::OneOf(types), value) => one_of(value, types, random),
        (Type::List(of), Value::List(items)) => {
            Value::list(items.iter().map(|item| typed(item, of, random)))
        }
        (Type::Map(of), Value::Map(map)) => mapped(map, &[], Some(of), random),
        (Type::Record(fields), Value::Map(map)) => mapped(map, fields, None, random),
        (Type::Open(fields, rest), Value::Map(map)) => mapped(map, fields, Some(rest), random),
        (_, Value::Map(_) | Value::List(_)) => value.clone(),
        (Type::Duration, _) => match duration::parse(&value.to_string()) {
            Ok(span) => span.into(),
            Err(_) => value.clone(),
        },
        (Type::Text | Type::Known(_) | Type::Path | Type::Pattern | Type::Word(_), _) => {
            Value::text(value.to_string())
        }
        (Type::Version, _) => Value::Version(value.to_string().into()),
        (Type::Host, _) => sample::host(&value.to_string()),
        (Type::Secret | Type::Moment, _) => sample::value(of, random),
        _ => value.clone(),
    }
}

fn one_of(value: &Value, types: &[Type], random: &mut Random) -> Value {
    if types.iter().any(|of| sample::fits(value, of).is_ok()) {
        return value.clone();
    }
    let mut each = types.iter().map(|of| (of, typed(value, of, random)));
    let fitting = each.find(|(of, value)| sample::fits(value, of).is_ok());
    fitting.map_or_else(|| value.clone(), |(_, value)| value)
}

fn mapped(map: &Map, fields: &[Field], rest: Option<&Type>, random: &mut Random) -> Value {
    Value::map(map.iter().map(|(name, value)| {
        let field = fields.iter().find(|field| field.name == *name);
        let of = field.map(|field| &field.kind).or(rest);
        let value = of.map_or_else(|| value.clone(), |of| typed(value, of, random));
        (name.clone(), value)
    }))
}
