//! Values as JSON and back, in journals, plans and plugin messages.
//!
//! Plain data is plain JSON. What JSON has no word for is a map with the key `$`, naming the kind:
//! `{"$": "duration", "v": 90000}`. A key of a user's own map that is `$`, or several of them, has
//! one more (`{"$$": 1}`), so the two are never taken for each other and JSON is no deeper than
//! the value. A length of time says its whole milliseconds; what is left beside them follows in
//! nanoseconds: `{"$": "duration", "v": 1, "ns": 500000}`.

use std::borrow::Cow;
use std::fmt;
use std::time::Duration;

use serde::de::{self, Deserialize, Deserializer, MapAccess, SeqAccess, Visitor};
use serde::ser::{Serialize, SerializeMap, Serializer};

use crate::value::Map;
use crate::{Blob, Host, Moment, Name, Secret, Unknown, Value, name};

/// The key that marks what is no plain data.
const MARK: &str = "$";

impl Serialize for Value {
    fn serialize<S: Serializer>(&self, out: S) -> Result<S::Ok, S::Error> {
        match self {
            Value::Null => out.serialize_unit(),
            Value::Bool(truth) => out.serialize_bool(*truth),
            Value::Int(number) => out.serialize_i64(*number),
            Value::Float(number) if number.is_finite() => out.serialize_f64(*number),
            Value::Float(number) => marked(out, "float", &number.to_string()),
            Value::Text(text) => out.serialize_str(text),
            Value::List(items) => items.serialize(out),
            Value::Map(map) => out.collect_map(map.iter().map(|(key, value)| (Key(key), value))),
            Value::Duration(span) => duration(out, *span),
            Value::Version(text) => marked(out, "version", text),
            Value::Moment(moment) => marked(out, "moment", moment),
            Value::Host(host) => marked(out, "host", &**host),
            Value::Secret(secret) => marked(out, "secret", &**secret),
            Value::Blob(blob) => marked(out, "blob", &**blob),
            Value::Unknown(why) => marked(out, "unknown", &**why),
        }
    }
}

impl Value {
    /// Data that nobody here has written, such as the output of a program: whatever its keys look
    /// like, none of them is a mark.
    #[must_use]
    pub fn of_json(data: serde_json::Value) -> Value {
        match data {
            serde_json::Value::Null => Value::Null,
            serde_json::Value::Bool(truth) => truth.into(),
            serde_json::Value::Number(number) => match number.as_i64() {
                Some(whole) => whole.into(),
                None => Value::Float(number.as_f64().unwrap_or(f64::NAN)),
            },
            serde_json::Value::String(text) => text.into(),
            serde_json::Value::Array(items) => Value::list(items.into_iter().map(Value::of_json)),
            serde_json::Value::Object(fields) => {
                let fields = fields.into_iter();
                Value::map(fields.map(|(name, value)| (name, Value::of_json(value))))
            }
        }
    }
}

/// A key of a user's own.
struct Key<'v>(&'v Name);

impl Serialize for Key<'_> {
    fn serialize<S: Serializer>(&self, out: S) -> Result<S::Ok, S::Error> {
        out.serialize_str(&key(self.0))
    }
}

/// A key of a user's own as it is written.
pub(crate) fn key(name: &str) -> Cow<'_, str> {
    match is_all_marks(name) {
        true => Cow::Owned(format!("{name}{MARK}")),
        false => Cow::Borrowed(name),
    }
}

fn is_all_marks(key: &str) -> bool {
    key.starts_with(MARK) && key.trim_matches('$').is_empty()
}

fn marked<S: Serializer>(out: S, kind: &str, value: &impl Serialize) -> Result<S::Ok, S::Error> {
    let mut map = out.serialize_map(Some(2))?;
    map.serialize_entry(MARK, kind)?;
    map.serialize_entry("v", value)?;
    map.end()
}

/// What is left of a length of time beside its whole milliseconds, where there is any.
const REST: &str = "ns";

const NANOS: u32 = 1_000_000;

