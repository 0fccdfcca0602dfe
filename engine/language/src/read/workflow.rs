//! The outermost map of a workflow file.

mod keys;
mod values;

use indexmap::IndexMap;
use runsheet_diagnostics::diagnostic::Diagnostic;
use runsheet_diagnostics::fix::Fix;
use runsheet_diagnostics::source::Sources;
use runsheet_diagnostics::span::Span;
use runsheet_step::{Catalogue, Name};

use super::body::Bodies;
use super::library::{Libraries, Library};
use super::prose::prose;
use super::shelf::Shelf;
use super::step::Steps;
use super::type_name::Types;
use super::{Defaults, Draft, DraftWorkflow, FORMAT, define, gates, inputs, timing, value};
use crate::compose::{foreign, paths};
use crate::document::{Document, Entry, Node};
use crate::reader::{self, Reader};
use crate::workflow::StepId;

pub(in crate::read) use keys::DEFAULTS;
pub use keys::WORKFLOW;

/// A workflow as read.
pub(crate) struct Read<'d> {
    /// The workflow itself.
    pub(crate) workflow: DraftWorkflow<'d>,
    /// What is defined and called by nobody, as if each were called once.
    pub(crate) uncalled: DraftWorkflow<'d>,
}

/// Reads a workflow from its file and all that this leads to.
pub(crate) fn read<'d>(
    shelf: &'d Shelf,
    sources: &Sources,
    catalogue: &Catalogue,
    found: &mut Vec<Diagnostic>,
) -> Read<'d> {
    let mut libraries = Libraries::default();
    for file in &shelf.files[..shelf.main()] {
        let library = Library::of(file, &libraries, catalogue, found);
        libraries.files.push(library);
    }
    let main = &shelf.files[shelf.main()];
    let name = paths::stem(&sources.get(main.document.source()).name).into();
    let start = Span::at(main.document.source(), 0..0);
    let mut read = Read {
        workflow: DraftWorkflow::empty(name, start),
        uncalled: DraftWorkflow::empty("".into(), start),
    };
    let Some(mut reader) = outermost(&main.document, found) else {
        return read;
    };
    let mut library = Library::default();
    library.head(&mut reader, main, &libraries, catalogue);
    let is_library = is_library(&reader);
    read.workflow.is_library = is_library;
    read.workflow.head(&mut reader, is_library, &library.types);
    // A mistyped `extends:` has been told, and its steps would have been those of the base.
    let steps = match is_library || reader.has("extends") {
        true => reader.take("steps").map(|entry| entry.value),
        false => reader.require("steps"),
    };
    let last = reader.take("finally").map(|entry| entry.value);
    libraries.files.push(library);
    read.steps((steps, last), catalogue, &libraries, found);
    read
}

/// The outermost map of the workflow's own file, its format looked at.
fn outermost<'d, 'f>(
    document: &'d Document,
    found: &'f mut Vec<Diagnostic>,
) -> Option<Reader<'d, 'f>> {
    let Some(root) = document.root() else {
        found.push(empty(document));
        return None;
    };
    let given = values::given(root);
    found.extend(given.map(values::told));
    let told = given.map(|entry| entry.name());
    if !root.is_map() {
        let before = found.len();
        reader::wrong(root, &format!("{} (a map)", WORKFLOW.what), found);
        let told = found.iter_mut().skip(before);
        told.for_each(|one| one.help = Some(BEGINS.into()));
        return None;
    }
    let mut reader = Reader::new(root, WORKFLOW.told(told.as_slice()), found)?;
    if let Some(given) = given {
        reader.adopt("inputs", given);
    }
    format_version(&mut reader);
    Some(reader)
}

impl<'d> Read<'d> {
    /// Reads the steps and those of `finally:`, then what is defined and called by none of them.
    fn steps(
        &mut self,
        (steps, last): (Option<Node<'d>>, Option<Node<'d>>),
        catalogue: &Catalogue,
        libraries: &Libraries<'d>,
        found: &mut Vec<Diagnostic>,
    ) {
        let mut all = Steps::new(&mut self.workflow, catalogue, libraries, found);
        all.lists(steps, last);
        let called = all.bodies.read(all.found);
        let mut all = Steps::new(&mut self.uncalled, catalogue, libraries, found);
        all.bodies = Bodies::after(called);
        all.uncalled();
        all.bodies.read(all.found);
    }
}

impl<'d> DraftWorkflow<'d> {
    fn empty(name: Name, start: Span) -> Self {
        let mut main = Draft::list("steps", start);
        main.node.path = vec![StepId::MAIN];
        DraftWorkflow {
            name,
            summary: "".into(),
            see: Vec::new(),
            inputs: Vec::new(),
            outputs: IndexMap::new(),
            defaults: Defaults::default(),
            drafts: vec![main],
            finally: None,
            is_library: false,
        }
    }
}

/// Whether a file is there for those that include it: it defines something, and is no workflow
/// that lacks a part.
pub(super) fn is_library(reader: &Reader<'_, '_>) -> bool {
    let has = |key: &&str| reader.has(key);
    ["define", "types", "causes"].iter().any(has) && !["name", "steps", "extends"].iter().any(has)
}

