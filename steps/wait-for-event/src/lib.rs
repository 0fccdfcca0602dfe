//! The kind `wait-for-event`: records appear in an event log after the step above began to act.
//!
//! It arms: the log is marked before the nearest step above that acts, so that a record that
//! comes early is seen and one of an earlier cycle never is. It does not judge whether a record
//! proves what its text says (Q266442, Q133401): verify the outcome too. Start reading at
//! [`Kind`], then `run`.

mod input;
mod run;

use std::sync::LazyLock;

use runsheet_site::events::{CATEGORIES, FIELDS, TYPES, mark};
use runsheet_site::text::outputs_of_pattern;
use runsheet_step::shape::Type;
use runsheet_step::{Failure, Field, Input, Outcome, Request, Shape, Step, Stop, World};

static SHAPE: LazyLock<Shape> = LazyLock::new(|| {
    Shape::new("records appear in an event log after the step above began to act")
        .inputs(inputs())
        .outputs(outputs())
        .armed_by(&["log"])
        .example(
            "- id: left
  doc: the message has left the postoffice (Q147464)
  uses: wait-for-event
  host: EXCH1
  with:
    log: Application
    until:
      id: 4395
      category: Moved Out
      fields: {FROM: CONTOSO/SALES/$SYSTEM, TO: CONTOSO/HQ/$SYSTEM}
",
        )
});

fn inputs() -> Vec<Field> {
    vec![
        Field::new(
            "log",
            Type::known(&["Application", "System", "Security"]),
            "which log",
        )
        .required(),
        Field::new("until", record(), "the records to wait for").required(),
        Field::new(
            "abort",
            record(),
            "a record that ends the wait as a failure, if it comes first",
        ),
        Field::new("count", Type::Int, "how many records; default: 1"),
    ]
}

fn record() -> Type {
    Type::Record(vec![
        Field::new("id", Type::Int, "the event id"),
        Field::new("category", Type::known(CATEGORIES), "the category, by name"),
        Field::new(
            "source",
            Type::Text,
            "who wrote it; of the PC MTA, the name of the instance",
        ),
        Field::new("type", Type::word(TYPES), "the type of the record"),
        Field::new("fields", fields(), "named fields in its text"),
        Field::new(
            "text",
            Type::Pattern,
            "what its text, or a line of it, looks like",
        ),
    ])
}

fn fields() -> Type {
    let field = |name: &&str| Field::new(*name, Type::Text, "a field in the text of the event");
    Type::Open(FIELDS.iter().map(field).collect(), Box::new(Type::Text))
}

fn item() -> Vec<Field> {
    vec![
        Field::new("record", Type::Int, "the number of the record"),
        Field::new("time", Type::Moment, "when it was written"),
        Field::new("source", Type::Text, "who wrote it"),
        Field::new("category", Type::Text, "its category"),
        Field::new("id", Type::Int, "its event id"),
        Field::new("type", Type::Text, "its type"),
        Field::new("fields", fields(), "the named fields of its text"),
        Field::new("text", Type::Text, "its text"),
    ]
}

fn outputs() -> Vec<Field> {
    let items = Type::list(Type::Record(item()));
    let all = Field::new(
        "items",
        items,
        "all records that counted, in the order of the log",
    );
    item().into_iter().chain([all]).collect()
}

/// The kind.
pub struct Kind;

impl Step for Kind {
    fn kind(&self) -> &str {
        "wait-for-event"
    }

    fn shape(&self) -> &Shape {
        &SHAPE
    }

    fn more_outputs(&self, input: &Input) -> Vec<Field> {
        outputs_of_pattern(input.with.get("until").get("text"))
    }

    fn check(&self, input: &Input) -> Vec<Failure> {
        input::check(&input.with, &SHAPE.outputs)
    }

    fn acts(&self, _: &Input) -> bool {
        false
    }

    fn arm(&self, input: &Input) -> Result<Vec<Request>, Stop> {
        let log = input::log(&input.with)?;
        Ok(vec![mark(input.host_name()?, &log)])
    }

    fn run(&self, input: &Input, world: &World<'_>) -> Result<Outcome, Stop> {
        run::run(input, world)
    }
}

#[cfg(test)]
mod tests;
