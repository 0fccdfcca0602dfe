//! The inbox of the administrator who is sent copies of dir-sync mail.

use std::sync::Arc;

use runsheet_step::Moment;

use crate::mail::Mail;

/// One message in the inbox.
#[derive(Debug, Clone, serde::Serialize, serde::Deserialize)]
pub struct Message {
    /// Its number, counted from 1 without a gap.
    pub number: u64,
    /// When it came.
    pub at: Moment,
    /// Who it is from: a requestor's `$SYSTEM`, or `Microsoft Exchange DX`.
    pub from: String,
    /// Who it was meant for.
    pub to: String,
    /// The subject as the header keeps it, cut at 40 characters (Q156844).
    pub subject: String,
    /// The mail this is a copy of.
    pub mail: Arc<Mail>,
}

/// Messages in the order they came.
#[derive(Debug, Clone, Default, serde::Serialize, serde::Deserialize)]
pub struct Inbox {
    messages: Vec<Message>,
}

impl Inbox {
    /// Every message.
    #[must_use]
    pub fn messages(&self) -> &[Message] {
        &self.messages
    }

    /// The messages numbered above `number`.
    #[must_use]
    pub fn after(&self, number: u64) -> &[Message] {
        let index = usize::try_from(number).unwrap_or(usize::MAX);
        &self.messages[index.min(self.messages.len())..]
    }

    /// The number of the newest message; 0 for an empty inbox.
    #[must_use]
    pub fn newest(&self) -> u64 {
        self.messages.len() as u64
    }

    /// Takes a copy of a requestor's message to the dir-sync server.
    pub(crate) fn copy_incoming(&mut self, at: Moment, mail: Arc<Mail>) {
        let (from, to) = (mail.from.to_string(), mail.to.to_string());
        self.put(at, from, to, mail);
    }

    /// Takes a copy of the dir-sync server's message to a requestor, shown with the requestor's
    /// X.400 address (Q147464).
    pub(crate) fn copy_outgoing(&mut self, at: Moment, mail: Arc<Mail>, x400: &str) {
        self.put(
            at,
            "Microsoft Exchange DX".to_owned(),
            x400.to_owned(),
            mail,
        );
    }

    fn put(&mut self, at: Moment, from: String, to: String, mail: Arc<Mail>) {
        self.messages.push(Message {
            number: self.newest() + 1,
            at,
            from,
            to,
            subject: mail.header_subject(),
            mail,
        });
    }
}
