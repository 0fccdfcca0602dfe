//! Kinds made of steps, other workflows, patches and overlays: what is offered and told of them.

use lsp_types::{HoverContents, HoverParams};

use super::{SITE, cursor, labels, open, place, session};
use crate::hover;
use crate::session::Session;

const MAIL: &str = "\
workflow: 1
types:
  office: {type: host, vars: {drive: text, address: text}}
define:
  push:
    doc: A postoffice sends
    inputs:
      po: office
      note: {type: text, default: none, doc: What it says}
    outputs:
      code: {value: \"${{ steps.run.outputs.exit }}\", type: int, doc: How it ended}
    steps:
      - {id: run, uses: exec, host: \"${{ inputs.po }}\", with: {argv: [\"${{ inputs.po.vars.drive }}\"]}}
";

const OTHER: &str = "\
workflow: 1
name: other
summary: Called as a whole
include: [{file: mail.yaml, as: m}]
inputs:
  ticket: text
  limit: {type: duration, default: 5m}
outputs:
  sent: {value: \"${{ len(steps.pre.loud.outputs.stdout) }}\", type: int, doc: How many}
steps:
  - id: pre
    steps:
      - {id: loud, uses: exec, host: SALES, with: {argv: [ls]}}
  - {id: sure, uses: m.push, with: {po: SALES}}
";

const MAIN: &str = "\
workflow: 1
name: main
include: [{file: mail.yaml, as: m}]
inputs:
  pos: {type: list<m.office>, default: \"${{ site.groups.requestors }}\"}
  po: {type: m.office, default: SALES}
steps:
  - id: all
    foreach: {one: \"${{ inputs.pos }}\"}
    uses: m.push
    with: {po: \"${{ one }}\"}
    expect: outputs.code == 0
  - id: whole
    uses: ./other.yaml
    with: {ticket: \"${{ secrets.pw }}\"}
  - {id: last, uses: assert, with: {that: \"${{ steps.whole.outputs.sent == 2 }}\"}}
";

const VARIANT: &str = "\
workflow: 1
name: variant
extends: other.yaml
patch:
  inputs:
    limit: {default: 7m}
    extra: {type: list<text>, default: [x]}
  steps:
    - {id: pre.loud, $rename: noisy, with: {argv: [dir]}}
    - id: between
      $after: pre
      uses: assert
      with: {that: \"${{ steps.pre.noisy.changed }}\"}
    - {id: sure, with: {note: more}}
";

const OVER: &str = "\
overlay: 1
name: over
applies_to: [other]
vars:
  SALES: {drive: N}
";

fn all() -> Session {
    let site = format!("{SITE}secrets: {{pw: {{env: PW}}}}\n");
    session(&[
        ("mail.yaml", MAIL),
        ("other.yaml", OTHER),
        ("sites/lab.yaml", &site),
    ])
}

/// What is offered where the `|` stands, in one of these texts with a part of it in another's place.
#[track_caller]
fn offers(text: &str, from: &str, to: &str, wanted: &[&str]) -> Vec<String> {
    assert!(text.contains(from), "{from}");
    let offered = labels(&mut all(), &text.replacen(from, to, 1));
    for one in wanted {
        assert!(
            offered.iter().any(|label| label == one),
            "{to}: {one} in {offered:?}"
        );
    }
    offered
}

#[test]
fn what_calls_give_and_take_is_offered() {
    let table: [(&str, &str, &[&str]); 12] = [
        ("outputs.code ==", "outputs.| ==", &["code"]),
        ("outputs.sent ==", "outputs.| ==", &["sent"]),
        ("${{ one }}", "${{ one.| }}", &["vars", "name"]),
        ("${{ one }}", "${{ one.vars.| }}", &["drive", "address"]),
        ("${{ one }}", "${{ inputs.pos[0].| }}", &["vars"]),
        (
            "${{ one }}",
            "${{ inputs.po.vars.| }}",
            &["drive", "address"],
        ),
        ("secrets.pw", "secrets.|", &["pw"]),
        (
            "uses: ./other.yaml",
            "uses: ./|",
            &["./other.yaml", "m.push", "exec"],
        ),
        (
            "{ticket: \"${{ secrets.pw }}\"}",
            "{|}",
            &["ticket", "limit"],
        ),
        ("{po: \"${{ one }}\"}", "{|}", &["po", "note"]),
        (
            "type: m.office",
            "type: |",
            &["m.office", "list<m.office>", "host"],
        ),
        ("type: list<m.office>", "type: list<|>", &["m.office"]),
    ];
    for (from, to, wanted) in table {
        offers(MAIN, from, to, wanted);
    }
    let kinds = offers(MAIN, "uses: ./other.yaml", "uses: ./|", &[]);
    assert!(
        !kinds.contains(&"./a.yaml".to_owned()),
        "not itself: {kinds:?}"
    );
}

#[test]
fn what_can_be_included_or_be_a_default_is_offered() {
    let files = offers(
        MAIN,
        "file: mail.yaml",
        "file: |",
        &["mail.yaml", "other.yaml"],
    );
    assert_eq!(files.len(), 2, "no site can be included: {files:?}");
    offers(MAIL, "steps.run.outputs.exit", "steps.|", &["run"]);
    offers(
        MAIL,
        "steps.run.outputs.exit",
        "steps.run.outputs.|",
        &["exit"],
    );
    let outputs = MAIN.replace("steps:\n", "outputs: {n: \"${{ steps.| }}\"}\nsteps:\n");
    offers(&outputs, "|", "|", &["all", "whole", "last"]);
    let site = "site: {hosts: {|}}\n";
    offers(&format!("{OVER}{site}"), "|", "|", &["SALES", "EXCH1"]);
    let default = MAIN.replace("po: {type: m.office", "po: {type: host");
    offers(
        &default,
        "default: SALES",
        "default: |",
        &["SALES", "EXCH1"],
    );
}

#[test]
fn what_a_patch_may_change_is_offered() {
    let table: [(&str, &str, &[&str]); 6] = [
        ("$after: pre", "$after: |", &["pre", "sure"]),
        ("    limit: {default: 7m}", "    |", &["limit", "ticket"]),
        ("with: {argv: [dir]}", "with: {|}", &["argv"]),
        ("with: {note: more}", "with: {|}", &["note", "po"]),
        ("steps.pre.noisy", "steps.pre.|", &["noisy"]),
        ("steps.pre.noisy", "inputs.|", &["extra", "limit", "ticket"]),
    ];
    for (from, to, wanted) in table {
        let offered = offers(VARIANT, from, to, wanted);
        let is_old = to == "steps.pre.|" && offered.contains(&"loud".to_owned());
        assert!(!is_old, "it has another name: {offered:?}");
    }
    offers(
        OVER,
        "SALES: {drive: N}",
        "|",
        &["SALES", "EXCH1", "requestors"],
    );
    offers(OVER, "{drive: N}", "{|}", &["drive", "address"]);
}

/// What is told where the `|` stands.
fn told(text: &str, from: &str, to: &str) -> String {
    assert!(text.contains(from), "{from}");
    let mut session = all();
    let (text, position) = cursor(&session, &text.replacen(from, to, 1));
    open(&mut session, "a.yaml", &text);
    let asked = HoverParams {
        text_document_position_params: place("a.yaml", position),
        work_done_progress_params: Default::default(),
    };
    let answer = hover::hover(&session, asked).unwrap_or_else(|| panic!("{to}: nothing"));
    match answer.contents {
        HoverContents::Markup(words) => words.value,
        other => panic!("{other:?}"),
    }
}

/// A text, what stands in it, the same with `|` where somebody points, and what is told then.
type Pointed = (
    &'static str,
    &'static str,
    &'static str,
    &'static [&'static str],
);

const TOLD: [Pointed; 16] = [
    (
        MAIL,
        "push:",
        "pu|sh:",
        &["`push`: A postoffice sends", "- `po` (host, required)"],
    ),
    (
        MAIL,
        "office: {",
        "off|ice: {",
        &["`office`: host", "- `drive`: text"],
    ),
    (
        MAIN,
        "uses: m.push",
        "uses: m.pu|sh",
        &[
            "A postoffice sends",
            "What it says",
            "How it ended",
            "mail.yaml:5",
        ],
    ),
    (
        MAIN,
        "./other.yaml",
        "./oth|er.yaml",
        &["`ticket`", "required", "How many"],
    ),
    (MAIN, "outputs.sent", "outputs.se|nt", &["int", "How many"]),
    (
        MAIN,
        "outputs.code",
        "outputs.co|de",
        &["int", "How it ended"],
    ),
    (MAIN, "secrets.pw", "secrets.p|w", &["secret", "lab.yaml"]),
    (MAIN, "{one:", "{o|ne:", &["m.office", "one item of `all`"]),
    (VARIANT, "$after:", "$aft|er:", &["stands"]),
    (
        VARIANT,
        "$after: pre",
        "$after: p|re",
        &["`pre`: a group", "other.yaml:11"],
    ),
    (
        VARIANT,
        "sure, with",
        "su|re, with",
        &["`sure`: m.push", "other.yaml:14"],
    ),
    (
        MAIN,
        "list<m.office>",
        "list<m.off|ice>",
        &["`office`: host", "- `address`: text", "mail.yaml:3"],
    ),
    (
        MAIN,
        "file: mail.yaml",
        "file: ma|il.yaml",
        &["`mail.yaml`", "define: `push`", "types: `office`"],
    ),
    (
        OVER,
        "[other]",
        "[ot|her]",
        &["the workflow other", "Called as a whole"],
    ),
    (
        OVER,
        "{drive:",
        "{dri|ve:",
        &["`drive`: text", "mail.yaml asks hosts for"],
    ),
    (OVER, "SALES:", "SA|LES:", &["host of lab.yaml", "drive"]),
];

#[test]
fn what_is_defined_is_told_in_full() {
    for (text, from, to, wanted) in TOLD {
        let words = told(text, from, to);
        for one in wanted {
            assert!(words.contains(one), "{to}: {one} in {words}");
        }
    }
}
