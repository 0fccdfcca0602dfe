//! Kinds for tests: one that asks nothing, one that acts, one that waits, one that captures.

use std::sync::LazyLock;

use runsheet_diagnostics::carets;
use runsheet_diagnostics::diagnostic::Diagnostic;
use runsheet_diagnostics::source::{SourceId, Sources};
use runsheet_step::pattern::Pattern;
use runsheet_step::shape::{HostNeed, Type};
use runsheet_step::{Catalogue, Failure, Field, Input, Outcome, Shape, Step, Stop, World};

use crate::compose::NoFiles;
use crate::read_workflow;
use crate::workflow::Workflow;

struct Kind {
    name: &'static str,
    acts: bool,
    shape: LazyLock<Shape>,
}

impl Step for Kind {
    fn kind(&self) -> &str {
        self.name
    }

    fn shape(&self) -> &Shape {
        &self.shape
    }

    fn acts(&self, _: &Input) -> bool {
        self.acts
    }

    fn waits(&self, _: &Input) -> bool {
        self.name == "wait"
    }

    fn more_outputs(&self, input: &Input) -> Vec<Field> {
        let pattern = input.with.get("subject").as_text().cloned();
        let pattern = pattern.and_then(|text| Pattern::parse(&text).ok());
        let captures = pattern.iter().flat_map(Pattern::captures);
        captures
            .map(|(name, _)| Field::new(name.clone(), Type::Int, ""))
            .collect()
    }

    fn run(&self, input: &Input, _: &World<'_>) -> Result<Outcome, Stop> {
        match (self.name, input.with.get("that").as_bool()) {
            ("assert", Some(false)) => Err(Failure::code("assert", "it does not hold").into()),
            _ => Ok(Outcome::default()),
        }
    }
}

fn assert() -> Shape {
    let that = Field::new("that", Type::Bool, "").required();
    Shape::new("").inputs([that]).host(HostNeed::None)
}

fn exec() -> Shape {
    let argv = Field::new("argv", Type::list(Type::Text), "");
    Shape::new("")
        .inputs([
            argv.required().takes_secret(),
            Field::new("cwd", Type::Path, ""),
            Field::new("shown", Type::word(&["stdout", "stderr", "nothing"]), ""),
        ])
        .outputs([
            Field::new("stdout", Type::Text, ""),
            Field::new("exit", Type::Int, ""),
        ])
}

fn wait() -> Shape {
    let fields = vec![Field::new("FROM", Type::Text, "")];
    let until = Type::Record(vec![
        Field::new("id", Type::Int, ""),
        Field::new("category", Type::known(&["Moved Out", "Received"]), ""),
        Field::new("fields", Type::Open(fields, Box::new(Type::Text)), ""),
    ]);
    Shape::new("")
        .inputs([
            Field::new("log", Type::Text, "").required(),
            Field::new("until", until, "").required(),
        ])
        .outputs([Field::new("time", Type::Moment, "")])
        .armed_by(&["log"])
}

fn message() -> Shape {
    Shape::new("")
        .inputs([
            Field::new("mailbox", Type::Text, "").required(),
            Field::new("subject", Type::Pattern, ""),
        ])
        .armed_by(&["mailbox"])
}

fn count() -> Shape {
    let few = |name: &str, kind: Type| Field::new(name, kind, "").within(Some(1), Some(9));
    Shape::new("")
        .inputs([few("few", Type::Int), few("each", Type::list(Type::Int))])
        .host(HostNeed::None)
}

/// The kinds.
pub(crate) fn catalogue() -> Catalogue {
    let kind = |name, acts, shape: fn() -> Shape| Kind {
        name,
        acts,
        shape: LazyLock::new(shape),
    };
    Catalogue::default()
        .step(kind("assert", false, assert))
        .step(kind("count", false, count))
        .step(kind("exec", true, exec))
        .step(kind("wait", false, wait))
        .step(kind("message", false, message))
}

/// Reads a workflow.
pub(crate) fn read(text: &str) -> (Workflow, Vec<Diagnostic>, Sources, SourceId) {
    let mut sources = Sources::new();
    let id = sources.add("test.yaml", text);
    let (workflow, found) = read_workflow(id, &mut sources, &catalogue(), &NoFiles);
    (workflow, found, sources, id)
}

/// Reads a workflow without a mistake. What nothing uses in it is here for the test.
#[track_caller]
pub(crate) fn good(text: &str) -> Workflow {
    let (workflow, mut found, sources, id) = read(text);
    found.retain(Diagnostic::is_error);
    assert_eq!(found, [], "{}", carets::annotate(&found, &sources, id));
    workflow
}

/// Checks that a workflow raises what the lines of carets under it say.
#[track_caller]
pub(crate) fn check(annotated: &str) -> Vec<Diagnostic> {
    let (_, found, sources, id) = read(&carets::strip(annotated));
    assert_eq!(carets::annotate(&found, &sources, id), annotated);
    found
}
