//! Values into the types of a kind: a serde deserializer that remembers where it stands.

use std::borrow::Cow;
use std::fmt;

use serde::de::value::{MapDeserializer, SeqDeserializer};
use serde::de::{self, DeserializeOwned, IntoDeserializer, Visitor};
use serde::forward_to_deserialize_any;

use crate::value::Map;
use crate::{Name, Unknown, Value, wire};

/// Why a value does not fit a type.
#[derive(Clone, Debug, PartialEq)]
pub struct Misfit {
    /// The keys and indexes from the outermost value to the one that does not fit.
    pub path: Vec<Name>,
    /// What is wrong with it, in a few words.
    pub message: String,
    /// Set if the value is not wrong but unknown.
    pub unknown: Option<Unknown>,
}

impl Misfit {
    fn new(message: impl Into<String>) -> Misfit {
        Misfit {
            path: Vec::new(),
            message: message.into(),
            unknown: None,
        }
    }

    /// A type that is one of several looks at copies, in which what is unknown is a map like others.
    fn unless_unknown(mut self, value: &Value) -> Misfit {
        let part = self.path.iter().fold(value, |value, key| match value {
            Value::List(items) => {
                let at = key.parse::<usize>().ok().and_then(|at| items.get(at));
                at.unwrap_or(&Value::Null)
            }
            value => value.get(key),
        });
        if let (None, Some(why)) = (&self.unknown, part.why_unknown()) {
            self.message = format!("known after {why}");
            self.unknown = Some(why);
        }
        self
    }

    fn under(mut self, key: impl Into<Name>) -> Misfit {
        self.path.insert(0, key.into());
        self
    }
}

impl fmt::Display for Misfit {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        if !self.path.is_empty() {
            write!(out, "`{}`: ", self.path.join("."))?;
        }
        out.write_str(&self.message)
    }
}

impl std::error::Error for Misfit {}

impl de::Error for Misfit {
    fn custom<T: fmt::Display>(message: T) -> Misfit {
        Misfit::new(message.to_string())
    }
}

/// A typed reading of a value.
///
/// # Errors
/// The first part that does not fit, with its path; a part that is not known says so.
pub fn decode<T: DeserializeOwned>(value: &Value) -> Result<T, Misfit> {
    T::deserialize(Decoder(value)).map_err(|misfit| misfit.unless_unknown(value))
}

#[derive(Clone, Copy)]
struct Decoder<'v>(&'v Value);

impl Decoder<'_> {
    fn unexpected(self, wanted: &dyn de::Expected) -> Misfit {
        match self.0 {
            Value::Unknown(why) => Misfit {
                unknown: Some(Unknown::clone(why)),
                ..Misfit::new(format!("known after {why}"))
            },
            other => Misfit::new(format!(
                "expected {wanted}, found {} `{other}`",
                other.kind()
            )),
        }
    }

    /// A value that JSON has no word for travels as its wire form, so that a field of type
    /// [`Value`] takes it as it is.
    fn special<'de, V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Misfit> {
        let json = serde_json::to_value(self.0).map_err(de::Error::custom)?;
        de::Deserializer::deserialize_any(json, visitor).map_err(|error| Misfit {
            ..self.unexpected_or(error.to_string())
        })
    }

    fn unexpected_or(self, message: String) -> Misfit {
        match self.0 {
            Value::Unknown(_) => self.unexpected(&"a known value"),
            _ => Misfit::new(message),
        }
    }
}

impl<'de> IntoDeserializer<'de, Misfit> for Decoder<'_> {
    type Deserializer = Self;

    fn into_deserializer(self) -> Self {
        self
    }
}

/// Where something stands in a map or a list. Only errors ask for the name of it.
#[derive(Clone, Copy)]
enum Place<'v> {
    Field(&'v Name),
    Item(usize),
}

impl From<Place<'_>> for Name {
    fn from(place: Place<'_>) -> Name {
        match place {
            Place::Field(name) => name.clone(),
            Place::Item(n) => n.to_string().into(),
        }
    }
}

/// One item in its place: an error inside gets the name of that into its path.
struct Under<'v> {
    key: Place<'v>,
    value: &'v Value,
}

impl<'de> IntoDeserializer<'de, Misfit> for Under<'_> {
    type Deserializer = Self;

    fn into_deserializer(self) -> Self {
        self
    }
}

macro_rules! under {
    ($($method:ident)*) => {
        $(fn $method<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Misfit> {
            let key = self.key;
            Decoder(self.value).$method(visitor).map_err(|misfit| misfit.under(key))
        })*
    };
}

