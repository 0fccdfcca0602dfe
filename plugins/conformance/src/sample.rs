//! Values of a type: some that fit it, and whether one does.

use std::time::Duration;

use runsheet_step::bounds::Bounds;
use runsheet_step::shape::Type;
use runsheet_step::{Field, Host, Map, Moment, Name, Secret, Value};

use crate::random::Random;

/// The host of every test.
pub(crate) const HOST: &str = "SAMPLE";

/// The reference of the secret that is handed to steps.
pub(crate) const SECRET: &str = "conformance.secret";

/// So deep do lists and maps go that are made up.
const DEEPEST: usize = 4;

/// A host without variables.
pub(crate) fn host(name: &str) -> Value {
    let host = Host {
        name: name.into(),
        groups: Vec::new(),
        vars: Map::new(),
    };
    Value::Host(host.into())
}

/// A value of a type.
pub(crate) fn value(of: &Type, random: &mut Random) -> Value {
    within(of, random, DEEPEST)
}

fn within(of: &Type, random: &mut Random, levels: usize) -> Value {
    let Some(deeper) = levels.checked_sub(1) else {
        return Value::Null;
    };
    match of {
        Type::Null => Value::Null,
        Type::Bool => random.one_in(2).into(),
        Type::Int => i64::try_from(random.below(9)).unwrap_or(1).into(),
        Type::Number => Value::Float(1.5),
        Type::Any | Type::Text | Type::Pattern => text(random),
        Type::Path => Value::text("sample.txt"),
        Type::Duration => Duration::from_secs(60).into(),
        Type::Version => Value::Version("4.0".into()),
        Type::Moment => Moment(886_060_800_000).into(),
        Type::Secret => Value::Secret(Secret::reference(SECRET).into()),
        Type::Host => host(HOST),
        Type::Word(words) | Type::Known(words) => word(words, random),
        Type::List(of) => Value::list([within(of, random, deeper)]),
        Type::Map(of) => Value::map([("name", within(of, random, deeper))]),
        Type::Record(fields) | Type::Open(fields, _) => {
            let value = |field: &Field, random: &mut Random| {
                bounded(within(&field.kind, random, deeper), field.bounds)
            };
            record(fields, random, value)
        }
        Type::OneOf(types) => match random.pick(types) {
            Some(of) => within(of, random, levels),
            None => Value::Null,
        },
    }
}

/// A value that a field may hold.
pub(crate) fn of_field(field: &Field, random: &mut Random) -> Value {
    bounded(value(&field.kind, random), field.bounds)
}

/// With each number as near as its bounds let it be.
fn bounded(value: Value, bounds: Bounds) -> Value {
    let least = |number: i64| bounds.least.map_or(number, |least| number.max(least));
    let most = |number: i64| bounds.most.map_or(number, |most| number.min(most));
    match value {
        Value::Int(number) => most(least(number)).into(),
        Value::Float(_) if bounds.is_beyond(&value) => most(least(1)).into(),
        Value::List(items) => Value::list(items.iter().map(|item| bounded(item.clone(), bounds))),
        value => value,
    }
}

/// Some of these fields, and all that must be there.
pub(crate) fn record(
    fields: &[Field],
    random: &mut Random,
    mut value: impl FnMut(&Field, &mut Random) -> Value,
) -> Value {
    let mut map = Map::new();
    for field in fields {
        if field.required || random.one_in(2) {
            map.insert(field.name.clone(), value(field, random));
        }
    }
    Value::Map(map.into())
}

fn text(random: &mut Random) -> Value {
    let texts = ["sample", "another", "a longer text, of several words"];
    Value::text(*random.pick(&texts).unwrap_or(&"sample"))
}

fn word(words: &[Name], random: &mut Random) -> Value {
    random
        .pick(words)
        .map_or(Value::Null, |word| Value::Text(word.clone()))
}

