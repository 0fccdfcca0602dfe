//! The service as a requestor of a postoffice: T1, and replies applied as they come (Q148309).
//!
//! It has no T3 and no REQTRANS.GLB; its numbers stand in attributes of its object (Q152231). What
//! REQCONF and REQTRANS are to a postoffice's requestor is taken to hold for it as well.

use std::sync::Arc;

use runsheet_formats::address::Address;
use runsheet_formats::import_file::kind::KINDS;
use runsheet_formats::transaction::Transaction;
use runsheet_step::Moment;

use super::super::{Exchange, ExchangeId, Profile, events};
use crate::directory::Directory;
use crate::directory::merge::Rules;
use crate::lab::Lab;
use crate::mail::{Content, Mail};
use crate::postoffice::request_queue::RequestQueue;
use crate::postoffice::{Numbers, PostofficeId};
use crate::reply::{Reply, Request};
use crate::server::terms::Terms;

/// What the service knows as a requestor.
#[derive(Debug, Clone, serde::Serialize, serde::Deserialize)]
pub struct Requesting {
    /// The `$SYSTEM` of the dir-sync server.
    pub server: Address,
    /// The postoffice that is the server.
    pub postoffice: PostofficeId,
    /// What the server has acknowledged, what of it was applied, and the imports done (Q152231).
    pub numbers: Numbers,
    /// What is to be sent, or not yet acknowledged.
    pub queue: RequestQueue,
    /// The names of the postoffices, as applied.
    pub lists: Arc<Directory>,
    /// "Export on Next Cycle": ticked by itself when the requestor is new.
    pub export_next: bool,
    /// "Receive updates".
    pub receive: bool,
    /// "Send updates".
    pub send: bool,
    /// The attribute `DXA-Local-Admin`: who is to get copies, by the name of the mailbox's object
    /// (Q149905).
    pub local_admin: String,
    /// That attribute as it was when the service started.
    copies_to: String,
    /// The program sends nothing at all, as that of 5.5 SP3 whose schema lacks an attribute
    /// (Q248828).
    pub mute: bool,
}

impl Requesting {
    /// A new requestor of a server.
    #[must_use]
    pub fn of(server: Address, postoffice: PostofficeId) -> Self {
        Self {
            server,
            postoffice,
            numbers: Numbers::default(),
            queue: RequestQueue::default(),
            lists: Arc::default(),
            export_next: true,
            receive: true,
            send: true,
            local_admin: String::new(),
            copies_to: String::new(),
            mute: false,
        }
    }

    /// Everything above the acknowledged number, as T1 sends it.
    fn request(&self) -> Request {
        let updates = self.queue.pending(self.numbers.req_sync);
        Request {
            r: self.queue.last().unwrap_or(self.numbers.req_sync),
            was: self.numbers.req_sync,
            s: self.numbers.srv_sync,
            i: self.numbers.imp_sync,
            readable: updates.len(),
            updates,
            terms: everything(),
        }
    }

    fn acknowledge(&mut self, reply: &Reply) {
        let newest = self.queue.last().unwrap_or(0);
        if (self.numbers.req_sync..=newest).contains(&reply.r) {
            self.numbers.req_sync = reply.r;
            self.queue.acknowledge(reply.r);
        }
        self.numbers.srv_sync = reply.s;
        self.numbers.imp_sync = reply.i;
    }
}

/// It asks for addresses of every type, and for templates; inferred.
fn everything() -> Terms {
    let types: Vec<&str> = KINDS.iter().map(|kind| kind.name).collect();
    Terms {
        types: types.join("|").into(),
        templates: true,
        ..Terms::default()
    }
}

fn is_update(mail: &Mail) -> bool {
    matches!(&mail.content, Content::Reply(it) if it.updates.sent() > 0)
}

impl Lab {
    /// The service reads the attributes of its requestor object.
    pub(super) fn requestor_started(&mut self, exchange: ExchangeId) {
        if let Some(requesting) = &mut self.exchanges[exchange].dx.requesting {
            requesting.copies_to = requesting.local_admin.clone();
        }
    }

