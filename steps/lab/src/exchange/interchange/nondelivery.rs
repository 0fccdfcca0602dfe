//! What becomes of a message that the connector cannot deliver.

use runsheet_step::Moment;

use crate::exchange::Exchange;
use crate::exchange::events;
use crate::mail::Mail;

/// Why a message was not delivered: the number a report prints in brackets, and its words.
#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub(crate) enum Reason {
    /// [001]: there is no mailbag (Q264331).
    Unable,
    /// [004]: the way leads in a circle (Q162841).
    Circular,
    /// [008]: the mailbag is full (Q163020).
    Contention,
}

impl Reason {
    /// The number and the words. Those of 008 are documented (Q163020), the others inferred.
    #[must_use]
    pub(crate) fn text(self) -> &'static str {
        match self {
            Self::Unable => "[001] Unable to deliver mail.",
            Self::Circular => "[004] Circular route in delivering mail.",
            Self::Contention => "[008] Failure delivering user mail due to mailbag contention.",
        }
    }
}

impl Exchange {
    /// Reports that a message was not delivered.
    pub(crate) fn give_back(&mut self, now: Moment, mail: &Mail, reason: Reason) {
        let text = format!(
            "Non delivery report generated.\nFrom: {}\nSubject: {}\n{}\nRoute: {}\nAttempted: {}",
            mail.from,
            mail.header_subject(),
            reason.text(),
            mail.to.postoffice,
            mail.to,
        );
        self.write(now, &events::NOT_DELIVERED, text);
    }
}