/// Whether a value is of a type; what is not known or is kept elsewhere is of every type.
///
/// # Errors
/// What is there in place of what is wanted, with the path to it.
pub(crate) fn fits(value: &Value, of: &Type) -> Result<(), String> {
    let fits = match (of, value) {
        (Type::Any, _) | (_, Value::Unknown(_)) => true,
        (Type::Null, value) => value.is_null(),
        (Type::Bool, value) => value.as_bool().is_some(),
        (Type::Int, value) => value.as_int().is_some(),
        (Type::Number, value) => matches!(value, Value::Int(_) | Value::Float(_)),
        (Type::Text | Type::Known(_) | Type::Path | Type::Pattern | Type::Secret, value) => {
            matches!(value, Value::Text(_) | Value::Secret(_) | Value::Blob(_))
        }
        (Type::Version, value) => value.as_text().is_some(),
        (Type::Duration, value) => matches!(value, Value::Duration(_)),
        (Type::Moment, value) => value.as_moment().is_some(),
        (Type::Host, value) => matches!(value, Value::Host(_) | Value::Text(_)),
        (Type::Word(words), value) => value.as_text().is_some_and(|it| words.contains(it)),
        (Type::List(of), Value::List(items)) => return all_fit(items, of),
        (Type::Map(of), Value::Map(map)) => return entries_fit(map, |_| Some(&**of)),
        (Type::Record(fields), Value::Map(map)) => return fields_fit(map, fields, None),
        (Type::Open(fields, rest), Value::Map(map)) => return fields_fit(map, fields, Some(rest)),
        (Type::OneOf(types), value) => types.iter().any(|of| fits(value, of).is_ok()),
        (Type::List(_) | Type::Map(_) | Type::Record(_) | Type::Open(..), _) => false,
    };
    match fits {
        true => Ok(()),
        false => Err(format!("is {} `{value}`, and not {of}", value.kind())),
    }
}

fn all_fit(items: &[Value], of: &Type) -> Result<(), String> {
    let mut each = items.iter().enumerate();
    each.try_for_each(|(n, item)| fits(item, of).map_err(|why| format!("[{n}] {why}")))
}

fn entries_fit<'t>(map: &Map, of: impl Fn(&Name) -> Option<&'t Type>) -> Result<(), String> {
    for (name, value) in map {
        let of = of(name).ok_or_else(|| format!("has a field `{name}` that nobody knows"))?;
        fits(value, of).map_err(|why| format!("`{name}` {why}"))?;
    }
    Ok(())
}

/// Whether a map is of these fields, and of this type where it has others.
///
/// # Errors
/// As [`fits`].
pub(crate) fn fields_fit(map: &Map, fields: &[Field], rest: Option<&Type>) -> Result<(), String> {
    let known = |name: &Name| fields.iter().find(|field| field.name == *name);
    entries_fit(map, |name| known(name).map(|field| &field.kind).or(rest))?;
    let missing = |field: &&Field| field.required && !map.contains_key(&field.name);
    match fields.iter().find(missing) {
        Some(field) => Err(format!("has no `{}`", field.name)),
        None => Ok(()),
    }
}

#[cfg(test)]
mod tests {
    use super::{fits, value};
    use crate::random::Random;
    use runsheet_step::Field;
    use runsheet_step::shape::Type;

    #[test]
    fn what_is_made_up_for_a_type_fits_it() {
        let record = Type::Record(vec![
            Field::new("words", Type::word(&["a", "b"]), "some").required(),
            Field::new("secret", Type::Secret, "one"),
        ]);
        let types = [
            record.clone(),
            Type::list(record.clone()),
            Type::map(Type::OneOf(vec![Type::Moment, Type::Null])),
            Type::Open(
                vec![Field::new("at", Type::Host, "where")],
                Box::new(record),
            ),
        ];
        let mut random = Random::new(1, "types");
        for of in types.iter().cycle().take(100) {
            let made = value(of, &mut random);
            assert_eq!(fits(&made, of), Ok(()), "{made}");
        }
        assert!(fits(&5.into(), &Type::Text).is_err());
        assert!(fits(&"c".into(), &Type::word(&["a", "b"])).is_err());
    }
}
