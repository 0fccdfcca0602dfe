//! The numbering protocol in small, written from the articles and apart from the lab: who has what,
//! and which documented exception keeps a postoffice from having all (Q96060, Q133428).

mod server;

use std::collections::{BTreeMap, BTreeSet};

pub(super) use server::Kind;
use server::Server;

/// A postoffice by its place; the server's own list stands behind the last.
pub(super) type Place = usize;

/// The names of one list: mailbox and full name.
pub(super) type List = BTreeMap<String, String>;

/// Lists by place.
pub(super) type Lists = BTreeMap<Place, List>;

/// A documented way for a postoffice to stay short of something though nothing is pending.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Exception {
    /// Two T2s between T1 and T3: the import in the older reply is lost.
    Q142841,
    /// The requestor was deleted and made again at the server: its replies are taken for old.
    Q99961,
    /// It was away for longer than updates are kept.
    Q108067,
    /// Its numbers lie below the acknowledged one: its updates are ignored.
    Q119452,
}

/// A change of a list.
#[derive(Debug, Clone)]
pub(super) enum Change {
    Replace,
    Add(String, String),
    Delete(String),
}

/// R, S and I of a requestor, or what the server knows of them.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) struct Numbers {
    pub(super) r: u32,
    pub(super) s: u32,
    pub(super) i: u32,
}

#[derive(Debug, Clone)]
struct Request {
    numbers: Numbers,
    updates: Vec<(u32, Change)>,
}

#[derive(Debug, Clone)]
enum Sent {
    Request(Request),
    Import(u32),
}

#[derive(Debug, Clone)]
struct Reply {
    r: u32,
    s: u32,
    was: u32,
    i: u32,
    lists: Option<Lists>,
    updates: Vec<(Place, Change)>,
    /// Whether updates that came before these are gone.
    gap: bool,
}

/// One requestor.
#[derive(Debug, Clone, Default)]
pub(super) struct Requestor {
    pub(super) users: List,
    pub(super) numbers: Numbers,
    /// How many updates it takes in a cycle.
    pub(super) limit: Option<u32>,
    pub(super) reachable: bool,
    pub(super) lists: Lists,
    pub(super) because: BTreeSet<Exception>,
    queue: Vec<(u32, Change)>,
    newest: u32,
    outgoing: Vec<Sent>,
    mailbag: Vec<Reply>,
    received: Vec<Reply>,
}

/// The whole system.
#[derive(Debug, Clone)]
pub(super) struct Model {
    pub(super) requestors: Vec<Requestor>,
    server: Server,
}

/// What becomes of mail on its way.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Fate {
    Arrives,
    Lost,
    Twice,
}

impl Model {
    pub(super) fn new(users: Vec<List>, kind: Kind) -> Self {
        let requestor = |users| Requestor {
            users,
            reachable: true,
            ..Requestor::default()
        };
        let requestors: Vec<_> = users.into_iter().map(requestor).collect();
        Self {
            server: Server::new(kind, requestors.len()),
            requestors,
        }
    }

    /// T1. What is lost or doubled is the whole of what was sent.
    pub(super) fn t1(&mut self, place: Place, fate: Fate) {
        let requestor = &mut self.requestors[place];
        let acknowledged = requestor.numbers.r;
        let updates = requestor.queue.iter().filter(|(n, _)| *n > acknowledged);
        let updates: Vec<_> = updates.cloned().collect();
        let r = updates.last().map_or(acknowledged, |(n, _)| *n);
        let numbers = Numbers {
            r,
            ..requestor.numbers
        };
        let sent = Sent::Request(Request { numbers, updates });
        requestor.outgoing.push(sent);
        match fate {
            Fate::Arrives => {}
            Fate::Lost => requestor.outgoing.clear(),
            Fate::Twice => requestor.outgoing.extend(requestor.outgoing.clone()),
        }
        self.carry();
    }

