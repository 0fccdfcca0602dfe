//! The dir-sync server's half of the numbering protocol (Q96060, Q99961, Q142841, Q108067).
//!
//! A server keeps every transaction it was sent under a number of its own, and for each requestor
//! how far either side has come. It learns in `receive` and answers in [`transmit`]; between the
//! two it remembers who was heard. MSTTRANS.GLB and SRVCONF.GLB of a postoffice hold this, and the
//! database of an Exchange server holds the same.

pub mod note;
mod receive;
pub mod resync;
mod sieve;
pub mod terms;
pub mod transmit;

use std::collections::BTreeMap;
use std::sync::Arc;

use runsheet_formats::address::PostofficeName;
use runsheet_formats::transaction::Transaction;
use runsheet_step::Moment;

use crate::master::Master;
use crate::postoffice::Numbers;
use receive::Wish;

/// How many days MSTTRANS.GLB keeps an update, if nobody says otherwise (Q257740).
const KEEP_UPDATES: u32 = 14;

/// Which SRVMAIN works on what the server knows; each has faults of its own.
#[derive(
    Debug,
    Clone,
    Copy,
    Default,
    PartialEq,
    Eq,
    PartialOrd,
    Ord,
    serde::Serialize,
    serde::Deserialize,
)]
pub enum Version {
    /// 3.0: an attachment that breaks off is not taken at all (Q103421), and of updates that are
    /// gone it says other things (Q108067).
    V30,
    /// 3.2a: a requestor's password is looked for under the first name that its own begins with
    /// (Q116435).
    V32a,
    /// 3.5, and Exchange.
    #[default]
    V35,
}

/// What a dir-sync server knows.
#[derive(Debug, Clone, serde::Serialize, serde::Deserialize)]
pub struct Server {
    /// Every transaction received, numbered: MSTTRANS.GLB.
    pub master: Arc<Master>,
    /// The requestors it serves: the records of SRVCONF.GLB.
    pub requestors: BTreeMap<PostofficeName, Requestor>,
    /// How many cycles it has run.
    pub cycle: u32,
    /// The option "Keep Updates", in days.
    pub keep_updates: u32,
    /// The option "Administrator", to whom problems are sent.
    pub administrator: Option<Arc<str>>,
    /// Whether an import is made again where a requestor says it has not had it. Exchange does
    /// (Q175588); a postoffice does not (Q142841).
    pub makes_good: bool,
    /// Which SRVMAIN it is served by.
    #[serde(default)]
    pub version: Version,
    aside: BTreeMap<PostofficeName, Requestor>,
}

/// What a server keeps of one requestor.
#[derive(Debug, Clone, Default, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct Requestor {
    /// The last of its numbers taken in, the last of the server's sent to it, and the imports made
    /// for it (Q152231).
    pub numbers: Numbers,
    /// The last of the server's numbers it has said it applied (Q152231).
    pub conf_sync: u32,
    /// The password its mail must carry; without one, anything is accepted (Q96004).
    pub password: Option<Arc<str>>,
    /// The last cycle in which it was heard.
    pub last_cycle: u32,
    /// When its last updates came.
    pub last_update: Option<Moment>,
    /// Whether an import for it was above its limit and has to be made by hand (Q119450).
    pub import_refused: bool,
    /// Whether it is owed an import with its next reply (Q175588).
    owed: bool,
    /// What it asked for since the last T2.
    wish: Option<Wish>,
}

impl Requestor {
    /// What it said since the last T2: its number to be echoed, the server's it has, its imports,
    /// and whether it asked for another.
    pub(crate) fn heard(&self) -> Option<(u32, u32, u32, bool)> {
        let wish = self.wish.as_ref()?;
        Some((wish.r, wish.s, wish.imports, wish.import))
    }
}

impl Default for Server {
    fn default() -> Self {
        Self {
            master: Arc::default(),
            requestors: BTreeMap::new(),
            cycle: 0,
            keep_updates: KEEP_UPDATES,
            administrator: None,
            makes_good: false,
            version: Version::default(),
            aside: BTreeMap::new(),
        }
    }
}

