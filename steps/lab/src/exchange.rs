//! The Exchange server of the site: its services, its connector, its log, its administrator.

pub mod connector;
mod control;
pub mod diagnostics;
pub mod dx;
pub mod event_log;
pub(crate) mod events;
pub mod files;
pub mod inbox;
pub mod interchange;
pub mod mta;
pub mod registry;
pub mod services;
pub mod settings;

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use crate::directory::List;
use connector::Connector;
use dx::Dx;
use event_log::EventLog;
use inbox::Inbox;
use interchange::Interchange;
use mta::Mta;
use registry::Registry;
use runsheet_formats::address::Address;
use services::Services;
use settings::Settings;

/// Which version of Exchange is simulated.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize, serde::Deserialize,
)]
pub enum Profile {
    /// 4.0: a pause starts a cycle only where `PauseKicksDX` says so.
    Exchange40,
    /// 5.0: built in.
    Exchange50,
    /// 5.5: built in.
    Exchange55,
}

impl Profile {
    /// Reads `exchange-4.0`, `exchange-5.0` or `exchange-5.5`.
    #[must_use]
    pub fn named(name: &str) -> Option<Self> {
        match name {
            "exchange-4.0" => Some(Self::Exchange40),
            "exchange-5.0" => Some(Self::Exchange50),
            "exchange-5.5" => Some(Self::Exchange55),
            _ => None,
        }
    }
}

/// An Exchange server's place in [`crate::lab::Lab::exchanges`].
pub type ExchangeId = usize;

/// The server that is the dir-sync server of the site, with the Microsoft Mail Connector.
#[derive(Debug, Clone, serde::Serialize, serde::Deserialize)]
pub struct Exchange {
    /// The host that stands for it in the site.
    pub host: Arc<str>,
    /// Which version it runs.
    pub profile: Profile,
    /// Whether it was 4.0 once. Such a server still needs `PauseKicksDX` (Q147464).
    pub upgraded_from_4: bool,
    /// ORGANIZATION/SITE/$SYSTEM.
    pub address: Address,
    /// Its own users, whom it exports to the postoffices.
    pub recipients: List,
    /// Those of its users who are hidden from the address book.
    pub hidden: BTreeSet<Arc<str>>,
    /// The mailbox of the administrator who owns [`Exchange::inbox`].
    pub admin_mailbox: String,
    /// The registry of its machine.
    pub registry: Registry,
    /// Its services.
    pub services: Services,
    /// The Application log.
    pub log: EventLog,
    /// The administrator's inbox.
    pub inbox: Inbox,
    /// What its pages in the Administrator program say.
    pub settings: Settings,
    /// The Directory Synchronization service.
    pub dx: Dx,
    /// The instances of the Microsoft Mail Connector (PC) MTA.
    pub mtas: Vec<Mta>,
    /// The connector postoffice, between the MTA and the Interchange.
    pub connector: Connector,
    /// The Microsoft Mail Connector Interchange.
    pub interchange: Interchange,
    /// Files that programs have written, by their paths, drive and capitals aside.
    #[serde(default)]
    pub texts: BTreeMap<String, String>,
}
