//! The kind `registry`: a value of the Windows registry is there with this type and data, or is
//! not there.
//!
//! It compares before it writes and reads back after it has written; with `verify: true` it only
//! compares. It does not restart the
//! services that read the value (its output `written` lets `service` decide that), and it makes
//! no key unless told to. Start reading at [`Kind`], then `run`.

mod input;
mod run;

use std::sync::LazyLock;

use runsheet_site::registry::{TYPES, VALUES};
use runsheet_step::shape::Type;
use runsheet_step::{Failure, Field, Input, Outcome, Shape, Step, Stop, World};

static SHAPE: LazyLock<Shape> = LazyLock::new(|| {
    Shape::new("a registry value is there with this data, or is not there")
        .inputs(inputs())
        .outputs(outputs())
        .example(
            r"- id: enable-pause
  doc: Exchange 4.0 offers Pause only after this value is set (Q147464)
  uses: registry
  host: EXCH1
  with:
    key: HKLM\SYSTEM\CurrentControlSet\Services\MSExchangeDX
    value: PauseKicksDX
    type: dword
    data: 1
",
        )
});

fn inputs() -> Vec<Field> {
    let data = Type::OneOf(vec![Type::Int, Type::Text, Type::list(Type::Text)]);
    vec![
        Field::new("key", Type::Text, "the key, beginning with its hive").required(),
        Field::new(
            "value",
            Type::known(VALUES),
            "the name of the value; empty: the key's default",
        )
        .required(),
        Field::new("type", Type::word(TYPES), "the type of the data"),
        Field::new("data", data, "a whole number for dword, dword_be and qword; a text for sz, expand_sz and link; a list of texts for multi_sz; bytes in hexadecimal digits, such as 'de ad be ef', for the others; what holds a secret is written each time, since no answer tells what was there").takes_secret(),
        Field::new(
            "state",
            Type::word(&["present", "absent"]),
            "whether it is to be there; default: present",
        ),
        Field::new(
            "create_key",
            Type::Bool,
            "whether to make a missing key; default: false",
        ),
        Field::new(
            "verify",
            Type::Bool,
            "whether to look only, and fail as `differs` where it is otherwise; without `type` and `data` it is only read; default: false",
        ),
    ]
}

fn outputs() -> Vec<Field> {
    let or_null = |of: Type| Type::OneOf(vec![of, Type::Null]);
    let data = || {
        let texts = Type::list(Type::Text);
        Type::OneOf(vec![Type::Int, Type::Text, texts, Type::Null])
    };
    vec![
        Field::new(
            "written",
            or_null(Type::Moment),
            "when the value got there; null where nobody knows",
        ),
        Field::new(
            "previous",
            data(),
            "the data before; null where there was none",
        ),
        Field::new("data", data(), "the data now; null where there is none"),
    ]
}

/// The kind.
pub struct Kind;

impl Step for Kind {
    fn kind(&self) -> &str {
        "registry"
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
