//! The Directory Synchronization service, in either of its roles.
//!
//! As the dir-sync server it keeps the master list, numbers what requestors send, and answers those
//! it has heard from since the last cycle (Q96060, Q147464): see [`serving`]. As a requestor of a
//! postoffice it sends the changes among its own users and applies every reply as it comes
//! (Q148309): see [`requesting`].

pub mod cycle;
pub mod options;
pub mod requesting;
mod resync;
pub(crate) mod revision;
pub mod schedule;
pub mod sequence;
pub mod serving;
pub mod trouble;

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;
use std::time::Duration;

use super::services::{self, State, TRANSITION, Win32};
use super::{ExchangeId, Profile};
use crate::directory::List;
use crate::lab::{Due, Lab};
use crate::mail::Mail;
use crate::postoffice::PostofficeId;
use crate::postoffice::incoming::Resync;
use crate::server::Server;
use crate::server::transmit::Lists;
use options::Options;
use requesting::Requesting;
use runsheet_formats::address::PostofficeName;
use schedule::Hours;
use serving::Remote;

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
    /// What it knows as a requestor, where a postoffice is the server.
    pub requesting: Option<Box<Requesting>>,
    /// It is neither server nor requestor: the object of either was deleted.
    pub unassigned: bool,
    /// Whose `$SYSTEM` is still a hidden recipient though the object it was made for was deleted
    /// (Q151668, Q163625).
    pub left: BTreeSet<PostofficeName>,
    /// Whose `$SYSTEM` came into the directory from another site of the organization (Q201084).
    pub replicated: BTreeSet<PostofficeName>,
    /// Whether a pause starts a cycle, as found out when the service started.
    pub pause_kicks: bool,
    /// What its registry values said when the service started.
    pub options: Options,
    /// The hours at whose start it runs a cycle by itself.
    pub hours: Hours,
    /// What keeps it from its work.
    pub trouble: trouble::Trouble,
    /// Custom recipients that would empty a postoffice's list, by its name.
    pub strays: BTreeMap<PostofficeName, cycle::Stray>,
    /// RESYNC.GLB in Dxadata.
    pub resync: Option<Resync>,
    /// Numbers that were changed in raw mode, by requestor.
    pub changed: BTreeMap<PostofficeName, sequence::Changes>,
    /// What requestors sent since the last cycle.
    pub heard: Vec<Arc<Mail>>,
    /// What came while the service was not running: the MTA keeps it.
    pub waiting: Vec<Arc<Mail>>,
    /// Its own mail for the Interchange to take.
    pub outgoing: Vec<(PostofficeId, Arc<Mail>)>,
    /// The users of Exchange that were told of.
    pub(crate) exported: Arc<List>,
    pub(crate) mails: u32,
}

impl Dx {
    /// Whether it is the dir-sync server.
    #[must_use]
    pub fn is_server(&self) -> bool {
        !self.unassigned && self.requesting.is_none()
    }
}

impl Lab {
    /// The service begins to run: it reads its registry values.
    pub(crate) fn dx_started(&mut self, exchange: ExchangeId) {
        let now = self.now();
        let server = &mut self.exchanges[exchange];
        let options = Options::read(&server.registry);
        let built_in = server.profile > Profile::Exchange40 && !server.upgraded_from_4;
        server.dx.pause_kicks = built_in || options.pause_kicks;
        server.dx.options = options;
        server.dx.read_sequences();
        server.tell_of_queue(now);
        self.resync(exchange);
        self.requestor_started(exchange);
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
        let is_kept = self.keeps_mail(exchange);
        let server = &mut self.exchanges[exchange];
        if is_kept || !server.services.runs(services::DX) {
            server.dx.waiting.push(mail);
        } else if server.dx.requesting.is_some() {
            self.apply_reply(exchange, mail);
        } else {
            self.hear_requestor(exchange, mail);
        }
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

    /// A cycle: T1 of a requestor, T2 of the server (Q146738). Nothing while it does not run.
    pub(crate) fn dx_cycle(&mut self, exchange: ExchangeId) {
        let now = self.now();
        let server = &mut self.exchanges[exchange];
        if !server.services.runs(services::DX) || server.cannot_work(now) {
            return;
        }
        if server.dx.requesting.is_some() {
            self.send_request(exchange);
        } else if server.dx.is_server() {
            self.answer_requestors(exchange);
        }
        self.schedule(CYCLE, Due::Interchange(exchange));
    }
}
