//! One pass of EXTERNAL: what lies in the mailbags is delivered, then P1 is sorted into them; so a
//! message needs two passes (Q96060, Q134382).
//!
//! Mail for a drive that cannot be reached waits, and nobody is told (Q118619). A postoffice that
//! is reached and cannot take a message is tried three times, about five minutes apart; then the
//! message is returned with `[005]` (Q119884, Q113165).

use std::sync::Arc;

use runsheet_formats::address::PostofficeName;
use runsheet_formats::log::session::Line;
use runsheet_formats::stamp::Stamp;
use runsheet_step::Moment;

use super::journal;
use crate::exchange::connector::MAILBAG_LIMIT;
use crate::lab::Lab;
use crate::mail::{Content, Mail, NonDelivery};
use crate::postoffice::mailbag::Waiting;
use crate::postoffice::{Postoffice, PostofficeId};
use crate::tools::terminal::Terminal;

/// What a run of EXTERNAL is told to do.
#[derive(Debug, Clone, Default)]
pub(super) struct Carriage {
    /// Its drives, and the postoffices on them.
    pub(super) drives: Vec<(char, PostofficeId)>,
    /// Whether SENT.LOG is written.
    pub(super) sent: bool,
    /// Whether RECV.LOG is written.
    pub(super) received: bool,
    /// Whether SESSION.LOG is written.
    pub(super) session: bool,
    /// Whether the screen tells what is done.
    pub(super) talks: bool,
}

/// How a drive is (Q131680).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Status {
    Ok,
    Error,
    Full,
    Failed,
    NoRef,
}

impl Status {
    fn word(self) -> &'static str {
        match self {
            Self::Ok => "OK",
            Self::Error => "ERROR",
            Self::Full => "FULL",
            Self::Failed => "FAILED",
            Self::NoRef => "NO-REF",
        }
    }

    fn of(postoffice: &Postoffice) -> Self {
        let usable = |path: &str| postoffice.conditions.write(path).is_ok();
        if !postoffice.reachable {
            Self::Failed
        } else if !usable("XTN") || !usable(r"GLB\NETWORK.GLB") {
            Self::NoRef
        } else if postoffice.system.len() >= MAILBAG_LIMIT {
            Self::Full
        } else if takes_mail(postoffice) {
            Self::Ok
        } else {
            Self::Error
        }
    }
}

/// What mail from outside is put into; its envelope is one of P1 (Q266442, Q152903).
const TAKING: [&str; 5] = [r"MBG\INQUEUE3.MBG", r"KEY\INQUEUE3.KEY", "MAI", "ATT", "P1"];

fn takes_mail(postoffice: &Postoffice) -> bool {
    let conditions = &postoffice.conditions;
    let usable = TAKING.iter().all(|path| conditions.write(path).is_ok());
    usable && !postoffice.disk_full
}

impl Carriage {
    /// One pass, told at a terminal.
    pub(super) fn pass(&self, lab: &mut Lab, terminal: &mut Terminal<'_>) {
        let now = lab.now();
        let mut told = Vec::new();
        self.carry(lab, &mut |line| told.push(line));
        let (_, home) = self.drives[0];
        for line in told {
            let Ok(read) = Line::parse(&line) else {
                continue;
            };
            let stamp: Stamp = lab.postoffices[home].logs.clock.stamp(now);
            let line = Line::new(stamp, read.text).to_string();
            if self.talks {
                terminal.say(&line);
            }
            if self.session {
                let line = format!("{line}\n");
                lab.postoffices[home].append(journal::SESSION, &line);
            }
        }
        if self.talks {
            for (letter, id) in &self.drives {
                let postoffice = &lab.postoffices[*id];
                let status = Status::of(postoffice).word();
                terminal.say(&format!("{letter}: {} {status}", postoffice.name));
            }
        }
    }

    /// One pass; `tell` is given what SESSION.LOG says.
    pub(super) fn carry(&self, lab: &mut Lab, tell: &mut dyn FnMut(String)) {
        for (letter, id) in &self.drives {
            if lab.postoffices[*id].reachable {
                self.deliver_from(lab, (*letter, *id), tell);
            }
        }
        for (letter, id) in &self.drives {
            if lab.postoffices[*id].reachable {
                let name = lab.postoffices[*id].name.clone();
                tell(format!("{letter}: {name}: Checking for dispatch mail..."));
                if !sort(lab, *id) {
                    tell("No mail.".to_owned());
                }
            }
        }
    }

