//! The kind `manual`: a person does something, or looks at something, and confirms it.
//!
//! `say:` is what the person reads. `act:` is for drivers that can do the same by themselves:
//! where one can, it does; where none can, the person is asked. It does not verify what was
//! confirmed; a step after it can. Start reading at [`Kind`], then `run`.

mod input;
mod run;

use std::sync::LazyLock;

use runsheet_step::shape::{HostNeed, Type};
use runsheet_step::{Failure, Field, Input, Outcome, Shape, Step, Stop, World};

static SHAPE: LazyLock<Shape> = LazyLock::new(|| {
    Shape::new("a person does or looks at something, and confirms it")
        .host(HostNeed::Optional)
        .inputs(inputs())
        .outputs(outputs())
        .example(
            "- id: export
  doc: writes the whole local list into the queue for the server (Q142841)
  uses: manual
  host: SALES
  with:
    say: 'In ADMIN: Config, Dir-Sync, Requestor, Export; answer Yes to local users and groups'
    act: {name: run, args: {argv: [admin, export, -dM]}}
",
        )
});

fn act() -> Type {
    let words = Type::list(Type::Text);
    let args = vec![
        Field::new("argv", words, "of `run`: the program and its arguments").takes_secret(),
        Field::new("cwd", Type::Path, "of `run`: in which directory"),
    ];
    Type::Record(vec![
        Field::new(
            "name",
            Type::known(&["run"]),
            "what to do, as the driver names it",
        )
        .required(),
        Field::new("args", Type::Open(args, Box::new(Type::Any)), "with what").takes_secret(),
    ])
}

fn inputs() -> Vec<Field> {
    let form = Type::map(Type::word(input::TYPES));
    vec![
        Field::new("say", Type::Text, "what the person reads").required(),
        Field::new("act", act(), "what a driver does that can do it by itself"),
        Field::new(
            "form",
            form,
            "what to ask for beyond yes or no: names with `text`, `int` or `bool`",
        ),
    ]
}

fn outputs() -> Vec<Field> {
    let remark = Type::OneOf(vec![Type::Text, Type::Null]);
    vec![
        Field::new("by", Type::Text, "who confirmed it"),
        Field::new("said", remark, "their remark"),
    ]
}

/// The kind.
pub struct Kind;

impl Step for Kind {
    fn kind(&self) -> &str {
        "manual"
    }

    fn shape(&self) -> &Shape {
        &SHAPE
    }

    fn more_outputs(&self, input: &Input) -> Vec<Field> {
        input::form_fields(&input.with)
    }

    fn check(&self, input: &Input) -> Vec<Failure> {
        input::check(&input.with, &SHAPE.outputs)
    }

    fn acts(&self, input: &Input) -> bool {
        !input.with.get("act").is_null()
    }

    fn run(&self, input: &Input, world: &World<'_>) -> Result<Outcome, Stop> {
        run::run(input, world)
    }
}

#[cfg(test)]
mod tests;
