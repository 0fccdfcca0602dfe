//! Wait from the mark on, and hand out what came.

use runsheet_site::events::{Events, EventsFacility};
use runsheet_site::stream::{Awaited, marked};
use runsheet_site::text::{captured_by_a_line, pattern};
use runsheet_step::{Facility, Failure, Input, Map, Outcome, Stop, Value, World};

use crate::input::{WaitForEventInput, check};

pub(crate) fn run(input: &Input, world: &World<'_>) -> Result<Outcome, Stop> {
    let with: WaitForEventInput = input.read()?;
    if let Some(fault) = check(&input.with, &[]).into_iter().next() {
        return Err(fault.into());
    }
    let awaited = Awaited {
        filter: with.until.clone(),
        abort: with.abort.clone(),
        since: marked(world, 0)?,
        count: with.count,
    };
    let items = Events::at(world, input.host_name()?, &with.log).wait(&awaited)?;
    if let Some(abort) = &with.abort {
        not_aborted(abort, items)?;
    }
    let first = items.first().unwrap_or(&Value::Null);
    let mut outputs = first.as_map().cloned().unwrap_or_default();
    outputs.insert("items".into(), Value::list(items.iter().cloned()));
    outputs.extend(captures(&with.until, first)?);
    Ok(Outcome {
        outputs: Value::Map(outputs.into()),
        changed: false,
    })
}

fn not_aborted(abort: &Value, items: &[Value]) -> Result<(), Failure> {
    let aborts = |item: &&Value| EventsFacility.matches(abort, item);
    match items.iter().find(aborts) {
        None => Ok(()),
        Some(item) => {
            let message = format!("{} came first", EventsFacility.show(item));
            Err(Failure::code("aborted", message)
                .help(item.get("text").to_string())
                .outputs(item.clone()))
        }
    }
}

fn captures(until: &Value, first: &Value) -> Result<Map, Failure> {
    let (Some(wanted), Some(text)) = (until.get("text").as_text(), first.get("text").as_text())
    else {
        return Ok(Map::new());
    };
    let pattern = pattern(wanted, &["until", "text"])?;
    Ok(captured_by_a_line(&pattern, text).unwrap_or_default())
}
