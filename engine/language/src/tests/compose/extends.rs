//! `extends:`: whose words count, and which chains are refused.

use super::patch::shown;
use super::{BASE, check, files, good, read};
use crate::compose::Loader;
use runsheet_diagnostics::source::Sources;

const VARIANT: &str = "workflow: 1\nname: variant\nextends: base.yaml\n";

#[test]
fn a_variant_has_a_head_of_its_own_and_all_else_of_its_base() {
    let workflow = good(&[("variant.yaml", VARIANT), ("base.yaml", BASE)]);
    assert_eq!(&*workflow.name, "variant");
    assert_eq!(&*workflow.summary, "What variants are made of");
    let ids: Vec<&str> = workflow.ids().map(|id| &*workflow.node(id).id).collect();
    assert_eq!(ids, ["steps", "first", "second"]);
}

#[test]
fn what_comes_from_the_base_stands_in_the_base() {
    let (workflow, _, sources) = read(&[
        ("v/variant.yaml", &VARIANT.replace("base", "../base")),
        ("base.yaml", BASE),
    ]);
    let second = workflow.nodes.last().unwrap();
    assert_eq!(sources.place(second.span), "base.yaml:10:9");
    let timeout = &workflow.inputs["timeout"];
    assert_eq!(sources.place(timeout.span), "base.yaml:5:3");
}

#[test]
fn a_mistake_in_the_base_is_told_in_the_base() {
    check(&[
        ("variant.yaml", VARIANT),
        (
            "base.yaml",
            "workflow: 1\nname: base\nsteps:\n  - id: first\n    usse: assert\n    ^^^^ unknown-key\n    with: {that: true}\n",
        ),
    ]);
}

#[test]
fn a_file_that_is_not_there_is_told_where_it_is_named() {
    let found = check(&[
        (
            "v/variant.yaml",
            "workflow: 1\nname: variant\nextends: ../bass.yaml\n         ^^^^^^^^^^^^ unreadable-file\n",
        ),
        ("base.yaml", BASE),
    ]);
    assert_eq!(
        found[0].help.as_deref(),
        Some("did you mean `../base.yaml`?")
    );
}

#[test]
fn a_circle_of_files_is_told_once_with_all_its_places() {
    let (_, found, sources) = read(&[
        ("a.yaml", "workflow: 1\nname: a\nextends: b.yaml\n"),
        ("b.yaml", "workflow: 1\nname: b\nextends: c.yaml\n"),
        ("c.yaml", "workflow: 1\nname: c\nextends: a.yaml\n"),
    ]);
    let told: Vec<_> = found.iter().map(|one| one.code.name).collect();
    assert_eq!(told, ["cyclic-include"]);
    let places = found[0]
        .labels
        .iter()
        .map(|label| sources.place(label.span));
    let places: Vec<String> = places.collect();
    assert_eq!(places, ["c.yaml:3:10", "b.yaml:3:10", "a.yaml:3:10"]);
}

#[test]
fn a_chain_of_a_thousand_files_is_refused_early() {
    let name = |n: usize| format!("f{n}.yaml");
    let text = |n: usize| format!("workflow: 1\nname: f{n}\nextends: f{}.yaml\n", n + 1);
    let texts: Vec<(String, String)> = (0..1000).map(|n| (name(n), text(n))).collect();
    let texts: Vec<(&str, &str)> = texts.iter().map(|(a, b)| (&**a, &**b)).collect();
    let (_, found, sources) = read(&texts);
    let told: Vec<_> = found.iter().map(|one| one.code.name).collect();
    assert_eq!(told, ["too-large"]);
    assert!(sources.iter().count() < 20);
}

