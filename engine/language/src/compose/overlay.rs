//! Overlays: patches from outside, of a workflow, of its site, and of the variables of hosts.

mod target;
mod unpatched;

use std::collections::BTreeSet;
use std::sync::Arc;

use indexmap::IndexMap;
use runsheet_diagnostics::diagnostic::Diagnostic;
use runsheet_diagnostics::fix::Fix;
use runsheet_diagnostics::source::{SourceId, Sources};
use runsheet_diagnostics::span::Span;
use runsheet_step::Name;

use super::order::Order;
use super::patch::{self, Spot};
use super::{OVERLAY_FOR_ANOTHER, OVERLAY_FORMAT, disagree};
use crate::document::layout::Layout;
use crate::document::{Document, Entry, Node, Place};
use crate::keys::{Key, Keys, Takes};
use crate::read::WORKFLOW;
use crate::reader::{self, Reader, bare};
use crate::site::{SITE, Setting, plain, unevaluated};
use crate::spanned::Spanned;

/// The keys of an overlay file.
pub static OVERLAY: Keys<'static> = Keys::table(
    "an overlay",
    &[
        Key::new(
            "overlay",
            Takes::Format,
            "The version of the format, `1`; always the first key.",
        )
        .required(),
        Key::new("name", Takes::Text, "The name of the overlay."),
        Key::new("summary", Takes::Text, "What it changes, in one line."),
        Key::new("see", Takes::Texts, "Where more is to be read."),
        Key::new(
            "applies_to",
            Takes::Texts,
            "The names of the workflows it is for, or of workflows that those extend. It changes each of them that takes part, those that steps call among them.",
        ),
        Key::new(
            "patch",
            Takes::Patch(|| &WORKFLOW),
            "What it changes in the workflow, as `patch:` of a workflow file does.",
        ),
        Key::new(
            "vars",
            Takes::Map(&Takes::Map(&Takes::Anything)),
            "Variables of hosts, by the name of a host or a group; they outrank what the site says.",
        ),
        Key::new(
            "site",
            Takes::Patch(|| &SITE),
            "What it changes in the site file.",
        ),
    ],
)
.called(&[
    ("version", "overlay"),
    ("description", "summary"),
    ("doc", "summary"),
    ("for", "applies_to"),
    ("variables", "vars"),
    ("workflow", "patch"),
]);

/// An overlay as its file says it.
#[derive(Clone, Debug)]
pub struct Overlay {
    /// Its file.
    pub source: SourceId,
    /// Its name.
    pub name: Name,
    /// The workflows it is for; empty: any.
    pub applies_to: Vec<Spanned<Name>>,
    /// Variables of hosts, by the name of a host or a group.
    pub vars: IndexMap<Name, OwnVars>,
    document: Arc<Document>,
    patch: Option<Place>,
    site: Option<Place>,
}

/// The variables that an overlay gives to a host, or to the hosts of a group.
#[derive(Clone, Debug, Default)]
pub struct OwnVars {
    /// Where the host or group is named.
    pub span: Span,
    /// The values.
    pub vars: IndexMap<Name, Setting>,
    /// Where each is named.
    pub keys: IndexMap<Name, Span>,
}

/// Reads an overlay file. There is always an overlay, with gaps where something was wrong.
#[must_use]
pub fn read_overlay(source: SourceId, sources: &Sources) -> (Overlay, Vec<Diagnostic>) {
    let text = sources.get(source).text.clone();
    let (document, mut found) = Document::parse(source, text);
    let document = Arc::new(document);
    let of_text = found.len();
    let mut overlay = Overlay {
        source,
        name: sources.get(source).name.as_ref().into(),
        applies_to: Vec::new(),
        vars: IndexMap::new(),
        document: Arc::clone(&document),
        patch: None,
        site: None,
    };
    let Some(root) = document.root() else {
        if !document.is_complete() {
            return (overlay, found);
        }
        let start = Span::at(source, 0..0);
        let fix = Fix::replace("write `overlay: 1`", start, "overlay: 1\n");
        found.push(no_format(start, Some(fix)));
        return (overlay, found);
    };
    if let Some(told) = a_workflow(root).or_else(|| a_site(root)) {
        found.push(told);
    } else {
        let unpatched = unpatched::tell(root, &mut found);
        if let Some(mut reader) = Reader::new(root, OVERLAY.told(&unpatched), &mut found) {
            overlay.read(&mut reader);
        }
    }
    if !document.is_complete() {
        // What is missed may stand in what could not be read.
        found.truncate(of_text);
    }
    (overlay, found)
}

