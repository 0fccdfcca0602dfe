//! Lengths of time as inputs give them.

use std::time::Duration;

use runsheet_step::{Failure, Stop, Unknown, Value, duration};

/// The length of time given at this path; nothing where none is given.
///
/// # Errors
/// `bad-input` for what is no length of time; unknown where it is not known yet.
pub fn span(given: &Value, path: &[&str]) -> Result<Option<Duration>, Stop> {
    let wrong = |why: &str| Failure::code("bad-input", why).at(path);
    match given {
        Value::Null => Ok(None),
        Value::Duration(span) => Ok(Some(*span)),
        Value::Unknown(why) => Err(Stop::Unknown(Unknown::clone(why))),
        Value::Text(text) => match duration::parse(text) {
            Ok(span) => Ok(Some(span)),
            Err(why) => Err(wrong(&why).into()),
        },
        other => {
            let why = format!("expected duration, found {} `{other}`", other.kind());
            Err(wrong(&why)
                .help("write it as `90s`, `5m` or `1h30m`")
                .into())
        }
    }
}

#[cfg(test)]
mod tests {
    use super::span;
    use runsheet_step::Value;
    use std::time::Duration;

    #[test]
    fn a_length_of_time_has_its_unit() {
        let read = |given: Value| span(&given, &["within"]).map_err(|_| ());
        assert_eq!(read(Value::Null), Ok(None));
        assert_eq!(read("2m".into()), Ok(Some(Duration::from_secs(120))));
        assert_eq!(read(2.into()), Err(()));
    }
}
