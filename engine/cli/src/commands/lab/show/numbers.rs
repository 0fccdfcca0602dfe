//! The sync numbers: what LISTDS tells of each requestor and of the server (Q96060).

use runsheet_lab::lab::Lab;
use runsheet_lab::server::Server;

use super::{Asked, Cell, Page, Table, View};
use crate::complaint::Complaint;

pub(super) static VIEW: View = View {
    name: "numbers",
    takes: "[HOST]",
    about: "the sync numbers of requestors, and those the server has of them",
    look,
};

const OWN: &[&str] = &["host", "ReqSync", "newest", "SrvSync", "ImpSync"];
const KEPT: &[&str] = &[
    "requestor",
    "ReqSync",
    "SrvSync",
    "applied",
    "ImpSync",
    "last cycle",
    "last update",
];

fn look(lab: &Lab, asked: &Asked) -> Result<Page, Complaint> {
    let server = asked.host().0.and_then(|host| lab.exchange(host));
    if let Some(server) = server {
        let table = told(&server.host, &server.dx.server);
        return Ok(Page::Tables(vec![asked.cut(table)]));
    }
    let mut own = Table::new("requestors", OWN, "the site has no postoffice");
    for postoffice in asked.postoffices(lab)? {
        let numbers = postoffice.numbers;
        let newest = postoffice.queue.last();
        own.row([
            Cell::from(&postoffice.host),
            Cell::number(numbers.req_sync),
            newest.map_or(Cell::Nothing, Cell::number),
            Cell::number(numbers.srv_sync),
            Cell::number(numbers.imp_sync),
        ]);
    }
    let servers = lab.exchanges.iter();
    let servers = servers.map(|it| asked.cut(told(&it.host, &it.dx.server)));
    Ok(Page::Tables(
        std::iter::once(asked.cut(own)).chain(servers).collect(),
    ))
}

/// What a server has of its requestors.
fn told(host: &str, server: &Server) -> Table {
    let highest = server.master.sync();
    let title = format!("server {host}, highest {highest}, cycle {}", server.cycle);
    let mut table = Table::new(title, KEPT, "it has no requestor");
    for (name, requestor) in &server.requestors {
        let numbers = requestor.numbers;
        table.row([
            Cell::from(name),
            Cell::number(numbers.req_sync),
            Cell::number(numbers.srv_sync),
            Cell::number(requestor.conf_sync),
            Cell::number(numbers.imp_sync),
            Cell::number(requestor.last_cycle),
            Cell::maybe(requestor.last_update.map(|it| it.to_string())),
        ]);
    }
    table
}
