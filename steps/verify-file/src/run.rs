//! Look at the files, then at the lines; say what was seen and what was wanted.

use runsheet_site::file::{File, look_at};
use runsheet_site::stream::marked;
use runsheet_step::{Failure, Input, Map, Outcome, Stop, Value, World};

use crate::content::{Content, Found};
use crate::input::{Paths, VerifyFileInput, captures, check};

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
    let seen = look_at(world, &host, with.path.all())?;
    let mut outputs = with.outputs(&seen);
    let captures = captures(&input.with).into_iter();
    outputs.extend(captures.map(|field| (field.name, Value::Null)));
    if let Some(failure) = with.failure(&seen) {
        return Err(failed(failure, &outputs).into());
    }
    let there = seen.iter().any(|(_, facts)| facts.is_some());
    if let (Paths::One(path), true, true) = (&with.path, there, with.has_lines()) {
        let content = Content {
            file: File::at(world, host, path),
            path,
            since,
        };
        let Found {
            outputs: found,
            failure,
        } = content.look(&with)?;
        outputs.extend(found);
        if let Some(failure) = failure {
            return Err(failed(failure, &outputs).into());
        }
    }
    Ok(Outcome {
        outputs: Value::Map(outputs.into()),
        changed: false,
    })
}

/// A failure that shows what was seen, for `causes:` to look into.
fn failed(failure: Failure, outputs: &Map) -> Failure {
    failure.outputs(Value::Map(outputs.clone().into()))
}
