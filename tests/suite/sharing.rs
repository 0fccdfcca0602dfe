//! Whatever two workflows have in common, steps and what their failures mean, stands in one place,
//! in `workflows/fragments`, and is called or named from there.

use std::collections::{BTreeMap, BTreeSet};

use runsheet_diagnostics::source::SourceId;
use runsheet_language::document::{Document, Form, Node};
use runsheet_language::keys::LISTS_OF_STEPS;

use crate::repository::{files, read};

/// From how many keys on a step counts: shorter ones are hardly more than a name for what they
/// call.
const KEYS: usize = 4;

/// A step as it would be written anywhere: its content without its id.
fn content(step: Node<'_>) -> String {
    let entries = step.entries().filter(|entry| entry.name() != "id");
    let entries: BTreeSet<String> = entries
        .map(|entry| format!("{}: {}", entry.name(), shown(entry.value)))
        .collect();
    entries.into_iter().collect::<Vec<_>>().join("\n")
}

fn shown(node: Node<'_>) -> String {
    match node.form() {
        Form::Scalar(text, _) => format!("{text:?}"),
        Form::List => {
            let items: Vec<String> = node.items().map(shown).collect();
            format!("[{}]", items.join(", "))
        }
        Form::Map => {
            let entries = node.entries();
            let entries: BTreeSet<String> = entries
                .map(|entry| format!("{}: {}", entry.name(), shown(entry.value)))
                .collect();
            format!("{{{}}}", entries.into_iter().collect::<Vec<_>>().join(", "))
        }
        Form::Hole => String::new(),
    }
}

/// Every step of a file with its address, those of definitions and of a patch too.
fn steps(document: &Document) -> Vec<(String, Node<'_>)> {
    let root = document.root();
    let patch = root.and_then(|root| root.get("patch"));
    let mut holders: Vec<(String, Node<'_>)> = Vec::new();
    for whole in root.into_iter().chain(patch.map(|patch| patch.value)) {
        let defines = whole.get("define").into_iter();
        let defines = defines.flat_map(|define| define.value.entries());
        holders.extend(defines.map(|define| (format!("{}.", define.name()), define.value)));
        holders.push((String::new(), whole));
    }
    let mut found = Vec::new();
    while let Some((around, holder)) = holders.pop() {
        let lists = LISTS_OF_STEPS.iter().filter_map(|key| holder.get(key));
        for step in lists.flat_map(|list| list.value.items()) {
            let id = step.get("id").and_then(|entry| entry.value.text());
            let address = format!("{around}{}", id.unwrap_or_default());
            holders.push((format!("{address}."), step));
            found.push((address, step));
        }
    }
    found
}

/// All workflows and fragments by their paths.
fn workflows() -> Vec<(String, Document)> {
    let paths = files().into_iter();
    let paths = paths.filter(|path| path.starts_with("workflows/") && path.ends_with(".yaml"));
    let parsed = paths.map(|path| {
        let (document, found) = Document::parse(SourceId::default(), read(&path));
        assert_eq!(found, [], "{path}");
        (path, document)
    });
    parsed.collect()
}

/// What stands in more than one place, by the places of each.
fn twice(seen: BTreeMap<String, Vec<String>>) -> Vec<Vec<String>> {
    let places = seen.into_values();
    places.filter(|places| places.len() > 1).collect()
}

/// Every map within a node that says what a failure means.
fn causes<'d>(node: Node<'d>, found: &mut Vec<Node<'d>>) {
    let is_cause = ["when", "say"].iter().all(|key| node.get(key).is_some());
    if is_cause {
        found.push(node);
    }
    for inner in node.items().chain(node.entries().map(|entry| entry.value)) {
        causes(inner, found);
    }
}

#[test]
fn no_cause_stands_twice() {
    let mut seen: BTreeMap<String, Vec<String>> = BTreeMap::new();
    for (path, document) in &workflows() {
        let mut found = Vec::new();
        if let Some(root) = document.root() {
            causes(root, &mut found);
        }
        for cause in found {
            let place = format!("{path} at byte {}", cause.span().start);
            seen.entry(shown(cause)).or_default().push(place);
        }
    }
    assert!(seen.len() > 100, "there are causes");
    assert_eq!(twice(seen), Vec::<Vec<String>>::new());
}

#[test]
fn the_steps_of_variants_are_looked_at() {
    let of_variants = workflows()
        .into_iter()
        .filter(|(path, _)| path.contains("/variants/"));
    let counts: Vec<(String, usize)> = of_variants
        .map(|(path, document)| (path, steps(&document).len()))
        .collect();
    assert!(
        counts.iter().filter(|(_, count)| *count > 0).count() > 5,
        "{counts:?}"
    );
}

#[test]
fn no_step_of_four_keys_stands_twice() {
    let mut seen: BTreeMap<String, Vec<String>> = BTreeMap::new();
    for (path, document) in workflows() {
        for (address, step) in steps(&document) {
            if step.entries().len() >= KEYS {
                let place = format!("{path}: {address}");
                seen.entry(content(step)).or_default().push(place);
            }
        }
    }
    assert_eq!(twice(seen), Vec::<Vec<String>>::new());
}
