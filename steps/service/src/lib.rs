//! The kind `service`: a service of the operating system is started, stopped, paused, continued
//! or restarted, and the step waits until it is so; with `verify: true` it is only looked at.
//!
//! It knows nothing of dependencies between services: their order is the workflow's. A refused
//! pause fails with the error of the refusal, so that a workflow may accept it: with error 2140
//! the Exchange directory synchronization service says that a cycle has begun (Q146738). Start
//! reading at [`Kind`], then `run`.

mod input;
mod run;

use std::sync::LazyLock;

use runsheet_step::shape::Type;
use runsheet_step::{Failure, Field, Input, Outcome, Shape, Step, Stop, World};

static SHAPE: LazyLock<Shape> = LazyLock::new(|| {
    Shape::new("a service is started, stopped, paused, continued or restarted")
        .inputs(inputs())
        .outputs(outputs())
        .example(
            "- id: reload-dx
  doc: the service reads its registry values when it starts (Q147464)
  uses: service
  host: EXCH1
  with: {name: MSExchangeDX, control: restart}
",
        )
});

fn inputs() -> Vec<Field> {
    let before = Type::OneOf(vec![Type::Moment, Type::Null]);
    vec![
        Field::new(
            "name",
            Type::Text,
            "the service's name, not its display name",
        )
        .required(),
        Field::new("control", Type::word(input::CONTROLS), "what to tell it"),
        Field::new(
            "state",
            Type::word(input::STATES),
            "how it is to be, in place of `control`",
        ),
        Field::new(
            "restart_if_started_before",
            before,
            "restart only if it runs and was started before this; null: not at all",
        ),
        Field::new(
            "verify",
            Type::Bool,
            "whether to look only at its `state`, and fail as `differs` where it is otherwise; without `state` it is only read; default: false",
        ),
    ]
}

/// How a service can be.
const STATES: &[&str] = &[
    "stopped",
    "start-pending",
    "stop-pending",
    "running",
    "continue-pending",
    "pause-pending",
    "paused",
];

fn outputs() -> Vec<Field> {
    let started = Type::OneOf(vec![Type::Moment, Type::Null]);
    vec![
        Field::new("state", Type::known(STATES), "how it is now"),
        Field::new("started", started, "when it was last started"),
        Field::new("previous", Type::known(STATES), "how it was before"),
    ]
}

/// The kind.
pub struct Kind;

impl Step for Kind {
    fn kind(&self) -> &str {
        "service"
    }

    fn shape(&self) -> &Shape {
        &SHAPE
    }

    fn check(&self, input: &Input) -> Vec<Failure> {
        input::check(&input.with)
    }

    fn acts(&self, input: &Input) -> bool {
        input.with.get("verify").as_bool() != Some(true)
    }

    fn run(&self, input: &Input, world: &World<'_>) -> Result<Outcome, Stop> {
        run::run(input, world)
    }
}

#[cfg(test)]
mod tests;
