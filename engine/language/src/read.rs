//! From a document to drafts: every key of the language read, no name looked up yet.
//!
//! A draft is a step of the workflow as far as its own text says it, and the places of what only
//! other parts of the file can bind: `needs:`, `since:`, `host:`. Literals are read by the type
//! that stands to be there, so `1.10` is a version, a text or a mistake, and never a guess.

mod body;
mod call;
mod causes;
mod define;
mod effects;
mod failures;
mod foreach;
mod gates;
pub(crate) mod include;
mod input;
mod inputs;
mod judgement;
mod later;
pub(crate) mod library;
mod prose;
pub(crate) mod shelf;
mod step;
mod timing;
mod type_name;
pub(crate) mod value;
mod workflow;

use indexmap::IndexMap;
use runsheet_diagnostics::code::Code;
use runsheet_diagnostics::diagnostic::Diagnostic;
use runsheet_diagnostics::span::Span;
use runsheet_step::Name;

use crate::document::{Entry, Node};
use crate::expression::Template;
use crate::reader::Reader;
use crate::spanned::Spanned;
use crate::workflow as ours;

pub(crate) use shelf::Shelf;
pub use type_name::type_names;
pub use workflow::WORKFLOW;
pub(crate) use workflow::{BEGINS, read};

/// A type that there is not.
static UNKNOWN_TYPE: Code = Code::new("unknown-type", include_str!("pages/unknown-type.md"));
/// A kind that there is not.
pub(crate) static UNKNOWN_KIND: Code =
    Code::new("unknown-kind", include_str!("pages/unknown-kind.md"));
/// A part of the language that is not built yet.
static NOT_YET: Code = Code::new(
    "not-supported-yet",
    include_str!("pages/not-supported-yet.md"),
);
/// A version of the format that this program does not read.
pub(crate) static FORMAT: Code =
    Code::new("format-version", include_str!("pages/format-version.md"));
/// A step that is both a step and a group, or neither.
static NO_BODY: Code = Code::new("step-or-group", include_str!("pages/step-or-group.md"));

/// What is called calls itself.
static CYCLIC_CALL: Code = Code::new("cyclic-call", include_str!("pages/cyclic-call.md"));
/// A definition with the name of something that is there already.
static NAME_TAKEN: Code = Code::new("name-taken", include_str!("pages/name-taken.md"));
/// Calls that together make more steps than anybody reads.
static TOO_MANY_STEPS: Code = Code::new("too-many-steps", include_str!("pages/too-many-steps.md"));

/// All codes of this module.
pub(crate) static CODES: &[&Code] = &[
    &UNKNOWN_TYPE,
    &UNKNOWN_KIND,
    &NOT_YET,
    &FORMAT,
    &NO_BODY,
    &CYCLIC_CALL,
    &NAME_TAKEN,
    &TOO_MANY_STEPS,
];

/// A whole file as read.
pub(crate) struct DraftWorkflow<'d> {
    pub(crate) name: Name,
    pub(crate) summary: Name,
    pub(crate) see: Vec<Name>,
    pub(crate) inputs: Vec<(Spanned<&'d str>, ours::InputDeclaration)>,
    /// What it gives to who calls it.
    pub(crate) outputs: IndexMap<Name, ours::OutputDeclaration>,
    pub(crate) defaults: Defaults,
    /// Groups before what is in them; the first is the list of the whole run.
    pub(crate) drafts: Vec<Draft<'d>>,
    pub(crate) finally: Option<ours::StepId>,
    pub(crate) is_library: bool,
}

/// What steps have that say nothing themselves.
#[derive(Clone, Default)]
pub(crate) struct Defaults {
    pub(crate) host: Option<Template>,
    pub(crate) timeout: Option<ours::Timeout>,
    pub(crate) lock: Option<ours::Lock>,
    pub(crate) pools: Option<Vec<ours::Pool>>,
    pub(crate) retry: Option<ours::Retry>,
}

/// A step or group as read.
pub(crate) struct Draft<'d> {
    /// All of it that needs no names.
    pub(crate) node: ours::Node,
    /// Its own `host:`.
    pub(crate) host: Option<Template>,
    pub(crate) needs: Option<Needs<'d>>,
    pub(crate) since: Option<Spanned<&'d str>>,
    /// Its own `lock:`.
    pub(crate) lock: Option<ours::Lock>,
    /// Its own `pool:`.
    pub(crate) pools: Option<Vec<ours::Pool>>,
    /// The `with:` as written.
    pub(crate) with: Option<Entry<'d>>,
    /// The whole map; the lists have none.
    pub(crate) written: Option<Node<'d>>,
    /// Of a call: what its steps have that say nothing themselves.
    pub(crate) defaults: Option<Defaults>,
}

/// A `needs:` as written.
pub(crate) struct Needs<'d> {
    /// Where the value stands.
    pub(crate) span: Span,
    pub(crate) ids: Vec<Spanned<&'d str>>,
}

impl Draft<'_> {
    /// One of the two lists of a workflow.
    fn list(name: &str, span: Span) -> Self {
        Draft {
            node: blank(name.into(), span),
            host: None,
            needs: None,
            since: None,
            lock: None,
            pools: None,
            with: None,
            written: None,
            defaults: None,
        }
    }
}

/// A group of this name with nothing in it.
fn blank(id: Name, span: Span) -> ours::Node {
    ours::Node {
        id,
        span,
        doc: "".into(),
        see: Vec::new(),
        path: Vec::new(),
        children: Vec::new(),
        needs: Vec::new(),
        rescue: None,
        body: ours::Body::Group,
        when: None,
        foreach: None,
        accept: Vec::new(),
        expect: None,
        warn: None,
        changed: None,
        causes: Vec::new(),
        retry: None,
        timeout: None,
        lock: ours::Lock::default(),
        lock_from: None,
        pools: Vec::new(),
        confirm: None,
        destructive: false,
        undo: ours::Undo::default(),
        arming: ours::Arming::default(),
        at: None,
        call: None,
    }
}

/// The texts under a key, as names.
fn names(reader: &mut Reader<'_, '_>, key: &str) -> Vec<Name> {
    let texts = reader.texts(key);
    texts.into_iter().map(|text| text.value.into()).collect()
}

/// What the word under a key stands for.
fn word<T: Clone>(reader: &mut Reader<'_, '_>, key: &str, table: &[(&str, T)]) -> Option<T> {
    let node = reader.take(key)?.value;
    one_of(node, table, reader.found())
}

/// What a word stands for; a word that is none of these is told and read as the nearest.
fn one_of<T: Clone>(node: Node<'_>, table: &[(&str, T)], found: &mut Vec<Diagnostic>) -> Option<T> {
    let words: Vec<&str> = table.iter().map(|(word, _)| *word).collect();
    let read = crate::reader::word(node, &words, found)?;
    let meant = table.iter().find(|(word, _)| *word == read.value)?;
    Some(meant.1.clone())
}
