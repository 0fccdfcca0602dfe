//! The laws of overlays, on trees: nothing changes nothing, one after the other is as good as both
//! at once, strangers may come in any order, twice is once, and where it matters which overlay
//! comes last, somebody is told.

use proptest::prelude::{Just, Strategy, any, prop_oneof};
use proptest::sample::subsequence;
use proptest::test_runner::Config as ProptestConfig;
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

/// A tree whatever the order in which the keys of its maps were added. That of lists matters.
fn sorted(node: Node<'_>) -> String {
    if node.is_list() {
        return format!(
            "[{}]",
            node.items().map(sorted).collect::<Vec<_>>().join(", ")
        );
    }
    if !node.is_map() {
        return flow(node);
    }
    let entries = node.entries().filter(|entry| entry.name() != "extends");
    let entries = entries.map(|entry| format!("{}: {}", entry.name(), sorted(entry.value)));
    let mut entries: Vec<String> = entries.collect();
    entries.sort_unstable();
    format!("{{{}}}", entries.join(", "))
}

/// What became of a workflow.
#[derive(Debug)]
struct Made {
    /// It, as YAML in one line.
    text: String,
    /// It, the order of keys left out.
    sorted: String,
    errors: usize,
    /// How often overlays disagreed.
    disagreements: usize,
}

impl Made {
    fn outcome(self) -> (String, usize) {
        (self.text, self.errors)
    }
}

/// A workflow under overlays.
fn under(base: &str, overlays: &[&str]) -> Made {
    let mut sources = Sources::new();
    let source = sources.add("base.yaml", base);
    let mut told = Vec::new();
    let mut read = Vec::new();
    for text in overlays {
        let source = sources.add("overlay.yaml", *text);
        let (overlay, found) = read_overlay(source, &sources);
        told.extend(found);
        read.push(overlay);
    }
    let (document, found) = compose(source, &read, &mut sources, &NoFiles);
    told.extend(found);
    let root = document.root().unwrap();
    let disagreements = told
        .iter()
        .filter(|one| one.code.name == "overlays-disagree");
    Made {
        text: flow(root),
        sorted: sorted(root),
        errors: told.iter().filter(|one| one.is_error()).count(),
        disagreements: disagreements.count(),
    }
}

/// What one of several overlays says of order, `N` being a name that only it uses.
const OF_ORDER: [&str; 16] = [
    "{id: last, $before: first}",
    "{id: last, $after: group}",
    "{id: last, $first: true}",
    "{id: first, $last: true}",
    "{id: first, $after: group}",
    "{id: group, $before: first}",
    "{id: N1, $after: first, uses: exec}",
    "{id: N2, $before: last, uses: exec}",
    "{id: N3, $first: true, uses: exec}",
    "{id: N4, $last: true, uses: exec}",
    "{id: group.N5, $after: send, uses: exec}",
    "{id: group.send, $last: true}",
    "{id: group.left, $before: send}",
    "{id: first, see: {$append: [N6]}}",
    "{id: first, see: {$prepend: [N7]}}",
    "{id: first, see: {$replace: [N8]}}",
];

/// Whether one of these says of a step what another has said, which one overlay does not. Those of
/// one step stand together.
fn says_again(later: &str, earlier: &str) -> bool {
    let id = |change: &str| change.split(',').next().map(str::to_owned);
    let of_list = |change: &str| change.contains("see:");
    let again = of_list(later) == of_list(earlier);
    id(later) == id(earlier)
        && again
        && !(later.contains("$prepend") && earlier.contains("$append"))
}

/// An overlay that says so much of order.
fn ordering(name: &'static str, most: usize) -> impl Strategy<Value = String> {
    subsequence(OF_ORDER.to_vec(), 1..=most).prop_map(move |mut changes| {
        changes.dedup_by(|later, earlier| says_again(later, earlier));
        let changes = changes.iter().map(|change| change.replace('N', name));
        let changes: String = changes.map(|change| format!("    - {change}\n")).collect();
        format!("overlay: 1\npatch:\n  steps:\n{changes}")
    })
}

fn some() -> impl Strategy<Value = Vec<(usize, String)>> {
    let part = change().prop_flat_map(|all| subsequence(all.clone(), 0..=all.len()));
    prop_oneof![Just(Vec::new()), part]
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn an_empty_overlay_changes_nothing(changes in some()) {
        let text = overlay(&changes);
        let alone = under(BASE, &[&text]);
        prop_assert_eq!(alone.errors, 0, "{}", text);
        let alone = alone.outcome();
        for empty in ["overlay: 1\n", "overlay: 1\npatch: {}\n", "overlay: 1\npatch: {steps: []}\n"] {
            prop_assert_eq!(under(BASE, &[empty, &text]).outcome(), alone.clone());
            prop_assert_eq!(under(BASE, &[&text, empty]).outcome(), alone.clone());
        }
    }

    #[test]
    fn one_overlay_after_the_other_is_as_good_as_over_what_the_first_made(a in some(), b in some()) {
        let (a, b) = (overlay(&a), overlay(&b));
        let made = under(BASE, &[&a]).text;
        prop_assert_eq!(under(&made, &[&b]).outcome(), under(BASE, &[&a, &b]).outcome());
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
        prop_assert_eq!(sorted(document.root().unwrap()), under(BASE, &[&text]).sorted);
    }

    #[test]
    fn overlays_of_different_places_come_in_any_order(
        all in change(),
        first in proptest::collection::vec(any::<bool>(), 10),
    ) {
        let (a, b): (Vec<_>, Vec<_>) = all.into_iter().partition(|(at, _)| first[*at]);
        let (a, b) = (overlay(&a), overlay(&b));
        let (one, other) = (under(BASE, &[&a, &b]), under(BASE, &[&b, &a]));
        prop_assert_eq!((one.sorted, one.errors), (other.sorted, other.errors));
    }

    #[test]
    fn an_overlay_twice_is_the_overlay_once(a in some()) {
        let text = overlay(&a);
        let (twice, once) = (under(BASE, &[&text, &text]), under(BASE, &[&text]));
        prop_assert_eq!(twice.disagreements, 0);
        prop_assert_eq!(twice.outcome(), once.outcome());
    }

    #[test]
    fn where_it_matters_which_overlay_comes_last_both_orders_are_told(
        a in ordering("a", 3),
        b in ordering("b", 3),
    ) {
        let (one, other) = (under(BASE, &[&a, &b]), under(BASE, &[&b, &a]));
        prop_assert_eq!(one.errors + other.errors, 0);
        if one.sorted != other.sorted {
            prop_assert!(one.disagreements > 0, "{a}{b}{}", one.text);
            prop_assert!(other.disagreements > 0, "{b}{a}{}", other.text);
        }
    }
}