#[test]
fn what_is_no_workflow_is_told_once_and_where_it_was_named() {
    let foreign = [
        (
            "overlay: 1\nname: loud\npatch: {inputs: {a: {default: 1}}}\n",
            "an overlay, and a workflow is wanted",
        ),
        (
            "site: 1\nname: small\nhosts: {A: {}}\n",
            "a site, and a workflow is wanted",
        ),
        ("services:\n  web: {image: x}\nname: b\n", "no workflow"),
        ("{\"name\": \"b\", \"version\": 1}\n", "no workflow"),
    ];
    for (text, sort) in foreign {
        let (_, found, sources) = read(&[("a.yaml", VARIANT), ("base.yaml", text)]);
        let told: Vec<_> = found.iter().map(|one| &one.message).collect();
        assert_eq!(told.len(), 1, "{told:?}");
        assert_eq!(told[0], &format!("`base.yaml` is {sort}"));
        let first = found[0].labels.first().unwrap();
        assert_eq!(sources.place(first.span), "a.yaml:3:10");
        let (_, found, _) = read(&[("b.yaml", text)]);
        assert_eq!(found.len(), 1, "{text}");
        assert!(found[0].fixes.is_empty(), "{text}");
    }
}

#[test]
fn a_workflow_that_does_not_say_so_is_known_by_its_steps() {
    let text = "name: b\nsteps: []\n";
    let (_, found, _) = read(&[("b.yaml", text)]);
    assert_eq!(found[0].fixes.len(), 1, "{found:?}");
    let (_, found, _) = read(&[("b.yaml", "{name: b, steps: []}\n")]);
    assert!(found[0].fixes.is_empty(), "{found:?}");
}

#[test]
fn what_a_variant_adds_stands_beside_what_the_base_has() {
    let table = [
        ("include", "[a.yaml]", "[b.yaml]", "[a.yaml, b.yaml]"),
        (
            "plugins",
            "{odd: p/odd}",
            "{mine: p/mine}",
            "{odd: p/odd, mine: p/mine}",
        ),
        (
            "types",
            "{odd: text}",
            "{mine: text}",
            "{odd: text, mine: text}",
        ),
        (
            "causes",
            "{odd: [], two: []}",
            "{mine: [], odd: [x]}",
            "{odd: [x], two: [], mine: []}",
        ),
        (
            "define",
            "{odd: {steps: []}}",
            "{odd: {doc: x}}",
            "{odd: {doc: x}}",
        ),
    ];
    for (key, of_base, own, wanted) in table {
        let variant = format!("{VARIANT}{key}: {own}\n");
        let base = format!("{BASE}{key}: {of_base}\n");
        let nothing = "workflow: 1\n";
        let files = files(&[
            ("base.yaml", &base),
            ("a.yaml", nothing),
            ("b.yaml", nothing),
        ]);
        let mut sources = Sources::new();
        let source = sources.add("variant.yaml", variant);
        let mut loader = Loader::new(&mut sources, &files);
        let document = loader.main(source);
        assert_eq!(loader.found, [], "{key}");
        let value = document.root().unwrap().get(key).unwrap().value;
        assert_eq!(shown(value), wanted, "{key}");
    }
}

#[test]
fn what_only_a_patch_changes_a_variant_does_not_say_for_itself() {
    check(&[
        (
            "variant.yaml",
            "workflow: 1\nname: variant\nextends: base.yaml\ninputs: {}\n^^^^^^ patch-form\noutputs: {a: 1}\n^^^^^^^ patch-form\nfinally: []\n^^^^^^^ patch-form\n",
        ),
        ("base.yaml", BASE),
    ]);
}

#[test]
fn a_library_and_a_base_that_comes_back_to_itself_are_told_alone() {
    let patched = "patch: {steps: [{id: first, accept: {$append: [timeout]}}]}\n";
    let variant = format!("{VARIANT}         ^^^^^^^^^ patch-form\n{patched}");
    let library = "workflow: 1\nname: base\ndefine:\n  k: {steps: [{id: a, uses: assert, with: {that: true}}]}\n";
    let found = check(&[("variant.yaml", &variant), ("base.yaml", library)]);
    assert_eq!(
        found[0].help.as_deref(),
        Some("include it: `include: [base.yaml]`")
    );
    let (_, found, _) = read(&[
        ("variant.yaml", &format!("{VARIANT}{patched}")),
        (
            "base.yaml",
            &format!("workflow: 1\nname: base\nextends: variant.yaml\n{patched}"),
        ),
    ]);
    let codes: Vec<&str> = found.iter().map(|one| one.code.name).collect();
    assert_eq!(codes, ["cyclic-include"]);
}
