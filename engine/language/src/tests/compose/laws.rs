//! The laws of overlays, on trees: nothing changes nothing, one after the other is as good as both
//! at once, strangers may come in any order, and twice is once.

use proptest::prelude::{Just, Strategy, any, prop_oneof};
use proptest::sample::subsequence;
use proptest::{prop_assert, prop_assert_eq, proptest};
use runsheet_diagnostics::source::Sources;

use crate::compose::{NoFiles, compose, read_overlay};
use crate::document::{Form, Node};

const BASE: &str = r#"workflow: 1
name: base
inputs:
  timeout: {type: duration, default: 5m}
  hosts: {type: list<text>, default: [A, B]}
steps:
  - {id: first, uses: exec, host: A, see: [Q1, Q2], with: {argv: [reqmain, -t]}}
  - id: group
    steps:
      - {id: send, uses: exec, host: A, with: {argv: [reqmain]}}
      - {id: left, uses: assert, needs: [send], with: {that: "${{ steps.send.outputs.exit == 0 }}"}}
  - {id: last, uses: assert, when: steps.first.outputs.exit == 0, with: {that: true}}
"#;

/// One change of one place; no two of these touch the same. Each may be made again.
fn change() -> impl Strategy<Value = Vec<(usize, String)>> {
    let values = (any::<u8>(), any::<u8>(), any::<bool>());
    values.prop_map(|(a, b, flag)| {
        let step = |what: &str| format!("{{id: {what}}}");
        let list = [
            format!("inputs: {{timeout: {{default: {a}s}}}}"),
            format!("inputs: {{hosts: {{default: [H{a}, H{b}]}}}}"),
            format!("inputs: {{more: {{type: int, default: {a}}}}}"),
            format!("defaults: {{timeout: {b}m}}"),
            step(&format!("first, see: {{$replace: [Q{a}]}}")),
            step(&format!(
                "first, host: {{$optional: true, $delete: {}}}",
                true
            )),
            step(&format!("group.send, timeout: {a}m")),
            step(&format!("group.send, with: {{argv: [x{b}]}}")),
            step(&format!("last, doc: {}", if flag { "yes" } else { "no" })),
            step("group.left, $optional: true, $delete: true"),
        ];
        list.into_iter().enumerate().collect()
    })
}

/// The changes as one overlay.
fn overlay(changes: &[(usize, String)]) -> String {
    let (steps, maps): (Vec<_>, Vec<_>) = changes.iter().partition(|(_, it)| it.starts_with("{id"));
    let mut text = "overlay: 1\npatch:\n  steps:\n".to_owned();
    for (_, step) in steps {
        text.push_str(&format!("    - {step}\n"));
    }
    let of = |key: &str| {
        let inner = maps
            .iter()
            .filter_map(|(_, map)| map.strip_prefix(key)?.strip_suffix('}'));
        inner.collect::<Vec<_>>().join(", ")
    };
    text.push_str(&format!("  inputs: {{{}}}\n", of("inputs: {")));
    text.push_str(&format!("  defaults: {{{}}}\n", of("defaults: {")));
    text.replace("  steps:\n  inputs", "  inputs")
        .replace("  defaults: {}\n", "")
}

/// A tree as YAML in one line.
fn flow(node: Node<'_>) -> String {
    let join = |parts: Vec<String>| parts.join(", ");
    match node.form() {
        Form::Scalar(text, _) if text.chars().all(char::is_alphanumeric) => text.to_owned(),
        Form::Scalar(text, _) => serde_json::Value::from(text).to_string(),
        Form::List => format!("[{}]", join(node.items().map(flow).collect())),
        Form::Map => {
            let entries = node.entries();
            let entries = entries.map(|entry| format!("{}: {}", entry.name(), flow(entry.value)));
            format!("{{{}}}", join(entries.collect()))
        }
        Form::Hole => "?".to_owned(),
    }
}

/// A workflow under overlays, and how many errors there were.
fn under(base: &str, overlays: &[&str]) -> (String, usize) {
    let mut sources = Sources::new();
    let source = sources.add("base.yaml", base);
    let mut errors = 0;
    let mut read = Vec::new();
    for text in overlays {
        let source = sources.add("overlay.yaml", *text);
        let (overlay, found) = read_overlay(source, &sources);
        errors += found.len();
        read.push(overlay);
    }
    let (document, found) = compose(source, &read, &mut sources, &NoFiles);
    errors += found.iter().filter(|one| one.is_error()).count();
    (flow(document.root().unwrap()), errors)
}

/// A tree whatever the order in which the keys of its maps were added.
fn sorted(text: &str) -> String {
    let mut parts: Vec<&str> = text
        .split(['{', '}', ',', '[', ']'])
        .map(str::trim)
        .collect();
    parts.sort_unstable();
    parts.join(" ")
}

fn some() -> impl Strategy<Value = Vec<(usize, String)>> {
    let part = change().prop_flat_map(|all| subsequence(all.clone(), 0..=all.len()));
    prop_oneof![Just(Vec::new()), part]
}

proptest! {
    #[test]
    fn an_empty_overlay_changes_nothing(changes in some()) {
        let text = overlay(&changes);
        let alone = under(BASE, &[&text]);
        prop_assert_eq!(alone.1, 0, "{}", text);
        for empty in ["overlay: 1\n", "overlay: 1\npatch: {}\n", "overlay: 1\npatch: {steps: []}\n"] {
            prop_assert_eq!(&under(BASE, &[empty, &text]), &alone);
            prop_assert_eq!(&under(BASE, &[&text, empty]), &alone);
        }
    }

    #[test]
    fn one_overlay_after_the_other_is_as_good_as_over_what_the_first_made(a in some(), b in some()) {
        let (a, b) = (overlay(&a), overlay(&b));
        let (made, _) = under(BASE, &[&a]);
        prop_assert_eq!(under(&made, &[&b]), under(BASE, &[&a, &b]));
    }

    #[test]
    fn a_variant_patched_is_the_base_overlaid(a in some()) {
        let text = overlay(&a);
        let variant = text.replace("overlay: 1", "workflow: 1\nname: base\nextends: base.yaml");
        let mut sources = Sources::new();
        let files = super::files(&[("base.yaml", BASE)]);
        let source = sources.add("variant.yaml", variant);
        let (document, found) = compose(source, &[], &mut sources, &files);
        prop_assert!(found.is_empty());
        let variant = flow(document.root().unwrap()).replace("extends: \"base.yaml\", ", "");
        prop_assert_eq!(sorted(&variant), sorted(&under(BASE, &[&text]).0));
    }

    #[test]
    fn overlays_of_different_places_come_in_any_order(
        all in change(),
        first in proptest::collection::vec(any::<bool>(), 10),
    ) {
        let (a, b): (Vec<_>, Vec<_>) = all.into_iter().partition(|(at, _)| first[*at]);
        let (a, b) = (overlay(&a), overlay(&b));
        let (one, other) = (under(BASE, &[&a, &b]), under(BASE, &[&b, &a]));
        prop_assert_eq!((sorted(&one.0), one.1), (sorted(&other.0), other.1));
    }

    #[test]
    fn an_overlay_twice_is_the_overlay_once(a in some()) {
        let text = overlay(&a);
        prop_assert_eq!(under(BASE, &[&text, &text]), under(BASE, &[&text]));
    }
}
