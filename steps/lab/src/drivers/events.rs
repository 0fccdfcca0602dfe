//! The Application log.

use runsheet_site::events::{self, EventsFacility};
use runsheet_step::{Answer, Facility, Fault, Request, Value};

use super::{Item, Served, Stream, fault, no_such_host, unknown_verb};
use crate::exchange::event_log::Record;
use crate::lab::Lab;

const LOG: &str = "Application";

pub(super) struct Events;

impl Served for Events {
    const NAME: &'static str = events::NAME;

    fn facility(&self) -> &dyn Facility {
        &EventsFacility
    }

    fn get(&self, _: &Lab, request: &Request) -> Answer {
        unknown_verb(request)
    }

    fn stream<'l>(&self, lab: &'l Lab, request: &Request) -> Option<Result<Stream<'l>, Fault>> {
        let Some(server) = lab.exchange(&request.host) else {
            return Some(Err(no_such_host(request, "an Exchange server")));
        };
        if !request.resource.eq_ignore_ascii_case(LOG) {
            let message = format!("{} has no log {}", request.host, request.resource);
            return Some(Err(fault("no-such-log", message)));
        }
        let items = |from: u64, filters: &[&Value]| {
            let records = server.log.after(from.saturating_sub(1)).iter();
            let worth = records.filter(|it| filters.iter().any(|filter| may_match(filter, it)));
            worth.map(item).collect()
        };
        Some(Ok(Stream {
            name: format!("{}/{LOG}", server.host).into(),
            end: server.log.newest() + 1,
            items: Box::new(items),
        }))
    }
}

/// Whether a record may be what a filter means. Cheap, because thousands of waits look at
/// thousands of records, and only ever too generous.
fn may_match(filter: &Value, record: &Record) -> bool {
    let field = |label: &str| {
        let wanted = filter.get("fields").get(label).as_text();
        wanted.is_none_or(|it| {
            record
                .field(label)
                .is_some_and(|has| it.trim().eq_ignore_ascii_case(has))
        })
    };
    let id = filter.get("id").as_int();
    id.is_none_or(|id| id == i64::from(record.id)) && field("FROM") && field("TO")
}

fn item(record: &Record) -> Item {
    let fields = record.fields.iter();
    let share = ("Share", record.share.clone());
    let fields = fields.chain([&share]);
    let fields = fields.map(|(label, value)| (*label, Value::text(value.as_str())));
    let value = Value::map([
        ("record", int(record.number)),
        ("time", record.at.into()),
        ("source", Value::Text(record.source.clone())),
        ("category", record.category.into()),
        ("id", record.id.into()),
        ("type", record.kind.to_lowercase().into()),
        ("fields", Value::map(fields)),
        ("text", record.message().into()),
    ]);
    Item {
        position: record.number,
        value,
    }
}

fn int(number: u64) -> Value {
    i64::try_from(number).unwrap_or(i64::MAX).into()
}
