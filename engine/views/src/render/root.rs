//! The outermost map of the one file.

use runsheet_language::document::{Entry, Node};
use runsheet_language::keys::WORKFLOW;

use super::build::{Build, in_order};
use super::guide::Guide;
use super::layout;
use super::names::{Offer, What, workflow};
use super::tree::{Branch, Form, Tree};

/// Keys that are worked in.
const WORKED_IN: [&str; 3] = ["extends", "include", "patch"];

/// Keys that stand apart from what is above them, unless they are short.
const APART: [&str; 8] = [
    "plugins", "types", "causes", "inputs", "outputs", "define", "steps", "finally",
];

/// The whole workflow.
pub(super) fn root(build: &mut Build<'_>) -> Tree {
    let names = build.names;
    let mut sections = Vec::new();
    if let Some(root) = names.root(names.parts.main()) {
        let own = in_order(root, Some(&WORKFLOW)).into_iter();
        let mut own: Vec<Entry<'_>> = own
            .filter(|entry| !WORKED_IN.contains(&entry.name()))
            .collect();
        for name in WORKFLOW.names() {
            let at = own.iter().position(|entry| entry.name() == name);
            let entry = at.map(|at| own.remove(at));
            sections.extend(section(build, root, name, entry));
        }
        let free = own.into_iter();
        sections.extend(free.map(|entry| build.entry(entry, Guide::nothing())));
    }
    names_its_making(build, &mut sections);
    let mut was_long = false;
    for section in &mut sections {
        let is_long = !section.value.branches().is_empty() && layout::takes_lines(section);
        let name = section.name();
        if was_long || is_long && APART.contains(&name) {
            section.set_apart();
        }
        was_long = is_long;
    }
    Tree {
        form: Form::Map(sections),
        is_flow: false,
    }
}

/// Where patches only took something out, no part tells that the file is made of several; the first
/// one does then. Nobody would know otherwise that what is unused now was used before.
fn names_its_making(build: &mut Build<'_>, sections: &mut [Branch]) {
    let main = build.names.parts.main();
    let document = &build.names.parts.files[main].document;
    let first = document.root().and_then(|root| root.entries().next());
    if document.sources().len() < 2 || sections.iter().any(Branch::tells_origin) {
        return;
    }
    if let (Some(first), Some(section)) = (first, sections.first_mut()) {
        section.origin = Some(build.origin(first.key.span()));
    }
}

/// What stands under a key, with what other files bring.
fn section(
    build: &mut Build<'_>,
    root: Node<'_>,
    name: &str,
    own: Option<Entry<'_>>,
) -> Option<Branch> {
    let own = own.map(|entry| build.entry(entry, workflow().under(root, name)));
    let brought = brought(build, name);
    if brought.is_empty() {
        return own.map(|own| apart(own, name));
    }
    let empty = Tree {
        form: Form::Map(Vec::new()),
        is_flow: false,
    };
    let mut section = own.unwrap_or_else(|| Branch::new(name, empty));
    let mut said = match std::mem::replace(&mut section.value.form, Form::Map(Vec::new())) {
        Form::Map(said) => said,
        _ => Vec::new(),
    };
    said.retain(|own| !brought.iter().any(|other| other.name() == own.name()));
    // Types and causes use those above them.
    let all = match name {
        "define" => said.into_iter().chain(brought).collect(),
        _ => brought.into_iter().chain(said).collect(),
    };
    section.value = Tree {
        form: Form::Map(all),
        is_flow: false,
    };
    Some(apart(section, name))
}

/// Kinds stand apart from each other.
fn apart(mut section: Branch, name: &str) -> Branch {
    if let (Form::Map(kinds), "define") = (&mut section.value.form, name) {
        kinds.iter_mut().skip(1).for_each(Branch::set_apart);
    }
    section
}

/// What is used of other files and stands under a key here.
fn brought(build: &mut Build<'_>, key: &str) -> Vec<Branch> {
    let is_meant = |offer: &&Offer| match offer.what.place() {
        Some((place, _)) => place == key,
        None => key == "define",
    };
    let offers = build.names.used.iter().filter(is_meant);
    let offers: Vec<Offer> = offers.copied().collect();
    let (file, here) = (build.file, build.here);
    let brought = offers.into_iter().filter_map(|offer| {
        build.file = offer.file;
        one(build, offer)
    });
    let brought = brought.collect();
    (build.file, build.here) = (file, here);
    brought
}

fn one(build: &mut Build<'_>, offer: Offer) -> Option<Branch> {
    let names = build.names;
    let name = names.full(offer)?;
    let root = names.root(offer.file)?;
    if offer.what == What::Whole {
        return Some(whole(build, &name, root));
    }
    let (entry, guide) = names.offer(offer)?;
    let mut branch = build.entry(entry, guide);
    branch.key = branch.key.map(|(_, style)| (name, style));
    Some(branch)
}

/// A whole workflow as a kind.
fn whole(build: &mut Build<'_>, name: &str, root: Node<'_>) -> Branch {
    let start = root.entries().next().map(|entry| entry.key.span());
    let span = start.unwrap_or(root.span());
    let origin = build.origin(span);
    build.here = span.source;
    let mut entries = Vec::new();
    for key in super::names::CALLED {
        let Some(entry) = root.get(key) else { continue };
        let mut branch = build.entry(entry, workflow().under(root, key));
        if key == "summary" {
            branch.key = branch.key.map(|(_, style)| ("doc".to_owned(), style));
        }
        entries.push(branch);
    }
    if root.get("finally").is_none() {
        let nothing = Tree {
            form: Form::List(Vec::new()),
            is_flow: true,
        };
        entries.push(Branch::new("finally", nothing));
    }
    for entry in &mut entries {
        entry
            .above
            .retain(|above| *above != super::tree::Above::Blank);
    }
    let value = Tree {
        form: Form::Map(entries),
        is_flow: false,
    };
    Branch {
        origin: Some(origin),
        ..Branch::new(name, value)
    }
}