impl<'d> DraftWorkflow<'d> {
    fn head(&mut self, reader: &mut Reader<'d, '_>, is_library: bool, types: &Types) {
        if !is_library && reader.require("name").is_none() {
            self.offer_name(reader);
        }
        if let Some(name) = reader.text("name") {
            self.name = name.value.into();
        }
        if let Some(summary) = prose(reader, "summary") {
            self.summary = summary.value.into();
        }
        self.see = super::names(reader, "see");
        if let Some(entry) = reader.take("inputs") {
            self.inputs = match reader.is_told("inputs") {
                true => inputs::guessed(entry.value),
                false => inputs::inputs(entry.value, types, reader.found()),
            };
        }
        self.outputs = define::outputs(reader, types);
        if let Some(entry) = reader.take("defaults") {
            self.defaults = defaults(entry.value, reader.found());
        }
    }

    /// Offers the name of the file where none is said, which has just been told.
    fn offer_name(&self, reader: &mut Reader<'_, '_>) {
        let version = reader.take("workflow");
        let called = format!("call it `{}`", self.name);
        let fix = version.map(|version| {
            let after = version.value.span().after();
            Fix::replace(called, after, format!("\nname: {}", self.name))
        });
        if let Some((said, fix)) = reader.found().last_mut().zip(fix) {
            said.help = None;
            said.fixes.push(fix);
        }
    }

    /// The number that the next step will have.
    pub(super) fn next(&self) -> StepId {
        StepId(u32::try_from(self.drafts.len()).unwrap_or(u32::MAX))
    }
}

/// `defaults:`, of a workflow or of a definition.
pub(super) fn defaults(node: Node<'_>, found: &mut Vec<Diagnostic>) -> Defaults {
    let Some(mut reader) = Reader::new(node, DEFAULTS, found) else {
        return Defaults::default();
    };
    Defaults {
        host: value::of(&mut reader, "host", &runsheet_step::shape::Type::Host),
        timeout: timing::timeout(&mut reader),
        lock: gates::lock(&mut reader),
        pools: gates::pools(&mut reader),
        retry: timing::retry(&mut reader),
    }
}

/// `workflow: 1`, the first of all keys.
pub(super) fn format_version(reader: &mut Reader<'_, '_>) {
    let node = reader.node();
    let Some(entry) = reader.take("workflow") else {
        reader.found().push(no_version(node));
        return;
    };
    let first = node.entries().next();
    if first.is_some_and(|first| first.key.span() != entry.key.span()) {
        let message = "`workflow` is the first key, so that a reader knows what follows";
        let mut told = Diagnostic::error(&FORMAT, message).at(entry.key.span(), "move this up");
        told.fixes.extend(moved_up(node, entry));
        reader.found().push(told);
    }
    if entry.value.text() != Some("1") && !entry.value.is_hole() {
        reader.found().push(other_version(entry.value));
    }
}

fn no_version(node: Node<'_>) -> Diagnostic {
    let place = node.span().before();
    let message = "a workflow file begins with `workflow: 1`";
    let told = Diagnostic::error(&FORMAT, message).at(place, "not said");
    // In what may be no workflow, or stands in braces, a person writes it.
    let fix = reader::put_first(node, "workflow: 1").filter(|_| foreign::has_own(node));
    match fix {
        Some(fix) => told.fix(fix),
        None => told.help(BEGINS),
    }
}

fn other_version(value: Node<'_>) -> Diagnostic {
    let message = format!("this program reads format 1, not {}", value.found());
    let told = Diagnostic::error(&FORMAT, message).at(value.span(), "unknown format");
    let fix = Fix::replace("change to `1`", value.span(), "1");
    let is_newer = value.text().and_then(|text| text.parse().ok()) > Some(1_u64);
    match is_newer {
        true => told
            .help("a newer Runsheet may read it; if it says nothing new, write `workflow: 1`")
            .fix(fix.by_choice()),
        false => told.help("write `workflow: 1`").fix(fix),
    }
}

/// Puts an entry before all others of its map, if it stands on lines of its own.
fn moved_up(map: Node<'_>, moved: Entry<'_>) -> Option<Fix> {
    let first = map.entries().next()?.key.span().before();
    let lines = moved.lines().filter(|lines| lines.source == first.source)?;
    let depth = map.line_before().trim_start_matches('\u{feff}');
    let written = format!(
        "{}: {}\n{depth}",
        moved.key.written(),
        moved.value.written()
    );
    Some(Fix::replace("move it up", first, written).edit(lines, ""))
}

fn empty(document: &Document) -> Diagnostic {
    let span = Span::at(document.source(), 0..0);
    Diagnostic::error(&FORMAT, "the file is empty")
        .at(span, "nothing here")
        .help(BEGINS)
}

/// What a file of another form is told.
pub(crate) const BEGINS: &str = "a workflow begins with `workflow: 1` and has `steps:`";