fn duration<S: Serializer>(out: S, span: Duration) -> Result<S::Ok, S::Error> {
    let rest = span.subsec_nanos() % NANOS;
    let mut map = out.serialize_map(Some(if rest == 0 { 2 } else { 3 }))?;
    map.serialize_entry(MARK, "duration")?;
    let millis = u64::try_from(span.as_millis()).unwrap_or(u64::MAX);
    map.serialize_entry("v", &millis)?;
    if rest != 0 {
        map.serialize_entry(REST, &rest)?;
    }
    map.end()
}

/// What follows the mark of a length of time, in any order.
fn span<'de, A: MapAccess<'de>>(mut from: A) -> Result<Duration, A::Error> {
    let (mut whole, mut rest) = (None, 0);
    while let Some(key) = from.next_key::<String>()? {
        match &*key {
            "v" => whole = Some(Duration::from_millis(from.next_value()?)),
            REST => rest = from.next_value()?,
            _ => return Err(de::Error::unknown_field(&key, &["v", REST])),
        }
    }
    let whole = whole.ok_or_else(|| lacks("duration"))?;
    match rest < NANOS {
        true => Ok(whole.saturating_add(Duration::from_nanos(rest.into()))),
        false => Err(de::Error::custom("`ns` is less than a millisecond")),
    }
}

fn lacks<E: de::Error>(kind: &str) -> E {
    E::custom(format!("`{kind}` lacks its `v`"))
}

impl<'de> Deserialize<'de> for Value {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Value, D::Error> {
        from.deserialize_any(AnyValue)
    }
}

struct AnyValue;

impl<'de> Visitor<'de> for AnyValue {
    type Value = Value;

    fn expecting(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str("a value")
    }

    fn visit_unit<E>(self) -> Result<Value, E> {
        Ok(Value::Null)
    }

    fn visit_none<E>(self) -> Result<Value, E> {
        Ok(Value::Null)
    }

    fn visit_some<D: Deserializer<'de>>(self, from: D) -> Result<Value, D::Error> {
        Value::deserialize(from)
    }

    fn visit_bool<E>(self, truth: bool) -> Result<Value, E> {
        Ok(Value::Bool(truth))
    }

    fn visit_i64<E>(self, number: i64) -> Result<Value, E> {
        Ok(Value::Int(number))
    }

    fn visit_u64<E: de::Error>(self, number: u64) -> Result<Value, E> {
        i64::try_from(number)
            .map(Value::Int)
            .map_err(|_| E::custom("number is too large"))
    }

    fn visit_f64<E>(self, number: f64) -> Result<Value, E> {
        Ok(Value::Float(number))
    }

    fn visit_str<E>(self, text: &str) -> Result<Value, E> {
        Ok(Value::text(text))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut from: A) -> Result<Value, A::Error> {
        let mut items = Vec::with_capacity(from.size_hint().unwrap_or(0).min(4096));
        while let Some(item) = from.next_element()? {
            items.push(item);
        }
        Ok(Value::list(items))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut from: A) -> Result<Value, A::Error> {
        let mut map = Map::with_capacity(from.size_hint().unwrap_or(0).min(4096));
        while let Some(Read(key)) = from.next_key()? {
            if map.is_empty() && &*key == MARK {
                return special(from);
            }
            let key = match is_all_marks(&key) {
                true => key[MARK.len()..].into(),
                false => key,
            };
            map.insert(key, from.next_value()?);
        }
        Ok(Value::Map(map.into()))
    }
}

/// A key as it is written.
struct Read(Name);

impl<'de> Deserialize<'de> for Read {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Read, D::Error> {
        name::read(from).map(Read)
    }
}

