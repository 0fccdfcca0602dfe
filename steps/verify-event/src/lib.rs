//! The kind `verify-event`: records stand in an event log, or none does.
//!
//! It looks once and waits for nothing; that is for `wait-for-event`. By default the whole log
//! counts; with `only_new: true` it arms, and records count from where the log ended before the
//! nearest step above that acts; with `within: 2h` those of the last two hours. It proves nothing
//! about what a log at a low level keeps to itself (Q147464). Start reading at [`Kind`], then
//! `run`.

mod input;
mod run;

use std::sync::LazyLock;

use runsheet_site::events::{given, mark};
use runsheet_step::shape::Type;
use runsheet_step::{Failure, Field, Input, Outcome, Request, Shape, Step, Stop, World};

static SHAPE: LazyLock<Shape> = LazyLock::new(|| {
    Shape::new("records stand in an event log, or none does")
        .inputs(inputs())
        .outputs(outputs())
        .armed_by(&["log", "only_new"])
        .example(
            "- id: unknown-requestors
  doc: the service discards what comes from an address that it does not know (Q147084)
  uses: verify-event
  host: EXCH1
  with:
    log: Application
    within: 1d
    match: {source: MSExchangeDX, id: [136, 139]}
    exists: false
  causes:
    - when: outputs.id == 136
      say: a requestor sends from an address that the service does not know
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
        Field::new(
            "match",
            given::records(),
            "the records to look for; of several descriptions any one will do",
        )
        .required(),
        Field::new(
            "exists",
            Type::OneOf(vec![Type::Bool, Type::word(&["any"])]),
            "whether there are to be any; `any`: it only looks; default: true",
        ),
        Field::new("count", Type::Int, "how many there are to be"),
        Field::new(
            "within",
            Type::Duration,
            "how far back records count, by the clock of the host; default: as far as the log goes",
        ),
        Field::new("after", Type::Moment, "the moment before which none counts"),
        Field::new(
            "only_new",
            Type::Bool,
            "whether only records count that came after the step above began to act; default: false",
        ),
    ]
}

fn outputs() -> Vec<Field> {
    let or_null = |field: Field| Field {
        kind: Type::OneOf(vec![field.kind, Type::Null]),
        ..field
    };
    let all = [
        Field::new("exists", Type::Bool, "whether there are any"),
        Field::new("count", Type::Int, "how many there are"),
        Field::new(
            "items",
            Type::list(Type::Record(given::item())),
            "all of them, in the order of the log; the first also stands at the top",
        ),
    ];
    given::item().into_iter().map(or_null).chain(all).collect()
}

/// The kind.
pub struct Kind;

impl Step for Kind {
    fn kind(&self) -> &str {
        "verify-event"
    }

    fn shape(&self) -> &Shape {
        &SHAPE
    }

    fn more_outputs(&self, input: &Input) -> Vec<Field> {
        given::outputs([input.with.get("match")])
    }

    fn check(&self, input: &Input) -> Vec<Failure> {
        input::check(&input.with, &SHAPE.outputs)
    }

    fn acts(&self, _: &Input) -> bool {
        false
    }

    fn arm(&self, input: &Input) -> Result<Vec<Request>, Stop> {
        match input::armed(&input.with)? {
            Some(log) => Ok(vec![mark(input.host_name()?, &log)]),
            None => Ok(Vec::new()),
        }
    }

    fn run(&self, input: &Input, world: &World<'_>) -> Result<Outcome, Stop> {
        run::run(input, world)
    }
}

#[cfg(test)]
mod tests;
