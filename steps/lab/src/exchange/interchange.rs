//! The Microsoft Mail Connector Interchange: between the connector postoffice and Exchange.
//!
//! What it refuses and what it logs of its own is not simulated yet.

use super::{ExchangeId, services};
use crate::lab::Lab;

impl Lab {
    /// The Interchange carries mail between the connector postoffice and Exchange, both ways.
    pub(crate) fn interchange(&mut self, exchange: ExchangeId) {
        let server = &mut self.exchanges[exchange];
        if !server.services.runs(services::INTERCHANGE) {
            return;
        }
        for (postoffice, mail) in std::mem::take(&mut server.dx.outgoing) {
            let mailbag = server.connector.outbound.entry(postoffice).or_default();
            mailbag.push(mail);
        }
        for mail in std::mem::take(&mut server.connector.inbound) {
            self.dx_receive(exchange, mail);
        }
    }
}
