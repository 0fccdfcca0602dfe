//! The kind `wait-for-event`: records appear in an event log after the step above began to act.
//!
//! It arms: the log is marked before the nearest step above that acts, so that a record that
//! comes early is seen and one of an earlier cycle never is. A record that explains why the
//! awaited one will not come ends the wait at once (`unless:`). It does not judge whether a record
//! proves what its text says (Q266442, Q133401): verify the outcome too; and it does not look at
//! what is in the log already, which is for `verify-event`. Start reading at [`Kind`], then `run`.

mod input;
mod run;

use std::sync::LazyLock;

use runsheet_site::events::{given, mark};
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
  timeout: 15m
  with:
    log: Application
    until:
      id: 4395
      category: Moved Out
      fields: {FROM: CONTOSO/SALES/$SYSTEM, TO: CONTOSO/HQ/$SYSTEM}
    unless:
      - {id: 4254, contains: CONTOSO/SALES}   # it lies in P1 and is tried again (Q152903)
      - {id: 4536, type: error}               # the P1 directory is missing (Q266442)
  causes:
    - when: failure.code == 'unless' && outputs.id == 4536
      say: the P1 directory of the postoffice is missing
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
            "until",
            given::records(),
            "the records to wait for; of several descriptions any one will do",
        )
        .required(),
        Field::new(
            "unless",
            given::records(),
            "records that end the wait at once as the failure `unless`, if one comes first; `causes:` sees it in `outputs`",
        ),
        Field::new("count", Type::Int, "how many records; default: 1"),
    ]
}

fn outputs() -> Vec<Field> {
    let items = Type::list(Type::Record(given::item()));
    let all = Field::new(
        "items",
        items,
        "all records that counted, in the order of the log",
    );
    given::item().into_iter().chain([all]).collect()
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
        given::outputs(["until", "unless"].map(|which| input.with.get(which)))
    }

    fn check(&self, input: &Input) -> Vec<Failure> {
        input::check(&input.with, &SHAPE.outputs)
    }

    fn acts(&self, _: &Input) -> bool {
        false
    }

    fn waits(&self, _: &Input) -> bool {
        true
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
