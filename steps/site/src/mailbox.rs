//! Mailboxes, streams of messages.
//!
//! | | |
//! | --- | --- |
//! | resource | the mailbox: `dxadmin` |
//! | item | `{id, time, from, to, subject, cut, body}`: a text that names the message, a moment, two addresses or display names, the subject as its header shows it, whether that was cut, the text |
//! | filter | any of `{from, to, subject, body}`; `subject` and `body` are patterns |
//! | `mark` | where the mailbox is now |
//! | `wait` | messages that match, as they arrived |
//! | `list` | messages that match and are there now |
//!
//! The case of addresses does not count, and an X.400 address is also the MS Mail address that its
//! `dda:MS` carries. Header subjects are cut at 40 characters (Q162841,
//! Q156844); `cut` says that one has that length, so that its last number may have lost digits. A
//! pattern for a body matches the whole text or any one line of it.

use runsheet_step::fact::Key;
use runsheet_step::pattern::Pattern;
use runsheet_step::request::Verb;
use runsheet_step::{Facility, Map, Name, Request, Stop, Value, World};

use crate::fold::same_name;
use crate::reply::value;
use crate::stream::Awaited;
use crate::text;

/// The name of the facility.
pub const NAME: &str = "mailbox";

/// Where the subject in a header is cut, in characters.
pub const SUBJECT_LIMIT: usize = 40;

/// The MS Mail address that an X.400 address carries in its domain-defined attribute `MS`: copies
/// of replies show the requestor's `$SYSTEM` by its X.400 address (Q147464).
fn ms_mail_part(address: &str) -> &str {
    let carried = address
        .split(';')
        .find_map(|part| part.trim().strip_prefix("dda:MS="));
    carried.unwrap_or(address)
}

/// Mailboxes as the engine needs to know them.
pub struct MailboxFacility;

impl Facility for MailboxFacility {
    fn name(&self) -> &str {
        NAME
    }

    fn matches(&self, filter: &Value, item: &Value) -> bool {
        let each = |(name, want): (&Name, &Value)| match (&**name, want, item.get(name)) {
            (_, Value::Null, _) => true,
            ("subject", Value::Text(want), _) => {
                Pattern::parse(want).is_ok_and(|pattern| subject(&pattern, item).is_some())
            }
            ("body", want, has) => text::matches_a_line(want, has),
            (_, Value::Text(want), Value::Text(has)) => {
                same_name(want, ms_mail_part(has)) || same_name(want, has)
            }
            (_, want, has) => want == has,
        };
        filter.as_map().is_none_or(|filter| filter.iter().all(each))
    }

    fn show(&self, value: &Value) -> String {
        match value.get("subject") {
            Value::Null => value.to_string(),
            subject => format!("`{subject}` from {}", value.get("from")),
        }
    }

    fn phrase(&self, request: &Request) -> String {
        let mailbox = &request.resource;
        match &request.verb {
            Verb::Wait(wait) if wait.count > 1 => {
                format!("{} × {} in {mailbox}", wait.count, told(&wait.filter))
            }
            Verb::Wait(wait) => format!("{} in {mailbox}", told(&wait.filter)),
            Verb::List(filter) => format!("list {} in {mailbox}", told(filter)),
            verb => format!("{} {mailbox}", verb.word()),
        }
    }
}

/// What the subject of a message holds for each capture, or nothing if it does not match.
#[must_use]
pub fn subject(pattern: &Pattern, item: &Value) -> Option<Map> {
    let text = item.get("subject").as_text()?;
    let cut = item.get("cut").as_bool().unwrap_or(false);
    pattern.captured(text, cut)
}

/// A filter in one line: ``message `ReqTx R={r:int}` from A to B``.
fn told(filter: &Value) -> String {
    let mut line = "message".to_owned();
    if !filter.get("subject").is_null() {
        line.push_str(&format!(" `{}`", filter.get("subject")));
    }
    for name in ["from", "to"] {
        if !filter.get(name).is_null() {
            line.push_str(&format!(" {name} {}", filter.get(name)));
        }
    }
    line
}

/// The question where a mailbox is now.
pub fn mark(host: Name, mailbox: &str) -> Request {
    key(host, mailbox).request(Verb::Mark)
}

fn key(host: Name, mailbox: &str) -> Key {
    Key {
        host,
        facility: NAME.into(),
        resource: mailbox.into(),
    }
}

/// A mailbox as a step sees it.
pub struct Mailbox<'w, 't> {
    world: &'w World<'t>,
    key: Key,
}

impl<'w, 't> Mailbox<'w, 't> {
    /// The mailbox of this name at this host.
    pub fn at(world: &'w World<'t>, host: Name, mailbox: &str) -> Mailbox<'w, 't> {
        Mailbox {
            world,
            key: key(host, mailbox),
        }
    }

    /// Waits for messages, and gives those that count, as they arrived.
    ///
    /// # Errors
    /// No answer yet, unknown, or the driver's fault.
    pub fn wait(&self, awaited: &Awaited) -> Result<&'t [Value], Stop> {
        value(self.world.ask(awaited.request(&self.key))?).map(Value::items)
    }
}

#[cfg(test)]
mod tests {
    use super::{MailboxFacility, told};
    use runsheet_step::{Facility, Value};

    fn message(subject: &str) -> Value {
        Value::map([
            ("from", Value::text("CONTOSO/SALES/$SYSTEM")),
            ("to", Value::text("dxadmin")),
            ("subject", Value::text(subject)),
            ("cut", (subject.chars().count() == 40).into()),
            ("body", Value::text("[DIRSYNC]\nTASK=IMPORTREQ\n")),
        ])
    }

    fn matched(filter: [(&str, &str); 2], subject: &str) -> bool {
        let filter = Value::map(filter.map(|(name, want)| (name, Value::text(want))));
        MailboxFacility.matches(&filter, &message(subject))
    }

    #[test]
    fn a_message_is_known_by_its_sender_and_its_subject() {
        let reqtx = "ReqTx R={r:int} (was {was:int})[, S={s:int}[, I={i:int}[, {n:int} sent]]]";
        let from = |from| [("from", from), ("subject", reqtx)];
        let subject = "ReqTx R=8 (was 5), S=40, I=1, 3 sent";
        assert!(matched(from("contoso/sales/$system"), subject));
        assert!(!matched(from("CONTOSO/PLANT/$SYSTEM"), subject));
        assert!(!matched(
            from("CONTOSO/SALES/$SYSTEM"),
            "Status report from CONTOSO/SALES"
        ));
        assert!(matched(
            from("CONTOSO/SALES/$SYSTEM"),
            "ReqTx R=10010 (was 10000), S=12345, I=12"
        ));
    }

    #[test]
    fn a_body_is_searched_line_by_line() {
        let filter = [("to", "DXADMIN"), ("body", "TASK={task:word}")];
        assert!(matched(filter, "anything"));
        assert!(!matched([("to", "DXADMIN"), ("body", "TASK=export")], "x"));
    }

    #[test]
    fn a_filter_is_told_in_one_line() {
        let filter = Value::map([("subject", Value::text("Status")), ("from", "A/B".into())]);
        assert_eq!(told(&filter), "message `Status` from A/B");
    }
}
