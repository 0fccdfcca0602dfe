//! Between what a number lies that a field holds.

use serde::{Deserialize, Serialize};

use crate::shape::{Field, Type};
use crate::{Failure, Map, Name, Value};

/// The least and the most that each number of a field may be, in lists and maps too; but for the
/// fields of its maps, which have their own.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Bounds {
    /// No number is less.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub least: Option<i64>,
    /// No number is more.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub most: Option<i64>,
}

impl Bounds {
    /// Whether any number does.
    #[must_use]
    pub fn is_none(&self) -> bool {
        self.least.is_none() && self.most.is_none()
    }

    /// Whether a value is a number beyond them.
    #[must_use]
    #[expect(
        clippy::cast_precision_loss,
        reason = "who gives a fraction asks for no more"
    )]
    pub fn is_beyond(&self, value: &Value) -> bool {
        match value {
            Value::Int(number) => {
                self.least.is_some_and(|least| *number < least)
                    || self.most.is_some_and(|most| *number > most)
            }
            Value::Float(number) => {
                self.least.is_some_and(|least| *number < least as f64)
                    || self.most.is_some_and(|most| *number > most as f64)
            }
            _ => false,
        }
    }

    /// From where to where, to be put behind the name of a type; empty where any number does.
    #[must_use]
    pub fn words(&self) -> String {
        match (self.least, self.most) {
            (Some(least), Some(most)) => format!(" from {least} to {most}"),
            (Some(least), None) => format!(" from {least}"),
            (None, Some(most)) => format!(" up to {most}"),
            (None, None) => String::new(),
        }
    }
}

/// The numbers of a map that lie beyond what its fields may hold. What is not known is not wrong.
#[must_use]
pub fn beyond(fields: &[Field], map: &Value) -> Vec<Failure> {
    let mut found = Vec::new();
    if let Some(map) = map.as_map() {
        in_fields(fields, map, &mut Vec::new(), &mut found);
    }
    found
}

fn in_fields(fields: &[Field], map: &Map, path: &mut Vec<Name>, found: &mut Vec<Failure>) {
    for field in fields {
        if let Some(value) = map.get(&field.name) {
            path.push(field.name.clone());
            found.extend(of_kind(&field.kind, field.bounds, value, path).unwrap_or_default());
            path.pop();
        }
    }
}

/// What is wrong with a value as one of a type; nothing where it is of another.
fn of_kind(
    kind: &Type,
    bounds: Bounds,
    value: &Value,
    path: &mut Vec<Name>,
) -> Option<Vec<Failure>> {
    let mut found = Vec::new();
    match (kind, value) {
        (Type::Any, _) => {}
        (Type::Int, Value::Int(_)) | (Type::Number, Value::Int(_) | Value::Float(_)) => {
            if bounds.is_beyond(value) {
                found.push(told(kind, bounds, value, path));
            }
        }
        (Type::List(of), Value::List(items)) => {
            for (number, item) in items.iter().enumerate() {
                path.push(number.to_string().into());
                found.extend(of_kind(of, bounds, item, path).unwrap_or_default());
                path.pop();
            }
        }
        (Type::Map(of), Value::Map(map)) => {
            for (name, value) in map.iter() {
                path.push(name.clone());
                found.extend(of_kind(of, bounds, value, path).unwrap_or_default());
                path.pop();
            }
        }
        (Type::Record(fields) | Type::Open(fields, _), Value::Map(map)) => {
            in_fields(fields, map, path, &mut found);
        }
        (Type::OneOf(kinds), _) => {
            let each = kinds.iter().map(|kind| of_kind(kind, bounds, value, path));
            return each.flatten().min_by_key(Vec::len);
        }
        _ => return None,
    }
    Some(found)
}

fn told(kind: &Type, bounds: Bounds, value: &Value, path: &[Name]) -> Failure {
    let message = format!("expected {kind}{}, found `{value}`", bounds.words());
    Failure {
        at: path.to_vec(),
        ..Failure::code("bad-input", message)
    }
}

#[cfg(test)]
mod tests {
    use super::beyond;
    use crate::Value;
    use crate::shape::{Field, Type};

    fn field(name: &str, kind: Type) -> Field {
        Field::new(name, kind, "").within(Some(0), Some(255))
    }

    /// What is told of a field that holds this.
    fn told(field: Field, value: impl Into<Value>) -> Vec<String> {
        let map = Value::map([(&*field.name.clone(), value.into())]);
        let found = beyond(&[field], &map).into_iter();
        found
            .map(|one| format!("{}: {}", one.at.join("/"), one.message))
            .collect()
    }

    #[test]
    fn a_number_beyond_its_bounds_is_told_with_its_place() {
        let wrong = "n: expected int from 0 to 255, found `256`";
        assert_eq!(told(field("n", Type::Int), 256), [wrong]);
        assert_eq!(told(field("n", Type::Int), -1).len(), 1);
        let wrong = "n: expected number from 0 to 255, found `255.5`";
        assert_eq!(told(field("n", Type::Number), Value::Float(255.5)), [wrong]);
        let open = |least, most| Field::new("n", Type::Int, "").within(least, most);
        let wrong = "n: expected int from 1, found `0`";
        assert_eq!(told(open(Some(1), None), 0), [wrong]);
        let wrong = "n: expected int up to 9, found `10`";
        assert_eq!(told(open(None, Some(9)), 10), [wrong]);
        for number in [0, 255] {
            assert_eq!(told(field("n", Type::Int), number).len(), 0);
        }
    }

    #[test]
    fn bounds_hold_in_lists_and_maps_and_of_several_types_for_the_one_that_is_there() {
        let numbers = || Value::list([1.into(), 256.into()]);
        let wrong = "n/1: expected int from 0 to 255, found `256`";
        assert_eq!(told(field("n", Type::list(Type::Int)), numbers()), [wrong]);
        let map = Value::map([("deep", numbers())]);
        let lists = Type::map(Type::list(Type::Int));
        assert_eq!(
            told(field("n", lists), map),
            ["n/deep/1: expected int from 0 to 255, found `256`"]
        );
        let part = Type::Record(vec![
            Field::new("free", Type::Int, ""),
            field("n", Type::Int),
        ]);
        let map = Value::map([("free", 256.into()), ("n", 256.into())]);
        assert_eq!(told(field("of", part), map).len(), 1);
        let either = |kind| Type::OneOf(vec![kind, Type::Int]);
        assert_eq!(told(field("n", either(Type::Text)), 256).len(), 1);
        assert_eq!(told(field("n", either(Type::Any)), 256).len(), 0);
        assert_eq!(told(field("n", Type::Int), Value::unknown("`a`")).len(), 0);
    }
}
