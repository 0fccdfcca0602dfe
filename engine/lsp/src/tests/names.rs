//! Definition and references, within files and across them.

use lsp_types::{
    GotoDefinitionParams, GotoDefinitionResponse, Location, Position, ReferenceContext,
    ReferenceParams,
};

use super::{SITE, cursor, open, place, session};
use crate::session::Session;
use crate::{naming, uri};

const BASE: &str = "\
workflow: 1
name: base
inputs:
  all: {type: list<host>, vars: {drive: text}}
define:
  again:
    inputs: {all: text}
    steps:
      - {id: send, uses: exec, host: SALES, with: {argv: [\"${{ inputs.all }}\"]}}
      - {id: more, uses: assert, with: {that: \"${{ steps.send.changed }}\"}}
steps:
  - id: t1
    foreach: {po: \"${{ inputs.all }}\"}
    steps:
      - id: send
        uses: exec
        host: ${{ po }}
        with: {argv: [\"-d${{ po.vars.drive }}\"]}
      - id: left
        needs: [send]
        when: steps.send.changed
        uses: again
        with: {all: x}
  - id: t2
    when: len(steps.t1.failed) == 0 && steps.t1.send.changed
    uses: assert
    with: {that: true}
";

const VARIANT: &str = "\
workflow: 1
name: variant
extends: base.yaml
patch:
  steps:
    - {id: t1.send, timeout: 5m}
    - {id: look, $after: t1, uses: assert, with: {that: \"${{ steps.t1.changed }}\"}}
";

fn all() -> Session {
    session(&[
        ("base.yaml", BASE),
        ("variant.yaml", VARIANT),
        ("sites/lab.yaml", SITE),
    ])
}

/// `line: the words from there` of places, in order.
fn drawn(session: &Session, places: Vec<Location>) -> Vec<String> {
    let mut drawn: Vec<String> = places
        .into_iter()
        .map(|place| {
            let path = uri::path(&place.uri).unwrap();
            let text = session.store.text(&path).unwrap();
            let range =
                session.byte(&text, place.range.start)..session.byte(&text, place.range.end);
            let line = place.range.start.line + 1;
            format!("{}:{line} {}", &path[3..], &text.get()[range])
        })
        .collect();
    drawn.sort();
    drawn
}

fn references(name: &str, marked: &str) -> Vec<String> {
    let mut session = all();
    let (text, position) = cursor(&session, marked);
    open(&mut session, name, &text);
    let asked = ReferenceParams {
        text_document_position: place(name, position),
        work_done_progress_params: Default::default(),
        partial_result_params: Default::default(),
        context: ReferenceContext {
            include_declaration: true,
        },
    };
    let found = naming::references(&session, asked).unwrap_or_default();
    drawn(&session, found)
}

#[test]
fn a_step_is_found_wherever_it_is_named_and_nowhere_else() {
    let marked = BASE.replacen("      - id: send\n", "      - id: se|nd\n", 1);
    let wanted = [
        "base.yaml:15 send",
        "base.yaml:20 send",
        "base.yaml:21 send",
        "base.yaml:25 send",
        "variant.yaml:6 send",
    ];
    assert_eq!(references("base.yaml", &marked), wanted);
}

#[test]
fn a_step_of_a_defined_kind_is_another() {
    let marked = BASE.replacen("steps.send.changed }}", "steps.se|nd.changed }}", 1);
    assert_eq!(
        references("base.yaml", &marked),
        ["base.yaml:10 send", "base.yaml:9 send"]
    );
}

#[test]
fn inputs_vars_items_and_kinds_are_found() {
    let find = |from: &str, to: &str| references("base.yaml", &BASE.replacen(from, to, 1));
    assert_eq!(
        find("  all: {type", "  a|ll: {type"),
        ["base.yaml:13 all", "base.yaml:4 all"]
    );
    assert_eq!(
        find("po.vars.drive", "po.vars.dr|ive"),
        [
            "base.yaml:18 drive",
            "base.yaml:4 drive",
            "sites/lab.yaml:6 drive"
        ]
    );
    assert_eq!(
        find("${{ po }}", "${{ p|o }}"),
        ["base.yaml:13 po", "base.yaml:17 po", "base.yaml:18 po"]
    );
    assert_eq!(
        find("uses: again", "uses: ag|ain"),
        ["base.yaml:22 again", "base.yaml:6 again"]
    );
}

/// Where that is defined which stands at a position of a file.
#[track_caller]
fn definition(session: &Session, file: &str, position: Position) -> Vec<String> {
    let asked = GotoDefinitionParams {
        text_document_position_params: place(file, position),
        work_done_progress_params: Default::default(),
        partial_result_params: Default::default(),
    };
    let found = match naming::definition(session, asked) {
        Some(GotoDefinitionResponse::Array(found)) => found,
        Some(GotoDefinitionResponse::Scalar(found)) => vec![found],
        other => panic!("{other:?}"),
    };
    drawn(session, found)
}

#[test]
fn definitions_are_found_across_files() {
    let mut session = all();
    let table = [
        ("steps.t1.", "steps.t|1.", "base.yaml:12 t1"),
        ("id: t1.send", "id: t1.se|nd", "base.yaml:15 send"),
        ("$after: t1", "$after: t|1", "base.yaml:12 t1"),
        ("base.yaml", "ba|se.yaml", "base.yaml:1 "),
    ];
    for (from, to, wanted) in table {
        let (text, position) = cursor(&session, &VARIANT.replacen(from, to, 1));
        open(&mut session, "variant.yaml", &text);
        assert_eq!(
            definition(&session, "variant.yaml", position),
            [wanted],
            "{to}"
        );
    }
}

#[test]
fn causes_are_found_where_they_are_named() {
    let why = "workflow: 1\ncauses:\n  exits:\n    - {when: true, say: it ended}\n";
    let main = "\
workflow: 1
name: main
include: [why.yaml]
causes:
  own: [why.exits]
steps:
  - {id: a, uses: assert, with: {that: true}, causes: o|wn}
  - {id: b, uses: assert, with: {that: true}, causes: [own, why.ex*its]}
";
    for (mark, wanted) in [("|", "main.yaml:5 own"), ("*", "why.yaml:3 exits")] {
        let mut session = session(&[("why.yaml", why), ("main.yaml", "")]);
        let other = if mark == "|" { "*" } else { "|" };
        let text = main.replace(other, "").replace(mark, "|");
        let (text, position) = cursor(&session, &text);
        open(&mut session, "main.yaml", &text);
        assert_eq!(definition(&session, "main.yaml", position), [wanted]);
    }
}

#[test]
fn a_file_is_found_by_its_name_before_a_dot_and_an_output_where_it_is_given() {
    let library = "\
workflow: 1
define:
  send:
    outputs: {gone: \"${{ steps.s.changed }}\"}
    steps: [{id: s, uses: assert, with: {that: true}}]
";
    let main = "\
workflow: 1
name: main
include: [mail.yaml]
steps:
  - {id: a, uses: ma|il.send}
  - {id: b, uses: assert, with: {that: \"${{ steps.a.outputs.go*ne }}\"}}
";
    for (mark, wanted) in [("|", "mail.yaml:1 "), ("*", "mail.yaml:4 gone")] {
        let mut session = session(&[("mail.yaml", library), ("main.yaml", "")]);
        let other = if mark == "|" { "*" } else { "|" };
        let text = main.replace(other, "").replace(mark, "|");
        let (text, position) = cursor(&session, &text);
        open(&mut session, "main.yaml", &text);
        assert_eq!(definition(&session, "main.yaml", position), [wanted]);
    }
}
