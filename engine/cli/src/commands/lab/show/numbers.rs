//! The sync numbers: what LISTDS tells of each requestor and of the server (Q96060).

use runsheet_lab::exchange::Exchange;
use runsheet_lab::lab::Lab;
use runsheet_lab::postoffice::request_queue::RequestQueue;
use runsheet_lab::postoffice::{Numbers, Postoffice};
use runsheet_lab::server::Server;

use super::queues::{REQTRANS, wrong};
use super::{Asked, Cell, Page, Table, View};
use crate::complaint::Complaint;

pub(super) static VIEW: View = View {
    name: "numbers",
    takes: "[HOST]",
    about: "the sync numbers of requestors, and those the server has of them",
    look,
};

/// The file that keeps a requestor's numbers.
const REQCONF: &str = "GLB\\REQCONF.GLB";
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

/// What a requestor keeps.
type Kept<'l> = (Numbers, &'l RequestQueue);

fn look(lab: &Lab, asked: &Asked) -> Result<Page, Complaint> {
    let wanted = asked.host().0;
    let is_wanted = |host: &str| wanted.is_none_or(|wanted| wanted.eq_ignore_ascii_case(host));
    let servers = servers(lab).into_iter().filter(|(host, _)| is_wanted(host));
    let servers = servers.map(|(host, server)| asked.cut(told(host, server)));
    let is_server = |it: &Exchange| it.dx.is_server();
    let own = match wanted.and_then(|host| lab.exchange(host)) {
        Some(server) if is_server(server) => None,
        _ => Some(asked.cut(requestors(lab, asked)?)),
    };
    Ok(Page::Tables(own.into_iter().chain(servers).collect()))
}

/// Every dir-sync server there is: Exchange, or a postoffice.
fn servers(lab: &Lab) -> Vec<(&str, &Server)> {
    let exchanges = lab.exchanges.iter().filter(|it| it.dx.is_server());
    let exchanges = exchanges.map(|it| (&*it.host, &it.dx.server));
    let postoffices = lab.postoffices.iter();
    let postoffices = postoffices.filter_map(|it| Some((&*it.host, &it.serving.as_ref()?.server)));
    exchanges.chain(postoffices).collect()
}

fn requestors(lab: &Lab, asked: &Asked) -> Result<Table, Complaint> {
    let mut own = Table::new("requestors", OWN, "the site has none");
    let wanted = asked.host().0;
    let mut row = |host: &str, (numbers, queue): Kept<'_>, at: Option<&Postoffice>| {
        let lost = |path| at.and_then(|it| wrong(it, path));
        let kept = |number| lost(REQCONF).unwrap_or_else(|| Cell::number(number));
        let newest = || queue.last().map_or(Cell::Nothing, Cell::number);
        own.row([
            Cell::from(host),
            kept(numbers.req_sync),
            lost(REQTRANS).unwrap_or_else(newest),
            kept(numbers.srv_sync),
            kept(numbers.imp_sync),
        ]);
    };
    for exchange in &lab.exchanges {
        if let Some(requesting) = &exchange.dx.requesting
            && wanted.is_none_or(|wanted| wanted.eq_ignore_ascii_case(&exchange.host))
        {
            let kept = (requesting.numbers, &requesting.queue);
            row(&exchange.host, kept, None);
        }
    }
    if wanted.is_none_or(|host| lab.exchange(host).is_none()) {
        for postoffice in asked.postoffices(lab)? {
            let kept = (postoffice.numbers, &postoffice.queue);
            row(&postoffice.host, kept, Some(postoffice));
        }
    }
    Ok(own)
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
