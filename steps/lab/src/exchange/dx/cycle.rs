//! One cycle of Exchange as the dir-sync server: what was heard is taken in and answered.

use std::collections::BTreeSet;
use std::sync::Arc;

use runsheet_formats::address::PostofficeName;
use runsheet_formats::transaction::Transaction;
use runsheet_step::Moment;

use super::Dx;
use crate::directory::{Directory, List};
use crate::reply::Reply;
use crate::server::note::Note;

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
    ) -> (Vec<(PostofficeName, Reply)>, Vec<Note>) {
        let mut notes = Vec::new();
        for mail in std::mem::take(&mut self.heard) {
            notes.extend(self.server.receive(at, &mail).err());
        }
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
        (replies, notes)
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
