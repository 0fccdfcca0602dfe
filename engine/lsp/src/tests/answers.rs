//! Completion and hover.

use lsp_types::{HoverContents, HoverParams};

use super::{SITE, cursor, labels, offered, open, place, session};
use crate::hover;
use crate::session::Session;

const HEAD: &str = "\
workflow: 1
name: a
inputs:
  dx: {type: host, vars: {exchange: version}, default: \"${{ site.groups.dx[0] }}\"}
  all: {type: list<host>, vars: {drive: text}}
  how: {type: duration, default: 15m}
steps:
  - id: first
    uses: exec
    host: SALES
    with: {argv: [ls]}
  - id: t1
    foreach: {po: \"${{ inputs.all }}\"}
    steps:
      - id: send
        uses: exec
        with: {argv: [ls]}
";

fn all() -> Session {
    session(&[("sites/lab.yaml", SITE)])
}

fn wanted(rest: &str, there: &[&str], not: &[&str]) {
    let labels = labels(&mut all(), &format!("{HEAD}{rest}"));
    for one in there {
        assert!(
            labels.iter().any(|label| label == one),
            "{one} in {labels:?} after {rest}"
        );
    }
    for one in not {
        assert!(
            labels.iter().all(|label| label != one),
            "{one} not in {labels:?} after {rest}"
        );
    }
}

#[test]
fn keys_are_those_that_the_map_may_have_and_has_not() {
    wanted("  - id: x\n    us|", &["uses", "steps", "foreach"], &["id"]);
    wanted(
        "  - id: x\n    |\n    uses: exec",
        &["with", "host"],
        &["id", "uses"],
    );
    wanted("  - {id: x, |}", &["uses"], &["id"]);
    wanted("  - {id: x, uses: exec, |}", &["with"], &["steps"]);
    wanted(
        "  - {id: x, steps: [], |}",
        &["when"],
        &["uses", "with", "in_doubt"],
    );
    wanted("  - {id: x, with: {}, |}", &["uses"], &["steps"]);
    wanted(
        "  - id: x\n    uses: exec\n    with:\n      |",
        &["argv", "cwd"],
        &["uses"],
    );
    wanted(
        "  - id: x\n    uses: exec\n    with: {argv: [a], |",
        &["cwd"],
        &["argv"],
    );
    wanted(
        "  - id: x\n    foreach: {n: [1], |}",
        &["parallel", "failures"],
        &[],
    );
    wanted("fin|", &["finally", "summary"], &["steps", "workflow"]);
    wanted("  - |", &["id", "uses"], &[]);
}

#[test]
fn a_key_brings_its_colon_unless_there_is_one() {
    let insert = |rest: &str| {
        let items = offered(&mut all(), &format!("{HEAD}{rest}"));
        let item = items.into_iter().find(|item| item.label == "when").unwrap();
        match item.text_edit.unwrap() {
            lsp_types::CompletionTextEdit::Edit(edit) => edit.new_text,
            other => panic!("{other:?}"),
        }
    };
    assert_eq!(insert("  - id: x\n    wh|"), "when: ");
    assert_eq!(insert("  - id: x\n    wh|: 1 == 1"), "when");
}

#[test]
fn values_are_kinds_words_steps_and_hosts() {
    wanted("  - id: x\n    uses: |", &["exec", "assert"], &["host"]);
    wanted("  - id: x\n    uses: ex|\n  - id: y\n", &["exec"], &[]);
    wanted(
        "  - id: x\n    in_doubt: |",
        &["ask", "repeat", "skip"],
        &[],
    );
    wanted(
        "  - id: x\n    host: |",
        &["SALES", "${{ inputs.dx }}"],
        &["${{ inputs.how }}"],
    );
    wanted("  - id: x\n    needs: [|", &["first", "t1"], &["x", "send"]);
    wanted("  - id: x\n    needs:\n      - |", &["first", "t1"], &["x"]);
    wanted("  - id: x\n    since: |", &["first", "t1"], &["x"]);
}

#[test]
fn expressions_say_what_is_in_scope() {
    wanted(
        "  - id: x\n    when: |",
        &["inputs", "steps", "len"],
        &["outputs", "po"],
    );
    wanted(
        "  - id: x\n    when: inputs.|",
        &["dx", "all", "how"],
        &["steps"],
    );
    wanted(
        "  - id: x\n    when: inputs.dx.vars.|",
        &["exchange"],
        &["drive"],
    );
    wanted(
        "  - id: x\n    when: steps.|",
        &["first", "t1"],
        &["send", "x"],
    );
    wanted(
        "  - id: x\n    when: steps.t1.|",
        &["send", "succeeded", "status"],
        &[],
    );
    wanted("  - id: x\n    when: steps.first.outputs.|", &["exit"], &[]);
    wanted(
        "  - id: x\n    uses: exec\n    expect: outputs.|",
        &["exit"],
        &[],
    );
    wanted(
        "  - id: x\n    host: ${{ site.groups.|",
        &["dx", "requestors"],
        &[],
    );
    wanted(
        "  - id: x\n    uses: exec\n    with: {argv: [\"${{ steps.|",
        &["first"],
        &[],
    );
    wanted("  - id: x\n    when: run.|", &["id", "started"], &[]);
}

#[test]
fn what_a_step_gives_by_its_input_and_by_what_it_accepts_is_offered() {
    wanted(
        "  - {id: x, uses: exec, accept: [{exit: 1}], expect: outputs.|, with: {argv: [a]}}",
        &["exit", "fault"],
        &[],
    );
    wanted(
        "define:\n  k:\n    steps:\n      - {id: x, uses: exec, with: {argv: [a], stdout: 'n {n:int}'}}\n      - {id: y, when: steps.x.outputs.|, uses: assert, with: {that: true}}\n",
        &["exit", "n"],
        &["fault"],
    );
    wanted(
        "causes:\n  c: [{when: outputs.|, say: x}]\n",
        &["exit", "fault"],
        &[],
    );
}

#[test]
fn expressions_within_groups_say_their_items_and_siblings() {
    wanted(
        "      - id: y\n        when: po.vars.|",
        &["drive"],
        &["exchange"],
    );
    wanted(
        "      - id: y\n        when: steps.|",
        &["send", "first"],
        &["y", "t1"],
    );
}

#[test]
fn comments_and_free_text_are_left_alone() {
    wanted("  # us|", &[], &["uses"]);
    wanted("  - id: x\n    doc: us|", &[], &["uses"]);
}

#[test]
fn sites_are_completed_too() {
    let mut all = all();
    let found = labels(
        &mut all,
        "site: 1\nname: x\nhosts: {A: {}, B: {}}\ngroups: {g: [|]}\n",
    );
    assert_eq!(found, ["A", "B"]);
    let found = labels(&mut all, "site: 1\nname: x\nhosts:\n  A:\n    |\n");
    assert!(found.contains(&"facilities".to_owned()), "{found:?}");
}

#[test]
fn a_patch_is_offered_the_steps_that_it_can_patch() {
    let head = "workflow: 1\nname: b\nextends: base.yaml\npatch:\n  steps:\n    - {";
    let table: [(&str, &[&str]); 5] = [
        ("id: |}", &["first", "t1", "t1.send"]),
        ("id: new, $after: |}", &["first", "t1"]),
        ("id: first, $after: |}", &["t1"]),
        ("id: t1.new, $after: |}", &["send"]),
        ("id: t1, steps: [{id: |}]}", &["send"]),
    ];
    for (rest, wanted) in table {
        let mut session = session(&[("base.yaml", HEAD)]);
        let found = labels(&mut session, &format!("{head}{rest}\n"));
        assert_eq!(found, wanted, "{rest}");
    }
}

fn told(marked: &str) -> String {
    hovered(marked).unwrap_or_else(|| panic!("nothing is told of {marked}"))
}

fn hovered(marked: &str) -> Option<String> {
    let mut session = all();
    let (text, position) = cursor(&session, &format!("{HEAD}{marked}"));
    open(&mut session, "a.yaml", &text);
    let asked = HoverParams {
        text_document_position_params: place("a.yaml", position),
        work_done_progress_params: Default::default(),
    };
    match hover::hover(&session, asked)?.contents {
        HoverContents::Markup(words) => Some(words.value),
        other => panic!("{other:?} at {marked}"),
    }
}

#[test]
fn of_a_comment_nothing_is_told() {
    for marked in [
        "  - id: x # the| first\n    uses: assert\n",
        "  - id: x\n    # a| kind\n    uses: assert\n",
        "  - id: x\n    uses: assert # asks| nobody\n",
    ] {
        assert_eq!(hovered(marked), None, "{marked}");
    }
}

#[test]
fn what_stands_under_the_cursor_is_told() {
    let table = [
        (
            "  - id: x\n    wh|en: 1 == 1",
            "The step runs if this expression holds",
        ),
        ("  - id: x\n    uses: ex|ec", "argv"),
        ("  - id: x\n    uses: exec\n    with: {cw|d: M}", "`cwd`"),
        ("  - id: x\n    when: le|n(steps.t1.failed) > 0", "len("),
        (
            "  - id: x\n    when: inputs.h|ow == 1",
            "default: `15m`, said in a.yaml:6",
        ),
        (
            "  - id: x\n    when: steps.fir|st.changed",
            "said in a.yaml:8",
        ),
        ("  - id: x\n    host: SA|LES", "- `drive`: `M`"),
    ];
    for (marked, wanted) in table {
        let told = told(marked);
        assert!(told.contains(wanted), "{wanted} in {told}");
    }
}
