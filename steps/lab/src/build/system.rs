//! Who is the dir-sync server of a site, and who its requestors, with the numbers they agree on.
//!
//! A postoffice of the group `server` is the server, of itself and of all others; Exchange then is
//! a requestor (Q148309). Without one the first Exchange server is it (Q147464), and others have no
//! part in dir-sync: a system has one server (Q96060).

use std::collections::BTreeMap;
use std::sync::Arc;

use runsheet_formats::address::{Address, PostofficeName};

use crate::blueprint::{Blueprint, ExchangeHost, PostofficeHost, Reached, x400_of};
use crate::directory::Directory;
use crate::exchange::Exchange;
use crate::exchange::dx::requesting::Requesting;
use crate::exchange::dx::serving::Remote;
use crate::master::Master;
use crate::postoffice::global_list::GlobalList;
use crate::postoffice::request_queue::RequestQueue;
use crate::postoffice::serving::Serving;
use crate::postoffice::{Numbers, Postoffice};
use crate::server::Server;
use crate::server::transmit::Lists;

/// Exchange's mailbox for dir-sync mail where it is a requestor: never `$SYSTEM` (Q150828).
const REQUESTOR: &str = "SYSTEM1";

/// The postoffice that is the server, if one is.
fn server(blueprint: &Blueprint) -> Option<&PostofficeHost> {
    blueprint.postoffices.iter().find(|it| it.server)
}

/// The address a postoffice sends its updates to.
pub(super) fn server_of(blueprint: &Blueprint, host: &PostofficeHost) -> Address {
    let exchange = blueprint.exchanges.first().map(|it| &it.address);
    let address = server(blueprint).map(|it| &it.address).or(exchange);
    address.unwrap_or(&host.address).clone()
}

/// The address Exchange sends and receives dir-sync mail at. A requestor keeps the number it is given.
pub(super) fn address_of(blueprint: &Blueprint, host: &ExchangeHost) -> Address {
    let number = host.address.mailbox.strip_prefix("SYSTEM");
    let numbered = number.is_some_and(|it| it.parse::<u8>().is_ok());
    match server(blueprint) {
        Some(_) if !numbered => host.address.postoffice.mailbox(REQUESTOR),
        _ => host.address.clone(),
    }
}

/// Makes everybody a requestor of the server, and the MTAs carry mail between them.
pub(super) fn connect(
    exchanges: &mut [Exchange],
    postoffices: &mut [Postoffice],
    blueprint: &Blueprint,
) {
    let nobody = Arc::<Directory>::default();
    for postoffice in postoffices.iter_mut() {
        postoffice.lists = nobody.clone();
    }
    let reached = blueprint.numbers.iter();
    let reached: BTreeMap<_, _> = reached
        .map(|(host, it)| (host.to_uppercase(), *it))
        .collect();
    match blueprint.postoffices.iter().position(|it| it.server) {
        Some(id) => under_postoffice(id, exchanges, postoffices, blueprint, &reached),
        None => {
            if let Some((server, others)) = exchanges.split_first_mut() {
                under_exchange(server, postoffices, blueprint, &reached);
                others.iter_mut().for_each(|it| it.dx.unassigned = true);
            }
        }
    }
}

fn under_exchange(
    server: &mut Exchange,
    postoffices: &mut [Postoffice],
    blueprint: &Blueprint,
    reached: &BTreeMap<String, Reached>,
) {
    let all = (0..postoffices.len()).collect();
    share_out(server, postoffices, blueprint.exchanges.first(), all);
    let mut lists = agreed_lists(postoffices, reached);
    let own = server.address.postoffice.clone();
    lists.replace(own, Arc::new(server.recipients.clone()));
    let lists = Arc::new(lists);
    server.dx.server = serving(postoffices, reached, &lists);
    server.dx.server.makes_good = true;
    if !reached.is_empty() {
        let upto = server.dx.server.master.sync();
        server.dx.lists = Lists { lists, upto };
        server.dx.exported = Arc::new(server.recipients.clone());
    }
    for (id, postoffice) in postoffices.iter().enumerate() {
        let x400 = blueprint.postoffices[id].x400.clone();
        let made = || x400_of(&postoffice.name.system(), &server.address);
        let remote = Remote::at(id, x400.unwrap_or_else(made).into());
        server.dx.remotes.insert(postoffice.name.clone(), remote);
    }
}

