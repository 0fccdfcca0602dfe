//! One cycle of Exchange as the dir-sync server: what was heard is taken in and answered.

use std::collections::BTreeSet;
use std::sync::Arc;

use runsheet_formats::address::PostofficeName;
use runsheet_formats::transaction::Transaction;
use runsheet_step::Moment;

use super::Dx;
use super::revision::Finding;
use crate::directory::{Directory, List};
use crate::reply::Reply;
use crate::server::note::Note;

/// What comes of a cycle.
pub(crate) struct Outcome {
    /// The replies, each with its requestor.
    pub(crate) replies: Vec<(PostofficeName, Reply)>,
    /// What is to be said of requestors.
    pub(crate) notes: Vec<Note>,
    /// What is to be said of transactions.
    pub(crate) findings: Vec<Finding>,
}

/// A custom recipient of Exchange that has the address of a postoffice's user, and of which nobody
/// knows where it was imported from.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct Stray {
    /// The mailbox in its address.
    pub mailbox: Arc<str>,
    /// Its display name.
    pub name: Arc<str>,
    /// Whether it was exported.
    pub told: bool,
}

impl Dx {
    /// Takes in what was heard and makes the replies; with them comes what is to be logged.
    ///
    /// `own` is Exchange's name in addresses, `visible` those of its users the directory shows and
    /// `all` of them. A requestor named in `exports` gets the whole list with its reply, and is
    /// then named there no more.
    pub(crate) fn cycle(
        &mut self,
        at: Moment,
        own: &PostofficeName,
        (visible, all): (&List, &List),
        exports: &mut BTreeSet<PostofficeName>,
    ) -> Outcome {
        let mut notes = Vec::new();
        let mut findings = Vec::new();
        let heard = std::mem::take(&mut self.heard);
        let twins = self.twins(&heard, all);
        for mail in heard {
            let (mail, found) = self.revised(mail, &twins);
            findings.extend(found);
            notes.extend(self.server.receive(at, &mail).err());
        }
        self.export_strays(at);
        self.export_recipients(at, own, visible, all);
        self.catch_up();
        let list = || {
            let mut lists = Directory::default();
            lists.replace(own.clone(), self.exported.clone());
            Arc::new(lists)
        };
        let list = (!exports.is_empty()).then(list);
        let export = |name: &_| exports.remove(name).then(|| list.clone()).flatten();
        let answers = self.server.transmit(&self.lists, export);
        let mut replies = Vec::new();
        for answer in answers {
            notes.extend(answer.notes);
            replies.extend(answer.reply.map(|reply| (answer.requestor, reply)));
        }
        Outcome {
            replies,
            notes,
            findings,
        }
    }

    /// Custom recipients of Exchange with the address of a postoffice's user are exported like its
    /// own users: the postoffice's list is emptied for it everywhere (Q152924, Q152935), unless
    /// their origin must be known (Q156996).
    fn export_strays(&mut self, at: Moment) {
        if self.options.require_imported_from {
            return;
        }
        for (name, stray) in &mut self.strays {
            if !std::mem::replace(&mut stray.told, true) {
                self.server.append(at, Transaction::Replace(name.clone()));
                let recipient = (name.mailbox(&stray.mailbox), stray.name.clone());
                self.server
                    .append(at, Transaction::Add(recipient.0, recipient.1));
            }
        }
    }

    /// Brings its lists up to its newest number.
    fn catch_up(&mut self) {
        let master = &self.server.master;
        let new = master.between(self.lists.upto, master.sync());
        if !new.is_empty() {
            let lists = Arc::make_mut(&mut self.lists.lists);
            for transaction in new {
                lists.apply(transaction);
            }
        }
        self.lists.upto = master.sync();
    }

    /// Puts changes among Exchange's own users into the master list. `all` are its users, `visible`
    /// those the directory shows.
    fn export_recipients(&mut self, at: Moment, own: &PostofficeName, visible: &List, all: &List) {
        if *visible == *self.exported {
            return;
        }
        let before = std::mem::replace(&mut self.exported, Arc::new(visible.clone()));
        for change in changes(own, &before, visible, |mailbox| all.contains_key(mailbox)) {
            self.server.append(at, change);
        }
    }
}

/// What has changed among Exchange's own users since the last cycle. No deletion is made for one
/// who is still there and only hidden from the address book (Q200062).
pub(super) fn changes(
    own: &PostofficeName,
    before: &List,
    visible: &List,
    is_there: impl Fn(&Arc<str>) -> bool,
) -> Vec<Transaction> {
    let gone = before.iter().filter(|(mailbox, _)| !is_there(mailbox));
    let gone = gone.map(|(mailbox, name)| Transaction::Delete(own.mailbox(mailbox), name.clone()));
    let new = visible
        .iter()
        .filter(|(mailbox, name)| before.get(*mailbox) != Some(name));
    let new = new.map(|(mailbox, name)| Transaction::Add(own.mailbox(mailbox), name.clone()));
    gone.chain(new).collect()
}
