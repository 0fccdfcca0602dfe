//! The kind `verify-message`: messages arrive in a mailbox after the step above began to act, and
//! their subjects, texts and attachments look as they should; or none arrives.
//!
//! It arms: the mailbox is marked before the nearest step above that acts, so that a message that
//! comes early is seen and one of an earlier cycle never is. `from`, `to` and `subject` say which
//! message is meant; one that is meant and does not look as it should is a failure at once, not a
//! wait without end. It does not judge the numbers it captures; `expect:` does. Start reading at
//! [`Kind`], then `run`, then `look`.

mod input;
mod look;
mod run;

use std::sync::LazyLock;

use runsheet_site::lines::patterns_type;
use runsheet_site::mailbox::mark;
use runsheet_step::shape::Type;
use runsheet_step::{Failure, Field, Input, Outcome, Request, Shape, Step, Stop, World};

static SHAPE: LazyLock<Shape> = LazyLock::new(|| {
    Shape::new("messages arrive in a mailbox after the step above began to act")
        .inputs(inputs())
        .outputs(outputs())
        .armed_by(&["mailbox"])
        .example(
            "- id: announced
  doc: the requestor's changes were announced (Q147464)
  uses: verify-message
  host: EXCH1
  timeout: 15m
  with:
    mailbox: dxadmin
    from: CONTOSO/SALES/$SYSTEM
    subject: 'ReqTx R={r:int} (was {was:int})[, S={s:int}[, I={i:int}[, {sent:int} sent]]]'
  expect: outputs.sent == null || outputs.r == outputs.was + outputs.sent
",
        )
});

fn inputs() -> Vec<Field> {
    vec![
        Field::new("mailbox", Type::Text, "which mailbox").required(),
        Field::new("from", Type::Text, "the sender's address or display name"),
        Field::new("to", Type::Text, "the recipient's address or display name"),
        Field::new(
            "subject",
            Type::Pattern,
            "what the subject looks like; headers are cut at 40 characters",
        ),
        Field::new(
            "body",
            patterns_type(),
            "what its text, or a line of it, looks like; of several patterns each is met",
        ),
        Field::new(
            "lacks",
            patterns_type(),
            "what no line of its text looks like",
        ),
        Field::new("attachment", attachment(), "what hangs on it"),
        Field::new(
            "unless",
            Type::OneOf(vec![other(), Type::list(other())]),
            "messages that end the wait at once as the failure `unless`, if one comes first; `causes:` sees it in `outputs`",
        ),
        Field::new("count", Type::Int, "how many messages; default: 1"),
        Field::new(
            "exists",
            Type::Bool,
            "whether such a message is to come; default: true",
        ),
        Field::new(
            "within",
            Type::Duration,
            "how long, from when the step above began to act, no such message is to come; default: it looks once",
        ),
    ]
}

/// What hangs on a message.
fn attachment() -> Type {
    Type::Record(vec![
        Field::new(
            "name",
            Type::Pattern,
            "what its name looks like; default: any",
        ),
        Field::new(
            "none",
            Type::Bool,
            "whether there is to be none of that name; default: false",
        ),
        Field::new("min_size", Type::Int, "its least length in bytes"),
        Field::new(
            "line",
            patterns_type(),
            "what a line of it looks like; of several patterns each is met",
        ),
        Field::new("lacks", patterns_type(), "what no line of it looks like"),
    ])
}

/// Another message than the one that is waited for.
fn other() -> Type {
    Type::Record(vec![
        Field::new("from", Type::Text, "the sender's address or display name"),
        Field::new("to", Type::Text, "the recipient's address or display name"),
        Field::new("subject", Type::Pattern, "what the subject looks like"),
        Field::new(
            "body",
            Type::Pattern,
            "what its text, or a line of it, looks like",
        ),
    ])
}

fn item() -> Vec<Field> {
    vec![
        Field::new("id", Type::Text, "what names the message"),
        Field::new("time", Type::Moment, "when it arrived"),
        Field::new("from", Type::Text, "who sent it"),
        Field::new("to", Type::Text, "to whom"),
        Field::new("subject", Type::Text, "its subject, as its header shows it"),
        Field::new("cut", Type::Bool, "whether the subject was cut"),
        Field::new("body", Type::Text, "its text, without its attachments"),
        Field::new(
            "attachments",
            Type::list(Type::Record(hanging())),
            "what hangs on it",
        ),
    ]
}

fn hanging() -> Vec<Field> {
    let text = Type::OneOf(vec![Type::Text, Type::Null]);
    vec![
        Field::new("name", Type::Text, "its file name"),
        Field::new("size", Type::Int, "its length in bytes"),
        Field::new(
            "text",
            text,
            "its text, where `attachment:` looks at its lines",
        ),
    ]
}

fn outputs() -> Vec<Field> {
    let items = Type::list(Type::Record(item()));
    let all = Field::new("items", items, "all messages that counted, as they arrived");
    let attachment = Type::OneOf(vec![Type::Record(hanging()), Type::Null]);
    let attachment = Field::new(
        "attachment",
        attachment,
        "the attachment that was looked at",
    );
    item().into_iter().chain([attachment, all]).collect()
}

/// The kind.
pub struct Kind;

impl Step for Kind {
    fn kind(&self) -> &str {
        "verify-message"
    }

    fn shape(&self) -> &Shape {
        &SHAPE
    }

    fn more_outputs(&self, input: &Input) -> Vec<Field> {
        input::captures(&input.with)
    }

    fn check(&self, input: &Input) -> Vec<Failure> {
        input::check(&input.with, &SHAPE.outputs)
    }

    fn acts(&self, _: &Input) -> bool {
        false
    }

    fn waits(&self, input: &Input) -> bool {
        input.with.get("exists").as_bool() != Some(false)
    }

    fn arm(&self, input: &Input) -> Result<Vec<Request>, Stop> {
        let mailbox = input::mailbox(&input.with)?;
        Ok(vec![mark(input.host_name()?, &mailbox)])
    }

    fn run(&self, input: &Input, world: &World<'_>) -> Result<Outcome, Stop> {
        run::run(input, world)
    }
}

#[cfg(test)]
mod tests;