impl Overlay {
    /// What it says of hosts and of a site: its `vars:` and its `site:`.
    pub fn of_sites(&self) -> impl Iterator<Item = Entry<'_>> {
        let root = self.document.root().into_iter();
        root.flat_map(Node::entries)
            .filter(|entry| matches!(entry.name(), "vars" | "site"))
    }

    /// Whether it says anything of hosts or of a site.
    #[must_use]
    pub fn is_for_sites(&self) -> bool {
        self.site.is_some() || !self.vars.is_empty()
    }

    fn read(&mut self, reader: &mut Reader<'_, '_>) {
        match reader.take("overlay") {
            Some(entry) if entry.value.text() == Some("1") => {}
            Some(entry) => {
                let span = entry.value.span();
                let fix = Fix::replace("write `overlay: 1`", span, "1");
                reader.found().push(no_format(span, Some(fix)));
            }
            None => {
                let root = reader.node();
                let fix = reader::put_first(root, "overlay: 1");
                reader.found().push(no_format(root.span().before(), fix));
            }
        }
        if let Some(name) = reader.text("name") {
            self.name = name.value.into();
        }
        let names = reader.texts("applies_to").into_iter();
        self.applies_to = names.map(|name| name.map(Name::from)).collect();
        self.patch = tree(reader, "patch");
        self.site = tree(reader, "site");
        let of_sites = ["vars", "site"]
            .into_iter()
            .filter_map(|key| reader.take(key));
        let of_sites: Vec<_> = of_sites.collect();
        for entry in of_sites {
            unevaluated::tell(entry.value, "a site", reader.found());
        }
        for entry in reader.entries("vars") {
            let value = nested(entry, reader.found());
            let Some(vars) = reader::entries(value, "variables", reader.found()) else {
                continue;
            };
            let mut own = OwnVars {
                span: bare(entry.key),
                ..OwnVars::default()
            };
            for var in vars {
                let name = Name::from(var.name());
                own.keys.insert(name.clone(), bare(var.key));
                own.vars.insert(name, plain::setting(var.value));
            }
            self.vars.insert(entry.name().into(), own);
        }
    }

    /// Whether it says itself that it is for this workflow, or for one that this extends.
    pub(super) fn names(&self, workflow: &Document) -> bool {
        let names = workflow.root().map(|root| names(workflow, root));
        let names = names.unwrap_or_default();
        let fits = |wanted: &Spanned<Name>| names.iter().any(|name| **name == *wanted.value);
        self.applies_to.iter().any(fits)
    }
}

/// The variables of a host or group; also where they stand under `vars:`, as in a site file, which
/// is told.
fn nested<'d>(owner: Entry<'d>, found: &mut Vec<Diagnostic>) -> Node<'d> {
    let mut keys = owner.value.entries();
    let (Some(only), None) = (keys.next(), keys.next()) else {
        return owner.value;
    };
    if only.name() != "vars" || !only.value.is_map() {
        return owner.value;
    }
    let message = format!("variables stand directly under `{}` here", owner.name());
    let told = Diagnostic::error(&reader::UNKNOWN_KEY, message)
        .at(bare(only.key), "only in a site file")
        .help(format!("write `{}: {{NAME: ..}}`", owner.name()));
    let is_flow = [owner.value, only.value].map(|map| Layout::of(map).map(|map| map.is_flow));
    found.push(match is_flow == [Some(true), Some(true)] {
        true => {
            let meant = only.value.written();
            told.fix(Fix::replace("take `vars:` out", owner.value.span(), meant))
        }
        false => told,
    });
    only.value
}

