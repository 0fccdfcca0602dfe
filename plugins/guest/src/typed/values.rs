//! Types for what JSON has no word for: each reads one kind of value, and says so in the schema.

use std::borrow::Cow;
use std::fmt;
use std::ops::Deref;
use std::sync::Arc;

use runsheet_step::shape::Type;
use runsheet_step::{Name, Value, pattern};
use schemars::{JsonSchema, Schema, SchemaGenerator};
use serde::de::value::{MapAccessDeserializer, SeqAccessDeserializer};
use serde::de::{DeserializeOwned, Deserializer, Error, MapAccess, SeqAccess, Visitor};
use serde::{Deserialize, Serialize, Serializer};

use super::fields::MARK;

/// Takes one value out of whatever holds it. What does not fit is told inside of the visitor, so
/// that a value which is only not known yet is not taken for a wrong one.
struct Take<T> {
    wanted: &'static str,
    of: fn(Value) -> Option<T>,
}

impl<T> Take<T> {
    fn taken<E: Error>(&self, value: Value) -> Result<T, E> {
        let wrong = format!("expected {}, found {} `{value}`", self.wanted, value.kind());
        (self.of)(value).ok_or_else(|| E::custom(wrong))
    }
}

impl<'de, T> Visitor<'de> for Take<T> {
    type Value = T;

    fn expecting(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(self.wanted)
    }

    fn visit_unit<E: Error>(self) -> Result<T, E> {
        self.taken(Value::Null)
    }

    fn visit_bool<E: Error>(self, truth: bool) -> Result<T, E> {
        self.taken(truth.into())
    }

    fn visit_i64<E: Error>(self, number: i64) -> Result<T, E> {
        self.taken(number.into())
    }

    fn visit_u64<E: Error>(self, number: u64) -> Result<T, E> {
        let number = i64::try_from(number).map_err(|_| E::custom("number is too large"))?;
        self.taken(number.into())
    }

    fn visit_f64<E: Error>(self, number: f64) -> Result<T, E> {
        self.taken(Value::Float(number))
    }

    fn visit_str<E: Error>(self, text: &str) -> Result<T, E> {
        self.taken(Value::text(text))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, items: A) -> Result<T, A::Error> {
        let value = Value::deserialize(SeqAccessDeserializer::new(items))?;
        self.taken(value)
    }

    fn visit_map<A: MapAccess<'de>>(self, map: A) -> Result<T, A::Error> {
        let value = Value::deserialize(MapAccessDeserializer::new(map))?;
        self.taken(value)
    }
}

macro_rules! value_type {
    (
        $(#[$doc:meta])* $name:ident($inner:ty), $kind:expr, $wanted:literal,
        |$value:ident| $of:expr, |$held:ident| $to:expr
    ) => {
        $(#[$doc])*
        #[derive(Clone, Debug, PartialEq)]
        pub struct $name(pub $inner);

        impl Deref for $name {
            type Target = $inner;

            fn deref(&self) -> &$inner {
                &self.0
            }
        }

        impl From<&$name> for Value {
            fn from($held: &$name) -> Value {
                $to
            }
        }

        impl Serialize for $name {
            fn serialize<S: Serializer>(&self, out: S) -> Result<S::Ok, S::Error> {
                Value::from(self).serialize(out)
            }
        }

        impl<'de> Deserialize<'de> for $name {
            fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
                let of = |$value: Value| -> Option<$inner> { $of };
                let wanted = $wanted;
                from.deserialize_any(Take { wanted, of }).map($name)
            }
        }

        impl JsonSchema for $name {
            fn schema_name() -> Cow<'static, str> {
                stringify!($name).into()
            }

            fn inline_schema() -> bool {
                true
            }

            fn json_schema(_: &mut SchemaGenerator) -> Schema {
                marked($kind)
            }
        }
    };
}

fn marked(kind: Type) -> Schema {
    schemars::json_schema!({ MARK: kind })
}

value_type!(
    /// A length of time.
    Duration(std::time::Duration), Type::Duration, "a length of time",
    |value| match value {
        Value::Duration(span) => Some(span),
        _ => None,
    },
    |held| held.0.into()
);

value_type!(
    /// A point in the site's time.
    Moment(runsheet_step::Moment), Type::Moment, "a point in time",
    |value| value.as_moment(),
    |held| held.0.into()
);

value_type!(
    /// A dotted version.
    Version(Name), Type::Version, "a version",
    |value| value.as_text().cloned(),
    |held| Value::Version(held.0.clone())
);

value_type!(
    /// A host with its variables.
    Host(Arc<runsheet_step::Host>), Type::Host, "a host",
    |value| match value {
        Value::Host(host) => Some(host),
        _ => None,
    },
    |held| Value::Host(held.0.clone())
);

value_type!(
    /// A text that is a secret: references, to be handed on to a driver.
    Secret(Arc<runsheet_step::Secret>), Type::Secret, "a secret",
    |value| match value {
        Value::Secret(secret) => Some(secret),
        _ => None,
    },
    |held| Value::Secret(held.0.clone())
);

value_type!(
    /// A path in the host's own notation.
    Path(Name), Type::Path, "a path",
    |value| value.as_text().cloned(),
    |held| Value::Text(held.0.clone())
);

value_type!(
    /// A pattern for texts, as it was written.
    Pattern(Name), Type::Pattern, "a pattern",
    |value| value.as_text().cloned(),
    |held| Value::Text(held.0.clone())
);

value_type!(
    /// Anything.
    Any(Value), Type::Any, "a value",
    |value| Some(value),
    |held| held.0.clone()
);

impl Pattern {
    /// The pattern, to match with.
    ///
    /// # Errors
    /// What is wrong with its text; a workflow's pattern was checked before.
    pub fn parse(&self) -> Result<pattern::Pattern, pattern::BadPattern> {
        pattern::Pattern::parse(&self.0)
    }
}

/// A value that a plan may not know yet: to be handed on, or looked into with
/// [`known`](runsheet_step::Maybe::known).
#[derive(Clone, Debug, PartialEq)]
pub struct Maybe<T>(pub runsheet_step::Maybe<T>);

impl<T> Deref for Maybe<T> {
    type Target = runsheet_step::Maybe<T>;

    fn deref(&self) -> &runsheet_step::Maybe<T> {
        &self.0
    }
}

impl<'de, T: DeserializeOwned> Deserialize<'de> for Maybe<T> {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        runsheet_step::Maybe::deserialize(from).map(Maybe)
    }
}

impl<T: JsonSchema> JsonSchema for Maybe<T> {
    fn schema_name() -> Cow<'static, str> {
        T::schema_name()
    }

    fn inline_schema() -> bool {
        T::inline_schema()
    }

    fn json_schema(generator: &mut SchemaGenerator) -> Schema {
        T::json_schema(generator)
    }
}
