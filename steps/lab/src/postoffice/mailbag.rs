//! The mailbags of other postoffices: mail that EXTERNAL sorted at one postoffice and will deliver
//! to another.

use std::sync::Arc;
use std::time::Duration;

use runsheet_step::Moment;

use crate::mail::Mail;

/// Between two attempts at one message (Q119884).
const BETWEEN: Duration = Duration::from_secs(5 * 60);

/// How often a message is tried (Q119884).
const ATTEMPTS: u32 = 3;

/// A message that waits to be delivered.
#[derive(Debug, Clone, serde::Serialize, serde::Deserialize)]
pub struct Waiting {
    /// The message.
    pub mail: Arc<Mail>,
    /// How often it was tried in vain.
    pub attempts: u32,
    /// When it may be tried again.
    pub next: Moment,
}

impl Waiting {
    /// A message that was not tried yet.
    #[must_use]
    pub fn new(mail: Arc<Mail>, now: Moment) -> Self {
        Self {
            mail,
            attempts: 0,
            next: now,
        }
    }

    /// It was tried in vain; whether it may be tried again.
    pub(crate) fn try_later(&mut self, now: Moment) -> bool {
        self.attempts += 1;
        self.next = now.after(BETWEEN);
        self.attempts < ATTEMPTS
    }
}
