//! The kind `exec`: a program is run with an argument list, and its exit code and output are
//! looked at.
//!
//! There is no shell: no word is split, no variable replaced, no wildcard expanded. It does not
//! know what the program changes; `effects:` says so where somebody knows. An exit code that says
//! success proves nothing for programs whose codes lie (Q112204, Q148771): verify what they were
//! to bring about. Start reading at [`Kind`], then `run`.

mod input;
mod output;
mod run;

use std::sync::LazyLock;

use runsheet_site::lines::patterns_type;
use runsheet_step::shape::Type;
use runsheet_step::{Failure, Field, Input, Outcome, Shape, Step, Stop, World};

static SHAPE: LazyLock<Shape> = LazyLock::new(|| {
    Shape::new("a program is run, and its exit code and output are looked at")
        .inputs(started().into_iter().chain(judged()))
        .outputs(outputs())
        .example(
            r"- id: rebuild
  doc: makes the global address list anew (Q96060)
  uses: exec
  host: SALES
  with:
    argv: [rebuild, -dM, -f]
    cwd: M:\MAILEXE
    lacks: '{where:text}Program file not found{rest:text}'
",
        )
});

fn started() -> Vec<Field> {
    vec![
        Field::new(
            "argv",
            Type::list(Type::Text),
            "the program and its arguments, one by one",
        )
        .required()
        .takes_secret(),
        Field::new(
            "runner",
            Type::Text,
            "the program that runs the program, such as forcedos; empty: none",
        ),
        Field::new("cwd", Type::Path, "in which directory"),
        Field::new(
            "env",
            Type::map(Type::Text),
            "variables beyond those of the host",
        )
        .takes_secret(),
        Field::new(
            "stdin",
            Type::Text,
            "what it reads; default: nothing, its input is closed",
        )
        .takes_secret(),
    ]
}

/// How it is told whether the program did well.
fn judged() -> Vec<Field> {
    vec![
        Field::new(
            "exit_codes",
            Type::OneOf(vec![Type::list(Type::Int), Type::word(&["any"])]),
            "the exit codes that mean success, or `any` where they say nothing; default: [0]",
        ),
        Field::new(
            "output",
            Type::word(&["json"]),
            "what its output is, if it is data",
        ),
        Field::new(
            "stdout",
            patterns_type(),
            "what a line of its output, or the whole, looks like; of several patterns each is met",
        ),
        Field::new(
            "stderr",
            patterns_type(),
            "what a line of its error output looks like; of several patterns each is met",
        ),
        Field::new(
            "lacks",
            patterns_type(),
            "what no line of either looks like",
        ),
    ]
}

fn outputs() -> Vec<Field> {
    vec![
        Field::new("exit", Type::Int, "its exit code"),
        Field::new("stdout", Type::Text, "what it wrote"),
        Field::new("stderr", Type::Text, "what it wrote beside"),
        Field::new(
            "json",
            Type::Any,
            "its output as data, where `output: json` asks for it",
        ),
    ]
}

/// The kind.
pub struct Kind;

impl Step for Kind {
    fn kind(&self) -> &str {
        "exec"
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

    fn run(&self, input: &Input, world: &World<'_>) -> Result<Outcome, Stop> {
        run::run(input, world)
    }
}

#[cfg(test)]
mod tests;