    /// Delivers the mail that was sorted at a postoffice.
    fn deliver_from(
        &self,
        lab: &mut Lab,
        from: (char, PostofficeId),
        tell: &mut dyn FnMut(String),
    ) {
        let (_, id) = from;
        for (name, mailbag) in std::mem::take(&mut lab.postoffices[id].mailbags) {
            let left = match lab.named(&name) {
                Some(to) => self.deliver_to(lab, from, to, mailbag, tell),
                None => {
                    for waiting in mailbag {
                        let words = "Mail was received that was addressed to unknown addresses.";
                        give_back(lab, id, &waiting.mail, &format!("[002] {words}"));
                    }
                    Vec::new()
                }
            };
            if !left.is_empty() {
                lab.postoffices[id].mailbags.insert(name, left);
            }
        }
    }

    /// Delivers a mailbag, and gives back what has to wait.
    fn deliver_to(
        &self,
        lab: &mut Lab,
        (letter, id): (char, PostofficeId),
        to: PostofficeId,
        mailbag: Vec<Waiting>,
        tell: &mut dyn FnMut(String),
    ) -> Vec<Waiting> {
        let now = lab.now();
        let on_a_drive = self.drives.iter().any(|(_, it)| *it == to);
        if !on_a_drive || !lab.postoffices[to].reachable {
            return mailbag;
        }
        tell(format!(
            "Delivering new mail to {}.",
            lab.postoffices[to].name
        ));
        let mut left = Vec::new();
        for mut waiting in mailbag {
            let mail = waiting.mail.clone();
            if waiting.next > now {
                left.push(waiting);
            } else if lab.postoffices[to].system.len() >= MAILBAG_LIMIT {
                let words = "Failure delivering user mail due to mailbag contention.";
                give_back(lab, id, &mail, &format!("[008] {words}"));
            } else if takes_mail(&lab.postoffices[to]) {
                let file = journal::body(letter, &mail);
                tell(format!("Transferring mail: mail file is: {file}."));
                self.hand_over(lab, id, to, mail, now);
            } else if waiting.try_later(now) {
                left.push(waiting);
            } else {
                give_back(lab, id, &mail, &too_often(&mail.to.postoffice));
            }
        }
        left
    }

    fn hand_over(
        &self,
        lab: &mut Lab,
        from: PostofficeId,
        to: PostofficeId,
        mail: Arc<Mail>,
        now: Moment,
    ) {
        let line = mail.transfer_line(now);
        if self.sent {
            lab.postoffices[from].append(journal::SENT, &line);
        }
        if self.received {
            lab.postoffices[to].append(journal::RECV, &line);
        }
        lab.deliver(to, mail);
    }
}

/// Sorts a postoffice's P1 into the mailbags of other postoffices; its mail to itself is delivered.
/// Mail for Exchange is left to the connector's MTA. Without its files of routes it knows no way,
/// and without P1 there is nothing to sort. Whether there was any mail.
fn sort(lab: &mut Lab, id: PostofficeId) -> bool {
    let now = lab.now();
    if matches!(Status::of(&lab.postoffices[id]), Status::NoRef) {
        return false;
    }
    if lab.postoffices[id].conditions.write("P1").is_err() {
        return false;
    }
    let exchanges = lab.exchanges.iter();
    let sites: Vec<PostofficeName> = exchanges.map(|it| it.address.postoffice.clone()).collect();
    let wanted = |mail: &Mail| !sites.contains(&mail.to.postoffice);
    let mail = lab.postoffices[id].take_outgoing(now, wanted);
    let any = !mail.is_empty();
    for mail in mail {
        let to = mail.to.postoffice.clone();
        if to == lab.postoffices[id].name {
            lab.deliver(id, mail);
        } else {
            let mailbags = &mut lab.postoffices[id].mailbags;
            mailbags
                .entry(to)
                .or_default()
                .push(Waiting::new(mail, now));
        }
    }
    any
}

fn too_often(to: &PostofficeName) -> String {
    let (network, postoffice) = (to.network(), to.postoffice());
    format!("[005] Mail retry count exceeded sending to: {network:<10}/{postoffice}")
}

/// A message goes back to whoever sent it, and SYSTEM.LOG tells why.
fn give_back(lab: &mut Lab, id: PostofficeId, mail: &Mail, reason: &str) {
    let now = lab.now();
    let postoffice = &mut lab.postoffices[id];
    journal::returned(postoffice, now, mail, reason);
    let report = Mail {
        id: mail.id,
        from: postoffice.name.mailbox("POSTMASTER"),
        to: mail.from.clone(),
        written: now,
        content: Content::NonDelivery(NonDelivery {
            subject: mail.header_subject().into(),
            reason: reason.into(),
        }),
    };
    lab.deliver(id, Arc::new(report));
}
