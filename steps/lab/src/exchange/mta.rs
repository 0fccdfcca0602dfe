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
use super::event_log::Entry;
use super::settings::Logging;
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
    /// How often it looks for mail, as read when it was started.
    pub polling: Duration,
    /// The postoffices it serves.
    pub serves: Vec<PostofficeId>,
}

/// A message on its way through the MTA.
#[derive(Debug, Clone, serde::Serialize, serde::Deserialize)]
pub(crate) struct Transit {
    exchange: ExchangeId,
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
}

/// The two ends of a transfer, as events name them.
#[derive(Debug, Clone, Copy)]
enum End {
    Departure,
    Arrival,
}

impl Direction {
    fn category(self, end: End) -> &'static str {
        match (self, end) {
            (Self::Inward, End::Departure) => "Moved Out",
            (Self::Inward, End::Arrival) => "Received",
            (Self::Outward, End::Departure) => "Sent",
            (Self::Outward, End::Arrival) => "Moved In",
        }
    }
}

impl Lab {
    /// The instance begins to run: it reads how often to look for mail, and looks at once.
    pub(crate) fn mta_started(&mut self, exchange: ExchangeId) {
        let server = &mut self.exchanges[exchange];
        server.mta.polling = server.settings.check_every;
        self.schedule(Duration::ZERO, Due::Poll(exchange));
    }

    /// The instance has been running when the site opens: its next look is a polling interval away.
    pub(crate) fn first_poll(&mut self, exchange: ExchangeId) {
        let polling = self.exchanges[exchange].mta.polling;
        self.schedule(polling, Due::Poll(exchange));
    }

    /// The instance stops: it looks no more. What is on its way arrives.
    pub(crate) fn mta_stopped(&mut self, exchange: ExchangeId) {
        self.forget(|due| *due == Due::Poll(exchange));
    }

    /// One look for mail at every postoffice and in the connector's outbound mailbags.
    pub(crate) fn poll(&mut self, exchange: ExchangeId) {
        for postoffice in self.exchanges[exchange].mta.serves.clone() {
            if !self.postoffices[postoffice].reachable {
                continue;
            }
            let now = self.now();
            for mail in self.postoffices[postoffice].take_outgoing(now) {
                self.depart(exchange, postoffice, Direction::Inward, mail);
            }
            let outbound = &mut self.exchanges[exchange].connector.outbound;
            for mail in outbound.remove(&postoffice).unwrap_or_default() {
                self.depart(exchange, postoffice, Direction::Outward, mail);
            }
        }
        let polling = self.exchanges[exchange].mta.polling;
        self.schedule(polling, Due::Poll(exchange));
    }

    fn depart(
        &mut self,
        exchange: ExchangeId,
        postoffice: PostofficeId,
        direction: Direction,
        mail: Arc<Mail>,
    ) {
        let transit = Transit {
            exchange,
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
        match transit.direction {
            Direction::Inward => {
                let connector = &mut self.exchanges[transit.exchange].connector;
                connector.inbound.push(transit.mail);
                self.schedule(TRANSIT, Due::Interchange(transit.exchange));
            }
            Direction::Outward => self.deliver(transit.postoffice, transit.mail),
        }
    }

    fn record(&mut self, transit: &Transit, end: End) {
        let now = self.now();
        let host = self.postoffices[transit.postoffice].host.clone();
        let server = &mut self.exchanges[transit.exchange];
        if server.settings.logging < Logging::Maximum {
            return;
        }
        let remote = format!(r"\\{host}\MAILDATA");
        let local = format!(r"\\{}\MAILDAT$", server.host);
        let share = match (transit.direction, end) {
            (Direction::Inward, End::Departure) | (Direction::Outward, End::Arrival) => remote,
            (Direction::Inward, End::Arrival) | (Direction::Outward, End::Departure) => local,
        };
        let (id, verb) = match end {
            End::Departure => (4395, "sent from"),
            End::Arrival => (4355, "received on"),
        };
        let entry = Entry {
            source: server.mta.name.clone(),
            category: transit.direction.category(end),
            id,
            fields: fields(now, &transit.mail),
            summary: format!("Mail {verb} {share}"),
            share,
        };
        server.log.write(now, entry);
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
