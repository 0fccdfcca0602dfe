//! Let it be done or ask, and take yes for an answer.

use std::borrow::Cow;

use runsheet_site::prompt::{Prompt, Reply};
use runsheet_step::{Failure, Input, Map, Name, Outcome, Stop, Value, World};

use crate::input::{ManualInput, check, form_fields};

pub(crate) fn run(input: &Input, world: &World<'_>) -> Result<Outcome, Stop> {
    let with: ManualInput = worded(input).read()?;
    if let Some(fault) = check(&input.with, &[]).into_iter().next() {
        return Err(fault.into());
    }
    let prompt = Prompt::at(world, place(input)?, &with.say);
    let done = match &with.act {
        Some(act) => prompt.act(&act.name, act.args.clone())?,
        None => None,
    };
    let reply = match done {
        Some(reply) => reply,
        None => prompt.ask(with.form.clone())?,
    };
    if !reply.yes {
        return Err(declined(&reply).into());
    }
    let mut outputs = form(&input.with, &reply)?;
    outputs.insert("by".into(), Value::Text(reply.by));
    outputs.insert("said".into(), reply.said);
    Ok(Outcome {
        outputs: Value::Map(outputs.into()),
        changed: with.act.is_some(),
    })
}

/// The input with words for the person. To a plan they may be unknown, but not that a person is
/// asked.
fn worded(input: &Input) -> Cow<'_, Input> {
    let (Some(why), Value::Map(with)) = (input.with.get("say").why_unknown(), &input.with) else {
        return Cow::Borrowed(input);
    };
    let mut with = Map::clone(with);
    let words = Value::text(format!("words that depend on {why}"));
    with.insert("say".into(), words);
    Cow::Owned(Input {
        host: input.host.clone(),
        with: Value::Map(with.into()),
    })
}

/// Where it is done; of something that is done nowhere in particular, no host.
fn place(input: &Input) -> Result<Name, Stop> {
    match &input.host {
        Value::Null => Ok("".into()),
        _ => input.host_name(),
    }
}

fn declined(reply: &Reply) -> Failure {
    let message = match &reply.said {
        Value::Null => format!("{} said no", reply.by),
        remark => format!("{} said no: {remark}", reply.by),
    };
    Failure::code("declined", message)
}

/// What was filled in, each as its type says.
fn form(with: &Value, reply: &Reply) -> Result<Map, Failure> {
    let mut filled = Map::new();
    for field in form_fields(with) {
        let value = reply.form.get(&field.name);
        if value.kind() != field.kind.to_string() {
            let message = format!(
                "the answer for `{}` is to be {}, and is {} `{value}`",
                field.name,
                field.kind,
                value.kind()
            );
            return Err(Failure::code("bad-answer", message));
        }
        filled.insert(field.name, value.clone());
    }
    Ok(filled)
}
