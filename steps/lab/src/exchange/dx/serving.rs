//! The service as the dir-sync server: T2.

use std::sync::Arc;

use super::super::{Exchange, ExchangeId, Profile};
use super::cycle::Outcome;
use super::revision::Finding;
use crate::directory::List;
use crate::exchange::events;
use crate::lab::Lab;
use crate::mail::{Content, Mail};
use crate::postoffice::PostofficeId;
use crate::server::note::What;
use runsheet_formats::address::PostofficeName;
use runsheet_step::Moment;

/// Where a Remote Dir-Sync Requestor is.
#[derive(Debug, Clone, serde::Serialize, serde::Deserialize)]
pub struct Remote {
    /// The postoffice it stands for.
    pub postoffice: PostofficeId,
    /// The X.400 address of its `$SYSTEM`, to which messages to it are shown to go.
    pub x400: Arc<str>,
    /// How its `$SYSTEM` stands in the directory.
    pub recipient: Recipient,
    /// Its object names another address, so no copies are made of its mail; dir-sync itself works
    /// (Q191015).
    pub wrong_address: bool,
    /// Its entries came into the directory by way of this other requestor; the service then ignores
    /// its deletions and changes (Q155727).
    pub imported_by: Option<PostofficeName>,
}

/// The hidden custom recipient of a requestor's `$SYSTEM`.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub enum Recipient {
    /// It is there, once.
    #[default]
    Known,
    /// It is not there, or not replicated to this server yet (Q147084).
    Unknown,
    /// It is there twice, one left by a requestor that was deleted (Q163625).
    Twice,
}

impl Remote {
    /// A requestor that is known by its address.
    #[must_use]
    pub fn at(postoffice: PostofficeId, x400: Arc<str>) -> Self {
        Self {
            postoffice,
            x400,
            recipient: Recipient::Known,
            wrong_address: false,
            imported_by: None,
        }
    }
}

impl Lab {
    /// What a requestor sent is kept for the next cycle. What comes from an unknown address is
    /// discarded, with 136 (Q147084); from one that is there twice, without a word but at Maximum
    /// logging (Q163625).
    pub(super) fn hear_requestor(&mut self, exchange: ExchangeId, mail: Arc<Mail>) {
        let now = self.now();
        let server = &mut self.exchanges[exchange];
        if matches!(mail.content, Content::NonDelivery(_)) {
            server.copy_report(now, mail);
            return;
        }
        let remote = server.dx.remotes.get(&mail.from.postoffice);
        let recipient = remote.map_or(Recipient::Unknown, |it| it.recipient);
        match recipient {
            Recipient::Unknown => {
                let stranger = format!("X400:/ddat=ms /ddav=\"{}\"", mail.from);
                server.tell(now, &events::UNKNOWN_REQUESTOR, &[&stranger]);
                return;
            }
            Recipient::Twice => {
                let text = format!("More than one recipient has the address {}.", mail.from);
                server.write(now, &events::TWO_RECIPIENTS, text);
                return;
            }
            Recipient::Known => {}
        }
        let copied = remote.is_some_and(|it| !it.wrong_address);
        if copied && server.settings.forward_incoming && server.copies_reach_the_administrator() {
            server.inbox.copy_incoming(now, mail.clone());
        }
        server.dx.heard.push(mail);
    }

    /// T2 for every requestor that was heard from. Exchange 4.0 stops at a malformed X.400 address
    /// (Q156729).
    pub(super) fn answer_requestors(&mut self, exchange: ExchangeId) {
        let now = self.now();
        let server = &mut self.exchanges[exchange];
        if server.profile == Profile::Exchange40 && server.dx.choke_on_malformed() {
            self.dx_crashes(exchange);
            return;
        }
        let own = server.address.postoffice.clone();
        let visible = server.visible_recipients();
        let exports = &mut server.settings.export_next;
        let users = (&visible, &server.recipients);
        let outcome = server.dx.cycle(now, &own, users, exports);
        server.note(now, &outcome);
        for (name, reply) in outcome.replies {
            server.dx.changed.remove(&name);
            let Some(remote) = server.dx.remotes.get(&name).cloned() else {
                continue;
            };
            let mail = server.mail_to(now, name.system(), Content::Reply(reply));
            let copied = server.settings.copy_outgoing && !remote.wrong_address;
            if copied && server.copies_reach_the_administrator() {
                server.inbox.copy_outgoing(now, mail.clone(), &remote.x400);
            }
            server.dx.outgoing.push((remote.postoffice, mail));
        }
    }
}

impl Exchange {
    /// Its users without those hidden from the address book.
    pub(super) fn visible_recipients(&self) -> List {
        let shown = self.recipients.iter();
        let shown = shown.filter(|(mailbox, _)| !self.hidden.contains(*mailbox));
        shown
            .map(|(mailbox, name)| (mailbox.clone(), name.clone()))
            .collect()
    }

    /// Whether an administrator is chosen, and the one whose inbox this is.
    fn copies_reach_the_administrator(&self) -> bool {
        let chosen = self.settings.administrator.as_ref();
        chosen.is_some_and(|it| it.eq_ignore_ascii_case(&self.admin_mailbox))
    }

    /// A report on its own mail tells the service nothing. That it is forwarded like other incoming
    /// messages is inferred.
    fn copy_report(&mut self, now: Moment, mail: Arc<Mail>) {
        if self.settings.forward_incoming && self.copies_reach_the_administrator() {
            self.inbox.copy_incoming(now, mail);
        }
    }

    /// What the Application log says of what a cycle met. An import made again is told of by the
    /// service itself (Q175588); the rest has no event of its own.
    fn note(&mut self, now: Moment, outcome: &Outcome) {
        for note in &outcome.notes {
            if note.what == What::MadeGood {
                let name = note.requestor.to_string();
                self.tell(now, &events::LOST_OR_DELAYED, &[&name]);
                self.tell(now, &events::IMPORT_REPLY, &[&name]);
            }
        }
        for finding in &outcome.findings {
            match finding {
                Finding::Malformed(record) => {
                    self.tell(now, &events::BAD_ADDRESS, &[record.trim()]);
                }
                Finding::Searched(record) => {
                    let text = format!("The directory was searched again for {record}.");
                    self.write(now, &events::SEARCHED, text);
                }
            }
        }
    }
}
