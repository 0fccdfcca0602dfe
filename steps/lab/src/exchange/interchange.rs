//! The Microsoft Mail Connector Interchange: between the connector postoffice and Exchange.
//!
//! Whether a message passed it, its own events tell: 2444 and 2113 on the way to Exchange, 2448 on
//! the way to MS Mail (Q169117, Q175447). What it cannot deliver it gives back, with 2117 (Q162841).

pub(super) mod nondelivery;

use std::sync::Arc;

use runsheet_step::Moment;

use super::connector::{Connector, Refusal};
use super::events::{self, Event};
use super::{Exchange, ExchangeId, services};
use crate::lab::Lab;
use crate::mail::Mail;
use crate::postoffice::PostofficeId;
use nondelivery::Reason;

/// What keeps the Interchange from its work though its service runs.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct Interchange {
    /// It runs under the account SYSTEM, which the directory does not let in (Q164177).
    pub wrong_account: bool,
    /// Its directories ATT and MAI hold too many files; it hangs, and says nothing (Q256187).
    pub choked: bool,
}

impl Lab {
    /// The Interchange begins to run: it calls the directory and the Message Transfer Agent, and
    /// looks at once.
    pub(crate) fn interchange_started(&mut self, exchange: ExchangeId) {
        let now = self.now();
        let server = &mut self.exchanges[exchange];
        if server.interchange.wrong_account {
            server.tell(now, &events::NO_DIRECTORY, &["0x105"]);
        } else {
            server.tell(now, &events::SESSION, &[]);
        }
        self.interchange(exchange);
    }

    /// The Interchange carries mail between the connector postoffice and Exchange, both ways.
    pub(crate) fn interchange(&mut self, exchange: ExchangeId) {
        let now = self.now();
        let server = &mut self.exchanges[exchange];
        let hindered = server.interchange != Interchange::default();
        if hindered || !server.services.runs(services::INTERCHANGE) {
            return;
        }
        for (postoffice, mail) in std::mem::take(&mut server.dx.outgoing) {
            if let Some(report) = server.pass_to_mailbag(now, postoffice, mail) {
                server.connector.returned.push(report);
            }
        }
        for report in std::mem::take(&mut server.connector.returned) {
            self.dx_receive(exchange, report);
        }
        self.pass_to_exchange(exchange);
    }

    /// Without INQUEUE3 nothing gets to Exchange.
    fn pass_to_exchange(&mut self, exchange: ExchangeId) {
        let now = self.now();
        let server = &mut self.exchanges[exchange];
        if server.connector.conditions.write(INQUEUE).is_err() {
            return;
        }
        for mail in std::mem::take(&mut server.connector.inbound) {
            let sender = self.named(&mail.from.postoffice);
            let server = &mut self.exchanges[exchange];
            server.tell_of(now, &events::PROCESSED, &mail);
            if mail.to != server.address {
                server.return_to(now, sender, &mail);
                continue;
            }
            server.tell(now, &events::DELIVERED, &[&mail.number()]);
            self.dx_receive(exchange, mail);
        }
    }
}

/// The mailbag of mail for Exchange.
const INQUEUE: &str = r"MBG\INQUEUE3.MBG";

impl Exchange {
    /// A message of Exchange goes into the mailbag of its postoffice, or a report comes back.
    fn pass_to_mailbag(
        &mut self,
        now: Moment,
        postoffice: PostofficeId,
        mail: Arc<Mail>,
    ) -> Option<Arc<Mail>> {
        let Err(refusal) = self.connector.put(postoffice, mail.clone()) else {
            self.tell_of(now, &events::CREATED, &mail);
            return None;
        };
        let number = mail.number();
        let own = self.address.postoffice.to_string();
        let reason = match refusal {
            Refusal::Full => {
                let mailbag = format!("{:08X}", Connector::mailbag_number(postoffice));
                self.tell(now, &events::DISK, &[&mailbag, &number]);
                Reason::Contention
            }
            Refusal::NoMailbag => {
                self.tell(
                    now,
                    &events::NO_MAILBAG,
                    &[&mail.to.to_string(), &own, &number],
                );
                self.tell(now, &events::INVALID_RECIPIENT, &[&own, &number]);
                Reason::NoMailbag
            }
            Refusal::Circular => Reason::Circular,
        };
        Some(self.give_back(now, &mail, reason))
    }

    /// A message for an address that Exchange does not have, such as the one that the service had in
    /// its other role (Q150828), goes back to the postoffice it came from; a report that is not
    /// taken there is lost. That it goes back at all is inferred.
    fn return_to(&mut self, now: Moment, sender: Option<PostofficeId>, mail: &Mail) {
        let report = self.give_back(now, mail, Reason::UnknownAddress);
        if let Some(sender) = sender {
            self.pass_to_mailbag(now, sender, report);
        }
    }

    /// Writes what happened to a message, and whose it is.
    fn tell_of(&mut self, now: Moment, event: &Event, mail: &Mail) {
        let (from, to) = (mail.from.to_string(), mail.to.to_string());
        self.tell(now, event, &[&mail.number(), &from, &to]);
    }
}
