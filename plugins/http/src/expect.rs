//! What a response is to be like, in terms that facility and driver can both judge.

use std::fmt;

use runsheet_guest::step::Value;

/// What a wait filter says.
pub struct Expected<'f> {
    /// The statuses that will do; none given: those of success, 200 to 299.
    status: &'f [Value],
    /// Text that stands somewhere in the body.
    contains: &'f Value,
    /// Data that the body holds as JSON.
    holds: &'f Value,
}

impl<'f> Expected<'f> {
    /// What this filter expects.
    #[must_use]
    pub fn of(filter: &'f Value) -> Expected<'f> {
        Expected {
            status: filter.get("status").items(),
            contains: filter.get("contains"),
            holds: filter.get("holds"),
        }
    }

    /// Whether a response is so.
    #[must_use]
    pub fn is_met(&self, response: &Value) -> bool {
        let body = response.get("body").as_text().map_or("", |body| body);
        let contains = self.contains.as_text();
        is_status(response.get("status"), self.status)
            && contains.is_none_or(|wanted| body.contains(&**wanted))
            && (self.holds.is_null() || data(body).is_some_and(|data| holds(&data, self.holds)))
    }
}

impl fmt::Display for Expected<'_> {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        let status: Vec<_> = self.status.iter().map(Value::to_string).collect();
        match status.is_empty() {
            true => out.write_str("succeeds")?,
            false => write!(out, "gives {}", status.join(" or "))?,
        }
        if !self.contains.is_null() {
            write!(out, " and contains `{}`", self.contains)?;
        }
        if !self.holds.is_null() {
            write!(out, " and holds {}", self.holds)?;
        }
        Ok(())
    }
}

/// Whether a status is one of these or, where there are none, one of success.
#[must_use]
pub fn is_status(status: &Value, wanted: &[Value]) -> bool {
    match wanted.is_empty() {
        true => status.as_int().is_some_and(|it| (200..300).contains(&it)),
        false => wanted.contains(status),
    }
}

/// A body as data, if it is JSON.
#[must_use]
pub fn data(body: &str) -> Option<Value> {
    serde_json::from_str(body).ok().map(Value::of_json)
}

/// Whether data has every field of a map, to any depth; everything else is equal.
#[must_use]
pub fn holds(data: &Value, wanted: &Value) -> bool {
    match wanted.as_map() {
        Some(fields) => {
            let is_there = |(name, one): (_, &Value)| {
                let name: &runsheet_guest::step::Name = name;
                data.as_map()
                    .and_then(|map| map.get(name))
                    .is_some_and(|found| holds(found, one))
            };
            data.as_map().is_some() && fields.iter().all(is_there)
        }
        None => data == wanted,
    }
}

#[cfg(test)]
mod tests {
    use super::Expected;
    use runsheet_guest::step::Value;

    fn response(status: i64, body: &str) -> Value {
        Value::map([("status", Value::from(status)), ("body", Value::text(body))])
    }

    fn filter(of: &str) -> Value {
        serde_json::from_str(of).expect("a filter")
    }

    #[test]
    fn success_is_expected_where_nothing_is_said() {
        let nothing = filter("{}");
        assert!(Expected::of(&nothing).is_met(&response(204, "")));
        assert!(!Expected::of(&nothing).is_met(&response(302, "")));
        assert_eq!(Expected::of(&nothing).to_string(), "succeeds");
    }

    #[test]
    fn status_text_and_data_must_all_be_there() {
        let all =
            filter(r#"{"status": [200, 503], "contains": "UP", "holds": {"db": {"state": "UP"}}}"#);
        let expected = Expected::of(&all);
        assert!(expected.is_met(&response(
            503,
            r#"{"db": {"state": "UP", "n": 1}, "x": []}"#
        )));
        assert!(!expected.is_met(&response(503, r#"{"db": {"state": "DOWN"}, "x": "UP"}"#)));
        assert!(!expected.is_met(&response(503, "UP")));
        assert!(!expected.is_met(&response(500, r#"{"db": {"state": "UP"}}"#)));
        assert_eq!(
            expected.to_string(),
            "gives 200 or 503 and contains `UP` and holds {db: {state: UP}}"
        );
    }
}