impl Server {
    /// Registers a requestor that has never been heard. One of the same name is forgotten with its
    /// numbers, as deleting and creating it again does (Q99961).
    pub fn register(&mut self, name: PostofficeName, password: Option<&str>) {
        let requestor = Requestor {
            password: password.filter(|it| !it.is_empty()).map(Into::into),
            ..Requestor::default()
        };
        self.requestors.insert(name, requestor);
    }

    /// A requestor is to get an import with its next reply (Q175588).
    pub(crate) fn owe_import(&mut self, name: &PostofficeName) {
        if let Some(requestor) = self.requestors.get_mut(name) {
            requestor.owed = true;
        }
    }

    /// Forgets a requestor; whether there was one.
    pub fn unregister(&mut self, name: &PostofficeName) -> bool {
        self.requestors.remove(name).is_some()
    }

    /// Forgets a requestor for a time.
    pub(crate) fn set_aside(&mut self, name: &PostofficeName) {
        if let Some(requestor) = self.requestors.remove(name) {
            self.aside.insert(name.clone(), requestor);
        }
    }

    /// Knows a requestor again that was set aside.
    pub(crate) fn take_back(&mut self, name: &PostofficeName) {
        if let Some(requestor) = self.aside.remove(name) {
            self.requestors.entry(name.clone()).or_insert(requestor);
        }
    }

    /// Numbers a transaction for the whole system.
    pub(crate) fn append(&mut self, at: Moment, transaction: Transaction) {
        Arc::make_mut(&mut self.master).append(at, transaction);
    }

    /// The master list is made anew: it goes on from the highest number given, and all updates are
    /// gone (Q112280).
    pub(crate) fn begin_anew(&mut self) {
        let sync = self.master.sync();
        self.master = Arc::new(Master::starting_at(sync, sync));
    }

    /// Drops the updates that have been kept long enough (Q108067).
    pub fn purge(&mut self, now: Moment) {
        let kept = i64::from(self.keep_updates) * 24 * 60 * 60 * 1000;
        let oldest = Moment(now.0 - kept);
        if self.master.holds_before(oldest) {
            Arc::make_mut(&mut self.master).forget_before(oldest);
        }
    }

    /// The requestors that were heard since the last T2.
    pub fn heard(&self) -> impl Iterator<Item = &PostofficeName> {
        let heard = self.requestors.iter().filter(|(_, it)| it.wish.is_some());
        heard.map(|(name, _)| name)
    }

    /// Everything is as it was when half of the numbers had been given.
    pub(crate) fn turn_back(&mut self) {
        let sync = self.master.sync() / 2;
        Arc::make_mut(&mut self.master).truncate(sync);
        for requestor in self.requestors.values_mut() {
            let numbers = &mut requestor.numbers;
            numbers.srv_sync = numbers.srv_sync.min(sync);
            numbers.req_sync /= 2;
            requestor.wish = None;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_server_turned_back_knows_half_of_its_numbers() {
        let mut server = Server::default();
        let sales = PostofficeName::parse("NORTH/SALES").unwrap();
        server.register(sales.clone(), None);
        for _ in 0..10 {
            server.append(Moment(0), Transaction::Placeholder);
        }
        let known = server.requestors.get_mut(&sales).unwrap();
        known.numbers = Numbers {
            req_sync: 6,
            srv_sync: 10,
            imp_sync: 1,
        };
        server.turn_back();
        let numbers = server.requestors[&sales].numbers;
        assert_eq!(
            (server.master.sync(), numbers.srv_sync, numbers.req_sync),
            (5, 5, 3)
        );
        server.append(Moment(1), Transaction::Placeholder);
        assert_eq!(server.master.sync(), 6);
    }

    #[test]
    fn a_requestor_that_was_set_aside_comes_back_with_its_numbers() {
        let mut server = Server::default();
        let sales = PostofficeName::parse("NORTH/SALES").unwrap();
        server.register(sales.clone(), Some("SECRET"));
        server.requestors.get_mut(&sales).unwrap().last_cycle = 4;
        server.set_aside(&sales);
        assert!(server.requestors.is_empty());
        server.take_back(&sales);
        assert_eq!(server.requestors[&sales].last_cycle, 4);
        assert!(server.unregister(&sales));
        assert!(!server.unregister(&sales));
    }
}
