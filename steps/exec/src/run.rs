//! Start it, wait for its end, read what it wrote.

use runsheet_site::lines::tail;
use runsheet_site::process::{Command, Ended, Process};
use runsheet_step::{Failure, Form, Input, Map, Outcome, Stop, Value, World};

use crate::input::{ExecInput, check};
use crate::output::{captured, read};

pub(crate) fn run(input: &Input, world: &World<'_>) -> Result<Outcome, Stop> {
    let with: ExecInput = input.read()?;
    if let Some(fault) = check(&input.with, &[]).into_iter().next() {
        return Err(fault.into());
    }
    let program = with.argv.first().map(Value::to_string).unwrap_or_default();
    let is_none = |runner: &&Value| runner.as_text().is_some_and(|text| text.is_empty());
    let runner = with.runner.iter().filter(|runner| !is_none(runner));
    let argv = runner
        .chain(&with.argv)
        .map(word)
        .collect::<Result<Vec<_>, _>>()?;
    let command = Command {
        argv,
        cwd: with.cwd.clone(),
        env: with.env.clone(),
        stdin: with.stdin.clone(),
    };
    let ended = Process::at(world, input.host_name()?).run(command)?;
    let mut outputs = outputs(&ended);
    outputs.extend(captured(&with, &ended));
    if !with.exit_codes.mean_success(ended.exit) {
        return Err(failed(&program, &ended)
            .outputs(Value::Map(outputs.into()))
            .into());
    }
    let found = read(&with, &ended);
    let found = found.map_err(|failure| failure.outputs(Value::Map(outputs.clone().into())))?;
    outputs.extend(found);
    Ok(Outcome {
        outputs: Value::Map(outputs.into()),
        changed: true,
    })
}

/// An argument as a program gets it: a text, or a secret, or not known yet.
fn word(argument: &Value) -> Result<Value, Failure> {
    match argument {
        Value::Text(_) | Value::Secret(_) | Value::Unknown(_) => Ok(argument.clone()),
        Value::Null | Value::List(_) | Value::Map(_) | Value::Blob(_) => {
            let message = format!("expected text, found {} `{argument}`", argument.kind());
            Err(Failure::code("bad-input", message).at(&["argv"]))
        }
        plain => Ok(plain.to_string().into()),
    }
}

fn outputs(ended: &Ended) -> Map {
    Map::from([
        ("exit".into(), ended.exit.into()),
        ("stdout".into(), ended.stdout.clone()),
        ("stderr".into(), ended.stderr.clone()),
        ("json".into(), Value::Null),
    ])
}

fn failed(program: &str, ended: &Ended) -> Failure {
    let said = |text: &Value| text.as_text().map(|text| tail(text)).unwrap_or_default();
    let said = [&ended.stderr, &ended.stdout]
        .map(said)
        .into_iter()
        .find(|said| !said.is_empty());
    let message = format!("`{program}` ended with exit code {}", ended.exit);
    Failure::new(Form::Exit(ended.exit), message).help(match said {
        Some(said) => format!("it wrote: {said}"),
        None => "it wrote nothing".to_owned(),
    })
}
