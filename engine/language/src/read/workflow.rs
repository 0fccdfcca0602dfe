//! The outermost map of a workflow file.

mod keys;

use runsheet_diagnostics::diagnostic::Diagnostic;
use runsheet_diagnostics::fix::Fix;
use runsheet_diagnostics::source::Sources;
use runsheet_diagnostics::span::Span;
use runsheet_step::{Catalogue, Name};

use super::{Defaults, Draft, DraftWorkflow, FORMAT, gates, inputs, later, step, timing, value};
use crate::document::{Document, Node};
use crate::reader::Reader;
use crate::workflow::StepId;
use keys::DEFAULTS;

pub use keys::WORKFLOW;

/// Reads a workflow file.
pub(crate) fn read<'d>(
    document: &'d Document,
    sources: &Sources,
    catalogue: &Catalogue,
    found: &mut Vec<Diagnostic>,
) -> DraftWorkflow<'d> {
    let mut main = Draft::list("steps", Span::at(document.source(), 0..0));
    main.node.path = vec![StepId::MAIN];
    let mut draft = DraftWorkflow {
        name: stem(&sources.get(document.source()).name),
        summary: "".into(),
        see: Vec::new(),
        inputs: Vec::new(),
        defaults: Defaults::default(),
        drafts: vec![main],
        finally: None,
    };
    let Some(root) = document.root() else {
        found.push(empty(document));
        return draft;
    };
    let Some(mut reader) = Reader::new(root, WORKFLOW, found) else {
        return draft;
    };
    format_version(&mut reader);
    for key in ["include", "patch", "define", "types"] {
        later::key(&mut reader, key);
    }
    draft.head(&mut reader);
    if let Some(entry) = reader.take("inputs") {
        draft.inputs = inputs::inputs(entry.value, reader.found());
    }
    if let Some(entry) = reader.take("defaults") {
        draft.defaults = defaults(entry.value, reader.found());
    }
    let steps = reader.require("steps");
    let last = reader.take("finally").map(|entry| entry.value);
    step::Steps::new(&mut draft, catalogue, reader.found()).lists(steps, last);
    draft
}

impl DraftWorkflow<'_> {
    fn head(&mut self, reader: &mut Reader<'_, '_>) {
        reader.require("name");
        if let Some(name) = reader.text("name") {
            self.name = name.value.into();
        }
        if let Some(summary) = reader.text("summary") {
            self.summary = summary.value.into();
        }
        self.see = super::names(reader, "see");
    }

    /// The number that the next step will have.
    pub(super) fn next(&self) -> StepId {
        StepId(u32::try_from(self.drafts.len()).unwrap_or(u32::MAX))
    }
}

fn defaults(node: Node<'_>, found: &mut Vec<Diagnostic>) -> Defaults {
    let Some(mut reader) = Reader::new(node, DEFAULTS, found) else {
        return Defaults::default();
    };
    Defaults {
        host: value::of(&mut reader, "host", &runsheet_step::shape::Type::Host),
        timeout: timing::timeout(&mut reader),
        lock: gates::lock(&mut reader),
        retry: timing::retry(&mut reader),
    }
}

/// `workflow: 1`, the first of all keys.
fn format_version(reader: &mut Reader<'_, '_>) {
    let first = reader.node().entries().next();
    let Some(entry) = reader.take("workflow") else {
        let place = reader.node().span().before();
        let message = "a workflow file begins with `workflow: 1`";
        let diagnostic = Diagnostic::error(&FORMAT, message).at(place, "not said");
        let fix = Fix::replace("put `workflow: 1` first", place, "workflow: 1\n");
        reader.found().push(diagnostic.fix(fix));
        return;
    };
    if first.is_some_and(|first| first.key.span() != entry.key.span()) {
        let message = "`workflow` is the first key, so that a reader knows what follows";
        let diagnostic = Diagnostic::error(&FORMAT, message).at(entry.key.span(), "move this up");
        reader.found().push(diagnostic);
    }
    if entry.value.text() != Some("1") && !entry.value.is_hole() {
        let message = format!("this program reads format 1, not {}", entry.value.found());
        let span = entry.value.span();
        let diagnostic = Diagnostic::error(&FORMAT, message).at(span, "unknown format");
        let fix = Fix::replace("change to `1`", span, "1");
        reader
            .found()
            .push(diagnostic.help("write `workflow: 1`").fix(fix));
    }
}

fn empty(document: &Document) -> Diagnostic {
    let span = Span::at(document.source(), 0..0);
    Diagnostic::error(&FORMAT, "the file is empty")
        .at(span, "nothing here")
        .help("a workflow begins with `workflow: 1` and has `steps:`")
}

/// The file's name without folder and ending.
fn stem(path: &str) -> Name {
    let file = path.rsplit(['/', '\\']).next().unwrap_or(path);
    file.split('.').next().unwrap_or(file).into()
}
