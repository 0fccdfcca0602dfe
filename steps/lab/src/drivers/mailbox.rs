//! The administrator's inbox.

use runsheet_site::mailbox::{self, MailboxFacility, SUBJECT_LIMIT, same_address};
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
            let wanted: Vec<Value> = filters.iter().map(|it| (*it).clone()).collect();
            let envelopes: Vec<_> = filters.iter().flat_map(|it| Envelope::by(it)).collect();
            let messages = server.inbox.after(from.saturating_sub(1)).iter();
            let worth = messages.filter(move |it| envelopes.iter().any(|wanted| wanted.may_be(it)));
            Box::new(worth.map(move |message| item(message, &wanted)))
        };
        Some(Ok(Stream {
            name: format!("{}/{}", server.host, server.admin_mailbox).into(),
            end: server.inbox.newest() + 1,
            items: Box::new(items),
        }))
    }
}

/// The addresses a filter wants: what is cheap to look at, before a message is read.
#[derive(Default)]
struct Envelope {
    from: Option<Name>,
    to: Option<Name>,
}

impl Envelope {
    /// One for each of the descriptions that a filter is made of.
    fn by(filter: &Value) -> Vec<Self> {
        match filter {
            Value::List(several) => several.iter().flat_map(Self::by).collect(),
            Value::Map(_) => vec![Self {
                from: filter.get("from").as_text().cloned(),
                to: filter.get("to").as_text().cloned(),
            }],
            _ => vec![Self::default()],
        }
    }

    fn may_be(&self, message: &Message) -> bool {
        let is =
            |wanted: &Option<Name>, has| wanted.as_ref().is_none_or(|it| same_address(it, has));
        is(&self.from, &message.from) && is(&self.to, &message.to)
    }
}

/// A message as a step sees it. What hangs on it is looked at only where a filter means it.
fn item(message: &Message, filters: &[Value]) -> Item {
    let cut = message.subject.chars().count() >= SUBJECT_LIMIT;
    let mut value = Value::map([
        ("id", message.number.to_string().into()),
        ("time", message.at.into()),
        ("from", message.from.as_str().into()),
        ("to", message.to.as_str().into()),
        ("subject", message.subject.as_str().into()),
        ("cut", cut.into()),
        ("body", message.mail.body().into()),
    ]);
    let meant = |filter: &&Value| MailboxFacility.matches(filter, &value);
    let meant: Vec<_> = filters.iter().filter(meant).collect();
    if !meant.is_empty() {
        let read = meant.into_iter().any(mailbox::reads_attachments);
        let mut fields = value.as_map().cloned().unwrap_or_default();
        fields.insert("attachments".into(), attachments(message, read));
        value = Value::Map(fields.into());
    }
    Item {
        position: message.number,
        value,
    }
}

fn attachments(message: &Message, read: bool) -> Value {
    let attachments = message.mail.attachments().into_iter();
    Value::list(attachments.map(|it| {
        let text = read.then(|| message.mail.attachment_text());
        Value::map([
            ("name", it.name.into()),
            ("size", i64::try_from(it.size).unwrap_or(i64::MAX).into()),
            ("text", text.into()),
        ])
    }))
}