    /// Mail goes as far as it can.
    pub(super) fn carry(&mut self) {
        for (place, requestor) in self.requestors.iter_mut().enumerate() {
            if requestor.reachable {
                let sent = requestor.outgoing.drain(..).map(|it| (place, it));
                self.server.heard.extend(sent);
            }
        }
        for (place, reply) in std::mem::take(&mut self.server.outgoing) {
            if self.requestors[place].reachable {
                self.requestors[place].mailbag.push(reply);
            } else {
                self.server.outgoing.push((place, reply));
            }
        }
    }

    /// T2.
    pub(super) fn t2(&mut self) {
        for (place, sent) in std::mem::take(&mut self.server.heard) {
            self.server.hear(place, sent);
        }
        self.server.open(self.requestors.len());
        let whole = self.whole_lists();
        for (place, wish) in std::mem::take(&mut self.server.wishes) {
            let limit = self.requestors[place].limit;
            let reply = self.server.reply(place, &wish, limit, &whole);
            self.server.outgoing.extend(reply.map(|it| (place, it)));
        }
        self.carry();
    }

    /// What an import is made of: lists, and the number up to which they are.
    fn whole_lists(&self) -> (Lists, usize) {
        match self.server.kind {
            Kind::Exchange(_) => (self.server.lists.clone(), self.server.master.len()),
            Kind::Postoffice => {
                let own = &self.requestors[0];
                let mut lists = own.lists.clone();
                lists.insert(0, own.users.clone());
                (lists, own.numbers.s as usize)
            }
        }
    }

    /// REQMAIN at T3: only the newest reply counts, and an old one does not.
    pub(super) fn receive(&mut self, place: Place) {
        let requestor = &mut self.requestors[place];
        let mut mailbag = std::mem::take(&mut requestor.mailbag);
        let Some(newest) = mailbag.pop() else { return };
        let own = requestor.numbers;
        let follows = newest.was <= own.s && own.s <= newest.s;
        if !(newest.i > own.i || (newest.i == own.i && follows)) {
            return;
        }
        let lost_import = mailbag.iter().any(|it| it.lists.is_some() && it.i > own.i);
        if newest.lists.is_some() {
            requestor.because.remove(&Exception::Q142841);
            requestor.because.remove(&Exception::Q108067);
            if newest.i == self.server.known[place].i {
                requestor.because.remove(&Exception::Q99961);
            }
        } else if lost_import {
            requestor.because.insert(Exception::Q142841);
        }
        if newest.gap {
            requestor.because.insert(Exception::Q108067);
        }
        if (own.r..=requestor.newest).contains(&newest.r) {
            requestor.numbers.r = newest.r;
            requestor.queue.retain(|(n, _)| *n > newest.r);
        }
        requestor.numbers.s = newest.s;
        requestor.numbers.i = newest.i;
        requestor.received.push(newest);
    }

    /// IMPORT.
    pub(super) fn import(&mut self, place: Place) {
        let requestor = &mut self.requestors[place];
        for reply in std::mem::take(&mut requestor.received) {
            requestor.lists.extend(reply.lists.unwrap_or_default());
            for (of, change) in &reply.updates {
                apply(&mut requestor.lists, *of, change);
            }
        }
    }

    /// ADMIN, Export.
    pub(super) fn export(&mut self, place: Place) {
        let requestor = &mut self.requestors[place];
        requestor.queue(Change::Replace);
        for (mailbox, name) in requestor.users.clone() {
            requestor.queue(Change::Add(mailbox, name));
        }
        let queue_is_above = requestor.newest > requestor.numbers.r;
        if queue_is_above && requestor.whole_list_is_pending() {
            requestor.because.remove(&Exception::Q119452);
        }
    }

    /// ADMIN, Import.
    pub(super) fn ask_for_lists(&mut self, place: Place) {
        let requestor = &mut self.requestors[place];
        requestor.outgoing.push(Sent::Import(requestor.numbers.i));
        self.carry();
    }

    /// ADMIN, Local-Admin.
    pub(super) fn create(&mut self, place: Place, mailbox: &str, name: &str) {
        let (mailbox, name) = (mailbox.to_owned(), name.to_owned());
        let requestor = &mut self.requestors[place];
        requestor.users.insert(mailbox.clone(), name.clone());
        requestor.queue(Change::Add(mailbox, name));
    }

