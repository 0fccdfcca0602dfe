//! The kind `verify-file`: a file or directory is there or is not there, has the size it should, is
//! held by nobody, and its lines say what they should and nothing else.
//!
//! It looks once; `retry:` looks again. Names may have wildcards. With `only_new: true` it arms: lines count from where the
//! file ended before the nearest step above that acts. It writes nothing, and it does not read
//! formats: a program that knows the format is for `exec`. Start reading at [`Kind`], then `run`.

mod content;
mod input;
mod presence;
mod run;

use std::sync::LazyLock;

use runsheet_site::file::mark;
use runsheet_site::lines::patterns_type;
use runsheet_step::shape::Type;
use runsheet_step::{Failure, Field, Input, Outcome, Request, Shape, Step, Stop, World};

static SHAPE: LazyLock<Shape> = LazyLock::new(|| {
    Shape::new("files are there or not, and their size, holder and lines are as they should be")
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
    lacks: '{when:text} Fatal [[[ ]{number:int}]]{what:text}'
  causes:
    - when: any(outputs.unwanted_lines, line => line.number == 91)
      say: somebody has ADMIN open on this postoffice
      see: [Q148705]
",
        )
});

fn inputs() -> Vec<Field> {
    let paths = Type::OneOf(vec![Type::Path, Type::list(Type::Path)]);
    let mut fields = vec![
        Field::new(
            "path",
            paths,
            "which file or directory, or which, each of which is looked at; the name may have wildcards: `NME\\TMP*.NME`",
        )
        .required(),
        Field::new(
            "exists",
            Type::OneOf(vec![Type::Bool, Type::word(&["any"])]),
            "whether it is to be there; `any`: it is only looked at; default: true",
        ),
        Field::new("count", Type::Int, "how many of them are to be there"),
        Field::new("size", Type::Int, "its length in bytes"),
        Field::new("min_size", Type::Int, "its least length in bytes"),
        Field::new("max_size", Type::Int, "its greatest length in bytes"),
        Field::new(
            "multiple_of",
            Type::Int,
            "the length in bytes of one record of which the file is made",
        ),
        Field::new(
            "locked",
            Type::Bool,
            "whether a program is to hold it open; default: that is not looked at",
        ),
        Field::new(
            "read_only",
            Type::Bool,
            "whether it is to be read-only; default: that is not looked at",
        ),
    ];
    fields.extend(of_lines());
    fields
}

/// What is looked at in its text.
fn of_lines() -> Vec<Field> {
    vec![
        Field::new(
            "line",
            patterns_type(),
            "what one of its lines looks like; of several patterns each is met; of several lines the last counts",
        ),
        Field::new(
            "contains",
            Type::OneOf(vec![Type::Text, Type::list(Type::Text)]),
            "what stands in one of its lines, whatever the case; of several texts each",
        ),
        Field::new(
            "lacks",
            patterns_type(),
            "what none of its lines looks like",
        ),
        Field::new(
            "only_new",
            Type::Bool,
            "whether only lines count that came after the step above began to act; default: false",
        ),
    ]
}

fn or_null(of: Type) -> Type {
    Type::OneOf(vec![of, Type::Null])
}

fn item() -> Vec<Field> {
    vec![
        Field::new("path", Type::Path, "which file"),
        Field::new("exists", Type::Bool, "whether it is there"),
        Field::new(
            "size",
            or_null(Type::Int),
            "its length in bytes; null where it is not there, and of a directory",
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
        Field::new(
            "files",
            or_null(Type::Int),
            "how many files are in it, if it is a directory",
        ),
        Field::new(
            "locked_by",
            or_null(Type::Text),
            "the program that holds it open, if one does",
        ),
        Field::new(
            "read_only",
            or_null(Type::Bool),
            "whether it is read-only; null where it is not there",
        ),
    ]
}

/// A line that met a pattern.
fn met() -> Type {
    let fields = vec![
        Field::new("line", Type::Text, "the line"),
        Field::new("position", Type::Int, "the byte at which it begins"),
    ];
    // The captures of its pattern stand beside.
    Type::Open(fields, Box::new(Type::Any))
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
            "count",
            or_null(Type::Int),
            "how many of them are there, where a wildcard or `count` asks for it",
        ),
        Field::new(
            "lines",
            Type::list(Type::Text),
            "the lines that `line` matched",
        ),
        Field::new(
            "matches",
            Type::list(met()),
            "the same as maps: `line`, its captures, and `position`, the byte at which it begins",
        ),
        Field::new(
            "unwanted",
            Type::Text,
            "the lines that `lacks` matched, one under the other; empty where there are none",
        ),
        Field::new(
            "unwanted_lines",
            Type::list(met()),
            "the same as maps: `line`, its captures, and `position`, the byte at which it begins",
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
        input::captures(&input.with)
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
