//! Overlays: what is wrong with them, what they can say, and where the values under them come from.

use lsp_types::{DocumentChanges, HoverContents, HoverParams, OneOf, RenameParams};

use super::{SITE, cursor, labels, open, place, session};
use crate::plugins::Driver;
use crate::session::Session;
use crate::{hover, naming, uri};

const BASE: &str = "\
workflow: 1
name: base
inputs:
  how: {type: duration, default: 15m}
define:
  wait:
    inputs: {long: duration, sure: {type: bool, default: true}, at: host}
    steps: [{id: look, uses: assert, with: {that: \"${{ inputs.sure }}\"}}]
steps:
  - id: t1
    steps:
      - id: send
        uses: exec
        host: SALES
        with: {argv: [ls]}
        timeout: ${{ inputs.how }}
  - {id: t2, needs: [t1], when: steps.t1.send.changed, uses: assert, with: {that: true}}
";

const VARIANT: &str = "\
workflow: 1
name: variant
extends: base.yaml
patch: {steps: [{id: t1.send, timeout: 5m}]}
";

const OVER: &str = "\
overlay: 1
name: over
applies_to: [base]
patch:
  inputs: {how: {default: 2m}}
  steps:
    - {id: t1.send, in_doubt: ask}
";

fn all() -> Session {
    session(&[
        ("base.yaml", BASE),
        ("variant.yaml", VARIANT),
        ("o/over.yaml", OVER),
        ("sites/lab.yaml", SITE),
    ])
}

/// The codes of what is wrong with an overlay.
fn wrong(text: &str) -> Vec<String> {
    let mut session = all();
    let published = open(&mut session, "o/over.yaml", text);
    let own = published
        .iter()
        .filter(|one| one.uri.as_str().ends_with("over.yaml"));
    let found = own.flat_map(|one| &one.diagnostics);
    found
        .map(|one| match &one.code {
            Some(lsp_types::NumberOrString::String(code)) => code.clone(),
            other => panic!("{other:?}"),
        })
        .collect()
}

#[test]
fn an_overlay_is_held_against_the_workflow_it_is_for() {
    assert_eq!(wrong(OVER), Vec::<String>::new());
    let table = [
        ("t1.send", "t1.sned", "patch-hits-nothing"),
        ("in_doubt: ask", "in_doubt: aks", "unknown-word"),
        ("overlay: 1", "overlay: 2", "overlay-format"),
        ("patch:", "pathc:", "unknown-key"),
    ];
    for (from, to, code) in table {
        let found = wrong(&OVER.replacen(from, to, 1));
        assert_eq!(found, [code], "{to}");
    }
    // Nobody knows what this is laid over.
    let lonely = OVER.replacen("applies_to: [base]\n", "", 1);
    assert_eq!(
        wrong(&lonely.replacen("t1.send", "t1.sned", 1)),
        Vec::<String>::new()
    );
}

#[test]
fn an_overlay_is_told_anew_when_its_workflow_changes() {
    let mut session = all();
    open(&mut session, "o/over.yaml", OVER);
    open(&mut session, "base.yaml", BASE);
    let published = open(
        &mut session,
        "base.yaml",
        &BASE.replacen("id: send", "id: go", 1),
    );
    let of_overlay = published
        .iter()
        .find(|one| one.uri.as_str().ends_with("over.yaml"));
    let told = &of_overlay.expect("it is told").diagnostics;
    assert!(
        told.iter().any(|one| one.message.contains("t1.send")),
        "{told:?}"
    );
}

#[test]
fn an_overlay_is_offered_keys_targets_and_directives() {
    let head = "overlay: 1\nname: o\napplies_to: [base]\npatch:\n  steps:\n    - {";
    let table: [(&str, &[&str]); 7] = [
        (
            "overlay: 1\nname: o\napplies_to: [|]\n",
            &["base", "variant"],
        ),
        (
            "overlay: 1\nname: o\n|",
            &["patch", "vars", "site", "applies_to"],
        ),
        (&format!("{head}id: |}}"), &["t1", "t1.send", "t2"]),
        (&format!("{head}id: new, $after: |}}"), &["t1", "t2"]),
        (
            &format!("{head}id: t2, |}}"),
            &["$delete", "$rename", "$before", "timeout"],
        ),
        (
            &format!("{head}id: t2, needs: {{|}}}}"),
            &["$append", "$replace"],
        ),
        ("overlay: 1\nsite:\n  lab: {|}", &["polling", "$optional"]),
    ];
    for (marked, wanted) in table {
        let found = labels(&mut all(), marked);
        for one in wanted {
            assert!(
                found.iter().any(|label| label == one),
                "{one} in {found:?} of {marked}"
            );
        }
    }
    let outside = labels(&mut all(), "workflow: 1\nname: a\nsteps:\n  - {id: a, |}");
    assert!(
        outside.iter().all(|label| !label.starts_with('$')),
        "{outside:?}"
    );
}

#[test]
fn the_input_of_a_defined_kind_is_offered() {
    let call = "  - {id: t3, uses: wait, with: {|}}\n";
    let found = labels(&mut all(), &format!("{BASE}{call}"));
    assert_eq!(
        found[..3],
        ["long", "at", "sure"],
        "what must be there comes first"
    );
    let value = call.replacen('|', "sure: |", 1);
    assert_eq!(
        labels(&mut all(), &format!("{BASE}{value}")),
        ["true", "false"]
    );
    let from = "workflow: 1\nname: c\ninclude: [base.yaml]\nsteps:\n  - {id: t3, uses: base.wait, with: {|}}\n";
    assert!(labels(&mut all(), from).contains(&"long".to_owned()));
}

#[test]
fn drivers_are_offered_where_a_site_names_one() {
    let mut session = all();
    let everywhere = |name: &str| Driver {
        name: name.to_owned(),
        facility: None,
        options: None,
    };
    session.store.drivers = vec![everywhere("lab"), everywhere("operator")];
    for text in ["{registry: |}", "{registry: {driver: |}}"] {
        let text = format!("site: 1\nname: s\nhosts: {{A: {{facilities: {text}}}}}\n");
        let found = labels(&mut session, &text);
        assert!(
            found.ends_with(&["lab".to_owned(), "operator".to_owned()]),
            "{found:?}"
        );
    }
}

fn told(name: &str, marked: &str) -> String {
    let mut session = all();
    let (text, position) = cursor(&session, marked);
    open(&mut session, name, &text);
    let asked = HoverParams {
        text_document_position_params: place(name, position),
        work_done_progress_params: Default::default(),
    };
    match hover::hover(&session, asked).map(|hover| hover.contents) {
        Some(HoverContents::Markup(words)) => words.value,
        other => panic!("{other:?} at {marked}"),
    }
}

#[test]
fn a_value_is_told_with_where_it_comes_from() {
    let table = [
        ("base.yaml", BASE, "timeout:", "is `15m` at small"),
        ("base.yaml", BASE, "how }}", "default: `15m`"),
        (
            "variant.yaml",
            VARIANT,
            "timeout:",
            "- `5m`: patch, variant.yaml:4:40\n- `${{ inputs.how }}`: base, base.yaml:16:18",
        ),
        (
            "o/over.yaml",
            OVER,
            "default:",
            "- `2m`: overlay 1, over, over.yaml:5:27\n- `15m`: workflow, base.yaml:4:34",
        ),
    ];
    for (name, text, at, wanted) in table {
        let marked = text.replacen(at, &format!("{}|{}", &at[..2], &at[2..]), 1);
        let told = told(name, &marked);
        assert!(told.contains(wanted), "{wanted} in {told}");
    }
}

#[test]
fn the_site_in_the_folder_above_is_that_of_a_variant_too() {
    let text = "workflow: 1\nname: far\nextends: ../base.yaml\npatch: {steps: [{id: t1.send, time|out: '${{ inputs.how }}'}]}\n";
    let told = told("variants/far.yaml", text);
    assert!(told.contains("is `15m` at small"), "{told}");
}

#[test]
fn a_step_is_renamed_in_bases_variants_and_overlays_at_once() {
    let places = [
        ("base.yaml", BASE, "id: send", 4),
        ("base.yaml", BASE, "t1.send.changed", 3),
        ("variant.yaml", VARIANT, "t1.send", 3),
        ("o/over.yaml", OVER, "t1.send", 3),
    ];
    for (name, text, at, inside) in places {
        let mut session = all();
        let marked = text.replacen(at, &format!("{}|{}", &at[..inside], &at[inside..]), 1);
        let (text, position) = cursor(&session, &marked);
        open(&mut session, name, &text);
        let asked = RenameParams {
            text_document_position: place(name, position),
            new_name: "go".to_owned(),
            work_done_progress_params: Default::default(),
        };
        let edit = naming::rename(&session, &asked).unwrap();
        let Some(DocumentChanges::Edits(files)) = edit.document_changes else {
            panic!("edits of files");
        };
        let mut count: Vec<(String, usize)> = files
            .iter()
            .map(|file| {
                let path = uri::path(&file.text_document.uri).unwrap();
                assert!(
                    file.edits
                        .iter()
                        .all(|edit| matches!(edit, OneOf::Left(edit) if edit.new_text == "go"))
                );
                (path[3..].to_owned(), file.edits.len())
            })
            .collect();
        count.sort();
        let wanted = [("base.yaml", 2), ("o/over.yaml", 1), ("variant.yaml", 1)];
        assert_eq!(
            count,
            wanted.map(|(path, n)| (path.to_owned(), n)),
            "from {name} at {at}"
        );
    }
}

#[test]
fn what_is_wrong_with_an_overlay_says_over_which_workflow() {
    let mut session = all();
    let wrong = OVER.replacen("t1.send", "t1.sned", 1);
    let published = open(&mut session, "o/over.yaml", &wrong);
    let told = published.iter().flat_map(|one| &one.diagnostics);
    let more: Vec<_> = told
        .flat_map(|one| one.related_information.iter().flatten())
        .collect();
    let [over] = &more[..] else {
        panic!("{more:?}");
    };
    assert_eq!(over.message, "over this workflow");
    assert!(over.location.uri.as_str().ends_with("/w/base.yaml"));
    assert_eq!(over.location.range.start.line, 1);
}

#[test]
fn workflows_of_one_name_are_offered_once() {
    let mut session = session(&[("x/base.yaml", BASE), ("y/base.yaml", BASE)]);
    let offered = labels(&mut session, "overlay: 1\nname: o\napplies_to: [|]\n");
    assert_eq!(offered, ["base"]);
}