/// That a workflow, mostly a variant, stands where an overlay belongs.
fn a_workflow(root: Node<'_>) -> Option<Diagnostic> {
    let key = root
        .get("workflow")
        .filter(|_| root.get("overlay").is_none())?
        .key;
    let message = "this is a workflow, and an overlay is wanted";
    let help = match root.get("extends") {
        Some(_) => "a variant is used by itself, in the place of its base, and not laid over it",
        None => "an overlay begins with `overlay: 1`, and says under `patch:` what is changed",
    };
    let diagnostic = Diagnostic::error(&OVERLAY_FORMAT, message);
    Some(diagnostic.at(bare(key), "says so").help(help))
}

/// That a site stands where an overlay belongs: in an overlay, `site:` is a map.
fn a_site(root: Node<'_>) -> Option<Diagnostic> {
    let site = root.get("site")?;
    let is_site = root.get("overlay").is_none() && site.value.text().is_some();
    is_site.then(|| {
        let message = "this is a site, and an overlay is wanted";
        let diagnostic = Diagnostic::error(&OVERLAY_FORMAT, message);
        let diagnostic = diagnostic.at(bare(site.key), "says so");
        diagnostic.help("a site is named by `--site`, and what is laid over it by `--overlay`")
    })
}

fn tree(reader: &mut Reader<'_, '_>, key: &str) -> Option<Place> {
    let value = reader.take(key)?.value;
    if !value.is_map() && !value.is_null() {
        reader::wrong(value, "a map", reader.found());
    }
    value.is_map().then(|| value.number())
}

fn no_format(span: Span, fix: Option<Fix>) -> Diagnostic {
    let message = "an overlay begins with `overlay: 1`";
    let mut told = Diagnostic::error(&OVERLAY_FORMAT, message).at(span, "should say `overlay: 1`");
    told.fixes.extend(fix);
    told
}

/// What a document is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Subject {
    /// A workflow, which the `patch:` of an overlay is for.
    Workflow,
    /// A site, which its `site:` is for.
    Site,
}

/// A document with all overlays laid over it, in their order.
pub(crate) fn overlaid(
    mut document: Document,
    overlays: &[Overlay],
    subject: Subject,
    found: &mut Vec<Diagnostic>,
) -> Document {
    let mut before: BTreeSet<SourceId> = BTreeSet::new();
    let mut order = Order::default();
    document.reserve(overlays.iter().map(|overlay| &*overlay.document));
    for overlay in overlays {
        let Some(root) = document.root().filter(|_| document.is_complete()) else {
            return document;
        };
        let names = names(&document, root);
        let names: Vec<&str> = names.iter().map(String::as_str).collect();
        let (patch, spot) = match subject {
            Subject::Workflow if !overlay.is_for(&names, found) => continue,
            Subject::Workflow => (overlay.patch, Spot::Workflow),
            Subject::Site => (overlay.site, Spot::Plain),
        };
        let root = root.number();
        let Some(patch) = patch else { continue };
        let first = document.graft_part(&overlay.document, 0);
        let patch = (first + patch, first..document.count());
        let talk = (&mut order, &mut *found);
        let patched = patch::apply(&mut document, root, patch, spot, talk);
        document.set_root(patched);
        found.extend(disagree::among(&document, first, &before));
        let crossed = std::mem::take(&mut order.crossed);
        found.extend(disagree::about_order(&document, &crossed, &before));
        before.insert(overlay.source);
        order.end_patch();
    }
    document
}

/// The name of a workflow, and the names of those it extends.
fn names(document: &Document, root: Node<'_>) -> Vec<String> {
    let mut names = Vec::new();
    let mut name = root.get("name").map(|entry| entry.value);
    while let Some(node) = name {
        names.extend(node.text().map(str::to_owned));
        name = document.past(node).map(|past| document.at(past.older));
    }
    names
}
