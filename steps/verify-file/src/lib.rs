//! The kind `verify-file`: a file is there or is not there, has the size it should, and its lines
//! say what they should and nothing else.
//!
//! It looks once; `retry:` looks again. With `only_new: true` it arms: lines count from where the
//! file ended before the nearest step above that acts. It writes nothing, and it does not read
//! formats: a program that knows the format is for `exec`. Start reading at [`Kind`], then `run`.

mod input;
mod run;

use std::sync::LazyLock;

use runsheet_site::file::mark;
use runsheet_site::text::outputs_of_pattern;
use runsheet_step::shape::Type;
use runsheet_step::{Failure, Field, Input, Outcome, Request, Shape, Step, Stop, World};

static SHAPE: LazyLock<Shape> = LazyLock::new(|| {
    Shape::new("a file is there or not, and its size and lines are as they should be")
        .inputs(inputs())
        .outputs(outputs())
        .armed_by(&["path", "only_new"])
        .example(
            r"- id: imported
  doc: exit codes of import prove nothing, its log does (Q112204, Q148771)
  uses: verify-file
  host: SALES
  with:
    path: LOG\DIRSYNC.LOG
    only_new: true
    line: '{when:text} Import is finished.'
    lacks: ['{when:text} Fatal{what:text}']
",
        )
});

fn inputs() -> Vec<Field> {
    let paths = Type::OneOf(vec![Type::Path, Type::list(Type::Path)]);
    vec![
        Field::new(
            "path",
            paths,
            "which file, or which files, each of which is looked at",
        )
        .required(),
        Field::new(
            "exists",
            Type::Bool,
            "whether it is to be there; default: true",
        ),
        Field::new("size", Type::Int, "its length in bytes"),
        Field::new("min_size", Type::Int, "its least length in bytes"),
        Field::new("max_size", Type::Int, "its greatest length in bytes"),
        Field::new(
            "multiple_of",
            Type::Int,
            "the length in bytes of one record of which the file is made",
        ),
        Field::new(
            "line",
            Type::Pattern,
            "what one of its lines looks like; the last such line counts",
        ),
        Field::new(
            "lacks",
            Type::list(Type::Pattern),
            "what none of its lines looks like",
        ),
        Field::new(
            "only_new",
            Type::Bool,
            "whether only lines count that came after the step above began to act; default: false",
        ),
    ]
}

fn item() -> Vec<Field> {
    let or_null = |of: Type| Type::OneOf(vec![of, Type::Null]);
    vec![
        Field::new("path", Type::Path, "which file"),
        Field::new("exists", Type::Bool, "whether it is there"),
        Field::new(
            "size",
            or_null(Type::Int),
            "its length in bytes; null where it is not there",
        ),
        Field::new(
            "modified",
            or_null(Type::Moment),
            "when it was last written",
        ),
        Field::new(
            "records",
            or_null(Type::Int),
            "how many records it holds, where `multiple_of` is given",
        ),
    ]
}

fn outputs() -> Vec<Field> {
    let items = Type::list(Type::Record(item()));
    let all = [
        Field::new(
            "items",
            items,
            "all files, in the order given; the first also stands at the top",
        ),
        Field::new(
            "lines",
            Type::list(Type::Text),
            "the lines that `line` matched",
        ),
    ];
    item().into_iter().chain(all).collect()
}

/// The kind.
pub struct Kind;

impl Step for Kind {
    fn kind(&self) -> &str {
        "verify-file"
    }

    fn shape(&self) -> &Shape {
        &SHAPE
    }

    fn more_outputs(&self, input: &Input) -> Vec<Field> {
        outputs_of_pattern(input.with.get("line"))
    }

    fn check(&self, input: &Input) -> Vec<Failure> {
        input::check(&input.with, &SHAPE.outputs)
    }

    fn acts(&self, _: &Input) -> bool {
        false
    }

    fn arm(&self, input: &Input) -> Result<Vec<Request>, Stop> {
        match input::armed(&input.with)? {
            Some(path) => Ok(vec![mark(input.host_name()?, &path)]),
            None => Ok(Vec::new()),
        }
    }

    fn run(&self, input: &Input, world: &World<'_>) -> Result<Outcome, Stop> {
        run::run(input, world)
    }
}

#[cfg(test)]
mod tests;
