//! Mail that the instance cannot carry: to a postoffice out of reach, into a P1 that is held or
//! missing.

use std::collections::BTreeSet;
use std::sync::Arc;

use super::MtaId;
use super::transfer::{Direction, End, Transit};
use crate::exchange::ExchangeId;
use crate::exchange::events;
use crate::exchange::interchange::nondelivery::Reason;
use crate::lab::{Due, Lab};
use crate::mail::Mail;
use crate::postoffice::PostofficeId;
use crate::postoffice::condition::Condition;

/// How often a message is tried.
const ATTEMPTS: u32 = 3;

impl Lab {
    /// A postoffice cannot be reached, and retry limits are enforced: what waits for it is given back
    /// to whoever sent it after three looks, with [005] (Q277831). That each look counts is
    /// inferred. Without limits it goes on waiting, and nobody is told.
    pub(super) fn try_in_vain(&mut self, by: (ExchangeId, MtaId), postoffice: PostofficeId) {
        let (now, (exchange, mta)) = (self.now(), by);
        let server = &mut self.exchanges[exchange];
        let attempts = &mut server.mtas[mta].attempts;
        let Some(mailbag) = server.connector.outbound.get_mut(&postoffice) else {
            return;
        };
        let is_over = |mail: &mut Arc<Mail>| {
            let tried = attempts.entry((postoffice, mail.id)).or_default();
            *tried += 1;
            *tried >= ATTEMPTS
        };
        let over: Vec<_> = mailbag.extract_if(.., is_over).collect();
        if over.is_empty() {
            return;
        }
        for mail in over {
            server.mtas[mta].attempts.remove(&(postoffice, mail.id));
            let report = Reason::Retries.report(now, server, &mail);
            server.connector.inbound.push(report);
        }
        self.schedule(super::SOON, Due::Interchange(exchange));
    }

    /// The postoffices out of reach that a postoffice has mail for.
    pub(super) fn out_of_reach(&self, from: PostofficeId) -> BTreeSet<PostofficeId> {
        let wanted = self.postoffices[from].outgoing.iter();
        let wanted = wanted.filter_map(|mail| self.names.get(&mail.to.postoffice));
        let far = wanted.filter(|id| !self.postoffices[**id].reachable);
        far.copied().collect()
    }

    /// The same of mail from one postoffice to another, which goes back to the mailbag of the sender
    /// (inferred).
    pub(super) fn give_back_across(
        &mut self,
        (exchange, mta): (ExchangeId, MtaId),
        from: PostofficeId,
    ) {
        let now = self.now();
        let far = self.out_of_reach(from);
        let names = &self.names;
        let server = &mut self.exchanges[exchange];
        let attempts = &mut server.mtas[mta].attempts;
        let is_over = |mail: &mut Arc<Mail>| {
            let to = names.get(&mail.to.postoffice);
            if !to.is_some_and(|it| far.contains(it)) {
                return false;
            }
            let tried = attempts.entry((from, mail.id)).or_default();
            *tried += 1;
            *tried >= ATTEMPTS
        };
        let outgoing = &mut self.postoffices[from].outgoing;
        let over: Vec<_> = outgoing.extract_if(.., is_over).collect();
        for mail in over {
            self.exchanges[exchange].mtas[mta]
                .attempts
                .remove(&(from, mail.id));
            let report = Reason::Retries.report(now, &self.exchanges[exchange], &mail);
            self.deliver(from, report);
        }
    }

    /// Whether the P1 of a postoffice keeps mail from being carried there or away. Where it is
    /// held, each message is told of and tried again (Q152903). Where it is missing, each is told
    /// of as if it had arrived, with 4536, and is stuck until the instance is started again
    /// (Q266442).
    pub(super) fn is_blocked(&mut self, by: (ExchangeId, MtaId), postoffice: PostofficeId) -> bool {
        match self.postoffices[postoffice].conditions.write("P1") {
            Ok(()) => false,
            Err(Condition::Missing) => {
                for mail in self.waiting(by, postoffice, usize::MAX) {
                    self.lose(by, postoffice, mail.1);
                }
                true
            }
            Err(_) => {
                self.tell_of_held(by, postoffice);
                true
            }
        }
    }

    fn tell_of_held(&mut self, (exchange, mta): (ExchangeId, MtaId), postoffice: PostofficeId) {
        let now = self.now();
        let host = self.postoffices[postoffice].host.to_string();
        let server = &mut self.exchanges[exchange];
        let instance = server.mtas[mta].name.clone();
        let waiting = server.connector.outbound.get(&postoffice);
        for mail in waiting.cloned().unwrap_or_default() {
            let arguments = [host.as_str(), "MAILDATA", &mail.number()];
            server.tell_as(now, &events::HELD, &instance, &arguments);
        }
    }

    fn lose(&mut self, by: (ExchangeId, MtaId), postoffice: PostofficeId, mail: Arc<Mail>) {
        let (now, (exchange, mta)) = (self.now(), by);
        let transit = Transit {
            by,
            postoffice,
            direction: Direction::Outward,
            mail,
        };
        self.record(&transit, End::Departure);
        self.record(&transit, End::Arrival);
        let host = self.postoffices[postoffice].host.to_string();
        let server = &mut self.exchanges[exchange];
        let instance = &mut server.mtas[mta];
        instance.given_up.insert((postoffice, transit.mail.id));
        let name = instance.name.clone();
        server.tell_as(now, &events::NO_ROUTE, &name, &[&host]);
        let mailbag = server.connector.outbound.entry(postoffice).or_default();
        mailbag.push(transit.mail);
    }

    /// Whether a message that came to the connector is not there, for the connector's P1 is missing.
    pub(super) fn connector_loses(&mut self, transit: &Transit) -> bool {
        let (now, (exchange, mta)) = (self.now(), transit.by);
        let server = &mut self.exchanges[exchange];
        let is_there = server.connector.conditions.write("P1").is_ok();
        if is_there || !matches!(transit.direction, Direction::Inward) {
            return false;
        }
        let (name, host) = (server.mtas[mta].name.clone(), server.host.to_string());
        server.tell_as(now, &events::NO_ROUTE, &name, &[&host]);
        server.mtas[mta].lost.push(transit.mail.clone());
        true
    }
}
