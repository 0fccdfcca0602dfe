//! One postoffice, or each: what ADMIN and the utilities would tell.

use runsheet_lab::lab::Lab;
use runsheet_lab::postoffice::Postoffice;
use runsheet_report::time;

use super::{Asked, Cell, Page, Table, View, yes_or_no};
use crate::complaint::Complaint;

pub(super) static VIEW: View = View {
    name: "postoffice",
    takes: "[HOST]",
    about: "what a postoffice is set up to, and how far it has come",
    look,
};

fn look(lab: &Lab, asked: &Asked) -> Result<Page, Complaint> {
    let postoffices = asked.postoffices(lab)?;
    Ok(Page::Tables(postoffices.into_iter().map(told).collect()))
}

fn told(postoffice: &Postoffice) -> Table {
    let title = format!("{}, {}", postoffice.host, postoffice.name);
    let mut table = Table::new(title, &["of it", "is"], "");
    let facts = machine(postoffice).into_iter();
    let facts = facts.chain(requestor(postoffice)).chain(counts(postoffice));
    for (name, value) in facts {
        table.row([Cell::from(name), value]);
    }
    table
}

type Fact = (&'static str, Cell);

fn machine(postoffice: &Postoffice) -> Vec<Fact> {
    vec![
        ("drive", Cell::Text(format!("{}:", postoffice.drive))),
        ("programs", Cell::from(&postoffice.mailexe)),
        ("share within reach", yes_or_no(postoffice.reachable)),
        ("mail held up for", Cell::Text(time::span(postoffice.late))),
    ]
}

/// What ADMIN shows under Config, Dir-Sync, Requestor.
fn requestor(postoffice: &Postoffice) -> Vec<Fact> {
    let options = &postoffice.requestor;
    let types: Vec<&str> = options.types.iter().map(|it| &**it).collect();
    let server = postoffice.server.as_ref().map(ToString::to_string);
    vec![
        ("dir-sync server", Cell::maybe(server)),
        ("types", Cell::Text(types.join(", "))),
        ("receive updates", yes_or_no(options.receive)),
        ("limit", options.limit.map_or(Cell::Nothing, Cell::number)),
        ("templates, send", yes_or_no(options.templates_send)),
        ("templates, receive", yes_or_no(options.templates_receive)),
        ("rebuild", yes_or_no(options.rebuild)),
        ("create postoffices", yes_or_no(options.create_postoffices)),
        (
            "last import",
            Cell::maybe(options.last_import.map(|it| it.to_string())),
        ),
        (
            "last export",
            Cell::maybe(options.last_export.map(|it| it.to_string())),
        ),
    ]
}

fn counts(postoffice: &Postoffice) -> Vec<Fact> {
    let numbers = postoffice.numbers;
    let pending = postoffice.queue.pending(numbers.req_sync);
    vec![
        ("users", Cell::number(postoffice.users.len())),
        ("entries in GAL.NME", Cell::number(postoffice.gal_entries())),
        ("ReqSync", Cell::number(numbers.req_sync)),
        ("SrvSync", Cell::number(numbers.srv_sync)),
        ("ImpSync", Cell::number(numbers.imp_sync)),
        ("changes not acknowledged", Cell::number(pending.len())),
        ("messages in P1", Cell::number(postoffice.outgoing.len())),
        (
            "messages in SYSTEM.MBG",
            Cell::number(postoffice.system.len()),
        ),
        (
            "replies in SRVTRANS.GLB",
            Cell::number(postoffice.received.len()),
        ),
    ]
}
