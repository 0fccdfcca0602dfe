//! The whole simulated site, and the one loop that lets its time pass.
//!
//! Nothing happens in it but by a call from outside or by [`Lab::advance_to`]. What is due at the
//! same moment happens in the order of `Due`, whoever asked first, so a run is always the same.

mod soundness;

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;
use std::time::Duration;

use runsheet_formats::address::{Address, PostofficeName};
use runsheet_step::Moment;

use crate::directory::imports::Imports;
use crate::exchange::mta::{MtaId, Transit};
use crate::exchange::{Exchange, ExchangeId};
use crate::faults::Faults;
use crate::postoffice::{Postoffice, PostofficeId};
use crate::process::{Process, ProcessId};
use crate::server::Server;
use crate::tracked::Tracked;

/// A simulated site.
#[derive(Debug, serde::Serialize, serde::Deserialize)]
pub struct Lab {
    now: Moment,
    due: BTreeSet<(Moment, Due)>,
    transits: BTreeMap<u64, Transit>,
    transit_count: u64,
    hosts: BTreeMap<String, Role>,
    pub(crate) names: BTreeMap<PostofficeName, PostofficeId>,
    /// The postoffices, in the site's order.
    #[serde(skip)]
    pub postoffices: Tracked<Postoffice>,
    /// The Exchange servers, in the site's order.
    #[serde(skip)]
    pub exchanges: Tracked<Exchange>,
    /// The drive letters that machines are connected by, beside a postoffice's own.
    #[serde(with = "crate::kept::pairs")]
    pub drives: BTreeMap<Role, BTreeMap<char, PostofficeId>>,
    /// The workstations, in the site's order.
    pub workstations: Vec<Workstation>,
    /// What goes wrong, and when.
    pub faults: Faults,
    #[serde(with = "crate::kept::pairs")]
    pub(crate) processes: BTreeMap<Role, Vec<Process>>,
    #[serde(skip)]
    pub(crate) imports: Imports,
}

/// What a host of the site is here.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, serde::Serialize, serde::Deserialize,
)]
pub enum Role {
    /// A postoffice, and the workstation its tools run on.
    Postoffice(PostofficeId),
    /// An Exchange server.
    Exchange(ExchangeId),
    /// A workstation that is connected to postoffices, for EXTERNAL and DISPATCH.
    Workstation(usize),
}

/// A machine that only runs programs.
#[derive(Debug, Clone, serde::Serialize, serde::Deserialize)]
pub struct Workstation {
    /// The host that stands for it in the site.
    pub host: Arc<str>,
    /// The directory of its programs.
    pub mailexe: String,
}

/// Something that will happen.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, serde::Serialize, serde::Deserialize)]
pub(crate) enum Due {
    /// A tool comes to its next stage.
    Stage(Role, ProcessId, usize),
    /// A service reaches the state it is on its way to.
    Settle(ExchangeId, Arc<str>),
    /// An MTA instance looks for mail.
    Poll(ExchangeId, MtaId),
    /// A message reaches the other end of its transfer.
    Arrival(u64),
    /// The Interchange carries what there is.
    Interchange(ExchangeId),
    /// The Directory Synchronization service runs a cycle.
    Cycle(ExchangeId),
    /// An hour begins that it is scheduled for.
    Hour(ExchangeId),
    /// Mail that was late comes to a postoffice.
    Delivery(PostofficeId),
    /// A fault begins or ends.
    Fault,
}

impl Lab {
    /// A site of these parts.
    pub(crate) fn new(
        now: Moment,
        postoffices: Vec<Postoffice>,
        exchanges: Vec<Exchange>,
        workstations: Vec<Workstation>,
    ) -> Self {
        let mut hosts = BTreeMap::new();
        let mut names = BTreeMap::new();
        for (id, postoffice) in postoffices.iter().enumerate() {
            names.insert(postoffice.name.clone(), id);
            hosts.insert(postoffice.host.to_uppercase(), Role::Postoffice(id));
        }
        for (id, exchange) in exchanges.iter().enumerate() {
            hosts.insert(exchange.host.to_uppercase(), Role::Exchange(id));
        }
        for (id, workstation) in workstations.iter().enumerate() {
            hosts.insert(workstation.host.to_uppercase(), Role::Workstation(id));
        }
        Self {
            now,
            due: BTreeSet::new(),
            transits: BTreeMap::new(),
            transit_count: 0,
            hosts,
            names,
            postoffices: postoffices.into(),
            exchanges: exchanges.into(),
            drives: BTreeMap::new(),
            workstations,
            faults: Faults::default(),
            processes: BTreeMap::new(),
            imports: Imports::default(),
        }
    }

    /// What time it is.
    #[must_use]
    pub fn now(&self) -> Moment {
        self.now
    }

    /// What a host is, by its name in the site; case is not minded.
    #[must_use]
    pub fn role(&self, host: &str) -> Option<Role> {
        self.hosts.get(&host.to_uppercase()).copied()
    }

