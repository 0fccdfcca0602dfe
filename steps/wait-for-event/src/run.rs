//! Wait from the mark on, and hand out what came.

use runsheet_site::events::{Events, EventsFacility, given};
use runsheet_site::stream::{Awaited, marked};
use runsheet_step::{Facility, Failure, Input, Map, Outcome, Stop, Value, World};

use crate::input::{WaitForEventInput, check};

pub(crate) fn run(input: &Input, world: &World<'_>) -> Result<Outcome, Stop> {
    let with: WaitForEventInput = input.read()?;
    if let Some(fault) = check(&input.with, &[]).into_iter().next() {
        return Err(fault.into());
    }
    let awaited = Awaited {
        filter: with.until.clone(),
        abort: Some(with.unless.clone()).filter(|unless| !unless.is_null()),
        since: marked(world, 0)?,
        count: with.count,
    };
    let items = Events::at(world, input.host_name()?, &with.log).wait(&awaited)?;
    if let Some(abort) = &awaited.abort {
        with.not_ended_by(abort, items)?;
    }
    let first = items.first().unwrap_or(&Value::Null);
    Ok(Outcome {
        outputs: with.outputs(first, items)?,
        changed: false,
    })
}

impl WaitForEventInput {
    /// A record, all that counted, and what the patterns captured of it.
    fn outputs(&self, record: &Value, items: &[Value]) -> Result<Value, Failure> {
        let mut outputs: Map = record.as_map().cloned().unwrap_or_default();
        outputs.insert("items".into(), Value::list(items.iter().cloned()));
        let mut captured = given::captured(&self.unless, "unless", record)?;
        for (name, value) in given::captured(&self.until, "until", record)? {
            // One name may stand in a pattern of each.
            let known = captured.get(&name).is_some_and(|known| !known.is_null());
            if !known {
                captured.insert(name, value);
            }
        }
        outputs.extend(captured);
        Ok(Value::Map(outputs.into()))
    }

    fn not_ended_by(&self, unless: &Value, items: &[Value]) -> Result<(), Failure> {
        let ends = |item: &&Value| EventsFacility.matches(unless, item);
        let Some(item) = items.iter().find(ends) else {
            return Ok(());
        };
        let message = format!("{} came first", EventsFacility.show(item));
        Err(Failure::code("unless", message)
            .help(item.get("text").to_string())
            .outputs(self.outputs(item, items)?))
    }
}
