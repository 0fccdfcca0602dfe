//! Wait from the mark on, and hand out what came.

use runsheet_site::mailbox::{Mailbox, subject};
use runsheet_site::stream::{Awaited, marked};
use runsheet_site::text::{captured_by_a_line, pattern};
use runsheet_step::{Failure, Input, Map, Outcome, Stop, Value, World};

use crate::input::{VerifyMessageInput, check};

pub(crate) fn run(input: &Input, world: &World<'_>) -> Result<Outcome, Stop> {
    let with: VerifyMessageInput = input.read()?;
    if let Some(fault) = check(&input.with, &[]).into_iter().next() {
        return Err(fault.into());
    }
    let awaited = Awaited {
        filter: with.filter(),
        abort: None,
        since: marked(world, 0)?,
        count: with.count,
    };
    let items = Mailbox::at(world, input.host_name()?, &with.mailbox).wait(&awaited)?;
    let first = items.first().unwrap_or(&Value::Null);
    let mut outputs = first.as_map().cloned().unwrap_or_default();
    outputs.insert("items".into(), Value::list(items.iter().cloned()));
    outputs.extend(captures(&with, first)?);
    Ok(Outcome {
        outputs: Value::Map(outputs.into()),
        changed: false,
    })
}

fn captures(with: &VerifyMessageInput, first: &Value) -> Result<Map, Failure> {
    let mut found = Map::new();
    if let Some(wanted) = with.subject.as_text() {
        let pattern = pattern(wanted, &["subject"])?;
        found.extend(subject(&pattern, first).unwrap_or_default());
    }
    if let (Some(wanted), Some(body)) = (with.body.as_text(), first.get("body").as_text()) {
        let pattern = pattern(wanted, &["body"])?;
        found.extend(captured_by_a_line(&pattern, body).unwrap_or_default());
    }
    Ok(found)
}
