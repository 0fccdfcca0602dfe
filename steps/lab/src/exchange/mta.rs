//! The Microsoft Mail Connector (PC) MTA: it polls, and carries mail between the postoffices and
//! the connector postoffice.
//!
//! It writes under its instance's name, not as `MSExchangePCMTA` (Q152554), and at Maximum logging
//! only: 4395 where mail leaves, 4355 where it arrives; Sent and Received on the connector's side,
//! Moved Out and Moved In on the postoffice's (Q147464, Q148309). Mail for a postoffice it cannot
//! reach waits, and nobody is told (Q277831), unless `EnforceRetryLimits` is set.

mod options;
mod transfer;
mod trouble;

use std::cell::Cell;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;
use std::time::Duration;

use super::ExchangeId;
use crate::lab::{Due, Lab};
use crate::mail::Mail;
use crate::postoffice::PostofficeId;
use options::Options;
use transfer::Direction;
pub(crate) use transfer::Transit;

/// An instance of the MTA.
#[derive(Debug, Clone, serde::Serialize, serde::Deserialize)]
pub struct Mta {
    /// The name its administrator gave it; also its service's and its events' source.
    pub name: Arc<str>,
    /// How often it is to look for mail, once it is restarted.
    pub check_every: Duration,
    /// How often it looks for mail, as read when it was started.
    pub polling: Duration,
    /// The postoffices it is to serve.
    pub serves: Vec<PostofficeId>,
    /// What its registry values said when it was started.
    pub options: Options,
    /// How often messages were tried in vain, by postoffice and number (Q277831).
    #[serde(with = "crate::kept::pairs")]
    attempts: BTreeMap<(PostofficeId, u32), u32>,
    /// Messages it has given up for want of a P1, until it is started again (Q266442).
    given_up: BTreeSet<(PostofficeId, u32)>,
    /// Messages that were lost on the way in for want of a P1 at the connector.
    lost: Vec<Arc<Mail>>,
    /// Two postoffices it serves have one serial number (Q151228).
    pub same_serial: Option<PostofficeId>,
}

/// An instance's place in [`super::Exchange::mtas`].
pub type MtaId = usize;

impl Mta {
    /// An instance that looks for mail so often, and serves nobody yet.
    #[must_use]
    pub fn new(name: &str, check_every: Duration) -> Self {
        Self {
            name: name.into(),
            check_every,
            polling: check_every,
            serves: Vec::new(),
            options: Options::default(),
            attempts: BTreeMap::new(),
            given_up: BTreeSet::new(),
            lost: Vec::new(),
            same_serial: None,
        }
    }

    /// Whether this is its name; case is not minded.
    #[must_use]
    pub fn is_named(&self, name: &str) -> bool {
        self.name.eq_ignore_ascii_case(name)
    }
}

/// When an instance looks again that has left mail where it was, for there was too much of it.
const SOON: Duration = Duration::from_secs(1);

impl Lab {
    /// The instance begins to run: it reads its settings, and looks for mail at once.
    pub(crate) fn mta_started(&mut self, exchange: ExchangeId, mta: MtaId) {
        self.read_options(exchange, mta);
        let server = &mut self.exchanges[exchange];
        let instance = &mut server.mtas[mta];
        instance.polling = instance.check_every;
        instance.given_up.clear();
        instance.attempts.clear();
        if server.connector.conditions.write("P1").is_ok() {
            let found = std::mem::take(&mut server.mtas[mta].lost);
            server.connector.inbound.extend(found);
            self.schedule(Duration::ZERO, Due::Interchange(exchange));
        }
        self.schedule(Duration::ZERO, Due::Poll(exchange, mta));
    }

    /// The instances have been running when the site opens: their next look is a polling interval
    /// away.
    pub(crate) fn first_poll(&mut self, exchange: ExchangeId) {
        for mta in 0..self.exchanges[exchange].mtas.len() {
            self.read_options(exchange, mta);
            let polling = self.exchanges[exchange].mtas[mta].polling;
            self.schedule(polling, Due::Poll(exchange, mta));
        }
    }

    fn read_options(&mut self, exchange: ExchangeId, mta: MtaId) {
        let server = &mut self.exchanges[exchange];
        let options = Options::read(&server.registry, &server.mtas[mta].name);
        server.mtas[mta].options = options;
    }

