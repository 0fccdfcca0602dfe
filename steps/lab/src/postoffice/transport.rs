//! What becomes of a postoffice's dir-sync mail between P1 and the mailbag it is meant for.
//!
//! Most of it simply arrives. Some is lost, comes twice or comes late, as on any real line.

use std::sync::Arc;
use std::time::Duration;

use runsheet_step::Moment;

use super::{Postoffice, PostofficeId};
use crate::lab::{Due, Lab};
use crate::mail::{Content, Mail};

/// What the line does to mail.
#[derive(Debug, Clone, Default, serde::Serialize, serde::Deserialize)]
pub struct Transport {
    mishaps: Vec<Mishap>,
    /// On its way out, until then.
    outward: Vec<(Moment, Arc<Mail>)>,
    /// On its way in, until then.
    inward: Vec<(Moment, Arc<Mail>)>,
}

/// Something that happens to one message.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct Mishap {
    /// To messages of which sort; of any, where there is none.
    pub which: Option<Sort>,
    /// To the how manieth of them from now on, counted from 1.
    pub nth: u32,
    /// What happens.
    pub fate: Fate,
}

/// What a message is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub enum Sort {
    /// A requestor's status report.
    Status,
    /// A requestor's updates.
    Request,
    /// A requestor's wish for every list.
    Import,
    /// The server's reply.
    Reply,
    /// A report of non-delivery.
    Report,
}

/// What happens to a message.
#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub enum Fate {
    /// It never arrives.
    Lost,
    /// It arrives, and arrives again.
    Twice,
    /// It arrives so much later.
    Late(Duration),
}

impl Sort {
    /// Every sort, with its name in site files.
    pub const NAMES: [(&'static str, Self); 5] = [
        ("status", Self::Status),
        ("request", Self::Request),
        ("import", Self::Import),
        ("reply", Self::Reply),
        ("report", Self::Report),
    ];

    fn of(content: &Content) -> Self {
        match content {
            Content::Status(_) => Self::Status,
            Content::Request(_) => Self::Request,
            Content::ImportRequest(_) | Content::Command(_) => Self::Import,
            Content::Reply(_) => Self::Reply,
            Content::NonDelivery(_) => Self::Report,
        }
    }
}

impl Transport {
    /// Something will happen to a message.
    pub fn expect(&mut self, mishap: Mishap) {
        self.mishaps.push(mishap);
    }

    /// It will not happen any more, if it has not yet.
    pub fn spare(&mut self, which: Option<Sort>, fate: Fate) {
        self.mishaps
            .retain(|it| (it.which, it.fate) != (which, fate));
    }

    /// What happens to this message; every message is asked for once.
    fn fate(&mut self, mail: &Mail) -> Option<Fate> {
        let sort = Sort::of(&mail.content);
        let mut fate = None;
        for mishap in &mut self.mishaps {
            if mishap.which.is_none_or(|it| it == sort) {
                mishap.nth = mishap.nth.saturating_sub(1);
                fate = fate.or((mishap.nth == 0).then_some(mishap.fate));
            }
        }
        self.mishaps.retain(|it| it.nth > 0);
        fate
    }
}

/// Takes out what is due by now.
fn due(held: &mut Vec<(Moment, Arc<Mail>)>, now: Moment) -> impl Iterator<Item = Arc<Mail>> {
    let due = held.extract_if(.., move |(at, _)| *at <= now);
    due.map(|(_, mail)| mail)
}

impl Postoffice {
    /// Whether mail lies in P1, or has left it and not come anywhere.
    pub(crate) fn sends(&self) -> bool {
        !self.outgoing.is_empty() || !self.transport.outward.is_empty()
    }

    /// Takes the mail out of P1 that is to leave now, as far as it is wanted, and gives what of it, and of what left
    /// before, gets to the other end.
    pub(crate) fn take_outgoing(
        &mut self,
        now: Moment,
        wanted: impl Fn(&Mail) -> bool,
    ) -> Vec<Arc<Mail>> {
        let late = self.late;
        let leaves = |mail: &mut Arc<Mail>| mail.written.after(late) <= now && wanted(mail);
        let leaving: Vec<_> = self.outgoing.extract_if(.., leaves).collect();
        let comes = |(at, mail): &mut (Moment, Arc<Mail>)| *at <= now && wanted(mail);
        let late = self.transport.outward.extract_if(.., comes);
        let mut arriving: Vec<_> = late.map(|(_, mail)| mail).collect();
        for mail in leaving {
            match self.transport.fate(&mail) {
                None => arriving.push(mail),
                Some(Fate::Lost) => {}
                Some(Fate::Twice) => arriving.extend([mail.clone(), mail]),
                Some(Fate::Late(by)) => self.transport.outward.push((now.after(by), mail)),
            }
        }
        arriving
    }
}

impl Lab {
    /// A message comes to a postoffice, and lies in SYSTEM.MBG unless something happens to it.
    pub(crate) fn deliver(&mut self, id: PostofficeId, mail: Arc<Mail>) {
        let now = self.now();
        let postoffice = &mut self.postoffices[id];
        match postoffice.transport.fate(&mail) {
            None => postoffice.put_in_mailbag(mail),
            Some(Fate::Lost) => {}
            Some(Fate::Twice) => {
                postoffice.put_in_mailbag(mail.clone());
                postoffice.put_in_mailbag(mail);
            }
            Some(Fate::Late(by)) => {
                postoffice.transport.inward.push((now.after(by), mail));
                self.schedule(by, Due::Delivery(id));
            }
        }
    }

    /// What was late comes now.
    pub(crate) fn deliver_late(&mut self, id: PostofficeId) {
        let now = self.now();
        let postoffice = &mut self.postoffices[id];
        let late: Vec<_> = due(&mut postoffice.transport.inward, now).collect();
        for mail in late {
            postoffice.put_in_mailbag(mail);
        }
    }
}
