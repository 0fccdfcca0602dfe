//! The connector postoffice `Connect\Msmcon\Maildata`, shared as `MAILDAT$` (Q149451).
//!
//! Its mail lies between the MTA instances and the Interchange. It has no PROCESS.GLB, for nothing
//! is scheduled there.

use std::collections::BTreeMap;
use std::sync::Arc;

use crate::mail::Mail;
use crate::postoffice::PostofficeId;
use crate::postoffice::condition::Conditions;

/// How many messages a mailbag holds (Q163020).
pub const MAILBAG_LIMIT: usize = 4096;

/// The connector postoffice.
#[derive(Debug, Clone, Default, serde::Serialize, serde::Deserialize)]
pub struct Connector {
    /// Mail from postoffices, for the Interchange to hand to Exchange: INQUEUE3.
    pub inbound: Vec<Arc<Mail>>,
    /// Mail for postoffices, for the MTA to carry away.
    pub outbound: BTreeMap<PostofficeId, Vec<Arc<Mail>>>,
    /// Reports of non-delivery on their way to whoever in Exchange sent what they are of.
    pub returned: Vec<Arc<Mail>>,
    /// The mailbags that something is special about.
    pub mailbags: BTreeMap<PostofficeId, Mailbag>,
    /// The files that something is wrong with.
    pub conditions: Conditions,
    /// SENT.LOG: what the instances of the MTA have carried away (Q151215).
    pub sent: String,
    /// RECV.LOG: what they have brought (Q151215).
    pub received: String,
}

/// What is special about the mailbag for a postoffice.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct Mailbag {
    /// How many messages of others lie in it and go nowhere.
    pub others: usize,
    /// It is not there (Q169117).
    pub missing: bool,
    /// The postoffice's name is taken for the connector's own, so mail for it would go round in
    /// circles (Q162841).
    pub circular: bool,
}

/// Why the connector does not take a message for a postoffice.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Refusal {
    /// The mailbag holds as many messages as it can.
    Full,
    /// There is no mailbag.
    NoMailbag,
    /// The way leads back to where the message is.
    Circular,
}

impl Connector {
    /// The number of a postoffice's mailbag; the first ones are the connector's own, which is
    /// inferred from the 00000004.MBG of Q163020.
    #[must_use]
    pub fn mailbag_number(postoffice: PostofficeId) -> usize {
        postoffice + 4
    }

    /// Puts a message into a postoffice's mailbag.
    ///
    /// # Errors
    /// Why it is not taken.
    pub fn put(&mut self, postoffice: PostofficeId, mail: Arc<Mail>) -> Result<(), Refusal> {
        let special = self.mailbags.get(&postoffice).copied();
        let special = special.unwrap_or_default();
        if special.circular {
            return Err(Refusal::Circular);
        }
        if special.missing {
            return Err(Refusal::NoMailbag);
        }
        let mailbag = self.outbound.entry(postoffice).or_default();
        if special.others + mailbag.len() >= MAILBAG_LIMIT {
            return Err(Refusal::Full);
        }
        mailbag.push(mail);
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::clock::START;
    use crate::mail::Content;
    use runsheet_formats::address::Address;

    #[test]
    fn a_mailbag_takes_no_more_than_4096_messages() {
        let address = Address::parse("NORTH/SALES/$SYSTEM").unwrap();
        let mail = Arc::new(Mail {
            id: 1,
            from: address.clone(),
            to: address,
            written: START,
            content: Content::Status("".into()),
        });
        let mut connector = Connector::default();
        connector.mailbags.insert(
            0,
            Mailbag {
                others: MAILBAG_LIMIT - 1,
                ..Mailbag::default()
            },
        );
        assert_eq!(connector.put(0, mail.clone()), Ok(()));
        assert_eq!(connector.put(0, mail.clone()), Err(Refusal::Full));
        assert_eq!(connector.put(1, mail), Ok(()));
    }
}
