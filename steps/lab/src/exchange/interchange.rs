//! The Microsoft Mail Connector Interchange: between the connector postoffice and Exchange.
//!
//! Whether a message passed it, its own events tell: 2444 and 2113 on the way to Exchange, 2448 on
//! the way to MS Mail (Q169117, Q175447).

use std::sync::Arc;

use super::events::{self, Described, Event};
use super::{Exchange, ExchangeId, services};
use crate::lab::Lab;
use crate::mail::Mail;

impl Lab {
    /// The Interchange begins to run: it calls the Message Transfer Agent, and looks at once.
    pub(crate) fn interchange_started(&mut self, exchange: ExchangeId) {
        let now = self.now();
        let server = &mut self.exchanges[exchange];
        server.write(
            now,
            &events::SESSION,
            "A session with the MTA has been established.",
        );
        self.interchange(exchange);
    }

    /// The Interchange carries mail between the connector postoffice and Exchange, both ways.
    pub(crate) fn interchange(&mut self, exchange: ExchangeId) {
        let now = self.now();
        let server = &mut self.exchanges[exchange];
        if !server.services.runs(services::INTERCHANGE) {
            return;
        }
        for (postoffice, mail) in std::mem::take(&mut server.dx.outgoing) {
            server.tell_of(now, &events::CREATED, &mail, "created in MS Mail");
            let mailbag = server.connector.outbound.entry(postoffice).or_default();
            mailbag.push(mail);
        }
        for mail in std::mem::take(&mut server.connector.inbound) {
            let server = &mut self.exchanges[exchange];
            server.tell_of(now, &events::PROCESSED, &mail, "processed from INQUEUE");
            server.tell_of(now, &events::DELIVERED, &mail, "delivered to Exchange");
            self.dx_receive(exchange, mail);
        }
    }
}

impl Exchange {
    /// Writes what happened to a message, and whose it is.
    fn tell_of(&mut self, now: runsheet_step::Moment, event: &Event, mail: &Mail, what: &str) {
        if !self.logs(event) {
            return;
        }
        let described = Described {
            summary: format!("Message ID <{:08X}> {what}", mail.id),
            fields: vec![("From", mail.from.to_string()), ("To", mail.to.to_string())],
            share: String::new(),
        };
        self.write_as(now, event, &Arc::from(""), described);
    }
}
