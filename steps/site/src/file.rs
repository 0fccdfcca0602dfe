//! Files: whether they are there, how large they are, and the lines of those that are text.
//!
//! | | |
//! | --- | --- |
//! | resource | the path in the host's own notation; of a postoffice, relative to its database: `GLB\REQTRANS.GLB` |
//! | `get` | `{size, modified}`: bytes, and a moment or null; absent where there is none |
//! | `list` | lines that match and are there now; of a file that is not there: absent |
//! | `mark` | where a text file ends now; of a file that is not there: position 0 |
//! | `wait` | lines that match |
//! | item | `{line, position}`: the text without its line end, and the byte at which it begins |
//! | filter | `{line, since}`, both may be left out: a pattern that the whole line matches, and the position before which no line counts |
//!
//! Nothing here writes. Faults: `not-a-file`, `permission-denied`.

use runsheet_step::fact::Key;
use runsheet_step::pattern::Pattern;
use runsheet_step::request::Verb;
use runsheet_step::{Answer, Cursor, Facility, Moment, Name, Request, Stop, Unknown, Value, World};

use crate::reply::{broken, found, value};
use crate::stream::Awaited;

/// The name of the facility.
pub const NAME: &str = "file";

/// Files as the engine needs to know them.
pub struct FileFacility;

impl Facility for FileFacility {
    fn name(&self) -> &str {
        NAME
    }

    fn matches(&self, filter: &Value, item: &Value) -> bool {
        let late = match (filter.get("since").as_int(), item.get("position").as_int()) {
            (Some(since), Some(position)) => position >= since,
            (since, _) => since.is_none(),
        };
        late && match (filter.get("line"), item.get("line").as_text()) {
            (Value::Null, _) => true,
            (Value::Text(pattern), Some(line)) => {
                Pattern::parse(pattern).is_ok_and(|pattern| pattern.matches(line, false))
            }
            _ => false,
        }
    }

    fn show(&self, value: &Value) -> String {
        match (value.get("size"), value.get("line")) {
            (Value::Int(size), _) => format!("{size} bytes"),
            (_, Value::Text(line)) => format!("`{line}`"),
            _ => value.to_string(),
        }
    }

    fn phrase(&self, request: &Request) -> String {
        let path = &request.resource;
        let line = |filter: &Value| match filter.get("line") {
            Value::Null => "lines".to_owned(),
            pattern => format!("line `{pattern}`"),
        };
        match &request.verb {
            Verb::Get => format!("look at {path}"),
            Verb::List(filter) => format!("read {path}: {}", line(filter)),
            Verb::Wait(wait) => format!("{} in {path}", line(&wait.filter)),
            verb => format!("{} {path}", verb.word()),
        }
    }
}

/// The question where a text file ends now.
pub fn mark(host: Name, path: &str) -> Request {
    key(host, path).request(Verb::Mark)
}

fn key(host: Name, path: &str) -> Key {
    Key {
        host,
        facility: NAME.into(),
        resource: path.into(),
    }
}

/// The lines of a text file as a step sees them.
pub struct File<'w, 't> {
    world: &'w World<'t>,
    key: Key,
}

/// What there is of a file beside its content.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Facts {
    /// Its length in bytes.
    pub size: u64,
    /// When it was last written.
    pub modified: Option<Moment>,
}

impl Facts {
    fn of(answer: &Answer) -> Result<Option<Facts>, Stop> {
        let Some(value) = found(answer)? else {
            return Ok(None);
        };
        if let Value::Unknown(why) = value.get("size") {
            return Err(Stop::Unknown(Unknown::clone(why)));
        }
        let size = value.get("size").as_int();
        let size = size.and_then(|size| u64::try_from(size).ok());
        Ok(Some(Facts {
            size: size.ok_or_else(|| broken(NAME, "size"))?,
            modified: value.get("modified").as_moment(),
        }))
    }
}

/// What there is of each of these files; nothing of those that are not there.
///
/// # Errors
/// No answer yet, unknown, or the driver's fault.
pub fn look_at(
    world: &World<'_>,
    host: &Name,
    paths: &[impl AsRef<str>],
) -> Result<Vec<Option<Facts>>, Stop> {
    let get = |path: &_| key(host.clone(), AsRef::as_ref(path)).request(Verb::Get);
    let answers = world.ask_all(paths.iter().map(get))?;
    answers.into_iter().map(Facts::of).collect()
}

impl<'w, 't> File<'w, 't> {
    /// The file of this path at this host.
    pub fn at(world: &'w World<'t>, host: Name, path: &str) -> File<'w, 't> {
        File {
            world,
            key: key(host, path),
        }
    }

    /// The lines there are now that match a pattern, all of them where there is none, from a
    /// place on where one is given. None of a file that is not there.
    ///
    /// # Errors
    /// As [`look_at`].
    pub fn lines(&self, pattern: Option<&str>, since: Option<&Cursor>) -> Result<Vec<Name>, Stop> {
        let since = since.map(|since| i64::try_from(since.position).unwrap_or(i64::MAX));
        let filter = Value::map([("line", pattern.into()), ("since", Value::from(since))]);
        let answer = self
            .world
            .ask(self.key.request(Verb::List(filter.clone())))?;
        let lines = found(answer)?.map_or(&[][..], Value::items);
        let counts = lines
            .iter()
            .filter(|line| FileFacility.matches(&filter, line));
        Ok(counts
            .filter_map(|line| line.get("line").as_text().cloned())
            .collect())
    }

    /// Waits for lines, and gives those that count, in the order of the file.
    ///
    /// # Errors
    /// As [`look_at`].
    pub fn wait(&self, awaited: &Awaited) -> Result<&'t [Value], Stop> {
        value(self.world.ask(awaited.request(&self.key))?).map(Value::items)
    }
}

#[cfg(test)]
mod tests {
    use super::FileFacility;
    use runsheet_step::{Facility, Value};

    fn line(text: &str, position: i64) -> Value {
        Value::map([("line", Value::text(text)), ("position", position.into())])
    }

    #[test]
    fn a_line_before_the_place_does_not_count() {
        let filter = Value::map([
            ("line", Value::text("{when:text} Import is finished.")),
            ("since", 40.into()),
        ]);
        let matched = |item| FileFacility.matches(&filter, &item);
        let finished = "01/29/98 08:00:10 | Status Import is finished.";
        assert!(matched(line(finished, 40)));
        assert!(!matched(line(finished, 39)));
        assert!(!matched(line("Import is finished", 40)));
    }

    #[test]
    fn without_a_filter_every_line_counts() {
        assert!(FileFacility.matches(&Value::Null, &line("anything", 0)));
    }
}
