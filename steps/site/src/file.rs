//! The facility `file`.
//!
#![doc = include_str!("pages/file.md")]

use runsheet_step::fact::Key;
use runsheet_step::pattern::Pattern;
use runsheet_step::request::Verb;
use runsheet_step::{Cursor, Facility, Name, Request, Stop, Value, World};

use crate::reply::{found, value};
use crate::stream::Awaited;
use crate::text;

mod facts;
pub mod wildcard;

pub use facts::{Facts, Seen, look_at};

/// The name of the facility.
pub const NAME: &str = "file";

/// Files as the engine needs to know them.
pub struct FileFacility;

impl Facility for FileFacility {
    fn name(&self) -> &str {
        NAME
    }

    fn page(&self) -> &str {
        include_str!("pages/file.md")
    }

    fn matches(&self, filter: &Value, item: &Value) -> bool {
        let late = match (filter.get("since").as_int(), item.get("position").as_int()) {
            (Some(since), Some(position)) => position >= since,
            (since, _) => since.is_none(),
        };
        let wanted = filter.get("contains");
        let contains = wanted.is_null() || text::contains(wanted, item.get("line"));
        late && contains
            && match (filter.get("line"), item.get("line").as_text()) {
                (Value::Null, _) => true,
                (Value::Text(pattern), Some(line)) => {
                    Pattern::parse(pattern).is_ok_and(|pattern| pattern.matches(line, false))
                }
                _ => false,
            }
    }

    fn show(&self, value: &Value) -> String {
        match (value.get("size"), value.get("line")) {
            _ if !value.get("files").is_null() => format!("{} files", value.get("files")),
            (Value::Int(size), _) => format!("{size} bytes"),
            (_, Value::Text(line)) => format!("`{line}`"),
            _ => value.to_string(),
        }
    }

    fn phrase(&self, request: &Request) -> String {
        let path = &request.resource;
        let line = |filter: &Value| match (filter.get("line"), filter.get("contains")) {
            (Value::Null, Value::Null) => "lines".to_owned(),
            (Value::Null, text) => format!("line with `{text}`"),
            (pattern, _) => format!("line `{pattern}`"),
        };
        match &request.verb {
            Verb::Get => format!("look at {path}"),
            Verb::List(_) if wildcard::is_wild(path) => format!("look at {path}"),
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

/// What a line is to be like.
#[derive(Clone, Copy, Debug)]
pub enum Wish<'w> {
    /// A pattern that the whole line meets.
    Reads(&'w str),
    /// A text that stands in it, whatever the case.
    Contains(&'w str),
}

impl Wish<'_> {
    fn filter(self, since: Option<&Cursor>) -> Value {
        let since = since.map(|since| i64::try_from(since.position).unwrap_or(i64::MAX));
        let wish = match self {
            Wish::Reads(pattern) => ("line", pattern.into()),
            Wish::Contains(text) => ("contains", text.into()),
        };
        Value::map([wish, ("since", since.into())])
    }
}

/// A line of a text file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Line {
    /// Its text, without its end.
    pub text: Name,
    /// The byte of the file at which it begins.
    pub position: i64,
}

impl Line {
    fn of(item: &Value) -> Option<Line> {
        Some(Line {
            text: item.get("line").as_text()?.clone(),
            position: item.get("position").as_int().unwrap_or(0),
        })
    }
}

/// The lines of a text file as a step sees them.
pub struct File<'w, 't> {
    world: &'w World<'t>,
    key: Key,
}

impl<'w, 't> File<'w, 't> {
    /// The file of this path at this host.
    pub fn at(world: &'w World<'t>, host: Name, path: &str) -> File<'w, 't> {
        File {
            world,
            key: key(host, path),
        }
    }

    /// For each of these wishes the lines there are now that meet it, in the order of the file,
    /// from a place on where one is given. None of a file that is not there.
    ///
    /// # Errors
    /// As [`look_at`].
    pub fn lines(
        &self,
        wishes: &[Wish<'_>],
        since: Option<&Cursor>,
    ) -> Result<Vec<Vec<Line>>, Stop> {
        let filters: Vec<Value> = wishes.iter().map(|wish| wish.filter(since)).collect();
        let list = |filter: &Value| self.key.request(Verb::List(filter.clone()));
        let answers = self.world.ask_all(filters.iter().map(list))?;
        let met = |(filter, answer): (&Value, _)| {
            let lines = found(answer)?.map_or(&[][..], Value::items).iter();
            let counts = lines.filter(|line| FileFacility.matches(filter, line));
            Ok(counts.filter_map(Line::of).collect())
        };
        filters.iter().zip(answers).map(met).collect()
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
        let contains = Value::map([("contains", Value::text("IS FINISHED"))]);
        assert!(FileFacility.matches(&contains, &line(finished, 0)));
        assert!(!FileFacility.matches(&contains, &line("Import", 0)));
    }

    #[test]
    fn without_a_filter_every_line_counts() {
        assert!(FileFacility.matches(&Value::Null, &line("anything", 0)));
    }
}
