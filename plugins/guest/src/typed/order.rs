//! The names of a struct's fields in the order of its text, which a schema does not keep.

use std::cell::Cell;

use serde::de::value::Error;
use serde::de::{Deserialize, Deserializer, Visitor};
use serde::forward_to_deserialize_any;

/// The names, as `serde` has them; none where it is no struct, or one that is `flatten`ed into.
pub(crate) fn names<'de, T: Deserialize<'de>>() -> &'static [&'static str] {
    let seen = Cell::new(&[][..]);
    // It reads nothing, so this is an error whatever the type; the names were told by then.
    drop(T::deserialize(Asked(&seen)));
    seen.get()
}

/// Reads nothing, and keeps what it was asked for.
struct Asked<'s>(&'s Cell<&'static [&'static str]>);

fn nothing<T>() -> Result<T, Error> {
    Err(serde::de::Error::custom("there is nothing here"))
}

impl<'de> Deserializer<'de> for Asked<'_> {
    type Error = Error;

    fn deserialize_any<V: Visitor<'de>>(self, _: V) -> Result<V::Value, Error> {
        nothing()
    }

    fn deserialize_struct<V: Visitor<'de>>(
        self,
        _: &'static str,
        fields: &'static [&'static str],
        _: V,
    ) -> Result<V::Value, Error> {
        self.0.set(fields);
        nothing()
    }

    fn deserialize_newtype_struct<V: Visitor<'de>>(
        self,
        _: &'static str,
        visitor: V,
    ) -> Result<V::Value, Error> {
        visitor.visit_newtype_struct(self)
    }

    forward_to_deserialize_any! {
        bool i8 i16 i32 i64 i128 u8 u16 u32 u64 u128 f32 f64 char str string bytes byte_buf option
        unit unit_struct seq tuple tuple_struct map enum identifier ignored_any
    }
}
