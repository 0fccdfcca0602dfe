//! The Application log.

use runsheet_site::events::{self, EventsFacility};
use runsheet_step::{Answer, Facility, Fault, Name, Request, Value};

use super::stream::{Found, Item, Stream};
use super::{Served, fault, no_such_host, unknown_verb};
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
        let items = |from: u64, filters: &[&Value]| -> Found<'l> {
            let wanted: Vec<_> = filters.iter().flat_map(|it| Wanted::by(it)).collect();
            let records = server.log.after(from.saturating_sub(1)).iter();
            let worth = records.filter(move |record| wanted.iter().any(|it| it.may_be(record)));
            let strange = server.unregistered_sources();
            Box::new(worth.map(move |record| item(record, strange.contains(&record.source))))
        };
        Some(Ok(Stream {
            name: format!("{}/{LOG}", server.host).into(),
            end: server.log.newest() + 1,
            items: Box::new(items),
        }))
    }
}

/// What a filter says of a record that is cheap to look at. Thousands of waits look at thousands
/// of records; this is only ever too generous.
#[derive(Default)]
struct Wanted {
    /// Empty: any.
    ids: Vec<i64>,
    from: Option<Name>,
    to: Option<Name>,
}

impl Wanted {
    /// One for each of the descriptions that a filter is made of.
    fn by(filter: &Value) -> Vec<Self> {
        match filter {
            Value::List(several) => several.iter().flat_map(Self::by).collect(),
            Value::Map(_) => vec![Self::by_one(filter)],
            _ => vec![Self::default()],
        }
    }

    fn by_one(filter: &Value) -> Self {
        let fields = filter.get("fields");
        let ids = match filter.get("id") {
            Value::Int(id) => vec![*id],
            Value::List(ids) => ids.iter().filter_map(Value::as_int).collect(),
            _ => Vec::new(),
        };
        Self {
            ids,
            from: fields.get("FROM").as_text().cloned(),
            to: fields.get("TO").as_text().cloned(),
        }
    }

    fn may_be(&self, record: &Record) -> bool {
        let is = |wanted: &Option<Name>, label| {
            let wanted = wanted.as_ref().map(|it| it.trim());
            let has = record.field(label);
            wanted.is_none_or(|it| has.is_some_and(|has| it.eq_ignore_ascii_case(has)))
        };
        (self.ids.is_empty() || self.ids.contains(&i64::from(record.id)))
            && is(&self.from, "FROM")
            && is(&self.to, "TO")
    }
}

/// A record; one whose source the machine does not know is only strings (Q152554).
fn item(record: &Record, strange: bool) -> Item {
    let fields = record.fields.iter();
    let share = ("Share", record.share.clone());
    let share = (!record.share.is_empty()).then_some(&share);
    let fields = fields.chain(share).filter(|_| !strange);
    let fields = fields.map(|(label, value)| (*label, Value::text(value.as_str())));
    let text = if strange {
        record.unregistered()
    } else {
        record.message()
    };
    let value = Value::map([
        ("record", int(record.number)),
        ("time", record.at.into()),
        ("source", Value::Text(record.source.clone())),
        ("category", record.category.into()),
        ("id", record.id.into()),
        ("type", record.kind.word().to_lowercase().into()),
        ("fields", Value::map(fields)),
        ("text", text.into()),
    ]);
    Item {
        position: record.number,
        value,
    }
}

fn int(number: u64) -> Value {
    i64::try_from(number).unwrap_or(i64::MAX).into()
}
