//! ADMIN: what an operator does in its menus.
//!
//! The program has no command line for them. In the lab a few words stand for the keys pressed:
//! `admin export`, `admin import`, `admin create MAILBOX NAME`, `admin delete MAILBOX`.

use runsheet_step::Moment;

use super::{CommandLine, Program};
use crate::lab::Lab;
use crate::mail::Content;
use crate::postoffice::{Postoffice, PostofficeId, User};
use runsheet_formats::transaction::Transaction;

/// Readies one pass through the menus.
pub(crate) fn launch(line: &CommandLine, postoffice: &mut Postoffice) -> Program {
    let lasts = postoffice.pace.admin;
    let words: Vec<&str> = line.words.iter().map(String::as_str).collect();
    match words.as_slice() {
        ["export"] => Program::working(lasts, &[export]),
        ["import"] => Program::working(lasts, &[import]),
        ["create", mailbox, name @ ..] if !name.is_empty() => {
            postoffice.create_user(mailbox, &name.join(" "), true);
            Program::working(lasts, &[])
        }
        ["delete", mailbox] => {
            postoffice.delete_user(mailbox);
            Program::working(lasts, &[])
        }
        _ => Program::ending("", 1),
    }
}

fn export(lab: &mut Lab, id: PostofficeId) {
    lab.postoffices[id].export();
}

fn import(lab: &mut Lab, id: PostofficeId) {
    let now = lab.now();
    lab.postoffices[id].request_import(now);
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
        self.post(now, Content::ImportRequest);
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