    /// Every host with what it is, by its name in upper case.
    pub(crate) fn roles(&self) -> Vec<(String, Role)> {
        let roles = self.hosts.iter().map(|(host, role)| (host.clone(), *role));
        roles.collect()
    }

    /// Gives a lab that was read from disk its postoffices and Exchange servers. Nothing of them
    /// counts as touched, and what its programs do is not found out yet.
    pub(crate) fn furnish(&mut self, postoffices: Vec<Postoffice>, exchanges: Vec<Exchange>) {
        self.postoffices = postoffices.into();
        self.exchanges = exchanges.into();
        self.postoffices.take_touched();
        self.exchanges.take_touched();
    }

    /// The postoffice a host stands for.
    #[must_use]
    pub fn postoffice(&self, host: &str) -> Option<&Postoffice> {
        match self.role(host)? {
            Role::Postoffice(id) => self.postoffices.get(id),
            Role::Exchange(_) | Role::Workstation(_) => None,
        }
    }

    /// The postoffice of a name.
    #[must_use]
    pub fn named(&self, name: &PostofficeName) -> Option<PostofficeId> {
        self.names.get(name).copied()
    }

    /// What the site's dir-sync server knows, be it a postoffice or Exchange.
    pub(crate) fn dirsync_server(&mut self) -> Option<&mut Server> {
        let mut serving = self
            .postoffices
            .iter_mut()
            .filter_map(|it| it.serving.as_mut());
        match serving.next() {
            Some(serving) => Some(&mut serving.server),
            None => {
                let mut exchanges = self.exchanges.iter_mut();
                let serving = exchanges.find(|it| it.dx.is_server());
                serving.map(|it| &mut it.dx.server)
            }
        }
    }

    /// The address a postoffice, or the Exchange site of that name, gets its dir-sync mail at.
    #[must_use]
    pub fn dirsync_address(&self, name: &PostofficeName) -> Address {
        let mut exchanges = self.exchanges.iter();
        let exchange = exchanges.find(|it| it.address.postoffice == *name);
        exchange.map_or_else(|| name.system(), |it| it.address.clone())
    }

    /// The Exchange server a host stands for.
    #[must_use]
    pub fn exchange(&self, host: &str) -> Option<&Exchange> {
        match self.role(host)? {
            Role::Exchange(id) => self.exchanges.get(id),
            Role::Postoffice(_) | Role::Workstation(_) => None,
        }
    }

    /// When the next thing happens by itself.
    #[must_use]
    pub fn next_due(&self) -> Option<Moment> {
        self.due.first().map(|(at, _)| *at)
    }

    /// Lets time pass until `moment`; everything due by then happens, in order. A moment that has
    /// passed changes nothing.
    pub fn advance_to(&mut self, moment: Moment) {
        while let Some((at, _)) = self.due.first()
            && *at <= moment
            && let Some((at, due)) = self.due.pop_first()
        {
            self.now = self.now.max(at);
            self.happen(due);
        }
        self.now = self.now.max(moment);
    }

    /// Lets time pass until `moment`, or until just before the next thing happens.
    pub(crate) fn let_nothing_happen_until(&mut self, moment: Moment) {
        let until = self.next_due().map_or(moment, |due| due.min(moment));
        self.now = self.now.max(until);
    }

    /// Lets so much time pass.
    pub fn advance(&mut self, duration: Duration) {
        self.advance_to(self.now.after(duration));
    }

    pub(crate) fn schedule(&mut self, after: Duration, due: Due) {
        self.due.insert((self.now.after(after), due));
    }

    /// Everything of a sort that is to come.
    pub(crate) fn awaited(&self, which: impl Fn(&Due) -> bool) -> Vec<Due> {
        let due = self.due.iter().map(|(_, due)| due);
        due.filter(|due| which(due)).cloned().collect()
    }

    /// When the next thing of a sort happens.
    pub(crate) fn next_of(&self, which: impl Fn(&Due) -> bool) -> Option<Moment> {
        let mut due = self.due.iter();
        due.find(|(_, due)| which(due)).map(|(at, _)| *at)
    }

    pub(crate) fn forget(&mut self, which: impl Fn(&Due) -> bool) {
        self.due.retain(|(_, due)| !which(due));
    }

    pub(crate) fn put_in_transit(&mut self, transit: Transit) -> u64 {
        self.transit_count += 1;
        self.transits.insert(self.transit_count, transit);
        self.transit_count
    }

    fn happen(&mut self, due: Due) {
        match due {
            Due::Stage(place, process, stage) => self.stage(place, process, stage),
            Due::Settle(exchange, service) => self.settle(exchange, &service),
            Due::Poll(exchange, mta) => self.poll(exchange, mta),
            Due::Arrival(number) => {
                if let Some(transit) = self.transits.remove(&number) {
                    self.arrive(transit);
                }
            }
            Due::Interchange(exchange) => self.interchange(exchange),
            Due::Cycle(exchange) => self.dx_cycle(exchange),
            Due::Hour(exchange) => self.hour(exchange),
            Due::Delivery(postoffice) => self.deliver_late(postoffice),
            Due::Fault => self.faults_at(self.now),
        }
    }
}
