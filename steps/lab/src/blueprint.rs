//! What a lab is built from: the hosts of a site, and what a `lab:` map says of them.

use std::collections::{BTreeMap, BTreeSet};
use std::path::PathBuf;
use std::time::Duration;

use runsheet_step::Moment;

use crate::clock;
use crate::exchange::Profile;
use crate::faults::Fault;
use crate::postoffice::Pace;
use runsheet_formats::address::Address;

/// A site to be built.
#[derive(Debug, Clone)]
pub struct Blueprint {
    /// When it opens.
    pub start: Moment,
    /// How many users each postoffice, and Exchange, has.
    pub users: u32,
    /// How many users are added just before the site opens.
    pub changes: Changes,
    /// How often the MTA looks for mail.
    pub polling: Duration,
    /// How long programs take.
    pub pace: Pace,
    /// Hosts of postoffices whose share the connector cannot reach.
    pub offline: BTreeSet<String>,
    /// How long mail of a postoffice is held up on its way out, by host.
    pub late: BTreeMap<String, Duration>,
    /// Hosts of postoffices whose real password is not the one [`crate::password::of`] tells.
    pub wrong_password: BTreeSet<String>,
    /// The numbers postoffices had reached, by host. Those left out never took part.
    pub numbers: BTreeMap<String, Reached>,
    /// Whether a cycle was run the day before, whose events and messages are still there.
    pub history: bool,
    /// The directory it is kept in; without one it lives in memory.
    pub disk: Option<PathBuf>,
    /// What goes wrong, and when.
    pub faults: Vec<Fault>,
    /// The Exchange servers: the hosts of the group `dx`.
    pub exchanges: Vec<ExchangeHost>,
    /// The postoffices: the hosts of the groups `requestors` and `server`.
    pub postoffices: Vec<PostofficeHost>,
    /// The workstations: the hosts of the group `workstations`.
    pub workstations: Vec<WorkstationHost>,
}

/// How many users are added just before the site opens.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Changes {
    /// So many on each postoffice.
    Everywhere(u32),
    /// So many on these, by host.
    At(BTreeMap<String, u32>),
}

impl Changes {
    /// How many are added on the postoffice of a host.
    #[must_use]
    pub fn at(&self, host: &str) -> u32 {
        match self {
            Self::Everywhere(count) => *count,
            Self::At(counts) => {
                let mut counts = counts.iter();
                let found = counts.find(|(name, _)| name.eq_ignore_ascii_case(host));
                found.map_or(0, |(_, count)| *count)
            }
        }
    }
}

/// The numbers a postoffice and the server agree on at the start.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Reached {
    /// The postoffice's own.
    pub req: u32,
    /// The server's.
    pub srv: u32,
}

/// A host that is an Exchange server.
#[derive(Debug, Clone)]
pub struct ExchangeHost {
    /// Its name in the site.
    pub host: String,
    /// ORGANIZATION/SITE/$SYSTEM.
    pub address: Address,
    /// Which version it runs.
    pub profile: Profile,
    /// Whether it was Exchange 4.0 once.
    pub upgraded_from_4: bool,
    /// The mailbox of its administrator.
    pub admin_mailbox: String,
    /// The name of its MTA instance, or of the first of several.
    pub mta: String,
    /// More instances, each with the hosts of the postoffices it serves; the first serves the rest.
    pub more_mtas: BTreeMap<String, BTreeSet<String>>,
}

/// A host that is a postoffice.
#[derive(Debug, Clone)]
pub struct PostofficeHost {
    /// Its name in the site.
    pub host: String,
    /// NETWORK/POSTOFFICE/$SYSTEM.
    pub address: Address,
    /// The X.400 address Exchange knows its `$SYSTEM` by; without one, [`x400_of`] makes it.
    pub x400: Option<String>,
    /// The drive letter its share is connected to.
    pub drive: char,
    /// The directory of its dir-sync programs.
    pub mailexe: String,
    /// Whether it is the dir-sync server; there is one at most (Q96060).
    pub server: bool,
}

/// A host that runs EXTERNAL or DISPATCH, connected to postoffices.
#[derive(Debug, Clone)]
pub struct WorkstationHost {
    /// Its name in the site.
    pub host: String,
    /// The hosts of the postoffices its drive letters lead to.
    pub drives: BTreeMap<char, String>,
    /// The directory of its programs.
    pub mailexe: String,
}

impl Blueprint {
    /// The hosts, in upper case and in order of their names.
    #[must_use]
    pub fn hosts(&self) -> Vec<String> {
        let hosts = self.hosts_as_written().into_iter();
        let mut hosts: Vec<String> = hosts.map(str::to_uppercase).collect();
        hosts.sort_unstable();
        hosts
    }

    /// The hosts as the site names them.
    pub(crate) fn hosts_as_written(&self) -> Vec<&str> {
        let postoffices = self.postoffices.iter().map(|it| it.host.as_str());
        let exchanges = self.exchanges.iter().map(|it| it.host.as_str());
        let workstations = self.workstations.iter().map(|it| it.host.as_str());
        postoffices.chain(exchanges).chain(workstations).collect()
    }
}

impl Default for Blueprint {
    /// A site without hosts, of four users each, where mail is looked for every five minutes.
    fn default() -> Self {
        Self {
            start: clock::START,
            users: 4,
            changes: Changes::Everywhere(0),
            polling: Duration::from_secs(300),
            pace: Pace::default(),
            offline: BTreeSet::new(),
            late: BTreeMap::new(),
            wrong_password: BTreeSet::new(),
            numbers: BTreeMap::new(),
            history: false,
            disk: None,
            faults: Vec::new(),
            exchanges: Vec::new(),
            postoffices: Vec::new(),
            workstations: Vec::new(),
        }
    }
}

/// The X.400 address of a postoffice's `$SYSTEM` as the server of this address would make it. Its
/// form is inferred: Q147464 only says that it is one.
#[must_use]
pub fn x400_of(requestor: &Address, server: &Address) -> String {
    let (organization, site) = (server.postoffice.network(), server.postoffice.postoffice());
    format!("c=US;a= ;p={organization};o={site};dda:MS={requestor};")
}
