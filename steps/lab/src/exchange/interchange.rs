//! The Microsoft Mail Connector Interchange: between the connector postoffice and Exchange.
//!
//! Whether a message passed it, its own events tell: 2444 and 2113 on the way to Exchange, 2448 on
//! the way to MS Mail (Q169117, Q175447). What it cannot deliver it gives back, with 2117 (Q162841).

mod nondelivery;

use std::sync::Arc;

use runsheet_step::Moment;

use super::connector::{Connector, Refusal};
use super::events::{self, Described, Event};
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
            server.write(now, &events::NO_DIRECTORY, NO_DIRECTORY);
        } else {
            server.write(now, &events::SESSION, SESSION);
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
            server.pass_to_mailbag(now, postoffice, mail);
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
            let server = &mut self.exchanges[exchange];
            server.tell_of(now, &events::PROCESSED, &mail, "processed from INQUEUE");
            server.tell_of(now, &events::DELIVERED, &mail, "delivered to Exchange");
            self.dx_receive(exchange, mail);
        }
    }
}

/// The mailbag of mail for Exchange.
const INQUEUE: &str = r"MBG\INQUEUE3.MBG";

const SESSION: &str = "MS Mail Connector Interchange has established a session with the MTA.";

const NO_DIRECTORY: &str = "MS Mail Connector Interchange has failed to establish a session with \
    the Directory services. The return code is 0x105.";

impl Exchange {
    /// A message of Exchange goes into the mailbag of its postoffice, or back.
    fn pass_to_mailbag(&mut self, now: Moment, postoffice: PostofficeId, mail: Arc<Mail>) {
        let Err(refusal) = self.connector.put(postoffice, mail.clone()) else {
            self.tell_of(now, &events::CREATED, &mail, "created in MS Mail");
            return;
        };
        let reason = match refusal {
            Refusal::Full => {
                let number = Connector::mailbag_number(postoffice);
                let text = format!(
                    "Disk error encountered while inserting data into {number:08}.MBG from {:08X}.",
                    mail.id
                );
                self.write(now, &events::DISK, text);
                Reason::Contention
            }
            Refusal::NoMailbag => {
                let to = &mail.to.postoffice;
                let text = format!("No mailbag found for {to} on the connector postoffice.");
                self.write(now, &events::NO_MAILBAG, text);
                let text = format!("Invalid recipient {}.", mail.to);
                self.write(now, &events::INVALID_RECIPIENT, text);
                Reason::Unable
            }
            Refusal::Circular => Reason::Circular,
        };
        self.give_back(now, &mail, reason);
    }

    /// Writes what happened to a message, and whose it is.
    fn tell_of(&mut self, now: Moment, event: &Event, mail: &Mail, what: &str) {
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
