//! The server of the model.

use std::collections::BTreeMap;

use super::{Change, List, Lists, Numbers, Place, Reply, Request, Sent, apply};

/// Who the server is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(in super::super) enum Kind {
    /// An Exchange server with these users, which are in its master list from its first T2 on. It
    /// makes an import again that has not arrived (Q175588).
    Exchange(List),
    /// The first postoffice. Its lists are those it has as a requestor of itself.
    Postoffice,
}

/// The server.
#[derive(Debug, Clone)]
pub(super) struct Server {
    pub(super) kind: Kind,
    pub(super) opened: bool,
    pub(super) master: Vec<(Place, Change)>,
    pub(super) base: usize,
    pub(super) lists: Lists,
    pub(super) known: Vec<Numbers>,
    pub(super) wishes: BTreeMap<Place, Wish>,
    pub(super) heard: Vec<(Place, Sent)>,
    pub(super) outgoing: Vec<(Place, Reply)>,
}

/// What the server wants to tell a requestor.
#[derive(Debug, Clone, Default)]
pub(super) struct Wish {
    r: u32,
    s: u32,
    import: bool,
    imports: u32,
}

impl Server {
    pub(super) fn new(kind: Kind, requestors: usize) -> Self {
        Self {
            kind,
            opened: false,
            master: Vec::new(),
            base: 0,
            lists: Lists::new(),
            known: vec![Numbers::default(); requestors],
            wishes: BTreeMap::new(),
            heard: Vec::new(),
            outgoing: Vec::new(),
        }
    }

    pub(super) fn hear(&mut self, place: Place, sent: Sent) {
        let known = self.known[place];
        match sent {
            Sent::Import(imports) => {
                let wish = self.wishes.entry(place).or_insert(Wish {
                    r: known.r,
                    s: known.s,
                    ..Wish::default()
                });
                wish.import = true;
                wish.imports = imports;
            }
            Sent::Request(Request { numbers, updates }) => {
                let first = known.r == 0 && known.s == 0 && numbers.s == 0;
                let again = self.kind != Kind::Postoffice && numbers.i < known.i;
                let wish = self.wishes.entry(place).or_default();
                wish.r = numbers.r;
                wish.s = numbers.s;
                wish.import |= first || again;
                for (n, change) in updates.into_iter().filter(|(n, _)| *n > known.r) {
                    self.known[place].r = n;
                    self.append(place, change);
                }
            }
        }
    }

    /// Its own users become part of the master list with the first T2.
    pub(super) fn open(&mut self, own: Place) {
        let recipients = match &self.kind {
            Kind::Exchange(recipients) if !self.opened => recipients.clone(),
            _ => return,
        };
        self.opened = true;
        for (mailbox, name) in recipients {
            self.append(own, Change::Add(mailbox, name));
        }
    }

    fn append(&mut self, place: Place, change: Change) {
        apply(&mut self.lists, place, &change);
        self.master.push((place, change));
    }

    /// None for an import that is above the limit: it cannot be spread over cycles (Q133719).
    pub(super) fn reply(
        &mut self,
        place: Place,
        wish: &Wish,
        limit: Option<u32>,
        (lists, upto): &(Lists, usize),
    ) -> Option<Reply> {
        let known = &mut self.known[place];
        let sync = self.master.len();
        let above = |count: usize| limit.is_some_and(|it| count > it as usize);
        let begun = if wish.import { *upto } else { wish.s as usize };
        let from = begun.max(self.base).min(sync);
        let whole: usize = lists.values().map(|list| 1 + list.len()).sum();
        if wish.import && above(whole + sync - from) {
            return None;
        }
        let room = limit.map_or(usize::MAX, |it| it as usize);
        let to = if wish.import {
            known.i = known.i.max(wish.imports) + 1;
            sync
        } else {
            sync.min(from.saturating_add(room))
        };
        known.s = u32::try_from(to).unwrap();
        Some(Reply {
            r: wish.r,
            s: known.s,
            was: wish.s,
            i: known.i,
            lists: wish.import.then(|| lists.clone()),
            updates: self.master[from..to].to_vec(),
            gap: from > begun,
        })
    }
}
