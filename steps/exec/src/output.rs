//! What a program wrote, read as the workflow says.

use runsheet_site::lines::{Lines, patterns, tail};
use runsheet_site::process::Ended;
use runsheet_site::text::{captured_by_a_line, captures_null};
use runsheet_step::pattern::Pattern;
use runsheet_step::{Failure, Map, Value};

use crate::input::{ExecInput, Format};

/// What a program wrote, and where: to its output or beside.
struct Stream<'e> {
    field: &'static str,
    of: &'static str,
    text: &'e Value,
    wanted: &'e Value,
}

fn streams<'e>(with: &'e ExecInput, ended: &'e Ended) -> [Stream<'e>; 2] {
    let stream = |field, of, text, wanted| Stream {
        field,
        of,
        text,
        wanted,
    };
    [
        stream("stdout", "its output", &ended.stdout, &with.stdout),
        stream("stderr", "its error output", &ended.stderr, &with.stderr),
    ]
}

/// What the patterns capture where they are met, null elsewhere: a program that has failed is
/// looked into too.
pub(crate) fn captured(with: &ExecInput, ended: &Ended) -> Map {
    let mut found = Map::new();
    for stream in streams(with, ended) {
        let text = stream.text.as_text().map_or("", |text| text);
        for wanted in patterns(stream.wanted) {
            found.extend(captures_null(wanted));
            let pattern = wanted.as_text().and_then(|it| Pattern::parse(it).ok());
            let captured = pattern.and_then(|it| captured_by_a_line(&it, text));
            found.extend(captured.unwrap_or_default());
        }
    }
    found
}

/// That the program wrote what it should and nothing else, with the data where it is data.
pub(crate) fn read(with: &ExecInput, ended: &Ended) -> Result<Map, Failure> {
    let mut found = Map::new();
    if let Some(Format::Json) = with.output {
        found.extend(json(readable(&ended.stdout, "its output")?)?);
    }
    for stream in streams(with, ended) {
        if stream.wanted.is_null() && with.lacks.is_null() {
            continue;
        }
        let lines = Lines {
            text: readable(stream.text, stream.of)?,
            of: stream.of,
        };
        found.extend(lines.said(stream.wanted, &[stream.field])?);
        lines.unsaid(&with.lacks, &["lacks"])?;
    }
    Ok(found)
}

fn json(text: &str) -> Result<Map, Failure> {
    let data: serde_json::Value = serde_json::from_str(text).map_err(|error| {
        Failure::code("no-json", format!("its output is no JSON: {error}"))
            .help(format!("it wrote: {}", tail(text)))
    })?;
    let data = Value::of_json(data);
    if data.is_deeper_than(Value::MOST_LEVELS) {
        let most = Value::MOST_LEVELS;
        let message = format!("its output has lists and maps more than {most} levels deep");
        return Err(Failure::code("no-json", message));
    }
    Ok(Map::from([("json".into(), data)]))
}

fn readable<'v>(text: &'v Value, of: &str) -> Result<&'v str, Failure> {
    let why = match text {
        Value::Text(text) => return Ok(text),
        Value::Null => return Ok(""),
        Value::Secret(_) => "holds a secret",
        Value::Blob(_) => "is too long to be read here",
        _ => "is no text",
    };
    Err(Failure::code("unreadable-output", format!("{of} {why}")))
}
