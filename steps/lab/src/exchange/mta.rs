//! The Microsoft Mail Connector (PC) MTA: it polls, and carries mail between the postoffices and
//! the connector postoffice.
//!
//! It writes under its instance's name, not as `MSExchangePCMTA` (Q152554), and at Maximum logging
//! only: 4395 where mail leaves, 4355 where it arrives; Sent and Received on the connector's side,
//! Moved Out and Moved In on the postoffice's (Q147464, Q148309). Mail for a postoffice it cannot
//! reach waits, and nobody is told (Q277831).

use std::sync::Arc;
use std::time::Duration;

use runsheet_step::Moment;

use super::ExchangeId;
use super::events::{self, Described, Event};
use crate::lab::{Due, Lab};
use crate::mail::Mail;
use crate::postoffice::PostofficeId;
use runsheet_formats::stamp::event_stamp;

/// From one end of a transfer to the other, and through the Interchange.
const TRANSIT: Duration = Duration::from_secs(1);

/// An instance of the MTA.
#[derive(Debug, Clone, serde::Serialize, serde::Deserialize)]
pub struct Mta {
    /// The name its administrator gave it; also its service's and its events' source.
    pub name: Arc<str>,
    /// How often it is to look for mail, once it is restarted.
    pub check_every: Duration,
    /// How often it looks for mail, as read when it was started.
    pub polling: Duration,
    /// The postoffices it serves.
    pub serves: Vec<PostofficeId>,
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
        }
    }

    /// Whether this is its name; case is not minded.
    #[must_use]
    pub fn is_named(&self, name: &str) -> bool {
        self.name.eq_ignore_ascii_case(name)
    }
}

/// A message on its way through the MTA.
#[derive(Debug, Clone, serde::Serialize, serde::Deserialize)]
pub(crate) struct Transit {
    by: (ExchangeId, MtaId),
    postoffice: PostofficeId,
    direction: Direction,
    mail: Arc<Mail>,
}

#[derive(Debug, Clone, Copy, serde::Serialize, serde::Deserialize)]
enum Direction {
    /// From a postoffice to the connector.
    Inward,
    /// From the connector to a postoffice.
    Outward,
    /// From a postoffice to another one; nothing enters Exchange (Q133401).
    Across(PostofficeId),
}

/// The two ends of a transfer, as events name them.
#[derive(Debug, Clone, Copy)]
enum End {
    Departure,
    Arrival,
}

impl Direction {
    fn event(self, end: End) -> &'static Event {
        match (self, end) {
            (Self::Inward | Self::Across(_), End::Departure) => &events::MOVED_OUT,
            (Self::Inward, End::Arrival) => &events::RECEIVED,
            (Self::Outward, End::Departure) => &events::SENT,
            (Self::Outward | Self::Across(_), End::Arrival) => &events::MOVED_IN,
        }
    }
}

impl Lab {
    /// The instance begins to run: it reads how often to look for mail, and looks at once.
    pub(crate) fn mta_started(&mut self, exchange: ExchangeId, mta: MtaId) {
        let instance = &mut self.exchanges[exchange].mtas[mta];
        instance.polling = instance.check_every;
        self.schedule(Duration::ZERO, Due::Poll(exchange, mta));
    }

    /// The instances have been running when the site opens: their next look is a polling interval
    /// away.
    pub(crate) fn first_poll(&mut self, exchange: ExchangeId) {
        for mta in 0..self.exchanges[exchange].mtas.len() {
            let polling = self.exchanges[exchange].mtas[mta].polling;
            self.schedule(polling, Due::Poll(exchange, mta));
        }
    }

    /// The instance stops: it looks no more. What is on its way arrives.
    pub(crate) fn mta_stopped(&mut self, exchange: ExchangeId, mta: MtaId) {
        self.forget(|due| *due == Due::Poll(exchange, mta));
    }

