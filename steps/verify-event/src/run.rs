//! Look into the log, and say what was seen and what was wanted.

use runsheet_site::events::{Events, EventsFacility, given};
use runsheet_site::span::span;
use runsheet_site::stream::marked;
use runsheet_step::{Facility, Failure, Input, Map, Moment, Outcome, Stop, Value, World};

use crate::input::{VerifyEventInput, Wanted, check};

/// How many of the records found a message tells of.
const TOLD: usize = 3;

pub(crate) fn run(input: &Input, world: &World<'_>) -> Result<Outcome, Stop> {
    let with: VerifyEventInput = input.read()?;
    if let Some(fault) = check(&input.with, &[]).into_iter().next() {
        return Err(fault.into());
    }
    let events = Events::at(world, input.host_name()?, &with.log);
    let items = if with.only_new {
        events.since(&marked(world, 0)?, &with.r#match)?
    } else {
        let after = since_when(&with, &events)?;
        events.list(with.filter(after))?
    };
    let outputs = outputs(&with, &items)?;
    let wanted = with.wanted();
    if wanted.met_by(items.len()) {
        return Ok(Outcome {
            outputs,
            changed: false,
        });
    }
    Err(failure(&with, wanted, &items).outputs(outputs).into())
}

/// The moment before which no record counts, if there is one.
fn since_when(with: &VerifyEventInput, events: &Events<'_, '_>) -> Result<Option<Moment>, Stop> {
    match span(&with.within, &["within"])? {
        Some(back) => Ok(Some(events.now()?.before(back))),
        None => Ok(with.after.as_moment()),
    }
}

impl Wanted {
    fn met_by(self, count: usize) -> bool {
        match self {
            Wanted::Any => true,
            Wanted::None => count == 0,
            Wanted::Some => count > 0,
            Wanted::Exactly(wanted) => i64::try_from(count) == Ok(wanted),
        }
    }
}

fn outputs(with: &VerifyEventInput, items: &[Value]) -> Result<Value, Failure> {
    let fields = given::item().into_iter();
    let mut outputs: Map = fields.map(|field| (field.name, Value::Null)).collect();
    let first = items.first().unwrap_or(&Value::Null);
    outputs.extend(first.as_map().cloned().unwrap_or_default());
    let count = i64::try_from(items.len()).unwrap_or(i64::MAX);
    outputs.insert("exists".into(), (count > 0).into());
    outputs.insert("count".into(), count.into());
    outputs.insert("items".into(), Value::list(items.iter().cloned()));
    outputs.extend(given::captured(&with.r#match, "match", first)?);
    Ok(Value::Map(outputs.into()))
}

fn failure(with: &VerifyEventInput, wanted: Wanted, items: &[Value]) -> Failure {
    let what = EventsFacility.told(&with.r#match);
    let log = &with.log;
    let Some(first) = items.first() else {
        let message = format!("there is no {what} in {log}");
        return Failure::code("no-such-event", message)
            .help("a service writes only what its diagnostics level lets it");
    };
    let (code, message) = match wanted {
        Wanted::Exactly(wanted) => {
            let message = format!(
                "{log} has {} × {what}, and is to have {wanted}",
                items.len()
            );
            ("wrong-count", message)
        }
        _ => {
            let message = format!("{log} has {}", EventsFacility.show(first));
            let more = items.len() - 1;
            let message = match more {
                0 => message,
                more => format!("{message}, and {more} more"),
            };
            ("unwanted-event", message)
        }
    };
    let texts: Vec<_> = items
        .iter()
        .take(TOLD)
        .map(|item| item.get("text").to_string())
        .collect();
    Failure::code(code, message).help(texts.join(" | "))
}
