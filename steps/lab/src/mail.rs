//! One piece of dir-sync mail, from its envelope to the text a reader sees (Q96060, Q118298).

use std::fmt::Write;
use std::sync::Arc;

use crate::reply::{ImportRequest, Reply, Request};
use crate::server::terms::Terms;
use runsheet_formats::address::Address;
use runsheet_formats::stamp::event_stamp;
use runsheet_formats::subject;
use runsheet_step::Moment;

mod attachment;

pub use attachment::Attachment;

/// A message between a postoffice's `$SYSTEM` and the dir-sync server's.
#[derive(Debug, Clone, serde::Serialize, serde::Deserialize)]
pub struct Mail {
    /// The name of its files under MAI and P1: eight hexadecimal digits there.
    pub id: u32,
    /// Who sent it.
    pub from: Address,
    /// Who is to have it.
    pub to: Address,
    /// When it was written.
    pub written: Moment,
    /// What it carries.
    pub content: Content,
}

/// What a piece of dir-sync mail carries.
#[derive(Debug, Clone, serde::Serialize, serde::Deserialize)]
pub enum Content {
    /// The requestor's DSSERVER.LOG of the cycle before (Q133428).
    Status(Arc<str>),
    /// A requestor's updates.
    Request(Request),
    /// A wish for every list, sent the moment it is asked for in ADMIN (Q142841).
    ImportRequest(ImportRequest),
    /// A command whose TASK no server knows.
    Command(Arc<str>),
    /// The server's reply.
    Reply(Reply),
    /// A message that was not delivered, back to whoever sent it.
    NonDelivery(NonDelivery),
}

/// What a report of non-delivery says.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct NonDelivery {
    /// The subject of what was not delivered, as its header has it.
    pub subject: Arc<str>,
    /// Why: a number in brackets, and words (Q162841, Q163020).
    pub reason: Arc<str>,
}

impl Mail {
    /// The whole subject.
    #[must_use]
    pub fn subject(&self) -> String {
        match &self.content {
            Content::Status(_) => subject::status(&self.from.postoffice),
            Content::ImportRequest(_) | Content::Command(_) => {
                subject::import_request(&self.from.postoffice)
            }
            Content::Request(it) => subject::request(it.r, it.was, it.s, it.i, it.updates.len()),
            Content::Reply(it) => subject::reply(it.r, it.s, it.was, it.i, it.updates.sent()),
            // The words before the subject are inferred.
            Content::NonDelivery(it) => format!("Undeliverable: {}", it.subject),
        }
    }

    /// The name of its files: eight hexadecimal digits.
    #[must_use]
    pub fn number(&self) -> String {
        format!("{:08X}", self.id)
    }

    /// Its line in SENT.LOG or RECV.LOG: when, size, from, to, and its file (Q151215).
    #[must_use]
    pub(crate) fn transfer_line(&self, at: Moment) -> String {
        let (date, time) = event_stamp(at);
        let (size, from, to) = (self.size(), &self.from, &self.to);
        format!("{date} {time} {size} {from} {to} * {}\n", self.number())
    }

    /// What the message's header keeps of the subject.
    #[must_use]
    pub fn header_subject(&self) -> String {
        subject::cut(&self.subject()).to_owned()
    }

    /// The text of the message itself. A status report has none of its own (inferred); its log is
    /// an attachment (Q133428).
    #[must_use]
    pub fn body(&self) -> String {
        match &self.content {
            Content::Status(_) => String::new(),
            Content::ImportRequest(it) => command(&self.from, "IMPORTREQ", &it.terms, None),
            Content::Command(task) => command(&self.from, task, &Terms::default(), None),
            Content::Request(request) => request_body(&self.from, request),
            Content::Reply(reply) => reply_body(reply),
            Content::NonDelivery(it) => format!("{}\n\n{}\n", it.subject, it.reason),
        }
    }

    /// The size printed in events and logs: header and text.
    #[must_use]
    pub fn size(&self) -> u64 {
        const HEADER: u64 = 116;
        let records = match &self.content {
            Content::Status(log) => log.len() as u64,
            Content::ImportRequest(_) | Content::Command(_) => 0,
            Content::Request(it) => it.updates.iter().map(|it| it.transaction.size()).sum(),
            Content::Reply(it) => it.updates.sent() as u64 * 64,
            Content::NonDelivery(it) => (it.subject.len() + it.reason.len()) as u64,
        };
        HEADER + records
    }
}

/// The `[DIRSYNC]` block of a requestor's message, as in Q118298.
fn command(from: &Address, task: &str, terms: &Terms, srvseq: Option<u32>) -> String {
    let (name, types) = (&from.postoffice, &terms.types);
    let template = if terms.templates { "YES" } else { "NO" };
    let mut body =
        format!("[DIRSYNC]\nTASK={task}\nNAME=PCM:{name}\nTYPES={types}\nTEMPLATE={template}\n");
    if let Some(number) = srvseq {
        let _ = writeln!(body, "SRVSEQ={number:010}");
    }
    body
}

fn request_body(from: &Address, request: &Request) -> String {
    let mut body = command(from, "EXPORT", &request.terms, Some(request.s));
    if request.updates.is_empty() {
        return body;
    }
    body.push_str("TRANSACTIONS=INATTACHMENT\n");
    body
}

/// The text of a reply. What DX says when there is nothing to tell is in Q201122; that a postoffice
/// then only names its number is inferred.
fn reply_body(reply: &Reply) -> String {
    let nothing = reply.updates.sent() == 0;
    if nothing && reply.by_exchange {
        return "No updates to send. Nothing was requested.\n".to_owned();
    }
    let attached = if nothing {
        ""
    } else {
        "TRANSACTIONS=INATTACHMENT\n"
    };
    format!("[DIRSYNC]\nSRVSEQ={:010}\n{attached}", reply.s)
}
