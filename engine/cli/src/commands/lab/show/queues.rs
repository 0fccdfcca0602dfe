//! What waits: changes in REQTRANS.GLB, mail in P1, mailbags and connector, replies to import.

use runsheet_lab::lab::Lab;
use runsheet_lab::postoffice::Postoffice;
use runsheet_lab::postoffice::condition::Condition;

use super::{Asked, Cell, Page, Table, View, postoffice};
use crate::complaint::Complaint;

pub(super) static VIEW: View = View {
    name: "queues",
    takes: "[HOST]",
    about: "what waits at each machine; of one postoffice, each record of REQTRANS.GLB",
    look,
};

/// The queue of changes.
pub(super) const REQTRANS: &str = "GLB\\REQTRANS.GLB";

fn look(lab: &Lab, asked: &Asked) -> Result<Page, Complaint> {
    match asked.host().0 {
        Some(host) if lab.exchange(host).is_none() => {
            let records = records(postoffice(lab, host)?);
            Ok(Page::Tables(vec![asked.cut(records)]))
        }
        _ => Ok(Page::Tables(vec![postoffices(lab), exchanges(lab)])),
    }
}

fn postoffices(lab: &Lab) -> Table {
    let columns = &[
        "host",
        "REQTRANS",
        "P1",
        "mailbags",
        "SYSTEM.MBG",
        "SRVTRANS",
        "MSTTRANS",
    ];
    let mut table = Table::new("postoffices", columns, "the site has none");
    for postoffice in &lab.postoffices {
        let pending = postoffice.queue.pending(postoffice.numbers.req_sync);
        let mailbags = postoffice.mailbags.values().map(Vec::len);
        table.row([
            Cell::from(&postoffice.host),
            wrong(postoffice, REQTRANS).unwrap_or_else(|| Cell::number(pending.len())),
            wrong(postoffice, "P1").unwrap_or_else(|| Cell::number(postoffice.outgoing.len())),
            Cell::number(mailbags.sum::<usize>()),
            Cell::number(postoffice.system.len()),
            Cell::number(postoffice.received.len()),
            postoffice
                .serving
                .as_ref()
                .map_or(Cell::Nothing, |it| Cell::number(it.server.master.sync())),
        ]);
    }
    table
}

/// What keeps everybody from reading a file, to stand in place of what would be in it.
pub(super) fn wrong(postoffice: &Postoffice, path: &str) -> Option<Cell> {
    match postoffice.conditions.of(path)? {
        Condition::Locked(_) | Condition::ReadOnly => None,
        condition => Some(Cell::from(condition)),
    }
}

fn exchanges(lab: &Lab) -> Table {
    let columns = &[
        "host",
        "to Exchange",
        "to postoffices",
        "DX has read",
        "for DX",
        "from DX",
    ];
    let mut table = Table::new("connectors", columns, "the site has none");
    for server in &lab.exchanges {
        let outbound = server.connector.outbound.values().map(Vec::len);
        table.row([
            Cell::from(&server.host),
            Cell::number(server.connector.inbound.len()),
            Cell::number(outbound.sum::<usize>()),
            Cell::number(server.dx.heard.len()),
            Cell::number(server.dx.waiting.len()),
            Cell::number(server.dx.outgoing.len()),
        ]);
    }
    table
}

fn records(postoffice: &Postoffice) -> Table {
    let title = format!("REQTRANS.GLB of {}", postoffice.host);
    let columns = &["number", "acknowledged", "transaction"];
    let mut table = Table::new(title, columns, "the file is empty");
    if let Some(wrong) = wrong(postoffice, REQTRANS) {
        table.row([Cell::Nothing, Cell::Nothing, wrong]);
        return table;
    }
    for record in postoffice.queue.pending(0) {
        let acknowledged = record.number <= postoffice.numbers.req_sync;
        table.row([
            Cell::number(record.number),
            super::yes_or_no(acknowledged),
            Cell::from(&record.transaction),
        ]);
    }
    table
}
