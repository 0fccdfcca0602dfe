//! The kind `setting`: an attribute of an object of the site's administrator program has this
//! value; or an object is there, or is not.
//!
//! It compares before it sets and reads back after it has set, except where the system resets the
//! attribute by itself; with `verify: true` it only compares. It does not start services again that read the setting only when they
//! start. Start reading at [`Kind`], then `run`.

mod input;
mod run;

use std::sync::LazyLock;

use runsheet_site::settings::ATTRIBUTES;
use runsheet_step::shape::Type;
use runsheet_step::{Failure, Field, Input, Outcome, Shape, Step, Stop, World};

static SHAPE: LazyLock<Shape> = LazyLock::new(|| {
    Shape::new("an attribute of an object has this value")
        .inputs(inputs())
        .outputs(outputs())
        .example(
            "- id: copy-outgoing
  doc: the administrator gets a copy of each reply (Q147464)
  uses: setting
  host: EXCH1
  undo: at-end
  with:
    object: DX Server
    attribute: Copy administrator on outgoing messages
    value: true
",
        )
});

fn plain() -> Vec<Type> {
    vec![Type::Bool, Type::Int, Type::Text]
}

fn inputs() -> Vec<Field> {
    vec![
        Field::new(
            "object",
            Type::Text,
            "the object, as the administrator program names it, such as `DX Server` or `Remote Dir-Sync Requestor NORTH/SALES`",
        )
        .required(),
        Field::new(
            "attribute",
            Type::known(ATTRIBUTES),
            "the attribute, as its page names it; left out with `state`: the object itself is meant",
        ),
        Field::new(
            "value",
            Type::OneOf(plain()),
            "what it is to be; left out with `verify: true`: it is only read",
        ),
        Field::new(
            "state",
            Type::word(&["present", "absent"]),
            "whether the object is to be there; without an `attribute`",
        ),
        Field::new(
            "verify",
            Type::Bool,
            "whether to look only, and fail as `differs` where it is otherwise; default: false",
        ),
    ]
}

fn outputs() -> Vec<Field> {
    vec![
        Field::new(
            "previous",
            Type::OneOf(plain()),
            "what it was; of an object, whether it was there",
        ),
        Field::new(
            "value",
            Type::OneOf(plain()),
            "what it is; of an object, whether it is there",
        ),
        Field::new(
            "one_shot",
            Type::Bool,
            "whether the system resets it after use",
        ),
    ]
}

/// The kind.
pub struct Kind;

impl Step for Kind {
    fn kind(&self) -> &str {
        "setting"
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