    /// One look for mail at every postoffice and in the connector's outbound mailbags.
    pub(crate) fn poll(&mut self, exchange: ExchangeId, mta: MtaId) {
        let by = (exchange, mta);
        for postoffice in self.exchanges[exchange].mtas[mta].serves.clone() {
            if !self.postoffices[postoffice].reachable {
                continue;
            }
            for (direction, mail) in self.leaving(by, postoffice) {
                self.depart(by, postoffice, direction, mail);
            }
            let outbound = &mut self.exchanges[exchange].connector.outbound;
            for mail in outbound.remove(&postoffice).unwrap_or_default() {
                self.depart(by, postoffice, Direction::Outward, mail);
            }
        }
        let polling = self.exchanges[exchange].mtas[mta].polling;
        self.schedule(polling, Due::Poll(exchange, mta));
    }

    /// Takes the mail out of a postoffice's P1 that this instance has a way for: to its own
    /// Exchange server, and to the postoffices it serves.
    fn leaving(
        &mut self,
        (exchange, mta): (ExchangeId, MtaId),
        postoffice: PostofficeId,
    ) -> Vec<(Direction, Arc<Mail>)> {
        let now = self.now();
        let own = &self.exchanges[exchange].address.postoffice;
        let serves = &self.exchanges[exchange].mtas[mta].serves;
        let names = &self.names;
        let way = |mail: &Mail| match names.get(&mail.to.postoffice) {
            Some(to) if serves.contains(to) => Some(Direction::Across(*to)),
            None if mail.to.postoffice == *own => Some(Direction::Inward),
            _ => None,
        };
        let taken = self.postoffices[postoffice].take_outgoing(now, |mail| way(mail).is_some());
        let ways = taken.into_iter();
        ways.filter_map(|mail| Some((way(&mail)?, mail))).collect()
    }

    fn depart(
        &mut self,
        by: (ExchangeId, MtaId),
        postoffice: PostofficeId,
        direction: Direction,
        mail: Arc<Mail>,
    ) {
        let transit = Transit {
            by,
            postoffice,
            direction,
            mail,
        };
        self.record(&transit, End::Departure);
        let number = self.put_in_transit(transit);
        self.schedule(TRANSIT, Due::Arrival(number));
    }

    /// A message reaches the other end of its transfer.
    pub(crate) fn arrive(&mut self, transit: Transit) {
        self.record(&transit, End::Arrival);
        let (exchange, _) = transit.by;
        match transit.direction {
            Direction::Inward => {
                let connector = &mut self.exchanges[exchange].connector;
                connector.inbound.push(transit.mail);
                self.schedule(TRANSIT, Due::Interchange(exchange));
            }
            Direction::Outward => self.deliver(transit.postoffice, transit.mail),
            Direction::Across(to) => self.deliver(to, transit.mail),
        }
    }

    fn record(&mut self, transit: &Transit, end: End) {
        let now = self.now();
        let (exchange, mta) = transit.by;
        let host = match (transit.direction, end) {
            (Direction::Across(to), End::Arrival) => to,
            _ => transit.postoffice,
        };
        let host = &self.postoffices[host].host;
        let server = &mut self.exchanges[exchange];
        let event = transit.direction.event(end);
        if !server.logs(event) {
            return;
        }
        let share = match (transit.direction, end) {
            (Direction::Inward, End::Departure)
            | (Direction::Outward, End::Arrival)
            | (Direction::Across(_), _) => {
                format!(r"\\{host}\MAILDATA")
            }
            (Direction::Inward, End::Arrival) | (Direction::Outward, End::Departure) => {
                format!(r"\\{}\MAILDAT$", server.host)
            }
        };
        let verb = match end {
            End::Departure => "sent from",
            End::Arrival => "received on",
        };
        let described = Described {
            summary: format!("Mail {verb} {share}"),
            fields: fields(now, &transit.mail),
            share,
        };
        let source = server.mtas[mta].name.clone();
        server.write_as(now, event, &source, described);
    }
}

/// The labelled lines of an event, as in Q133401.
fn fields(at: Moment, mail: &Mail) -> Vec<(&'static str, String)> {
    let (date, time) = event_stamp(at);
    vec![
        ("Date", date),
        ("Time", time),
        ("Message ID", format!("{:08X}", mail.id)),
        ("Size", mail.size().to_string()),
        ("FROM", mail.from.to_string()),
        ("TO", mail.to.to_string()),
    ]
}
