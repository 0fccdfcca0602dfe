//! Rename: whatever is named keeps its meaning in every file, or is not renamed.

use std::collections::BTreeMap;

use lsp_types::TextDocumentContentChangeEvent;

use super::{SITE, open, renaming, session};
use crate::check::check;
use crate::position::Text;
use crate::session::Session;

const LIBRARY: &str = "\
workflow: 1
define:
  push:
    inputs: {po: host, note: {type: text, default: none}}
    steps:
      - {id: run, uses: exec, host: \"${{ inputs.po }}\", with: {argv: [push, \"${{ inputs.note }}\"]}}
";

const BASE: &str = "\
workflow: 1
name: base
include: [mail.yaml]
types:
  office: {type: host, vars: {drive: text}}
inputs:
  pos: {type: list<office>, default: \"${{ site.groups.requestors }}\"}
  what: {type: text, default: all}
define:
  say:
    inputs: {what: text}
    steps: [{id: look, uses: assert, with: {that: \"${{ inputs.what != '' }}\"}}]
steps:
  - id: t1
    foreach: {po: \"${{ inputs.pos }}\"}
    steps:
      - id: send
        uses: exec
        host: ${{ po }}
        with: {argv: [\"-d${{ po.vars.drive }}\", \"${{ inputs.what }}\"]}
      - {id: left, when: steps.send.changed, uses: assert, with: {that: true}}
      - {id: mail, uses: mail.push, with: {po: \"${{ po }}\", note: \"${{ inputs.what }} ${{ steps.send.status }}\"}}
  - {id: t2, uses: say, with: {what: \"${{ inputs.what }}\"}}
  - id: group
    steps:
      - {id: inner, uses: exec, host: SALES, with: {argv: [ls]}}
  - {id: drives, uses: assert, with: {that: \"${{ any(inputs.pos, p => p.vars.drive == 'M') }}\"}}
";

const VARIANT: &str = "\
workflow: 1
name: variant
extends: base.yaml
patch:
  steps:
    - id: last
      $after: t2
      uses: ./base.yaml
      with:
        what: ${{ inputs.what }}
        pos: ${{ inputs.pos }}
    - {id: group, $rename: kick}
    - {id: new, $last: true, uses: assert, with: {that: \"${{ steps.kick.inner.changed }}\"}}
    - {id: t2, with: {$replace: {what: other}}}
";

const OTHER: &str = "\
workflow: 1
name: other
extends: base.yaml
patch: {steps: [{id: t1.send, timeout: 5m}]}
";

const OVER: &str = "\
overlay: 1
name: over
applies_to: [base]
vars:
  requestors: {drive: N}
patch:
  steps:
    - {id: t1.send, with: {argv: {$append: [\"${{ po.vars.drive }}\", \"${{ inputs.what }}\"]}}}
    - {id: t2, with: {what: \"${{ inputs.what }}\"}}
";

const FILES: [(&str, &str); 6] = [
    ("base.yaml", BASE),
    ("mail.yaml", LIBRARY),
    ("variant.yaml", VARIANT),
    ("a-other.yaml", OTHER),
    ("over.yaml", OVER),
    ("sites/lab.yaml", SITE),
];

/// Renames what stands at the `|`; gives the files that are others then, or why it cannot be.
fn renamed(name: &str, marked: &str, to: &str) -> Result<BTreeMap<String, String>, String> {
    let mut session = session(&FILES);
    let files = renaming(&mut session, (name, marked), to)?;
    let changed = files.into_iter().map(|(path, edits)| {
        let text = session.store.text(&path).unwrap();
        let mut text = Text::new(text.get().to_string());
        for edit in edits.into_iter().rev() {
            let change = TextDocumentContentChangeEvent {
                range: Some(edit.range),
                range_length: None,
                text: edit.new_text,
            };
            text.change(&change, session.encoding);
        }
        (path[3..].to_owned(), text.get().to_string())
    });
    Ok(changed.collect())
}

/// What is wrong in any file.
fn wrong(files: &BTreeMap<String, String>) -> Vec<String> {
    let text = |(name, text): &(&'static str, &'static str)| {
        let new = files.get(*name).map_or(*text, String::as_str);
        (*name, new.to_owned())
    };
    let all: Vec<(&str, String)> = FILES.iter().map(text).collect();
    let all: Vec<(&str, &str)> = all.iter().map(|(name, text)| (*name, &**text)).collect();
    let mut session: Session = session(&all);
    open(&mut session, "mail.yaml", all[1].1);
    let found = all.iter().flat_map(|(name, _)| {
        let path = format!("/w/{name}");
        check(&path, &session.store, &session.catalogue).found
    });
    found
        .map(|one| format!("{}: {}", one.code.name, one.message))
        .collect()
}

fn at(name: &str, from: &str, to: &str) -> String {
    let (_, text) = FILES.iter().find(|(file, _)| *file == name).unwrap();
    assert!(text.contains(from), "{from}");
    text.replacen(from, to, 1)
}

#[test]
fn whatever_is_renamed_keeps_its_meaning_in_all_files() {
    assert_eq!(wrong(&BTreeMap::new()), Vec::<String>::new());
    let table = [
        ("base.yaml", "  what: {type", "  wh|at: {type", 3),
        (
            "base.yaml",
            "inputs: {what: text}",
            "inputs: {wh|at: text}",
            3,
        ),
        ("base.yaml", "  pos: {type", "  p|os: {type", 2),
        ("base.yaml", "id: t1", "id: t|1", 3),
        ("base.yaml", "id: send", "id: se|nd", 3),
        ("base.yaml", "id: group", "id: gro|up", 2),
        ("base.yaml", "id: inner", "id: inn|er", 2),
        ("base.yaml", "id: t2", "id: t|2", 3),
        ("base.yaml", "{po:", "{p|o:", 2),
        ("base.yaml", "vars: {drive", "vars: {dr|ive", 3),
        ("over.yaml", "{drive: N}", "{dr|ive: N}", 3),
        ("sites/lab.yaml", "drive: M", "dri|ve: M", 3),
        ("mail.yaml", "push:", "pu|sh:", 2),
        ("mail.yaml", "note: {", "no|te: {", 2),
        ("variant.yaml", "$rename: kick", "$rename: ki|ck", 1),
        ("variant.yaml", "steps.kick", "steps.ki|ck", 1),
        ("variant.yaml", "$after: t2", "$after: t|2", 3),
        ("variant.yaml", "what: other", "wha|t: other", 3),
        ("over.yaml", "t1.send", "t1.se|nd", 3),
        ("over.yaml", "po.vars", "p|o.vars", 2),
        ("base.yaml", "  office:", "  off|ice:", 1),
        ("base.yaml", "list<office>", "list<off|ice>", 1),
    ];
    for (name, from, to, files) in table {
        let changed = renamed(name, &at(name, from, to), "other_name")
            .unwrap_or_else(|why| panic!("{name} {to}: {why}"));
        assert_eq!(changed.len(), files, "{name} {to}: {changed:#?}");
        assert_eq!(
            wrong(&changed),
            Vec::<String>::new(),
            "{name} {to}: {changed:#?}"
        );
    }
}

#[test]
fn a_name_that_something_else_has_is_refused() {
    let table = [
        ("id: send", "id: se|nd", "left"),
        ("  what: {type", "  wh|at: {type", "pos"),
        ("{po:", "{p|o:", "inputs"),
        ("say:", "sa|y:", "assert"),
        ("id: send", "id: se|nd", "not a name"),
        ("id: t1", "id: t|1", "last"),
        ("  office:", "  off|ice:", "host"),
    ];
    for (from, to, name) in table {
        let why = renamed("base.yaml", &at("base.yaml", from, to), name);
        assert!(why.is_err(), "{to} to {name}: {why:#?}");
    }
    let why = renamed(
        "base.yaml",
        &at("base.yaml", "id: send", "id: se|nd"),
        "left",
    );
    assert_eq!(
        why.unwrap_err(),
        "`left` is taken: something else is called so in base.yaml:21"
    );
}

#[test]
fn a_step_that_a_patch_renames_has_two_names() {
    let changed = renamed(
        "base.yaml",
        &at("base.yaml", "id: group", "id: gro|up"),
        "first",
    )
    .unwrap();
    let variant = &changed["variant.yaml"];
    assert!(
        variant.contains("{id: first, $rename: kick}") && variant.contains("steps.kick.inner"),
        "{variant}"
    );
    let changed = renamed(
        "variant.yaml",
        &at("variant.yaml", "steps.kick", "steps.ki|ck"),
        "go",
    );
    let variant = &changed.unwrap()["variant.yaml"];
    assert!(
        variant.contains("{id: group, $rename: go}") && variant.contains("steps.go.inner"),
        "{variant}"
    );
}
