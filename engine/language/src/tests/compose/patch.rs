//! `patch:`: what each directive does, and what is refused.

use super::{check, files, read};
use crate::compose::Loader;
use crate::document::{Form, Node, Style};
use runsheet_diagnostics::diagnostic::Diagnostic;
use runsheet_diagnostics::source::Sources;

pub(super) const HEAD: &str = "workflow: 1\nname: variant\nextends: base.yaml\n";

pub(super) const BASE: &str = "\
workflow: 1
name: base
inputs:
  timeout: {type: duration, default: 5m}
  hosts: {type: list<text>, default: [A, B]}
steps:
  - id: first
    uses: exec
    host: A
    see: [Q1, Q2]
    with: {argv: [reqmain, -t]}
  - id: t1
    foreach: {po: \"${{ inputs.hosts }}\"}
    steps:
      - id: send
        uses: exec
        host: ${{ po }}
        with: {argv: [reqmain]}
      - id: left
        uses: assert
        needs: [send]
        with: {that: \"${{ steps.send.outputs.exit == 0 }}\"}
      - id: seen
        uses: wait
        since: send
        host: A
        with: {log: Application, until: {id: 1}}
  - id: last
    uses: assert
    when: steps.first.outputs.exit == 0 && steps.t1[inputs.hosts[0]].send.outputs.exit == 0
    with: {that: \"${{ steps.first.outputs.exit == 0 }}\"}
";

/// A tree in one line: `{a: [b, 'c']}`, plain scalars bare and quoted ones between quotes.
pub(super) fn shown(node: Node<'_>) -> String {
    match node.form() {
        Form::Scalar(text, Style::Plain) => text.to_owned(),
        Form::Scalar(text, _) => format!("'{text}'"),
        Form::List => {
            let items: Vec<String> = node.items().map(shown).collect();
            format!("[{}]", items.join(", "))
        }
        Form::Map => {
            let entries = node.entries();
            let entries = entries.map(|entry| format!("{}: {}", entry.name(), shown(entry.value)));
            format!("{{{}}}", entries.collect::<Vec<_>>().join(", "))
        }
        Form::Hole => "?".to_owned(),
    }
}

/// What a key of the variant is after a patch, and how many things were wrong with it.
pub(super) fn patched(patch: &str, key: &str) -> (String, usize) {
    let text = format!("{HEAD}patch:\n{patch}");
    let files = files(&[("variant.yaml", &text), ("base.yaml", BASE)]);
    let mut sources = Sources::new();
    let source = sources.add("variant.yaml", text);
    let mut loader = Loader::new(&mut sources, &files);
    let document = loader.main(source);
    let found = loader.found.len();
    let mut path = key.split('.');
    let root = document.root().unwrap();
    let first = root.get(path.next().unwrap()).unwrap().value;
    let (_, value) = first.walk(path);
    (shown(value), found)
}

/// The ids of a list of steps, one after the other.
fn ids(patch: &str) -> String {
    let text = format!("{HEAD}patch:\n{patch}");
    let (workflow, mut found, _) = read(&[("variant.yaml", &text), ("base.yaml", BASE)]);
    found.retain(Diagnostic::is_error);
    assert_eq!(found, [], "{patch}");
    let ids = workflow
        .ids()
        .skip(1)
        .map(|id| workflow.node(id).id.to_string());
    ids.collect::<Vec<_>>().join(" ")
}

/// What is patched, the key that is looked at, and what stands there then.
type Row = (&'static str, &'static str, &'static str);

#[track_caller]
fn all(table: &[Row]) {
    for (patch, key, wanted) in table {
        let (shown, found) = patched(&format!("  {patch}\n"), key);
        assert_eq!((shown.as_str(), found), (*wanted, 0), "{patch}");
    }
}

#[test]
fn maps_merge_by_key_and_other_values_take_the_place_of_the_old() {
    const FIRST: &str =
        "{id: first, uses: exec, host: A, see: [Q1, Q2], with: {argv: [ls]}, timeout: 5m}";
    const SEND: &str =
        "{id: send, uses: exec, host: ${{ po }}, with: {argv: [reqmain]}, timeout: 10m}";
    all(&[
        (
            "inputs: {timeout: {default: 30m}}",
            "inputs.timeout",
            "{type: duration, default: 30m}",
        ),
        (
            "inputs: {timeout: {doc: x}}",
            "inputs.timeout",
            "{type: duration, default: 5m, doc: x}",
        ),
        (
            "inputs: {hosts: {default: [C]}}",
            "inputs.hosts.default",
            "[C]",
        ),
        ("inputs: {more: text}", "inputs.more", "text"),
        (
            "steps: [{id: first, with: {argv: [ls]}, timeout: 5m}]",
            "steps.0",
            FIRST,
        ),
        (
            "steps: [{id: t1.send, timeout: 10m}]",
            "steps.1.steps.0",
            SEND,
        ),
        (
            "finally: [{id: end, uses: assert}]",
            "finally.0",
            "{id: end, uses: assert}",
        ),
    ]);
}

#[test]
fn directives_say_what_a_mere_value_cannot() {
    const LAST: &str = "{id: last, uses: assert, with: {that: true}}";
    all(&[
        (
            "inputs: {hosts: {default: {$append: [C]}}}",
            "inputs.hosts.default",
            "[A, B, C]",
        ),
        (
            "inputs: {hosts: {default: {$prepend: [C], $append: [D]}}}",
            "inputs.hosts.default",
            "[C, A, B, D]",
        ),
        (
            "inputs: {timeout: {default: {$delete: true}}}",
            "inputs.timeout",
            "{type: duration}",
        ),
        (
            "inputs: {timeout: {$replace: text}}",
            "inputs.timeout",
            "text",
        ),
        (
            "inputs: {none: {$delete: true, $optional: true}}",
            "inputs.hosts.default",
            "[A, B]",
        ),
        (
            "inputs: {timeout: {$optional: true, default: 30m}, none: {$optional: true, default: 1}}",
            "inputs.timeout.default",
            "30m",
        ),
        (
            "inputs: {timeout: {$optional: true, default: 30m}, none: {$optional: true, default: 1}}",
            "inputs.hosts.default",
            "[A, B]",
        ),
        (
            "steps: [{id: last, $replace: true, uses: assert, with: {that: true}}]",
            "steps.2",
            LAST,
        ),
    ]);
}

#[test]
fn steps_are_added_moved_and_taken_out_by_id() {
    let new = "uses: assert, with: {that: true}";
    let table = [
        (
            format!("{{id: new, $first: true, {new}}}"),
            "new first t1 send left seen last",
        ),
        (
            format!("{{id: new, $last: true, {new}}}"),
            "first t1 send left seen last new",
        ),
        (
            format!("{{id: new, $after: first, {new}}}"),
            "first new t1 send left seen last",
        ),
        (
            format!("{{id: new, $before: last, {new}}}"),
            "first t1 send left seen new last",
        ),
        (
            format!("{{id: t1.new, $before: send, {new}}}"),
            "first t1 new send left seen last",
        ),
        (
            "{id: first, $after: t1}, {id: last, $replace: true, uses: assert, with: {that: true}}"
                .to_owned(),
            "t1 send left seen first last",
        ),
        (
            "{id: last, $delete: true}".to_owned(),
            "first t1 send left seen",
        ),
        (
            "{id: t1.left, $delete: true}".to_owned(),
            "first t1 send seen last",
        ),
        (
            "{id: gone, $optional: true, $delete: true}".to_owned(),
            "first t1 send left seen last",
        ),
    ];
    for (patch, wanted) in table {
        assert_eq!(ids(&format!("  steps: [{patch}]\n")), wanted, "{patch}");
    }
}

#[test]
fn what_a_patch_cannot_hit_is_told_with_what_was_meant() {
    let found = check(&[
        (
            "variant.yaml",
            "\
workflow: 1
name: variant
extends: base.yaml
patch:
  inputs: {timeuot: {$delete: true}}
           ^^^^^^^ patch-hits-nothing
  steps:
    - {id: frist, timeout: 1m}
           ^^^^^ patch-hits-nothing
    - {id: send, timeout: 1m}
           ^^^^ patch-hits-nothing
    - {id: t1.sent, timeout: 1m}
           ^^^^^^^ patch-hits-nothing
    - {id: new, uses: assert}
           ^^^ patch-hits-nothing
    - {id: other, $after: lats, uses: assert, with: {that: true}}
                          ^^^^ patch-hits-nothing
    - {id: last.inner, timeout: 1m}
           ^^^^^^^^^^ patch-clash
",
        ),
        ("base.yaml", BASE),
    ]);
    let helps: Vec<&str> = found.iter().filter_map(|one| one.help.as_deref()).collect();
    assert_eq!(
        helps,
        [
            "did you mean `timeout`?",
            "did you mean `first`?",
            "did you mean `t1.send`?",
            "did you mean `t1.send`?",
            "a new step says where it belongs: `$after: last`",
            "did you mean `last`?",
            "name a step of the list itself",
        ]
    );
}

#[test]
fn a_patch_that_is_not_written_as_patches_are_is_told_where() {
    check(&[
        (
            "variant.yaml",
            "\
workflow: 1
name: variant
extends: base.yaml
defaults: {timeout: 5m}
^^^^^^^^ patch-form
patch:
  inputs:
    timeout: {$replce: 5m}
              ^^^^^^^ patch-form
    hosts: {$delete: true, type: text}
                           ^^^^ patch-form
    nothing: {$optional: true, $delete: true, $replace: 5m}
                                              ^^^^^^^^ patch-form
  steps:
    - just a word
      ^^^^^^^^^^^ patch-form
    - {timeout: 5m}
       ^^^^^^^ missing-key
    - {id: first, $first: true, $last: true}
                                ^^^^^ patch-form
    - {id: first, $delete: 1}
                           ^ patch-form
    - {id: first, $delete: true, timeout: 5m}
                                 ^^^^^^^ patch-form
    - {id: first, $delete: true, $rename: begin}
                                 ^^^^^^^ patch-form
    - {id: first, $replace: true, $optional: true, $delete: true, uses: assert}
                  ^^^^^^^^ patch-form
    - {id: first, $rename: [begin]}
                           ^^^^^^^ patch-form
    - {id: first, $before: {id: t1}}
                           ^^^^^^^^ patch-form
    - {id: t1, foreach: {$append: [a], $replace: {po: [a]}}}
                                       ^^^^^^^^ patch-form
    - {id: t1, foreach: {$prepend: [a], $append: [b], $delete: true}}
                                                      ^^^^^^^ patch-form
    - {id: last, with: [a]}
                       ^^^ patch-clash
    - {id: t1, foreach: {po: {a: {$replace: 1}}}}
                                  ^^^^^^^^ patch-form
",
        ),
        ("base.yaml", BASE),
    ]);
}

#[test]
fn a_directive_in_a_file_that_is_no_patch_is_told_and_nothing_else() {
    check(&[(
        "a.yaml",
        "\
workflow: 1
name: a
x-mine: {$delete: true}
steps:
  - id: first
    $delete: true
    ^^^^^^^ patch-form
    uses: assert
    with: {that: true}
",
    )]);
    check(&[(
        "a.yaml",
        "workflow: 1\nname: a\npatch: {}\n^^^^^ patch-form\nsteps:\n  - {id: a, uses: assert, with: {that: true}}\n",
    )]);
}
