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
    if let Some(item) = awaited.ended_by(&EventsFacility, items) {
        return Err(with.ended_by(item, items)?.into());
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

    /// The failure of a wait that another record has ended.
    fn ended_by(&self, item: &Value, items: &[Value]) -> Result<Failure, Failure> {
        let message = format!("{} came first", EventsFacility.show(item));
        Ok(Failure::code("unless", message)
            .help(item.get("text").to_string())
            .outputs(self.outputs(item, items)?))
    }
}