    /// The instance stops: it looks no more. What is on its way arrives.
    pub(crate) fn mta_stopped(&mut self, exchange: ExchangeId, mta: MtaId) {
        self.forget(|due| *due == Due::Poll(exchange, mta));
    }

    /// One look for mail at every postoffice and in the connector's outbound mailbags. Where a
    /// queue held more than the instance takes at once, it looks again soon.
    pub(crate) fn poll(&mut self, exchange: ExchangeId, mta: MtaId) {
        let by = (exchange, mta);
        let instance = &self.exchanges[exchange].mtas[mta];
        let options = instance.options.clone();
        let mut again = instance.polling;
        for postoffice in instance.serves.clone() {
            if !options.reaches(&self.postoffices[postoffice].host) {
                continue;
            }
            if !self.postoffices[postoffice].reachable {
                if options.enforce_retries {
                    self.try_in_vain(by, postoffice);
                }
                continue;
            }
            if !self.has_mail(exchange, postoffice) || self.is_blocked(by, postoffice) {
                continue;
            }
            if options.enforce_retries {
                self.give_back_across(by, postoffice);
            }
            let (inward, outward) = (
                self.leaving(by, postoffice, options.from_postoffice),
                self.waiting(by, postoffice, options.from_mailbag),
            );
            if inward.len() == options.from_postoffice || outward.len() == options.from_mailbag {
                again = SOON;
            }
            for (direction, mail) in inward.into_iter().chain(outward) {
                self.depart(by, postoffice, direction, mail);
            }
        }
        self.schedule(again, Due::Poll(exchange, mta));
    }

    /// Whether there is anything to carry from or to a postoffice. Where there is not, a look leaves
    /// everything untouched, so that a lab on disk need not write it.
    fn has_mail(&self, exchange: ExchangeId, postoffice: PostofficeId) -> bool {
        let outbound = &self.exchanges[exchange].connector.outbound;
        let waits = outbound.get(&postoffice).is_some_and(|it| !it.is_empty());
        waits || self.postoffices[postoffice].sends()
    }

    /// Takes the mail out of a postoffice's P1 that this instance has a way for: to its own
    /// Exchange server, and to the postoffices that one of its instances serves. What is for one that
    /// cannot be reached stays there (Q118619, Q277831).
    fn leaving(
        &mut self,
        (exchange, _): (ExchangeId, MtaId),
        postoffice: PostofficeId,
        most: usize,
    ) -> Vec<(Direction, Arc<Mail>)> {
        let now = self.now();
        let room = Cell::new(most);
        let far = self.out_of_reach(postoffice);
        let own = &self.exchanges[exchange].address.postoffice;
        let serves = |id| {
            let mut mtas = self.exchanges[exchange].mtas.iter();
            mtas.any(|it| it.serves.contains(id))
        };
        let names = &self.names;
        let way = |mail: &Mail| match names.get(&mail.to.postoffice) {
            Some(to) if serves(to) && !far.contains(to) => Some(Direction::Across(*to)),
            None if mail.to.postoffice == *own => Some(Direction::Inward),
            _ => None,
        };
        let wanted = |mail: &Mail| {
            let taken = room.get() > 0 && way(mail).is_some();
            room.set(room.get() - usize::from(taken));
            taken
        };
        let taken = self.postoffices[postoffice].take_outgoing(now, wanted);
        let ways = taken.into_iter();
        ways.filter_map(|mail| Some((way(&mail)?, mail))).collect()
    }

    /// Takes what waits for a postoffice out of the connector's mailbag.
    fn waiting(
        &mut self,
        (exchange, mta): (ExchangeId, MtaId),
        postoffice: PostofficeId,
        most: usize,
    ) -> Vec<(Direction, Arc<Mail>)> {
        let server = &mut self.exchanges[exchange];
        let Some(mailbag) = server.connector.outbound.get_mut(&postoffice) else {
            return Vec::new();
        };
        let given_up = &server.mtas[mta].given_up;
        let mut taken = 0;
        let leaves = |mail: &mut Arc<Mail>| {
            let leaves = taken < most && !given_up.contains(&(postoffice, mail.id));
            taken += usize::from(leaves);
            leaves
        };
        let leaving = mailbag.extract_if(.., leaves);
        leaving.map(|mail| (Direction::Outward, mail)).collect()
    }
}
