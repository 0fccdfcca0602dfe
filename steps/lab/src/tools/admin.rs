//! ADMIN: what an operator does in its menus.
//!
//! The program has no command line for them. In the lab a few words stand for the keys pressed:
//! `admin export`, `admin import`, `admin create MAILBOX NAME`, `admin delete MAILBOX`.

mod server;

use std::sync::Arc;

use runsheet_step::Moment;

use super::{Act, CommandLine, Program};
use crate::lab::{Lab, Role};
use crate::mail::Content;
use crate::postoffice::{Postoffice, User};
use crate::reply::ImportRequest;
use runsheet_formats::transaction::Transaction;

/// Readies one pass through the menus.
pub(crate) fn launch(line: &CommandLine, lab: &Lab, place: Role) -> Program {
    let Some(id) = line.postoffice(lab, place) else {
        return Program::ending("", 1);
    };
    let words: Vec<&str> = line.words.iter().map(String::as_str).collect();
    let act: Option<Act> = match words.as_slice() {
        ["export"] => Some(Arc::new(move |lab, _| lab.postoffices[id].export())),
        ["import"] => Some(Arc::new(move |lab, _| {
            let now = lab.now();
            lab.postoffices[id].request_import(now);
        })),
        ["create", mailbox, name @ ..] if !name.is_empty() => {
            let (mailbox, name) = ((*mailbox).to_owned(), name.join(" "));
            Some(Arc::new(move |lab, _| {
                lab.postoffices[id].create_user(&mailbox, &name, true);
            }))
        }
        ["delete", mailbox] => {
            let mailbox = (*mailbox).to_owned();
            Some(Arc::new(move |lab, _| {
                lab.postoffices[id].delete_user(&mailbox);
            }))
        }
        words => server::act(words, id),
    };
    match act {
        Some(act) => Program::acting(lab.postoffices[id].pace.admin, vec![act]),
        None => Program::ending("", 1),
    }
}

impl Postoffice {
    /// Config, Dir-Sync, Requestor, Export, with the local users: the whole list goes into
    /// REQTRANS.GLB, each record with a number of its own (Q96060).
    pub fn export(&mut self) {
        self.queue.append(Transaction::Replace(self.name.clone()));
        for (mailbox, name) in self.exported() {
            let address = self.name.mailbox(&mailbox);
            self.queue.append(Transaction::Add(address, name));
        }
    }

    /// Config, Dir-Sync, Requestor, Import: a message to the server is made at once (Q142841).
    pub fn request_import(&mut self, now: Moment) {
        let request = ImportRequest {
            i: self.numbers.imp_sync,
            terms: self.requestor.terms(),
        };
        let _ = self.post(now, Content::ImportRequest(request));
    }

    /// Local-Admin, Create. A user who takes part in dir-sync is queued for it (Q131151).
    pub fn create_user(&mut self, mailbox: &str, name: &str, included: bool) {
        let address = self.name.mailbox(mailbox);
        let user = User {
            name: name.into(),
            included,
        };
        if included {
            let transaction = Transaction::Add(address.clone(), user.name.clone());
            self.queue.append(transaction);
        }
        self.users.insert(address.mailbox, user);
    }

    /// Local-Admin, Delete. Returns whether there was such a user.
    pub fn delete_user(&mut self, mailbox: &str) -> bool {
        let address = self.name.mailbox(mailbox);
        let Some(user) = self.users.remove(&address.mailbox) else {
            return false;
        };
        if user.included {
            self.queue.append(Transaction::Delete(address, user.name));
        }
        true
    }
}