    pub(super) fn delete(&mut self, place: Place, mailbox: &str) {
        let requestor = &mut self.requestors[place];
        if requestor.users.remove(mailbox).is_some() {
            requestor.queue(Change::Delete(mailbox.to_owned()));
        }
    }

    pub(super) fn lose_mailbag(&mut self, place: Place) {
        self.requestors[place].mailbag.clear();
    }

    /// The requestor is deleted and made again at the server (Q99961).
    pub(super) fn make_again(&mut self, place: Place) {
        self.server.known[place] = Numbers::default();
        self.server.wishes.remove(&place);
        let requestor = &mut self.requestors[place];
        if requestor.numbers.s > 0 {
            requestor.because.insert(Exception::Q99961);
        }
    }

    /// REQTRANS.GLB is made anew, so that its numbers begin at 1 (Q119452).
    pub(super) fn number_anew(&mut self, place: Place) {
        let requestor = &mut self.requestors[place];
        let acknowledged = requestor.numbers.r;
        let pending = requestor.queue.iter().filter(|(n, _)| *n > acknowledged);
        let pending: Vec<_> = pending.map(|(_, change)| change.clone()).collect();
        requestor.queue.clear();
        requestor.newest = 0;
        for change in pending {
            requestor.queue(change);
        }
        requestor.numbers.r = acknowledged.max(requestor.newest + 100);
        requestor.because.insert(Exception::Q119452);
    }

    /// Whether the server has all its updates itself, so that they may go.
    pub(super) fn may_expire(&self) -> bool {
        let own = self.requestors[0].numbers.s as usize;
        self.server.kind != Kind::Postoffice || own == self.server.master.len()
    }

    /// The updates the server has are kept no longer (Q108067).
    pub(super) fn expire(&mut self) {
        self.server.base = self.server.master.len();
    }

    /// How many clean cycles bring everybody everything: each must send, and may have to ask again,
    /// and what is limited takes several.
    pub(super) fn cycles_needed(&self) -> usize {
        let queued: usize = self.requestors.iter().map(|it| it.queue.len()).sum();
        let behind = |it: &Requestor| {
            self.server
                .master
                .len()
                .saturating_sub(it.numbers.s as usize)
        };
        let limited = self.requestors.iter().filter_map(|it| {
            let limit = it.limit? as usize;
            Some((queued + behind(it)).div_ceil(limit))
        });
        3 + limited.max().unwrap_or(0)
    }

    /// Who is short of whose list, or has it wrong.
    pub(super) fn short(&self) -> BTreeMap<Place, BTreeSet<Place>> {
        let mut short: BTreeMap<Place, BTreeSet<Place>> = BTreeMap::new();
        for (here, requestor) in self.requestors.iter().enumerate() {
            let others = self.requestors.iter().map(|it| &it.users).enumerate();
            let server = match &self.server.kind {
                Kind::Exchange(recipients) => Some((self.requestors.len(), recipients)),
                Kind::Postoffice => None,
            };
            for (there, users) in others.chain(server).filter(|(it, _)| *it != here) {
                if requestor.lists.get(&there).unwrap_or(&List::new()) != users {
                    short.entry(here).or_default().insert(there);
                }
            }
        }
        short
    }
}

impl Requestor {
    fn queue(&mut self, change: Change) {
        self.newest += 1;
        self.queue.push((self.newest, change));
    }

    fn whole_list_is_pending(&self) -> bool {
        let above = |n: &u32| *n > self.numbers.r;
        let replaced = |(n, change): &(u32, Change)| above(n) && matches!(change, Change::Replace);
        self.queue.iter().any(replaced)
    }

    /// Whether its newest number lies below the acknowledged one.
    pub(super) fn is_below(&self) -> bool {
        self.newest <= self.numbers.r
    }
}

fn apply(lists: &mut Lists, of: Place, change: &Change) {
    let list = lists.entry(of).or_default();
    match change {
        Change::Replace => list.clear(),
        Change::Add(mailbox, name) => drop(list.insert(mailbox.clone(), name.clone())),
        Change::Delete(mailbox) => drop(list.remove(mailbox)),
    }
}
