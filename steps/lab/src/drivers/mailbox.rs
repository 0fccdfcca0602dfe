//! The administrator's inbox.

use runsheet_site::mailbox::{self, MailboxFacility, SUBJECT_LIMIT};
use runsheet_step::{Answer, Facility, Fault, Name, Request, Value};

use super::stream::{Found, Item, Stream};
use super::{Served, fault, no_such_host, unknown_verb};
use crate::exchange::inbox::Message;
use crate::lab::Lab;

pub(super) struct Mailbox;

impl Served for Mailbox {
    const NAME: &'static str = mailbox::NAME;

    fn facility(&self) -> &dyn Facility {
        &MailboxFacility
    }

    fn get(&self, _: &Lab, request: &Request) -> Answer {
        unknown_verb(request)
    }

    fn stream<'l>(&self, lab: &'l Lab, request: &Request) -> Option<Result<Stream<'l>, Fault>> {
        let Some(server) = lab.exchange(&request.host) else {
            return Some(Err(no_such_host(request, "an Exchange server")));
        };
        if !request.resource.eq_ignore_ascii_case(&server.admin_mailbox) {
            let message = format!("{} has no mailbox {}", request.host, request.resource);
            return Some(Err(fault("no-such-mailbox", message)));
        }
        let items = |from: u64, filters: &[&Value]| -> Found<'l> {
            let senders: Vec<_> = filters.iter().map(|it| sender(it)).collect();
            let messages = server.inbox.after(from.saturating_sub(1)).iter();
            let worth = messages.filter(move |message| {
                let is = |sender: &Name| sender.trim().eq_ignore_ascii_case(&message.from);
                senders.iter().any(|it| it.as_ref().is_none_or(is))
            });
            Box::new(worth.map(item))
        };
        Some(Ok(Stream {
            name: format!("{}/{}", server.host, server.admin_mailbox).into(),
            end: server.inbox.newest() + 1,
            items: Box::new(items),
        }))
    }
}

/// The sender a filter wants: what is cheap to look at, before a message is read.
fn sender(filter: &Value) -> Option<Name> {
    filter.get("from").as_text().cloned()
}

fn item(message: &Message) -> Item {
    let cut = message.subject.chars().count() >= SUBJECT_LIMIT;
    let value = Value::map([
        ("id", message.number.to_string().into()),
        ("time", message.at.into()),
        ("from", message.from.as_str().into()),
        ("to", message.to.as_str().into()),
        ("subject", message.subject.as_str().into()),
        ("cut", cut.into()),
        ("body", message.mail.body().into()),
    ]);
    Item {
        position: message.number,
        value,
    }
}