fn special<'de, A: MapAccess<'de>>(mut from: A) -> Result<Value, A::Error> {
    let kind: String = from.next_value()?;
    if kind == "duration" {
        return span(from).map(Value::Duration);
    }
    let key: Option<String> = from.next_key()?;
    if key.as_deref() != Some("v") {
        return Err(lacks(&kind));
    }
    let value = match &*kind {
        "float" => {
            let text: String = from.next_value()?;
            Value::Float(text.parse().map_err(de::Error::custom)?)
        }
        "version" => Value::Version(from.next_value()?),
        "moment" => Value::Moment(from.next_value::<Moment>()?),
        "host" => Value::Host(from.next_value::<Host>()?.into()),
        "secret" => Value::Secret(from.next_value::<Secret>()?.into()),
        "blob" => Value::Blob(from.next_value::<Blob>()?.into()),
        "unknown" => Value::Unknown(from.next_value::<Unknown>()?.into()),
        _ => return Err(de::Error::custom(format!("`{kind}` is no kind of value"))),
    };
    Ok(value)
}

#[cfg(test)]
mod tests {
    use super::Value;
    use crate::{Moment, Piece, Secret};
    use std::time::Duration;

    #[test]
    fn every_kind_of_value_survives_json() {
        let all = Value::list([
            Value::Null,
            true.into(),
            (-3).into(),
            Value::Float(1.5),
            "text".into(),
            Duration::from_secs(90).into(),
            Value::Version("5.0".into()),
            Moment(5).into(),
            Value::unknown("the reply of `reqmain`"),
            Value::Secret(Secret::text([Piece::Reference("a.b".into())]).into()),
            Value::map([("$", Value::text("unknown")), ("v", 1.into())]),
        ]);
        let text = serde_json::to_string(&all).expect("values are JSON");
        let back: Value = serde_json::from_str(&text).expect("and JSON is values");
        assert_eq!(back, all, "{text}");
    }

    #[test]
    fn a_length_of_time_survives_to_the_nanosecond() {
        let spans = [
            (Duration::ZERO, r#"{"$":"duration","v":0}"#),
            (Duration::from_millis(90), r#"{"$":"duration","v":90}"#),
            (
                Duration::from_micros(500),
                r#"{"$":"duration","v":0,"ns":500000}"#,
            ),
            (
                Duration::new(86_400_000_000, 1),
                r#"{"$":"duration","v":86400000000000,"ns":1}"#,
            ),
        ];
        for (span, written) in spans {
            let text = serde_json::to_string(&Value::Duration(span)).expect("values are JSON");
            assert_eq!(text, written);
            let back: Value = serde_json::from_str(&text).expect("and JSON is values");
            assert_eq!(back, Value::Duration(span));
        }
        let sorted = r#"{"$":"duration","ns":1,"v":1}"#;
        let back: Value = serde_json::from_str(sorted).expect("the order is of no matter");
        assert_eq!(back, Value::Duration(Duration::new(0, 1_000_001)));
        for wrong in [
            r#"{"$":"duration","ns":1}"#,
            r#"{"$":"duration","v":0,"ns":1000000}"#,
            r#"{"$":"duration","v":0,"ms":1}"#,
        ] {
            assert!(serde_json::from_str::<Value>(wrong).is_err(), "{wrong}");
        }
    }

    #[test]
    fn a_users_dollar_key_is_data() {
        let data = Value::map([
            ("$", Value::text("duration")),
            ("v", 1.into()),
            ("$$", 2.into()),
            ("$a", 3.into()),
        ]);
        let text = serde_json::to_string(&data).expect("values are JSON");
        assert_eq!(text, r#"{"$$":"duration","v":1,"$$$":2,"$a":3}"#);
        let back: Value = serde_json::from_str(&text).expect("and JSON is values");
        assert_eq!(back, data);
    }

    #[test]
    fn what_others_have_written_has_no_marks() {
        let text = r#"{"$": "secret", "v": [null, true, 3, 12345678901234567000, 0.5]}"#;
        let data = Value::of_json(serde_json::from_str(text).expect("it is JSON"));
        let wanted = Value::list([
            Value::Null,
            true.into(),
            3.into(),
            Value::Float(12_345_678_901_234_567_000.0),
            Value::Float(0.5),
        ]);
        assert_eq!(
            data,
            Value::map([("$", Value::text("secret")), ("v", wanted)])
        );
    }
}
