//! A Microsoft Mail postoffice: its users, its numbers, its queues and its mail.

pub mod condition;
pub mod files;
mod folders;
pub mod global_list;
pub mod incoming;
pub mod log;
pub mod mailbag;
pub(crate) mod outbox;
pub mod request_queue;
pub mod requestor;
pub mod schedule;
pub mod serving;
pub mod transport;
pub(crate) mod work_queue;

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;
use std::time::Duration;

use crate::directory::{Directory, List};
use crate::mail::Mail;
use crate::password;
use condition::Conditions;
use global_list::GlobalList;
use incoming::{Received, Resync};
use log::Logs;
use mailbag::Waiting;
use request_queue::RequestQueue;
use requestor::Requestor;
use runsheet_formats::address::{Address, PostofficeName};
use schedule::Schedule;
use serving::Serving;
use transport::Transport;

/// A postoffice's place in [`crate::lab::Lab::postoffices`].
pub type PostofficeId = usize;

/// The highest number that counts anything in a file. Ten digits are printed of it (Q118298); that
/// a file with a number of more than 31 bits is damaged is inferred.
pub const HIGHEST: u32 = i32::MAX.unsigned_abs();

/// The numbers in REQCONF.GLB (Q96060).
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct Numbers {
    /// The last of its own numbers the server has acknowledged.
    pub req_sync: u32,
    /// The last of the server's numbers it has applied.
    pub srv_sync: u32,
    /// How many imports it has had.
    pub imp_sync: u32,
}

/// A user of this postoffice.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct User {
    /// The full name others see.
    pub name: Arc<str>,
    /// Whether the user takes part in dir-sync.
    pub included: bool,
}

/// What the tools of T3 are in the middle of; until they end, their temporary files stand (Q96060).
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct Busy {
    /// IMPORT is sorting: SORTLOCK.GLB and its queues exist.
    pub importing: bool,
}

/// What keeps programs from starting on a workstation.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct Programs {
    /// They do not lie in the directory they belong into (Q132731).
    pub moved: bool,
    /// Windows NT runs them in its OS/2 subsystem unless they are started by FORCEDOS, and that
    /// subsystem fails (Q260015, Q139033).
    pub os2_fails: bool,
}

/// How long its programs take.
#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct Pace {
    /// REQMAIN, either way.
    pub reqmain: Duration,
    /// IMPORT.
    pub import: Duration,
    /// REBUILD.
    pub rebuild: Duration,
    /// SRVMAIN, either way.
    pub srvmain: Duration,
    /// One pass through the menus of ADMIN.
    pub admin: Duration,
}

impl Default for Pace {
    fn default() -> Self {
        Self {
            reqmain: Duration::from_secs(6),
            import: Duration::from_secs(6),
            rebuild: Duration::from_secs(3),
            srvmain: Duration::from_secs(6),
            admin: Duration::from_secs(4),
        }
    }
}

