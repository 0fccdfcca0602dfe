//! The Application log of an Exchange server.

use runsheet_lab::exchange::event_log::Record;
use runsheet_lab::lab::Lab;

use super::{Asked, Cell, Page, Table, View, missing, number};
use crate::complaint::Complaint;

pub(super) static VIEW: View = View {
    name: "events",
    takes: "[HOST] [NUMBER]",
    about: "the Application log; of one event, the whole description",
    look,
};

const COLUMNS: &[&str] = &[
    "host", "number", "at", "type", "source", "category", "id", "says",
];

fn look(lab: &Lab, asked: &Asked) -> Result<Page, Complaint> {
    let (servers, rest) = asked.exchanges(lab)?;
    if let Some(word) = rest.first() {
        let wanted = number(word, "an event")?;
        let mut records = servers.iter().flat_map(|server| server.log.records());
        let record = records.find(|record| record.number == wanted);
        let kept = servers.iter().flat_map(|server| server.log.records());
        let kept = kept.map(|record| record.number);
        return record
            .map(told)
            .ok_or_else(|| missing("event", wanted, kept));
    }
    let mut table = Table::new("events", COLUMNS, "nothing is logged");
    for server in servers {
        for record in server.log.records() {
            table.row([
                Cell::from(&server.host),
                Cell::number(record.number),
                Cell::from(&record.at),
                Cell::from(record.kind.word()),
                Cell::from(&record.source),
                Cell::from(record.category),
                Cell::number(record.id),
                Cell::Text(line(record)),
            ]);
        }
    }
    Ok(Page::Tables(vec![asked.cut(table)]))
}

/// The description in one line: who and whom, where it says so.
fn line(record: &Record) -> String {
    match (record.field("FROM"), record.field("TO")) {
        (Some(from), Some(to)) => format!("{from} to {to}"),
        _ => record.message().replace('\n', " "),
    }
}

fn told(record: &Record) -> Page {
    let head = [
        format!("Event ID: {}", record.id),
        format!("Date and time: {}", record.at),
        format!("Type: {}", record.kind.word()),
        format!("Source: {}", record.source),
        format!("Category: {}", record.category),
        format!("Description: {}\n", record.message()),
    ];
    Page::Text(head.join("\n"))
}
