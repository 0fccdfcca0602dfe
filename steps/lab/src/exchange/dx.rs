//! The Directory Synchronization service as the dir-sync server.
//!
//! It keeps the master list, numbers what requestors send, and answers those it has heard from
//! since the last cycle (Q96060, Q147464). What is said of postoffices that act as server is taken
//! to hold for it as well.

pub mod cycle;

use std::collections::BTreeMap;
use std::sync::Arc;
use std::time::Duration;

use super::registry::{Data, service_key};
use super::services::{self, State, TRANSITION, Win32};
use super::{ExchangeId, Profile};
use crate::directory::List;
use crate::lab::{Due, Lab};
use crate::mail::{Content, Mail};
use crate::postoffice::PostofficeId;
use crate::server::Server;
use crate::server::transmit::Lists;
use runsheet_formats::address::PostofficeName;

/// The registry value that makes a pause start a cycle. Read when the service starts (Q147464).
pub const PAUSE_KICKS: &str = "PauseKicksDX";

/// From the pause to the replies.
const CYCLE: Duration = Duration::from_secs(1);

/// What the service knows.
#[derive(Debug, Clone, Default, serde::Serialize, serde::Deserialize)]
pub struct Dx {
    /// What it knows as a dir-sync server: its numbers and its requestors'.
    pub server: Server,
    /// The lists that all transactions it received make.
    pub lists: Lists,
    /// Where the requestors it serves are.
    pub remotes: BTreeMap<PostofficeName, Remote>,
    /// Whether a pause starts a cycle, as found out when the service started.
    pub pause_kicks: bool,
    /// What requestors sent since the last cycle.
    pub heard: Vec<Arc<Mail>>,
    /// What came while the service was not running: the MTA keeps it.
    pub waiting: Vec<Arc<Mail>>,
    /// Replies for the Interchange to take.
    pub outgoing: Vec<(PostofficeId, Arc<Mail>)>,
    /// The users of Exchange that are in the master list.
    pub(crate) exported: Arc<List>,
    pub(crate) mails: u32,
}

/// Where a Remote Dir-Sync Requestor is.
#[derive(Debug, Clone, serde::Serialize, serde::Deserialize)]
pub struct Remote {
    /// The postoffice it stands for.
    pub postoffice: PostofficeId,
    /// The X.400 address of its `$SYSTEM`, to which messages to it are shown to go.
    pub x400: Arc<str>,
}

impl Lab {
    /// The service begins to run: it reads its registry values.
    pub(crate) fn dx_started(&mut self, exchange: ExchangeId) {
        let server = &mut self.exchanges[exchange];
        let value = server
            .registry
            .value(&service_key(services::DX), PAUSE_KICKS);
        let enabled = value.is_some_and(|it| matches!(it.data, Data::Dword(1..)));
        let built_in = server.profile > Profile::Exchange40 && !server.upgraded_from_4;
        server.dx.pause_kicks = built_in || enabled;
        self.dx_goes_on(exchange);
    }

    /// The service, running again, takes the mail that waited.
    pub(crate) fn dx_goes_on(&mut self, exchange: ExchangeId) {
        for mail in std::mem::take(&mut self.exchanges[exchange].dx.waiting) {
            self.dx_receive(exchange, mail);
        }
    }

    /// A message for the service comes out of Exchange's own MTA.
    pub(crate) fn dx_receive(&mut self, exchange: ExchangeId, mail: Arc<Mail>) {
        let now = self.now();
        let server = &mut self.exchanges[exchange];
        if !server.services.runs(services::DX) {
            server.dx.waiting.push(mail);
            return;
        }
        if server.settings.forward_incoming && server.copies_reach_the_administrator() {
            server.inbox.copy_incoming(now, mail.clone());
        }
        server.dx.heard.push(mail);
    }

    /// The pause control of the service.
    ///
    /// Where a pause starts a cycle it fails with 2140, and the service runs on (Q146738). Exchange
    /// 4.0 without the value does not know the control; an upgraded server without it really
    /// pauses. Both are inferred from Q147464, which only says that the value is needed.
    pub(crate) fn dx_pause(&mut self, exchange: ExchangeId) -> Result<(), Win32> {
        let server = &mut self.exchanges[exchange];
        if server.dx.pause_kicks {
            self.schedule(CYCLE, Due::Cycle(exchange));
            return Err(Win32::INTERNAL);
        }
        if server.profile == Profile::Exchange40 {
            return Err(Win32::INVALID_CONTROL);
        }
        server.services.set(services::DX, State::PausePending);
        self.schedule(TRANSITION, Due::Settle(exchange, services::DX.into()));
        Ok(())
    }

    /// A cycle: T2 for every requestor that was heard from.
    pub(crate) fn dx_cycle(&mut self, exchange: ExchangeId) {
        let now = self.now();
        let server = &mut self.exchanges[exchange];
        if !server.services.runs(services::DX) {
            return;
        }
        let own = server.address.postoffice.clone();
        let exports = &mut server.settings.export_next;
        let (replies, _) = server.dx.cycle(now, &own, &server.recipients, exports);
        let copied = server.settings.copy_outgoing && server.copies_reach_the_administrator();
        for (name, reply) in replies {
            server.dx.mails += 1;
            let mail = Arc::new(Mail {
                id: server.dx.mails,
                from: server.address.clone(),
                to: name.system(),
                written: now,
                content: Content::Reply(reply),
            });
            let remote = &server.dx.remotes[&name];
            if copied {
                server.inbox.copy_outgoing(now, mail.clone(), &remote.x400);
            }
            server.dx.outgoing.push((remote.postoffice, mail));
        }
        self.schedule(CYCLE, Due::Interchange(exchange));
    }
}

impl super::Exchange {
    /// Whether an administrator is chosen, and the one whose inbox this is.
    fn copies_reach_the_administrator(&self) -> bool {
        let chosen = self.settings.administrator.as_ref();
        chosen.is_some_and(|it| it.eq_ignore_ascii_case(&self.admin_mailbox))
    }
}
