//! Look at the file, then at its lines; say what was seen and what was wanted.

use runsheet_site::file::{Facts, File};
use runsheet_site::stream::marked;
use runsheet_site::text::pattern;
use runsheet_step::{Cursor, Failure, Input, Map, Name, Outcome, Stop, Value, World};

use crate::input::{VerifyFileInput, check};

pub(crate) fn run(input: &Input, world: &World<'_>) -> Result<Outcome, Stop> {
    let with: VerifyFileInput = input.read()?;
    if let Some(fault) = check(&input.with, &[]).into_iter().next() {
        return Err(fault.into());
    }
    let since = if with.only_new {
        Some(marked(world, 0)?)
    } else {
        None
    };
    let file = File::at(world, input.host_name()?, &with.path);
    let facts = file.get()?;
    let mut outputs = outputs(&with, facts);
    there(&with, facts)?;
    if let Some(facts) = facts {
        sized(&with, facts)?;
    }
    outputs.extend(said(&with, &file, since.as_ref())?);
    unsaid(&with, &file, since.as_ref())?;
    Ok(Outcome {
        outputs: Value::Map(outputs.into()),
        changed: false,
    })
}

fn outputs(with: &VerifyFileInput, facts: Option<Facts>) -> Map {
    let int = |number: u64| i64::try_from(number).unwrap_or(i64::MAX);
    let size = facts.map(|facts| facts.size);
    let records = with
        .multiple_of
        .and_then(|record| size?.checked_div(record));
    Map::from([
        ("exists".into(), facts.is_some().into()),
        ("size".into(), size.map(int).into()),
        (
            "modified".into(),
            facts.and_then(|facts| facts.modified).into(),
        ),
        ("records".into(), records.map(int).into()),
        ("lines".into(), Value::list([])),
    ])
}

fn there(with: &VerifyFileInput, facts: Option<Facts>) -> Result<(), Failure> {
    let path = &with.path;
    match (with.exists, facts) {
        (true, None) => Err(Failure::code("no-such-file", format!("there is no {path}"))),
        (false, Some(facts)) => {
            let message = format!(
                "{path} is there, with {} bytes, and is to be gone",
                facts.size
            );
            Err(Failure::code("file-exists", message)
                .help("a program that works with it may still run, or has ended before its time"))
        }
        _ => Ok(()),
    }
}

fn sized(with: &VerifyFileInput, facts: Facts) -> Result<(), Failure> {
    let has = facts.size;
    let wanted = match with {
        VerifyFileInput {
            size: Some(size), ..
        } if has != *size => format!("{size}"),
        VerifyFileInput {
            min_size: Some(size),
            ..
        } if has < *size => format!("at least {size}"),
        VerifyFileInput {
            max_size: Some(size),
            ..
        } if has > *size => format!("at most {size}"),
        VerifyFileInput {
            multiple_of: Some(record),
            ..
        } if !has.is_multiple_of(*record) => {
            format!("a multiple of {record}")
        }
        _ => return Ok(()),
    };
    let message = format!("{} has {has} bytes, and is to have {wanted}", with.path);
    Err(Failure::code("wrong-size", message))
}

/// The lines that are to be there, with the captures of the last of them.
fn said(with: &VerifyFileInput, file: &File<'_, '_>, since: Option<&Cursor>) -> Result<Map, Stop> {
    let Some(wanted) = &with.line else {
        return Ok(Map::new());
    };
    let pattern = pattern(wanted, &["line"])?;
    let lines = file.lines(Some(wanted), since)?;
    let Some(last) = lines.last() else {
        let new = if with.only_new { "new line" } else { "line" };
        let message = format!("no {new} of {} reads `{wanted}`", with.path);
        return Err(Failure::code("no-such-line", message).into());
    };
    let mut found = pattern.captured(last, false).unwrap_or_default();
    found.insert(
        "lines".into(),
        Value::list(lines.into_iter().map(Value::Text)),
    );
    Ok(found)
}

/// The lines that are not to be there.
fn unsaid(with: &VerifyFileInput, file: &File<'_, '_>, since: Option<&Cursor>) -> Result<(), Stop> {
    for unwanted in &with.lacks {
        let lines: Vec<Name> = file.lines(Some(unwanted), since)?;
        if let Some(line) = lines.first() {
            let message = format!("{} says `{line}`", with.path);
            let help = format!("no line was to read `{unwanted}`");
            return Err(Failure::code("unwanted-line", message).help(help).into());
        }
    }
    Ok(())
}
