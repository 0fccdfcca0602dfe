//! T2, second half: everybody who was heard is answered.

use std::sync::Arc;

use runsheet_formats::address::PostofficeName;

use super::note::{Note, What};
use super::receive::Wish;
use super::sieve::Sieve;
use super::{Requestor, Server};
use crate::directory::Directory;
use crate::master::Master;
use crate::reply::{Reply, Updates};

/// What an import is made of: the server's own lists, and the number up to which they are.
#[derive(Debug, Clone, Default, serde::Serialize, serde::Deserialize)]
pub struct Lists {
    /// The lists.
    pub lists: Arc<Directory>,
    /// The last of the server's numbers that is in them; later ones are sent with them.
    pub upto: u32,
}

/// What comes of one requestor in T2.
#[derive(Debug, Clone, serde::Serialize, serde::Deserialize)]
pub struct Answer {
    /// The requestor.
    pub requestor: PostofficeName,
    /// What it is sent, if anything.
    pub reply: Option<Reply>,
    /// What is to be noted.
    pub notes: Vec<Note>,
}

impl Server {
    /// Answers all who were heard since the last T2, and notes who was not. `export` gives lists a
    /// requestor is to get besides.
    pub fn transmit(
        &mut self,
        whole: &Lists,
        mut export: impl FnMut(&PostofficeName) -> Option<Arc<Directory>>,
    ) -> Vec<Answer> {
        self.cycle += 1;
        let master = self.master.clone();
        let mut answers = Vec::new();
        let mut sieve = Sieve::default();
        for (name, requestor) in &mut self.requestors {
            let wish = requestor.wish.take();
            let (mut reply, notes) = match wish {
                None => (None, vec![What::NoTasks]),
                Some(wish) if wish.import => requestor.import(&wish, whole, &master, &mut sieve),
                Some(wish) => requestor.update(&wish, &master, export(name), &mut sieve),
            };
            if let Some(reply) = &mut reply {
                reply.by_exchange = self.makes_good;
            }
            let notes = notes.into_iter().map(|what| Note {
                requestor: name.clone(),
                what,
            });
            answers.push(Answer {
                requestor: name.clone(),
                reply,
                notes: notes.collect(),
            });
        }
        answers
    }
}

type Told = (Option<Reply>, Vec<What>);

impl Requestor {
    /// Whole lists. They cannot be spread over cycles (Q133719). One who asked is given a number of
    /// imports above its own, so that it does not take this for an old one; this is inferred from
    /// the cure in Q99961.
    fn import(
        &mut self,
        wish: &Wish,
        whole: &Lists,
        master: &Arc<Master>,
        sieve: &mut Sieve,
    ) -> Told {
        let to = master.sync();
        let lists = Some(whole.lists.clone());
        let updates = Updates::new(lists, master.clone(), whole.upto.min(to), to);
        let updates = sieve.sift(updates, &wish.terms);
        let above = |limit: u32| updates.sent() > limit as usize;
        self.import_refused = wish.terms.limit.is_some_and(above);
        if self.import_refused {
            return (None, vec![What::OverLimit]);
        }
        if exceeds_memory(wish, &updates) {
            return (None, vec![What::OutOfMemory]);
        }
        self.owed = false;
        self.numbers.imp_sync = self.numbers.imp_sync.max(wish.imports) + 1;
        let notes = wish.again.then_some(What::MadeGood);
        (
            Some(self.reply(wish, to, updates)),
            notes.into_iter().collect(),
        )
    }

    /// The updates after those it has applied, as many as its limit allows.
    fn update(
        &mut self,
        wish: &Wish,
        master: &Arc<Master>,
        lists: Option<Arc<Directory>>,
        sieve: &mut Sieve,
    ) -> Told {
        let sync = master.sync();
        let gone = gone(wish.s, master);
        let from = wish.s.max(master.base()).min(sync);
        let room = wish.terms.limit.filter(|it| *it > 0).unwrap_or(u32::MAX);
        let to = sync.min(from.saturating_add(room));
        let updates = Updates::new(lists, master.clone(), from, to);
        let updates = sieve.sift(updates, &wish.terms);
        if exceeds_memory(wish, &updates) {
            return (None, vec![What::OutOfMemory]);
        }
        let reply = self.reply(wish, to, updates);
        (Some(reply), gone.into_iter().collect())
    }

    fn reply(&mut self, wish: &Wish, s: u32, updates: Updates) -> Reply {
        self.numbers.srv_sync = s;
        Reply {
            by_exchange: false,
            r: wish.r,
            s,
            was: wish.s,
            i: self.numbers.imp_sync,
            updates,
        }
    }
}

/// Whether updates that are to go into the body of a message, and so are put together in memory,
/// are too many (Q123857). How many bytes there are is inferred.
fn exceeds_memory(wish: &Wish, updates: &Updates) -> bool {
    const MEMORY: u64 = 64 * 1024;
    wish.terms.in_body && updates.size() > MEMORY
}

/// What a requestor that has applied `s` cannot be told any more: updates that were purged
/// (Q108067), or that a server restored from a backup never had (Q113453).
fn gone(s: u32, master: &Master) -> Option<What> {
    let (first, next) = if s < master.base() {
        (s, master.base())
    } else if s > master.sync() {
        (master.sync(), s)
    } else {
        return None;
    };
    Some(What::Gone {
        sync: s,
        missing: next - first,
        last: next - 1,
    })
}