/// The MTA of the first Exchange server serves every postoffice; those of others serve the one
/// they have business with.
fn under_postoffice(
    id: usize,
    exchanges: &mut [Exchange],
    postoffices: &mut [Postoffice],
    blueprint: &Blueprint,
    reached: &BTreeMap<String, Reached>,
) {
    for (number, exchange) in exchanges.iter_mut().enumerate() {
        let requesting = Requesting::of(postoffices[id].name.system(), id);
        exchange.dx.requesting = Some(Box::new(requesting));
        let served = if number == 0 {
            (0..postoffices.len()).collect()
        } else {
            vec![id]
        };
        share_out(
            exchange,
            postoffices,
            blueprint.exchanges.get(number),
            served,
        );
    }
    let mut lists = agreed_lists(postoffices, reached);
    for exchange in exchanges.iter() {
        if reached.contains_key(&exchange.host.to_uppercase()) {
            let own = exchange.address.postoffice.clone();
            lists.replace(own, Arc::new(exchange.recipients.clone()));
        }
    }
    let lists = Arc::new(lists);
    let mut server = serving(postoffices, reached, &lists);
    for exchange in exchanges.iter_mut() {
        let name = exchange.address.postoffice.clone();
        server.register(name.clone(), None);
        if let Some(reached) = reached.get(&exchange.host.to_uppercase())
            && let Some(requestor) = server.requestors.get_mut(&name)
        {
            requestor.numbers = agree_with_exchange(exchange, *reached, &lists);
        }
    }
    let serving = Serving {
        server,
        ..Serving::default()
    };
    postoffices[id].serving = Some(Box::new(serving));
}

/// The postoffices that an Exchange server carries mail for, each to the instance that is to serve
/// it; the first serves those that no other does.
fn share_out(
    server: &mut Exchange,
    postoffices: &[Postoffice],
    host: Option<&ExchangeHost>,
    served: Vec<usize>,
) {
    for id in served {
        let name = &postoffices[id].host;
        let is_served = |it: &std::collections::BTreeSet<String>| {
            it.iter().any(|host| host.eq_ignore_ascii_case(name))
        };
        let mut more = host.into_iter().flat_map(|it| it.more_mtas.values());
        let which = more.position(is_served).map_or(0, |it| it + 1);
        if let Some(instance) = server.mtas.get_mut(which) {
            instance.serves.push(id);
        }
    }
}

/// A server that all postoffices are requestors of, with the numbers they have reached.
fn serving(
    postoffices: &mut [Postoffice],
    reached: &BTreeMap<String, Reached>,
    lists: &Arc<Directory>,
) -> Server {
    let mut server = Server::default();
    if !reached.is_empty() {
        let oldest = reached.values().map(|it| it.srv).min().unwrap_or(0);
        let newest = reached.values().map(|it| it.srv).max().unwrap_or(0);
        server.master = Arc::new(Master::starting_at(oldest, newest));
    }
    for postoffice in postoffices {
        let name: PostofficeName = postoffice.name.clone();
        server.register(name.clone(), None);
        if let Some(reached) = reached.get(&postoffice.host.to_uppercase())
            && let Some(requestor) = server.requestors.get_mut(&name)
        {
            requestor.numbers = agree(postoffice, *reached, lists);
        }
    }
    server
}

fn agreed_lists(postoffices: &[Postoffice], reached: &BTreeMap<String, Reached>) -> Directory {
    let mut lists = Directory::default();
    for postoffice in postoffices {
        if reached.contains_key(&postoffice.host.to_uppercase()) {
            lists.replace(postoffice.name.clone(), Arc::new(postoffice.exported()));
        }
    }
    lists
}

fn agree(postoffice: &mut Postoffice, reached: Reached, lists: &Arc<Directory>) -> Numbers {
    postoffice.numbers = numbers(reached);
    postoffice.queue = RequestQueue::acknowledged(reached.req);
    postoffice.lists = lists.clone();
    postoffice.gal = GlobalList {
        own: Arc::new(postoffice.exported()),
        others: lists.clone(),
    };
    postoffice.numbers
}

/// Exchange as a requestor that has told of all its users.
fn agree_with_exchange(
    exchange: &mut Exchange,
    reached: Reached,
    lists: &Arc<Directory>,
) -> Numbers {
    exchange.dx.exported = Arc::new(exchange.recipients.clone());
    if let Some(own) = &mut exchange.dx.requesting {
        own.numbers = numbers(reached);
        own.queue = RequestQueue::acknowledged(reached.req);
        own.lists = lists.clone();
        own.export_next = false;
    }
    numbers(reached)
}

/// The numbers of one who has had one import.
fn numbers(reached: Reached) -> Numbers {
    Numbers {
        req_sync: reached.req,
        srv_sync: reached.srv,
        imp_sync: 1,
    }
}
