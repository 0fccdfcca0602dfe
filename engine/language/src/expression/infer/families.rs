//! Types as operators and functions see them: a set of a few families.

use runsheet_step::Value;
use runsheet_step::shape::Type;

/// A set of families of types.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Families(u16);

/// `true` and `false`.
pub const BOOL: Families = Families(1);
/// Whole and other numbers.
pub const NUMBER: Families = Families(1 << 1);
/// Text, paths, patterns and words.
pub const TEXT: Families = Families(1 << 2);
/// Lengths of time.
pub const DURATION: Families = Families(1 << 3);
/// Versions.
pub const VERSION: Families = Families(1 << 4);
/// Points in time.
pub const MOMENT: Families = Families(1 << 5);
/// Secrets.
pub const SECRET: Families = Families(1 << 6);
/// Hosts.
pub const HOST: Families = Families(1 << 7);
/// Lists.
pub const LIST: Families = Families(1 << 8);
/// Maps.
pub const MAP: Families = Families(1 << 9);
/// Null.
pub const NULL: Families = Families(1 << 10);
/// Everything.
pub const ANY: Families = Families((1 << 11) - 1);
/// Everything that text can show.
pub const SCALAR: Families = Families((1 << 8) - 1);

impl Families {
    /// Those of either.
    #[must_use]
    pub const fn or(self, other: Families) -> Families {
        Families(self.0 | other.0)
    }

    /// Those of this that are not of the other.
    #[must_use]
    pub const fn without(self, other: Families) -> Families {
        Families(self.0 & !other.0)
    }

    /// Whether a value could be of both.
    pub const fn meets(self, other: Families) -> bool {
        self.0 & other.0 != 0
    }

    /// Whether there is none.
    pub const fn is_empty(self) -> bool {
        self.0 == 0
    }

    /// Those of a type.
    pub fn of(kind: &Type) -> Families {
        match kind {
            Type::Any => ANY,
            Type::Null => NULL,
            Type::Bool => BOOL,
            Type::Int | Type::Number => NUMBER,
            Type::Text | Type::Path | Type::Pattern | Type::Word(_) | Type::Known(_) => TEXT,
            Type::Duration => DURATION,
            Type::Version => VERSION,
            Type::Moment => MOMENT,
            Type::Secret => SECRET,
            Type::Host => HOST,
            Type::List(_) => LIST,
            Type::Map(_) | Type::Record(_) | Type::Open(..) => MAP,
            Type::OneOf(types) => {
                let all = types.iter().map(Families::of);
                all.fold(Families(0), Families::or)
            }
        }
    }

    /// Those of a value.
    pub fn of_value(value: &Value) -> Families {
        match value {
            Value::Unknown(_) => ANY,
            Value::Blob(_) => TEXT,
            value => Families::of(&type_of(value)),
        }
    }

    /// As messages name them: `a list, a map or text`.
    pub fn words(self) -> String {
        if self == ANY {
            return "any value".to_owned();
        }
        let mut named: Vec<&str> = WORDS
            .iter()
            .filter(|(family, _)| self.meets(*family))
            .map(|(_, word)| *word)
            .collect();
        let last = named.pop().unwrap_or("nothing");
        if named.is_empty() {
            return last.to_owned();
        }
        format!("{} or {last}", named.join(", "))
    }
}

const WORDS: [(Families, &str); 11] = [
    (BOOL, "a bool"),
    (NUMBER, "a number"),
    (TEXT, "text"),
    (DURATION, "a duration"),
    (VERSION, "a version"),
    (MOMENT, "a time"),
    (SECRET, "a secret"),
    (HOST, "a host"),
    (LIST, "a list"),
    (MAP, "a map"),
    (NULL, "null"),
];

/// Whether a secret may be in a value of that type, alone or in a list. Of a value of any type
/// nothing is told.
pub fn may_hold_secret(kind: &Type) -> bool {
    match kind {
        Type::Secret => true,
        Type::List(of) => may_hold_secret(of),
        Type::OneOf(types) => types.iter().any(may_hold_secret),
        _ => false,
    }
}

/// The type of a known value.
pub fn type_of(value: &Value) -> Type {
    match value {
        Value::Null => Type::Null,
        Value::Bool(_) => Type::Bool,
        Value::Int(_) => Type::Int,
        Value::Float(_) => Type::Number,
        Value::Text(_) | Value::Blob(_) => Type::Text,
        Value::Duration(_) => Type::Duration,
        Value::Version(_) => Type::Version,
        Value::Moment(_) => Type::Moment,
        Value::List(items) => Type::list(items.first().map_or(Type::Any, type_of)),
        Value::Map(_) => Type::map(Type::Any),
        Value::Host(_) => Type::Host,
        Value::Secret(_) => Type::Secret,
        Value::Unknown(_) => Type::Any,
    }
}
