//! One cycle of the dir-sync server: the numbering protocol (Q96060, Q99961, Q142841).

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use super::Dx;
use crate::directory::{Directory, List};
use crate::mail::{Content, Mail};
use crate::reply::{Reply, Request, Updates};
use runsheet_formats::address::PostofficeName;
use runsheet_formats::transaction::Transaction;

/// What a requestor wants to be told, from all it sent since the last cycle.
#[derive(Debug, Default)]
struct Wish {
    r: u32,
    s: u32,
    import: bool,
}

impl Dx {
    /// Takes in what was heard and makes the replies.
    ///
    /// `own` is Exchange's name in addresses and `recipients` its users. A requestor named in
    /// `exports` gets their whole list with its reply, and is then named there no more.
    pub(crate) fn cycle(
        &mut self,
        own: &PostofficeName,
        recipients: &List,
        exports: &mut BTreeSet<PostofficeName>,
    ) -> Vec<(PostofficeName, Reply)> {
        let mut wishes = BTreeMap::new();
        for mail in std::mem::take(&mut self.heard) {
            self.hear(&mail, &mut wishes);
        }
        self.export_recipients(own, recipients);
        let list = || {
            let mut lists = Directory::default();
            lists.replace(own.clone(), self.exported.clone());
            Arc::new(lists)
        };
        let list = (!exports.is_empty()).then(list);
        let mut replies = Vec::new();
        for (name, wish) in wishes {
            let export = exports.remove(&name).then(|| list.clone()).flatten();
            let reply = self.reply(&name, &wish, export);
            replies.push((name, reply));
        }
        replies
    }

    /// A status report does not count as hearing from a requestor; it only feeds CENTRAL.LOG.
    fn hear(&mut self, mail: &Mail, wishes: &mut BTreeMap<PostofficeName, Wish>) {
        let name = &mail.from.postoffice;
        let Some(requestor) = self.requestors.get(name) else {
            return;
        };
        let known = requestor.numbers;
        let wish = wishes.entry(name.clone());
        match &mail.content {
            Content::Status(_) | Content::Reply(_) => {}
            Content::ImportRequest => {
                let wish = wish.or_insert(Wish {
                    r: known.req_sync,
                    s: known.srv_sync,
                    import: true,
                });
                wish.import = true;
            }
            Content::Request(request) => {
                let wish = wish.or_default();
                wish.r = request.r;
                wish.s = request.s;
                let first = known.req_sync == 0 && known.srv_sync == 0;
                let lost = request.i < known.imp_sync;
                wish.import |= first || lost;
                self.take_in(name, request);
            }
        }
    }

    /// Numbers a requestor's new transactions for the whole system; what was received before is
    /// dropped.
    fn take_in(&mut self, name: &PostofficeName, request: &Request) {
        let Some(requestor) = self.requestors.get_mut(name) else {
            return;
        };
        let known = &mut requestor.numbers.req_sync;
        let new = request.updates.iter().filter(|it| it.number > *known);
        let new: Vec<_> = new.cloned().collect();
        let Some(last) = new.last() else { return };
        *known = last.number;
        for update in new {
            self.append(update.transaction);
        }
    }

    /// Puts changes among Exchange's own users into the master list.
    fn export_recipients(&mut self, own: &PostofficeName, recipients: &List) {
        if *recipients == *self.exported {
            return;
        }
        let before = std::mem::replace(&mut self.exported, Arc::new(recipients.clone()));
        for (mailbox, name) in before.iter() {
            if !recipients.contains_key(mailbox) {
                self.append(Transaction::Delete(own.mailbox(mailbox), name.clone()));
            }
        }
        for (mailbox, name) in recipients {
            if before.get(mailbox) != Some(name) {
                self.append(Transaction::Add(own.mailbox(mailbox), name.clone()));
            }
        }
    }

    fn append(&mut self, transaction: Transaction) {
        Arc::make_mut(&mut self.lists).apply(&transaction);
        Arc::make_mut(&mut self.master).append(transaction);
    }

    fn reply(
        &mut self,
        name: &PostofficeName,
        wish: &Wish,
        export: Option<Arc<Directory>>,
    ) -> Reply {
        let (lists, master) = (self.lists.clone(), self.master.clone());
        let sync = master.sync();
        let updates = if wish.import {
            Updates::import(lists, master)
        } else {
            Updates::since(wish.s, master, export)
        };
        let mut i = u32::from(wish.import);
        if let Some(requestor) = self.requestors.get_mut(name) {
            i += requestor.numbers.imp_sync;
            requestor.numbers.imp_sync = i;
            requestor.numbers.srv_sync = sync;
        }
        Reply {
            r: wish.r,
            s: sync,
            was: wish.s,
            i,
            updates,
        }
    }
}
