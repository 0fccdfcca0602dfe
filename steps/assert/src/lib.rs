//! The kind `assert`: what the steps before have found out holds.
//!
//! It asks nothing of the site and happens nowhere. What a single step has to bring about is
//! better said in its own `expect:`; this is for what several of them say together. Start
//! reading at [`Kind`].

mod input;
mod run;

use std::sync::LazyLock;

use runsheet_step::shape::{HostNeed, Type};
use runsheet_step::{Failure, Field, Input, Outcome, Shape, Step, Stop, World};

static SHAPE: LazyLock<Shape> = LazyLock::new(|| {
    Shape::new("what the steps before have found out holds")
        .host(HostNeed::None)
        .inputs(inputs())
        .example(
            r#"- id: enough
  uses: assert
  with:
    that:
      - {that: "${{ len(site.groups.requestors) > 0 }}", say: there is nobody to synchronize}
"#,
        )
});

fn inputs() -> Vec<Field> {
    let claim = Type::Record(vec![
        Field::new("that", Type::Bool, "what must hold").required(),
        Field::new("say", Type::Text, "what is wrong if it does not"),
    ]);
    vec![
        Field::new(
            "that",
            Type::OneOf(vec![Type::Bool, Type::list(claim)]),
            "what must hold, or a list of such",
        )
        .required(),
        Field::new("say", Type::Text, "what is wrong if it does not"),
    ]
}

/// The kind.
pub struct Kind;

impl Step for Kind {
    fn kind(&self) -> &str {
        "assert"
    }

    fn shape(&self) -> &Shape {
        &SHAPE
    }

    fn check(&self, input: &Input) -> Vec<Failure> {
        input::check(&input.with)
    }

    fn acts(&self, _: &Input) -> bool {
        false
    }

    fn run(&self, input: &Input, _: &World<'_>) -> Result<Outcome, Stop> {
        run::run(input)
    }
}

#[cfg(test)]
mod tests;
