//! A message on its way from one end of a transfer to the other, and the events of both.

use std::sync::Arc;
use std::time::Duration;

use runsheet_formats::stamp::event_stamp;
use runsheet_step::Moment;

use super::MtaId;
use crate::exchange::ExchangeId;
use crate::exchange::events::{self, Described, Event};
use crate::lab::{Due, Lab};
use crate::mail::Mail;
use crate::postoffice::PostofficeId;

/// From one end of a transfer to the other, and through the Interchange.
const TRANSIT: Duration = Duration::from_secs(1);

/// The mailbox of dir-sync mail.
const SYSTEM: &str = "$SYSTEM";

/// A message on its way through the MTA.
#[derive(Debug, Clone, serde::Serialize, serde::Deserialize)]
pub(crate) struct Transit {
    pub(super) by: (ExchangeId, MtaId),
    pub(super) postoffice: PostofficeId,
    pub(super) direction: Direction,
    pub(super) mail: Arc<Mail>,
}

impl Transit {
    /// The instance that carries it.
    pub(crate) fn mta(&self) -> (ExchangeId, MtaId) {
        self.by
    }

    /// The postoffices it comes from or goes to.
    pub(crate) fn postoffices(&self) -> impl Iterator<Item = PostofficeId> {
        let across = match self.direction {
            Direction::Across(to) => Some(to),
            Direction::Inward | Direction::Outward => None,
        };
        across.into_iter().chain([self.postoffice])
    }
}

#[derive(Debug, Clone, Copy, serde::Serialize, serde::Deserialize)]
pub(super) enum Direction {
    /// From a postoffice to the connector.
    Inward,
    /// From the connector to a postoffice.
    Outward,
    /// From a postoffice to another one; nothing enters Exchange (Q133401).
    Across(PostofficeId),
}

/// The two ends of a transfer, as events name them.
#[derive(Debug, Clone, Copy)]
pub(super) enum End {
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
    pub(super) fn depart(
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
        self.log_at_connector(&transit, Direction::Outward);
        let number = self.put_in_transit(transit);
        self.schedule(TRANSIT, Due::Arrival(number));
    }

    /// A message reaches the other end of its transfer.
    pub(crate) fn arrive(&mut self, transit: Transit) {
        self.record(&transit, End::Arrival);
        let (exchange, _) = transit.by;
        self.log_at_connector(&transit, Direction::Inward);
        if self.connector_loses(&transit) {
            return;
        }
        match transit.direction {
            Direction::Inward => {
                let connector = &mut self.exchanges[exchange].connector;
                connector.inbound.push(transit.mail);
                self.schedule(TRANSIT, Due::Interchange(exchange));
            }
            Direction::Outward => self.deliver(transit.postoffice, transit.mail),
            // Mail between users is nobody's business here.
            Direction::Across(_) if &*transit.mail.to.mailbox != SYSTEM => {}
            Direction::Across(to) => self.deliver(to, transit.mail),
        }
    }

    /// The connector's SENT.LOG and RECV.LOG, of mail that leaves or reaches it (Q151215).
    fn log_at_connector(&mut self, transit: &Transit, when: Direction) {
        let line = transit.mail.transfer_line(self.now());
        let connector = &mut self.exchanges[transit.by.0].connector;
        match (transit.direction, when) {
            (Direction::Outward, Direction::Outward) => connector.sent.push_str(&line),
            (Direction::Inward, Direction::Inward) => connector.received.push_str(&line),
            _ => {}
        }
    }

    pub(super) fn record(&mut self, transit: &Transit, end: End) {
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
