//! Wait from the mark on, look at what came, and hand it out.

use runsheet_site::mailbox::{Mailbox, MailboxFacility, subject};
use runsheet_site::span::span;
use runsheet_site::stream::{Awaited, marked, marked_at};
use runsheet_site::text::pattern;
use runsheet_step::{Facility, Failure, Input, Map, Outcome, Stop, Value, World};

use crate::input::{VerifyMessageInput, captures, check};
use crate::look::look_at;

pub(crate) fn run(input: &Input, world: &World<'_>) -> Result<Outcome, Stop> {
    let with: VerifyMessageInput = input.read()?;
    if let Some(fault) = check(&input.with, &[]).into_iter().next() {
        return Err(fault.into());
    }
    let mailbox = Mailbox::at(world, input.host_name()?, &with.mailbox);
    let mut awaited = Awaited {
        filter: Value::map(with.filter()),
        abort: Some(with.unless.clone()).filter(|unless| !unless.is_null()),
        since: marked(world, 0)?,
        count: with.count,
    };
    if !with.exists {
        let within = span(&with.within, &["within"])?.unwrap_or_default();
        awaited.count = 0;
        let by = marked_at(world, 0)?.after(within);
        awaited.filter = Value::map(with.filter().into_iter().chain([("by", by.into())]));
    }
    let items = mailbox.wait(&awaited)?;
    if let Some(item) = awaited.ended_by(&MailboxFacility, items) {
        return Err(ended_by(item).into());
    }
    let mut outputs = outputs(&input.with, items);
    if !with.exists {
        not_there(items)?;
    }
    for (n, message) in items.iter().enumerate() {
        let found = looked_at(&with, message);
        let found = found.map_err(|failure| failure.outputs(Value::Map(outputs.clone().into())))?;
        if n == 0 {
            outputs.extend(found);
        }
    }
    Ok(Outcome {
        outputs: Value::Map(outputs.into()),
        changed: false,
    })
}

/// What came, and null for all that the patterns may capture.
fn outputs(with: &Value, items: &[Value]) -> Map {
    let first = items.first().and_then(Value::as_map);
    let mut outputs = first.cloned().unwrap_or_default();
    outputs.insert("attachment".into(), Value::Null);
    outputs.insert("items".into(), Value::list(items.iter().cloned()));
    outputs.extend(
        captures(with)
            .into_iter()
            .map(|field| (field.name, Value::Null)),
    );
    outputs
}

/// What is captured of a message that looks as it should.
fn looked_at(with: &VerifyMessageInput, message: &Value) -> Result<Map, Failure> {
    let mut found = Map::new();
    if let Some(wanted) = with.subject.as_text() {
        let pattern = pattern(wanted, &["subject"])?;
        found.extend(subject(&pattern, message).unwrap_or_default());
    }
    found.extend(look_at(with, message)?);
    Ok(found)
}

/// The failure of a wait that another message has ended.
fn ended_by(item: &Value) -> Failure {
    let message = format!("the message {} came first", MailboxFacility.show(item));
    Failure::code("unless", message)
        .help(item.get("body").to_string())
        .outputs(item.clone())
}

fn not_there(items: &[Value]) -> Result<(), Failure> {
    let Some(item) = items.first() else {
        return Ok(());
    };
    let message = format!(
        "the message {} came, and was not to come",
        MailboxFacility.show(item)
    );
    Err(Failure::code("unwanted-message", message).outputs(item.clone()))
}