    /// T1: what changed is sent, also when nothing has, for the server is to hear what to reply to.
    pub(super) fn send_request(&mut self, exchange: ExchangeId) {
        let now = self.now();
        let server = &mut self.exchanges[exchange];
        server.queue_changes();
        let Some(requesting) = &server.dx.requesting else {
            return;
        };
        if requesting.mute {
            return;
        }
        let (to, postoffice) = (requesting.server.clone(), requesting.postoffice);
        let request = requesting.request();
        server.dx.changed.remove(&to.postoffice);
        let mail = server.mail_to(now, to.clone(), Content::Request(request));
        if server.copies_reach_the_local_administrator() {
            let x400 = to.to_string();
            server.inbox.copy_outgoing(now, mail.clone(), &x400);
        }
        server.dx.outgoing.push((postoffice, mail));
    }

    /// A reply is applied at once; there is no T3 (Q148309). One of an earlier import is silently
    /// discarded (Q99961).
    pub(super) fn apply_reply(&mut self, exchange: ExchangeId, mail: Arc<Mail>) {
        let now = self.now();
        let server = &mut self.exchanges[exchange];
        if server.copies_reach_the_local_administrator() {
            server.inbox.copy_incoming(now, mail.clone());
        }
        if server.dx.trouble.bad_template && is_update(&mail) {
            let text = "The template information of the reply has invalid prompts.";
            server.write(now, &events::BAD_TEMPLATE, text);
            return self.dx_crashes(exchange);
        }
        let profile = server.profile;
        let Some(requesting) = &mut server.dx.requesting else {
            return;
        };
        let Content::Reply(reply) = &mail.content else {
            return;
        };
        if !reply.is_next_after(requesting.numbers) {
            return;
        }
        // Exchange 4.0 that does not want updates makes nothing of a reply, so that its numbers
        // never advance (Q156714).
        if !requesting.receive && profile == Profile::Exchange40 {
            return;
        }
        requesting.acknowledge(reply);
        if requesting.receive {
            let rules = Rules::everything();
            let before = &requesting.lists;
            let outcome = self.imports.import(before, &reply.updates, &rules);
            requesting.lists = outcome.lists;
        }
    }
}

impl Exchange {
    /// Puts changes among Exchange's own users into the queue; all of them after a tick in "Export
    /// on Next Cycle".
    fn queue_changes(&mut self) {
        let own = self.address.postoffice.clone();
        let now = self.visible_recipients();
        let Some(requesting) = &mut self.dx.requesting else {
            return;
        };
        if !requesting.send {
            return;
        }
        if std::mem::take(&mut requesting.export_next) {
            requesting.queue.append(Transaction::Replace(own.clone()));
            for (mailbox, name) in &now {
                let all = Transaction::Add(own.mailbox(mailbox), name.clone());
                requesting.queue.append(all);
            }
        } else {
            let hidden = |mailbox: &Arc<str>| self.recipients.contains_key(mailbox);
            for change in super::cycle::changes(&own, &self.dx.exported, &now, hidden) {
                requesting.queue.append(change);
            }
        }
        self.dx.exported = Arc::new(now);
    }

    /// Whether the attribute that the service read names the administrator whose inbox this is:
    /// by the name of the mailbox's object, `/o=.../cn=Recipients/cn=NAME`.
    fn copies_reach_the_local_administrator(&self) -> bool {
        let requesting = self.dx.requesting.as_ref();
        let chosen = requesting.map_or("", |it| it.copies_to.as_str());
        let name = chosen.rsplit('=').next().unwrap_or_default();
        !name.is_empty() && name.eq_ignore_ascii_case(&self.admin_mailbox)
    }

    /// Writes a message of the service.
    pub(super) fn mail_to(&mut self, now: Moment, to: Address, content: Content) -> Arc<Mail> {
        self.dx.mails += 1;
        Arc::new(Mail {
            id: self.dx.mails,
            from: self.address.clone(),
            to,
            written: now,
            content,
        })
    }
}