impl<'de> de::Deserializer<'de> for Under<'_> {
    type Error = Misfit;

    under! {
        deserialize_any deserialize_bool deserialize_i8 deserialize_i16 deserialize_i32
        deserialize_i64 deserialize_u8 deserialize_u16 deserialize_u32 deserialize_u64
        deserialize_f32 deserialize_f64 deserialize_char deserialize_str deserialize_string
        deserialize_bytes deserialize_byte_buf deserialize_option deserialize_unit
        deserialize_seq deserialize_map deserialize_identifier deserialize_ignored_any
    }

    fn deserialize_unit_struct<V: Visitor<'de>>(
        self,
        _: &'static str,
        visitor: V,
    ) -> Result<V::Value, Misfit> {
        self.deserialize_unit(visitor)
    }

    fn deserialize_newtype_struct<V: Visitor<'de>>(
        self,
        _: &'static str,
        visitor: V,
    ) -> Result<V::Value, Misfit> {
        visitor.visit_newtype_struct(self)
    }

    fn deserialize_tuple<V: Visitor<'de>>(self, _: usize, visitor: V) -> Result<V::Value, Misfit> {
        self.deserialize_seq(visitor)
    }

    fn deserialize_tuple_struct<V: Visitor<'de>>(
        self,
        _: &'static str,
        _: usize,
        visitor: V,
    ) -> Result<V::Value, Misfit> {
        self.deserialize_seq(visitor)
    }

    fn deserialize_struct<V: Visitor<'de>>(
        self,
        _: &'static str,
        _: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, Misfit> {
        self.deserialize_map(visitor)
    }

    fn deserialize_enum<V: Visitor<'de>>(
        self,
        name: &'static str,
        variants: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, Misfit> {
        let key = self.key;
        Decoder(self.value)
            .deserialize_enum(name, variants, visitor)
            .map_err(|misfit| misfit.under(key))
    }
}

fn entries<'m, 'de>(
    map: &'m Map,
    name: impl Fn(&'m str) -> Cow<'m, str> + 'm,
) -> MapDeserializer<'de, impl Iterator<Item = (Cow<'m, str>, Under<'m>)>, Misfit> {
    let under = move |(key, value): (&'m Name, &'m Value)| {
        let under = Under {
            key: Place::Field(key),
            value,
        };
        (name(key), under)
    };
    MapDeserializer::new(map.iter().map(under))
}

impl<'de> de::Deserializer<'de> for Decoder<'_> {
    type Error = Misfit;

    fn deserialize_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Misfit> {
        match self.0 {
            Value::Null => visitor.visit_unit(),
            Value::Bool(truth) => visitor.visit_bool(*truth),
            Value::Int(number) => visitor.visit_i64(*number),
            Value::Float(number) => visitor.visit_f64(*number),
            Value::Text(text) => visitor.visit_str(text),
            Value::List(_) => self.deserialize_seq(visitor),
            // Whoever takes anything takes it as it is written: another value.
            Value::Map(map) => visitor.visit_map(entries(map, wire::key)),
            _ => self.special(visitor),
        }
        .map_err(|misfit| match self.0 {
            Value::Unknown(_) if misfit.unknown.is_none() => self.unexpected(&"a known value"),
            _ => misfit,
        })
    }

    fn deserialize_str<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Misfit> {
        match self.0 {
            Value::Text(text) | Value::Version(text) => visitor.visit_str(text),
            Value::Host(host) => visitor.visit_str(&host.name),
            _ => Err(self.unexpected(&"text")),
        }
    }

    fn deserialize_string<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Misfit> {
        self.deserialize_str(visitor)
    }

    fn deserialize_option<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Misfit> {
        match self.0 {
            Value::Null => visitor.visit_none(),
            _ => visitor.visit_some(self),
        }
    }

    fn deserialize_newtype_struct<V: Visitor<'de>>(
        self,
        _: &'static str,
        visitor: V,
    ) -> Result<V::Value, Misfit> {
        visitor.visit_newtype_struct(self)
    }

    fn deserialize_seq<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Misfit> {
        let Value::List(items) = self.0 else {
            return Err(self.unexpected(&"a list"));
        };
        let under = |(n, value): (usize, _)| Under {
            key: Place::Item(n),
            value,
        };
        visitor.visit_seq(SeqDeserializer::new(items.iter().enumerate().map(under)))
    }

    fn deserialize_map<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Misfit> {
        let Value::Map(map) = self.0 else {
            return match self.0 {
                Value::Unknown(_) | Value::Null | Value::Text(_) | Value::List(_) => {
                    Err(self.unexpected(&"a map"))
                }
                _ => self.special(visitor),
            };
        };
        visitor.visit_map(entries(map, Cow::Borrowed))
    }

    fn deserialize_struct<V: Visitor<'de>>(
        self,
        _: &'static str,
        _: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, Misfit> {
        self.deserialize_map(visitor)
    }

    fn deserialize_enum<V: Visitor<'de>>(
        self,
        name: &'static str,
        variants: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, Misfit> {
        match self.0 {
            Value::Unknown(_) => Err(self.unexpected(&"a known value")),
            _ => {
                let json = serde_json::to_value(self.0).map_err(de::Error::custom)?;
                de::Deserializer::deserialize_enum(json, name, variants, visitor)
                    .map_err(|error| Misfit::new(error.to_string()))
            }
        }
    }

    forward_to_deserialize_any! {
        bool i8 i16 i32 i64 i128 u8 u16 u32 u64 u128 f32 f64 char bytes byte_buf unit unit_struct
        tuple tuple_struct identifier ignored_any
    }
}

#[cfg(test)]
mod tests;
