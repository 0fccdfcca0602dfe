//! The facility `mailbox`.
//!
#![doc = include_str!("pages/mailbox.md")]

use runsheet_step::fact::Key;
use runsheet_step::pattern::Pattern;
use runsheet_step::request::Verb;
use runsheet_step::{Facility, Map, Name, Request, Stop, Value, World};

use crate::fold::same_name;
use crate::lines::patterns;
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

/// Whether a message's address is the one wanted.
#[must_use]
pub fn same_address(wanted: &str, has: &str) -> bool {
    same_name(wanted, ms_mail_part(has)) || same_name(wanted, has)
}

/// Whether a filter asks for the texts of attachments.
#[must_use]
pub fn reads_attachments(filter: &Value) -> bool {
    filter.get("attachments").as_bool() == Some(true)
}

/// Mailboxes as the engine needs to know them.
pub struct MailboxFacility;

impl Facility for MailboxFacility {
    fn name(&self) -> &str {
        NAME
    }

    fn page(&self) -> &str {
        include_str!("pages/mailbox.md")
    }

    fn matches(&self, filter: &Value, item: &Value) -> bool {
        match filter {
            Value::List(filters) => filters.iter().any(|filter| self.matches(filter, item)),
            Value::Map(fields) => fields.iter().all(|(name, want)| is(name, want, item)),
            _ => true,
        }
    }

    fn hears_others(&self) -> bool {
        true
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

fn is(name: &str, want: &Value, item: &Value) -> bool {
    match (name, want, item.get(name)) {
        (_, Value::Null, _) | ("by" | "attachments", ..) => true,
        ("subject", Value::Text(want), _) => {
            Pattern::parse(want).is_ok_and(|pattern| subject(&pattern, item).is_some())
        }
        ("body", want, has) => patterns(want)
            .iter()
            .all(|want| text::matches_a_line(want, has)),
        (_, Value::Text(want), Value::Text(has)) => same_address(want, has),
        (_, want, has) => want == has,
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
    if let Value::List(several) = filter {
        let each: Vec<_> = several.iter().map(told).collect();
        return each.join(", or ");
    }
    let mut line = "message".to_owned();
    if !filter.get("subject").is_null() {
        line.push_str(&format!(" `{}`", filter.get("subject")));
    }
    for name in ["from", "to"] {
        if !filter.get(name).is_null() {
            line.push_str(&format!(" {name} {}", filter.get(name)));
        }
    }
    if let Some(by) = filter.get("by").as_moment() {
        line.push_str(&format!(" by {by}"));
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
    fn of_several_filters_any_one_will_do() {
        let one = |name: &str, want: &str| Value::map([(name, Value::text(want))]);
        let either = |name| Value::list([one("subject", "NDR"), one("from", name)]);
        let item = message("Status report from CONTOSO/SALES");
        assert!(MailboxFacility.matches(&either("CONTOSO/SALES/$SYSTEM"), &item));
        assert!(!MailboxFacility.matches(&either("CONTOSO/PLANT/$SYSTEM"), &item));
    }

    #[test]
    fn a_filter_is_told_in_one_line() {
        let filter = Value::map([("subject", Value::text("Status")), ("from", "A/B".into())]);
        assert_eq!(told(&filter), "message `Status` from A/B");
    }
}
