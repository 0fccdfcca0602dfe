//! Look at the files, then at the lines; say what was seen and what was wanted.

use runsheet_site::file::{Facts, File, look_at};
use runsheet_site::stream::marked;
use runsheet_site::text::pattern;
use runsheet_step::{Cursor, Failure, Input, Map, Name, Outcome, Stop, Value, World};

use crate::input::{Paths, VerifyFileInput, check};

pub(crate) fn run(input: &Input, world: &World<'_>) -> Result<Outcome, Stop> {
    let with: VerifyFileInput = input.read()?;
    if let Some(fault) = check(&input.with, &[]).into_iter().next() {
        return Err(fault.into());
    }
    let since = match with.only_new {
        true => Some(marked(world, 0)?),
        false => None,
    };
    let host = input.host_name()?;
    let paths = with.path.all();
    let seen: Vec<_> = paths.iter().zip(look_at(world, &host, paths)?).collect();
    let faults = seen
        .iter()
        .filter_map(|(path, facts)| with.fault(path, *facts));
    if let Some(failure) = faults.reduce(both) {
        return Err(failure.into());
    }
    let mut outputs = outputs(&with, &seen);
    if let Paths::One(path) = &with.path {
        let lines = Lines {
            file: File::at(world, host, path),
            path,
            since,
        };
        outputs.extend(lines.said(with.line.as_deref())?);
        lines.unsaid(&with.lacks)?;
    }
    Ok(Outcome {
        outputs: Value::Map(outputs.into()),
        changed: false,
    })
}

/// Two failures as one, so that all that is wrong is told at once.
fn both(one: Failure, other: Failure) -> Failure {
    Failure {
        message: format!("{}; {}", one.message, other.message).into(),
        ..one
    }
}

fn outputs(with: &VerifyFileInput, seen: &[(&String, Option<Facts>)]) -> Map {
    let items: Vec<Map> = seen
        .iter()
        .map(|(path, facts)| with.item(path, *facts))
        .collect();
    let mut outputs = items.first().cloned().unwrap_or_default();
    let items = items.into_iter().map(|item| Value::Map(item.into()));
    outputs.insert("items".into(), Value::list(items));
    outputs.insert("lines".into(), Value::list([]));
    outputs
}

impl VerifyFileInput {
    fn item(&self, path: &str, facts: Option<Facts>) -> Map {
        let int = |number: u64| i64::try_from(number).unwrap_or(i64::MAX);
        let size = facts.map(|facts| facts.size);
        let records = self
            .multiple_of
            .and_then(|record| size?.checked_div(record));
        Map::from([
            ("path".into(), path.into()),
            ("exists".into(), facts.is_some().into()),
            ("size".into(), size.map(int).into()),
            (
                "modified".into(),
                facts.and_then(|facts| facts.modified).into(),
            ),
            ("records".into(), records.map(int).into()),
        ])
    }

    /// What is wrong with a file beside its lines.
    fn fault(&self, path: &str, facts: Option<Facts>) -> Option<Failure> {
        match (self.exists, facts) {
            (true, None) => Some(Failure::code("no-such-file", format!("there is no {path}"))),
            (false, Some(facts)) => {
                let size = facts.size;
                let message = format!("{path} is there, with {size} bytes, and is to be gone");
                Some(Failure::code("file-exists", message).help(
                    "a program that works with it may still run, or has ended before its time",
                ))
            }
            (true, Some(facts)) => self.wrong_size(path, facts.size),
            (false, None) => None,
        }
    }

    fn wrong_size(&self, path: &str, has: u64) -> Option<Failure> {
        let wanted = match self {
            Self {
                size: Some(size), ..
            } if has != *size => format!("{size}"),
            Self {
                min_size: Some(size),
                ..
            } if has < *size => format!("at least {size}"),
            Self {
                max_size: Some(size),
                ..
            } if has > *size => format!("at most {size}"),
            Self {
                multiple_of: Some(record),
                ..
            } if !has.is_multiple_of(*record) => {
                format!("a multiple of {record}")
            }
            _ => return None,
        };
        let message = format!("{path} has {has} bytes, and is to have {wanted}");
        Some(Failure::code("wrong-size", message))
    }
}

/// The lines of a file, or those after a mark.
struct Lines<'w, 't> {
    file: File<'w, 't>,
    path: &'w str,
    since: Option<Cursor>,
}

impl Lines<'_, '_> {
    /// The lines that are to be there, with the captures of the last of them.
    fn said(&self, wanted: Option<&str>) -> Result<Map, Stop> {
        let Some(wanted) = wanted else {
            return Ok(Map::new());
        };
        let pattern = pattern(wanted, &["line"])?;
        let lines = self.file.lines(Some(wanted), self.since.as_ref())?;
        let Some(last) = lines.last() else {
            let new = if self.since.is_some() {
                "new line"
            } else {
                "line"
            };
            let message = format!("no {new} of {} reads `{wanted}`", self.path);
            return Err(Failure::code("no-such-line", message).into());
        };
        let mut found = pattern.captured(last, false).unwrap_or_default();
        let lines = lines.into_iter().map(Value::Text);
        found.insert("lines".into(), Value::list(lines));
        Ok(found)
    }

    /// The lines that are not to be there.
    fn unsaid(&self, lacks: &[String]) -> Result<(), Stop> {
        for unwanted in lacks {
            let lines: Vec<Name> = self.file.lines(Some(unwanted), self.since.as_ref())?;
            if let Some(line) = lines.first() {
                let message = format!("{} says `{line}`", self.path);
                let help = format!("no line was to read `{unwanted}`");
                return Err(Failure::code("unwanted-line", message).help(help).into());
            }
        }
        Ok(())
    }
}
