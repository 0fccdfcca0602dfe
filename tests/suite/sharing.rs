//! Whatever two workflows have in common, steps and what their failures mean, stands in one place,
//! in `workflows/fragments`, and is called or named from there.

use std::collections::{BTreeMap, BTreeSet};

use runsheet_diagnostics::source::SourceId;
use runsheet_language::document::{Document, Form, Node};

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

/// Every step of a file with its address, in definitions too.
fn steps(document: &Document) -> Vec<(String, Node<'_>)> {
    let Some(root) = document.root() else {
        return Vec::new();
    };
    let mut lists: Vec<(String, Node<'_>)> = Vec::new();
    let defines = root.get("define").into_iter();
    let defines = defines.flat_map(|define| define.value.entries());
    for (name, map) in defines
        .map(|define| (format!("{}.", define.name()), define.value))
        .chain([(String::new(), root)])
    {
        let both = ["steps", "finally"].iter().filter_map(|key| map.get(key));
        lists.extend(both.map(|entry| (name.clone(), entry.value)));
    }
    let mut found = Vec::new();
    while let Some((around, list)) = lists.pop() {
        for step in list.items() {
            let id = step.get("id").and_then(|entry| entry.value.text());
            let address = format!("{around}{}", id.unwrap_or_default());
            let inner = step.get("steps").map(|entry| entry.value);
            lists.extend(inner.map(|inner| (format!("{address}."), inner)));
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
