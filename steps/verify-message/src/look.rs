//! Whether a message looks as it should: its text, and what hangs on it.

use runsheet_site::lines::Lines;
use runsheet_site::mailbox::MailboxFacility;
use runsheet_site::text::pattern;
use runsheet_step::decode::decode;
use runsheet_step::{Facility, Failure, Map, Value};

use crate::input::{Attachment, VerifyMessageInput};

/// What the patterns for text and attachment capture.
pub(crate) fn look_at(with: &VerifyMessageInput, message: &Value) -> Result<Map, Failure> {
    let of = format!("the message {}", MailboxFacility.show(message));
    let body = Lines {
        text: text_of(message.get("body")),
        of: &of,
    };
    let mut found = body.said(&with.body, &["body"])?;
    body.unsaid(&with.lacks, &["lacks"])?;
    if !with.attachment.is_null() {
        let wanted: Attachment = decode(&with.attachment)
            .map_err(|misfit| Failure::code("bad-input", misfit.message).at(&["attachment"]))?;
        found.extend(wanted.found_on(message, &of)?);
    }
    Ok(found)
}

fn text_of(value: &Value) -> &str {
    value.as_text().map_or("", |text| text)
}

impl Attachment {
    fn found_on(&self, message: &Value, of: &str) -> Result<Map, Failure> {
        let attachments = message.get("attachments").items();
        let named = self.named(attachments)?;
        match (named, self.none) {
            (None, true) => Ok(Map::new()),
            (None, false) => Err(self.missing(attachments, of)),
            (Some((one, _)), true) => {
                let message = format!("{of} has the attachment {}", one.get("name"));
                let failure = Failure::code("unwanted-attachment", message);
                Err(failure.help("none was to hang on it"))
            }
            (Some((one, captured)), false) => {
                let mut found = captured;
                found.extend(self.looked_into(one, of)?);
                found.insert("attachment".into(), one.clone());
                Ok(found)
            }
        }
    }

    /// The first of the name that is wanted, with what the name's pattern captures.
    fn named<'v>(&self, attachments: &'v [Value]) -> Result<Option<(&'v Value, Map)>, Failure> {
        let Some(wanted) = &self.name else {
            return Ok(attachments.first().map(|first| (first, Map::new())));
        };
        let pattern = pattern(wanted, &["attachment", "name"])?;
        let name = |one: &Value| text_of(one.get("name")).to_owned();
        Ok(attachments
            .iter()
            .find_map(|one| Some((one, pattern.captured(&name(one), false)?))))
    }

    fn looked_into(&self, one: &Value, of: &str) -> Result<Map, Failure> {
        let name = format!("the attachment {} of {of}", one.get("name"));
        let has = one.get("size").as_int().unwrap_or(0);
        if let Some(least) = self.min_size.filter(|least| has < *least) {
            let message = format!("{name} has {has} bytes, and is to have at least {least}");
            return Err(Failure::code("wrong-size", message));
        }
        let lines = Lines {
            text: text_of(one.get("text")),
            of: &name,
        };
        let found = lines.said(&self.line, &["attachment", "line"])?;
        lines.unsaid(&self.lacks, &["attachment", "lacks"])?;
        Ok(found)
    }

    fn missing(&self, attachments: &[Value], of: &str) -> Failure {
        let message = match &self.name {
            Some(name) => format!("{of} has no attachment `{name}`"),
            None => format!("{of} has no attachment"),
        };
        let names: Vec<_> = attachments
            .iter()
            .map(|one| one.get("name").to_string())
            .collect();
        Failure::code("no-such-attachment", message).help(match names.as_slice() {
            [] => "nothing hangs on it".to_owned(),
            names => format!("what hangs on it: {}", names.join(", ")),
        })
    }
}
