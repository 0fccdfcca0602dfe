//! The kind `verify-message`: messages arrive in a mailbox after the step above began to act, and
//! their subjects and bodies look as they should.
//!
//! It arms: the mailbox is marked before the nearest step above that acts, so that a message that
//! comes early is seen and one of an earlier cycle never is. It does not judge the numbers it
//! captures; `expect:` does. Start reading at [`Kind`], then `run`.

mod input;
mod run;

use std::sync::LazyLock;

use runsheet_site::mailbox::mark;
use runsheet_site::text::outputs_of_pattern;
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
            Type::Pattern,
            "what the text, or a line of it, looks like",
        ),
        Field::new("count", Type::Int, "how many messages; default: 1"),
    ]
}

fn item() -> Vec<Field> {
    vec![
        Field::new("id", Type::Text, "what names the message"),
        Field::new("time", Type::Moment, "when it arrived"),
        Field::new("from", Type::Text, "who sent it"),
        Field::new("to", Type::Text, "to whom"),
        Field::new("subject", Type::Text, "its subject, as its header shows it"),
        Field::new("cut", Type::Bool, "whether the subject was cut"),
        Field::new("body", Type::Text, "its text"),
    ]
}

fn outputs() -> Vec<Field> {
    let items = Type::list(Type::Record(item()));
    let all = Field::new("items", items, "all messages that counted, as they arrived");
    item().into_iter().chain([all]).collect()
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
        let of = |field| outputs_of_pattern(input.with.get(field));
        of("subject").into_iter().chain(of("body")).collect()
    }

    fn check(&self, input: &Input) -> Vec<Failure> {
        input::check(&input.with, &SHAPE.outputs)
    }

    fn acts(&self, _: &Input) -> bool {
        false
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
