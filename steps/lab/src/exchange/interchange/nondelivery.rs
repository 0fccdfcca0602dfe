//! What becomes of a message that the connector cannot deliver: a report to whoever sent it.

use std::sync::Arc;

use runsheet_step::Moment;

use crate::exchange::Exchange;
use crate::exchange::events;
use crate::mail::{Content, Mail, NonDelivery};

/// Why a message was not delivered; reports print a number in brackets.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Reason {
    /// [001]: there is no mailbag (Q264331).
    NoMailbag,
    /// [002]: nobody has the address (Q127919).
    UnknownAddress,
    /// [004]: the way leads in a circle (Q162841).
    Circular,
    /// [005]: it was tried too often (Q119884, Q136004).
    Retries,
    /// [008]: the mailbag is full (Q163020).
    Contention,
}

impl Reason {
    /// The number, the words, and what is said of this message.
    fn said_of(self, mail: &Mail) -> String {
        let to = &mail.to;
        let (network, postoffice) = (to.postoffice.network(), to.postoffice.postoffice());
        match self {
            Self::NoMailbag => {
                format!("[001] Unable to deliver. Missing mailbag when sending to {to}")
            }
            Self::UnknownAddress => format!(
                "[002] Mail was received that was addressed to unknown addresses. Mail item was \
                 not delivered to: {to}"
            ),
            Self::Circular => format!(
                "[004] Message circular route detected. Message followed the following route: \
                 {network}/{postoffice} Attempted to send to the following addresses: {to}"
            ),
            Self::Retries => {
                format!("[005] Mail retry count exceeded sending to: {network:<10}/{postoffice}")
            }
            Self::Contention => format!(
                "[008] Failure delivering user mail due to mailbag contention. Mail item was not \
                 delivered to: {to}"
            ),
        }
    }

    /// The report on a message, to whoever sent it. Who it is from is inferred.
    pub(crate) fn report(self, now: Moment, by: &Exchange, mail: &Mail) -> Arc<Mail> {
        Arc::new(Mail {
            id: mail.id,
            from: by.address.postoffice.mailbox("POSTMASTER"),
            to: mail.from.clone(),
            written: now,
            content: Content::NonDelivery(NonDelivery {
                subject: mail.header_subject().into(),
                reason: self.said_of(mail).into(),
            }),
        })
    }
}

impl Exchange {
    /// Gives a message back: the event 2117, and a report to its
    /// sender: of mail for postoffices that is the Directory Synchronization service.
    pub(super) fn give_back(&mut self, now: Moment, mail: &Mail, reason: Reason) -> Arc<Mail> {
        let (from, subject) = (mail.from.to_string(), mail.header_subject());
        let why = reason.said_of(mail);
        self.tell(now, &events::NOT_DELIVERED, &[&from, &subject, &why]);
        reason.report(now, self, mail)
    }
}
