//! What the lines of a file say, or those after a mark, and what they are not to say.

use runsheet_site::file::{File, Line, Wish};
use runsheet_site::lines::patterns;
use runsheet_site::text::pattern;
use runsheet_step::pattern::Pattern;
use runsheet_step::{Cursor, Failure, Map, Name, Stop, Value};

use crate::input::VerifyFileInput;

/// The lines of a file, or those after a mark.
pub(crate) struct Content<'w, 't> {
    pub(crate) file: File<'w, 't>,
    pub(crate) path: &'w str,
    pub(crate) since: Option<Cursor>,
}

/// What was found, and what is wrong with it.
pub(crate) struct Found {
    pub(crate) outputs: Map,
    pub(crate) failure: Option<Failure>,
}

impl Content<'_, '_> {
    /// Looks for all lines at once.
    pub(crate) fn look(&self, with: &VerifyFileInput) -> Result<Found, Stop> {
        let [wanted, contains, lacks] = [&with.line, &with.contains, &with.lacks].map(texts);
        let wishes: Vec<Wish<'_>> = (wanted.iter().map(|text| Wish::Reads(text)))
            .chain(contains.iter().map(|text| Wish::Contains(text)))
            .chain(lacks.iter().map(|text| Wish::Reads(text)))
            .collect();
        let found = self.file.lines(&wishes, self.since.as_ref())?;
        let (said, rest) = found.split_at(wanted.len());
        let (held, unsaid) = rest.split_at(contains.len());
        let said = captured(&wanted, said, "line")?;
        let mut unsaid = captured(&lacks, unsaid, "lacks")?;
        // One line is told once, by the first pattern that it met.
        unsaid.dedup_by_key(|captured| captured.line.position);
        let missing = self
            .missing(&wanted, &said)
            .or_else(|| self.unheld(&contains, held));
        let failure = self.unwanted(&unsaid, &lacks).or(missing);
        Ok(Found {
            outputs: outputs(&said, &unsaid),
            failure,
        })
    }

    /// The failure of lines that are not there.
    fn missing(&self, wanted: &[&Name], said: &[Captured]) -> Option<Failure> {
        let met = |n: usize| said.iter().any(|captured| captured.pattern == n);
        let unmet = (0..wanted.len()).find(|n| !met(*n))?;
        Some(self.no_such_line("reads", wanted[unmet]))
    }

    fn unheld(&self, wanted: &[&Name], held: &[Vec<Line>]) -> Option<Failure> {
        let unmet = held.iter().position(Vec::is_empty)?;
        Some(self.no_such_line("has", wanted.get(unmet)?))
    }

    fn no_such_line(&self, verb: &str, wanted: &str) -> Failure {
        let new = match self.since {
            Some(_) => "new line",
            None => "line",
        };
        let message = format!("no {new} of {} {verb} `{wanted}`", self.path);
        Failure::code("no-such-line", message)
    }

    fn unwanted(&self, unsaid: &[Captured], lacks: &[&Name]) -> Option<Failure> {
        let first = unsaid.first()?;
        let message = format!("{} says `{}`", self.path, first.line.text);
        let message = match unsaid.len() - 1 {
            0 => message,
            more => format!("{message}, and {more} more that it is not to say"),
        };
        let pattern = lacks.get(first.pattern).map_or("", |pattern| pattern);
        let help = format!(
            "no line was to read `{pattern}`; this one begins at byte {}",
            first.line.position
        );
        Some(Failure::code("unwanted-line", message).help(help))
    }
}

fn texts(given: &Value) -> Vec<&Name> {
    patterns(given).iter().filter_map(Value::as_text).collect()
}

/// A line, the pattern that it met, and what that captured.
struct Captured {
    line: Line,
    pattern: usize,
    captures: Map,
}

impl Captured {
    fn to_value(&self) -> Value {
        let mut fields = self.captures.clone();
        fields.insert("line".into(), Value::Text(self.line.text.clone()));
        fields.insert("position".into(), self.line.position.into());
        Value::Map(fields.into())
    }
}

/// The lines found for each pattern, in the order of the file.
fn captured(wanted: &[&Name], found: &[Vec<Line>], field: &str) -> Result<Vec<Captured>, Failure> {
    let mut all = Vec::new();
    for (n, (wanted, lines)) in wanted.iter().zip(found).enumerate() {
        let pattern: Pattern = pattern(wanted, &[field])?;
        all.extend(lines.iter().map(|line| Captured {
            line: line.clone(),
            pattern: n,
            captures: pattern.captured(&line.text, false).unwrap_or_default(),
        }));
    }
    all.sort_by_key(|captured| captured.line.position);
    Ok(all)
}

fn outputs(said: &[Captured], unsaid: &[Captured]) -> Map {
    let text = |captured: &Captured| Value::Text(captured.line.text.clone());
    let unwanted: Vec<&str> = unsaid.iter().map(|captured| &*captured.line.text).collect();
    let mut outputs = Map::from([
        ("lines".into(), Value::list(said.iter().map(text))),
        (
            "matches".into(),
            Value::list(said.iter().map(Captured::to_value)),
        ),
        ("unwanted".into(), unwanted.join("\n").into()),
        (
            "unwanted_lines".into(),
            Value::list(unsaid.iter().map(Captured::to_value)),
        ),
    ]);
    // Of several lines that met one pattern the last counts.
    for captured in said {
        outputs.extend(captured.captures.clone());
    }
    outputs
}