/// One postoffice.
#[derive(Debug, Clone, serde::Serialize, serde::Deserialize)]
pub struct Postoffice {
    /// The host that stands for it in the site.
    pub host: Arc<str>,
    /// NETWORK/POSTOFFICE.
    pub name: PostofficeName,
    /// The drive letter its share is connected to.
    pub drive: char,
    /// The directory of its dir-sync programs.
    pub mailexe: String,
    /// Whether the connector reaches its share.
    pub reachable: bool,
    /// How long its mail is held up on its way out.
    pub late: Duration,
    /// The password of its mail administrator.
    pub password: String,
    /// Users by mailbox.
    pub users: BTreeMap<Arc<str>, User>,
    /// REQCONF.GLB.
    pub numbers: Numbers,
    /// The address of the dir-sync server, if the postoffice is registered with one.
    pub server: Option<Address>,
    /// The options of the requestor.
    pub requestor: Requestor,
    /// REQTRANS.GLB.
    pub queue: RequestQueue,
    /// SRVTRANS.GLB: replies received and not imported yet.
    pub received: Vec<Received>,
    /// RESYNC.GLB, from when it is put there until IMPORT has applied it (Q119449).
    pub resync: Option<Resync>,
    /// The gateways it has, by the type of their addresses (Q122751).
    pub gateways: BTreeSet<Arc<str>>,
    /// Addresses in the Postoffice Address List beside its own users, with their names (Q101933).
    pub external_names: BTreeMap<Arc<str>, Arc<str>>,
    /// The lists of other postoffices, as imported.
    pub lists: Arc<Directory>,
    /// The address list last rebuilt.
    pub gal: GlobalList,
    /// The list that REBUILD has written beside that one, or had to leave there.
    pub beside: Option<GlobalList>,
    /// The option Global-List: whether its users see the Global Address List. REBUILD turns it on
    /// (Q102017, Q134226).
    pub global_list: bool,
    /// P1: mail that waits to be carried away.
    pub outgoing: Vec<Arc<Mail>>,
    /// SYSTEM.MBG: dir-sync mail that has come.
    pub system: Vec<Arc<Mail>>,
    /// PROCESS.GLB.
    pub schedule: Schedule,
    /// What it holds as the dir-sync server, if it is that.
    pub serving: Option<Box<Serving>>,
    /// The mailbags of other postoffices here: mail that EXTERNAL sorted and will deliver.
    pub mailbags: BTreeMap<PostofficeName, Vec<Waiting>>,
    /// DIRSYNC.LOG and DSSERVER.LOG.
    pub logs: Logs,
    /// The files that something is wrong with.
    pub conditions: Conditions,
    /// Files that a tool left behind, which should not be there when nothing runs, with their
    /// sizes (Q96060).
    pub leftovers: BTreeMap<String, u64>,
    /// Text files that people and tools put on its drive, by path from the root.
    pub texts: BTreeMap<String, String>,
    /// Whether its disk has no room left.
    pub disk_full: bool,
    /// What becomes of its mail on the way.
    pub transport: Transport,
    /// What keeps programs from starting on its workstation.
    pub programs: Programs,
    /// What is being worked on at this moment.
    pub busy: Busy,
    /// How long its programs take.
    pub pace: Pace,
    pub(crate) system_slots: usize,
    pub(crate) mails: u32,
}

impl Postoffice {
    /// A postoffice without users that has never taken part in dir-sync.
    #[must_use]
    pub fn new(host: &str, name: PostofficeName, server: Address) -> Self {
        Self {
            host: host.into(),
            name,
            drive: 'M',
            mailexe: r"M:\MAILEXE".to_owned(),
            reachable: true,
            late: Duration::ZERO,
            password: password::of(host),
            users: BTreeMap::new(),
            numbers: Numbers::default(),
            server: Some(server),
            requestor: Requestor::default(),
            queue: RequestQueue::default(),
            received: Vec::new(),
            resync: None,
            gateways: BTreeSet::new(),
            external_names: BTreeMap::new(),
            lists: Arc::default(),
            gal: GlobalList::default(),
            beside: None,
            global_list: false,
            outgoing: Vec::new(),
            system: Vec::new(),
            schedule: Schedule::default(),
            serving: None,
            mailbags: BTreeMap::new(),
            logs: Logs::default(),
            conditions: Conditions::default(),
            leftovers: BTreeMap::new(),
            texts: BTreeMap::new(),
            disk_full: false,
            transport: Transport::default(),
            programs: Programs::default(),
            busy: Busy::default(),
            pace: Pace::default(),
            system_slots: 0,
            mails: 0,
        }
    }

    /// The list of its own users that it sends to others.
    #[must_use]
    pub fn exported(&self) -> List {
        let included = self.users.iter().filter(|(_, user)| user.included);
        let named = included.map(|(mailbox, user)| (mailbox.clone(), user.name.clone()));
        named.collect()
    }

    /// Looks an address up as a user of this postoffice would before the next REBUILD: own users
    /// from their list, others from the imported ones. Its own names in a reply are ignored
    /// (Q96060, message 66).
    #[must_use]
    pub fn knows(&self, address: &Address) -> Option<&str> {
        if address.postoffice == self.name {
            let user = self.users.get(&address.mailbox)?;
            return Some(&user.name);
        }
        self.lists.name(address)
    }

    /// The postoffices whose lists it has been sent, without its own.
    pub fn others(&self) -> impl Iterator<Item = (&PostofficeName, &List)> {
        self.lists.lists().filter(|(name, _)| **name != self.name)
    }

    /// Puts a message into SYSTEM.MBG. The mailbag does not shrink when it is read (Q146113).
    fn put_in_mailbag(&mut self, mail: Arc<Mail>) {
        self.system.push(mail);
        self.system_slots = self.system_slots.max(self.system.len());
    }
}
