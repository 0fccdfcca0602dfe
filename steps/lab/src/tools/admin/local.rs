//! The menu Local-Admin: users (Q131151, Q104743).
//!
//! | words | menu |
//! | --- | --- |
//! | `create [user] MAILBOX NAME [exclude]` | Create; excluded, the user takes no part in dir-sync |
//! | `modify [user] MAILBOX NAME` | Modify: another full name |
//! | `delete [user] MAILBOX` | Delete |
//! | `exclude MAILBOX`, `include MAILBOX` | Modify: the answer to "include in dir-sync" |
//!
//! For everybody who takes part a record is queued in REQTRANS.GLB; turning the answer from Yes to
//! No queues a deletion.

use std::sync::Arc;

use runsheet_formats::address::Address;
use runsheet_formats::import_file::entry::{Entry, NAME};
use runsheet_formats::import_file::record::{Change, Record};
use runsheet_formats::transaction::Transaction;

use super::{NOTICE_40, notice};
use crate::postoffice::{Postoffice, PostofficeId, User};
use crate::tools::Act;

/// A change of one user; whether there was anything to change.
type Edit = Box<dyn Fn(&mut Postoffice) -> bool + Send + Sync>;

/// What these words do at a postoffice; nothing where they are none of these.
pub(super) fn act(words: &[&str], id: PostofficeId) -> Option<Act> {
    let change: Edit = match plain(words).as_slice() {
        ["create", mailbox, name @ .., "exclude"] if !name.is_empty() => {
            let (mailbox, name) = named(mailbox, name)?;
            Box::new(move |it| {
                it.create_user(&mailbox, &name, false);
                true
            })
        }
        ["create", mailbox, name @ ..] if !name.is_empty() => {
            let (mailbox, name) = named(mailbox, name)?;
            Box::new(move |it| {
                it.create_user(&mailbox, &name, true);
                true
            })
        }
        ["modify", mailbox, name @ ..] if !name.is_empty() => {
            let (mailbox, name) = named(mailbox, name)?;
            Box::new(move |it| it.rename_user(&mailbox, &name))
        }
        ["delete", mailbox] => {
            let mailbox = (*mailbox).to_owned();
            Box::new(move |it| it.delete_user(&mailbox))
        }
        [verb @ ("exclude" | "include"), mailbox] => {
            let (mailbox, included) = ((*mailbox).to_owned(), *verb == "include");
            Box::new(move |it| it.include_user(&mailbox, included))
        }
        _ => return None,
    };
    Some(Arc::new(move |lab, terminal| {
        let postoffice = &mut lab.postoffices[id];
        let queue = postoffice.conditions.write(r"GLB\REQTRANS.GLB");
        let before = postoffice.queue.clone();
        if !change(postoffice) {
            terminal.leave(1);
        }
        // The user is changed all the same; only nobody else is told (Q114395).
        if queue.is_err() && postoffice.queue.last() != before.last() {
            postoffice.queue = before;
            notice(terminal, NOTICE_40);
        }
    }))
}

/// The words without `user`, which may stand for the menu.
fn plain<'w>(words: &[&'w str]) -> Vec<&'w str> {
    match words {
        [verb @ ("create" | "modify"), "user", rest @ ..] if rest.len() > 1 => {
            [&[*verb], rest].concat()
        }
        ["delete", "user", mailbox] => vec!["delete", mailbox],
        words => words.to_vec(),
    }
}

/// A mailbox of at most ten letters and digits, and a name of at most thirty characters (Q96001).
fn named(mailbox: &str, name: &[&str]) -> Option<(String, String)> {
    let name = name.join(" ");
    let sound = Address::parse(&format!("NET/PO/{mailbox}")).is_ok();
    let fits = (1..=NAME).contains(&name.chars().count());
    (sound && fits).then(|| (mailbox.to_owned(), name))
}

impl Postoffice {
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

    /// Local-Admin, Modify: another full name. Returns whether there is such a user.
    pub fn rename_user(&mut self, mailbox: &str, name: &str) -> bool {
        let address = self.name.mailbox(mailbox);
        let Some(user) = self.users.get_mut(&address.mailbox) else {
            return false;
        };
        let before = std::mem::replace(&mut user.name, name.into());
        if user.included {
            let entry = |name: Arc<str>| Entry::new(name, (&address).into());
            let change = Change::Modify {
                old: entry(before),
                new: entry(user.name.clone()),
            };
            self.queue.append(Transaction::from(Record::new(change)));
        }
        true
    }

    /// Local-Admin, Modify: the answer to "include in dir-sync". Returns whether there is such a
    /// user.
    pub fn include_user(&mut self, mailbox: &str, included: bool) -> bool {
        let address = self.name.mailbox(mailbox);
        let Some(user) = self.users.get_mut(&address.mailbox) else {
            return false;
        };
        let name = user.name.clone();
        match (std::mem::replace(&mut user.included, included), included) {
            (false, true) => self.queue.append(Transaction::Add(address, name)),
            (true, false) => self.queue.append(Transaction::Delete(address, name)),
            (true, true) | (false, false) => {}
        }
        true
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
