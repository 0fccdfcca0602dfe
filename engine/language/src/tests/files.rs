//! Workflows of several files: what they include, and what they call by its path.

use std::collections::BTreeMap;
use std::sync::Arc;

use runsheet_diagnostics::diagnostic::Diagnostic;
use runsheet_diagnostics::source::Sources;

use super::catalogue::catalogue;
use crate::read_workflow;
use crate::workflow::{StepId, Workflow};

/// Reads the first of these files; the others are there to be named.
fn read(files: &[(&str, &str)]) -> (Workflow, Vec<Diagnostic>, Sources) {
    let mut sources = Sources::new();
    let main = sources.add(files[0].0, files[0].1);
    let others = files[1..].iter();
    let others: BTreeMap<String, Arc<str>> = others
        .map(|(path, text)| ((*path).to_owned(), Arc::from(*text)))
        .collect();
    let (workflow, found) = read_workflow(main, &mut sources, &catalogue(), &others);
    (workflow, found, sources)
}

/// What is wrong, as `file:line:column code`.
pub(super) fn told(files: &[(&str, &str)]) -> Vec<String> {
    let (_, found, sources) = read(files);
    let place = |one: &Diagnostic| one.span().map(|span| sources.place(span));
    let told = found
        .iter()
        .map(|one| format!("{} {}", place(one).unwrap_or_default(), one.code.name));
    told.collect()
}

pub(super) fn good(files: &[(&str, &str)]) -> Workflow {
    let (workflow, mut found, _) = read(files);
    found.retain(Diagnostic::is_error);
    assert_eq!(found, []);
    workflow
}

fn dotted(workflow: &Workflow) -> Vec<String> {
    let steps = workflow.ids().filter(|step| *step != StepId::MAIN);
    steps
        .map(|step| workflow.dotted(step).to_string())
        .collect()
}

pub(super) const LIBRARY: (&str, &str) = (
    "w/fragments/dx.yaml",
    "\
workflow: 1
include: [deep.yaml]
types:
  postoffice: {type: host, vars: {drive: text}}
define:
  send:
    inputs: {po: postoffice}
    outputs: {code: \"${{ steps.call.outputs.code }}\"}
    steps:
      - {id: call, uses: deep.run, with: {po: \"${{ inputs.po }}\", word: \"${{ inputs.po.vars.drive }}\"}}
",
);

pub(super) const DEEP: (&str, &str) = (
    "w/fragments/deep.yaml",
    "\
workflow: 1
define:
  run:
    inputs: {po: host, word: text}
    outputs: {code: \"${{ steps.exec.outputs.exit }}\"}
    steps:
      - {id: exec, uses: exec, host: \"${{ inputs.po }}\", with: {argv: [\"${{ inputs.word }}\"]}}
",
);

#[test]
fn what_is_included_is_called_by_the_name_of_its_file() {
    let main = "\
workflow: 1
name: x
include: [fragments/dx.yaml]
inputs: {all: list<dx.postoffice>}
steps:
  - {id: a, foreach: {po: \"${{ inputs.all }}\"}, uses: dx.send, with: {po: \"${{ po }}\"}}
";
    let workflow = good(&[("w/main.yaml", main), LIBRARY, DEEP]);
    assert_eq!(dotted(&workflow), ["a", "a.call", "a.call.exec"]);
    assert!(workflow.inputs["all"].vars.contains_key("drive"));
}

#[test]
fn a_name_of_ones_own_stands_for_what_is_included() {
    let main = "\
workflow: 1
name: x
include: [{file: fragments/dx.yaml, as: mail}]
inputs: {one: mail.postoffice}
steps:
  - {id: a, uses: mail.send, with: {po: \"${{ inputs.one }}\"}}
";
    good(&[("w/main.yaml", main), LIBRARY, DEEP]);
}

#[test]
fn what_an_included_file_includes_is_its_own_affair() {
    let main = "\
workflow: 1
name: x
include: [fragments/dx.yaml]
steps:
  - {id: a, uses: deep.run, with: {po: A, word: a}}
";
    let told = told(&[("w/main.yaml", main), LIBRARY, DEEP]);
    assert_eq!(told, ["w/main.yaml:5:19 unknown-kind"]);
}

#[test]
fn what_is_wrong_in_an_included_file_is_told_there_once() {
    let main = "\
workflow: 1
name: x
include: [lib.yaml]
steps:
  - {id: a, uses: lib.one}
  - {id: b, uses: lib.one}
  - {id: c, uses: lib.oen}
";
    let library = "\
workflow: 1
define:
  one: {steps: [{id: s, uses: assert, with: {thta: true}}]}
  two: {steps: [{id: s, uses: assert, with: {that: \"${{ 1 }}\"}}]}
";
    assert_eq!(
        told(&[("main.yaml", main), ("lib.yaml", library)]),
        [
            "main.yaml:7:19 unknown-kind",
            "lib.yaml:3:46 unknown-key",
            "lib.yaml:4:57 wrong-type"
        ]
    );
}

/// A workflow that includes a file with `lib.t1` and `lib.t2`, which give `fails`.
fn told_of(steps: &str) -> (Vec<String>, Vec<Diagnostic>) {
    let main = format!("workflow: 1\nname: x\ninclude: [lib.yaml]\nsteps:\n{steps}");
    let define = |name: &str, input: &str| {
        format!(
            "  {name}:\n    inputs: {{{input}: bool}}\n    \
             outputs: {{fails: \"${{{{ steps.s.changed }}}}\"}}\n    \
             steps: [{{id: s, uses: assert, with: {{that: \"${{{{ inputs.{input} }}}}\"}}}}]\n"
        )
    };
    let library = format!(
        "workflow: 1\ndefine:\n{}{}",
        define("t1", "one"),
        define("t2", "two")
    );
    let files = [("main.yaml", main.as_str()), ("lib.yaml", library.as_str())];
    (told(&files), read(&files).1)
}

#[test]
fn which_of_two_definitions_is_called_is_asked_once_and_nothing_said_of_what_it_is_given() {
    let (places, found) = told_of(
        "  - {id: a, uses: lib.t, with: {two: true}}\n  \
         - {id: b, uses: assert, with: {that: \"${{ steps.a.outputs.fails }}\"}}\n",
    );
    assert_eq!(places, ["main.yaml:5:19 unknown-kind"]);
    let help = "did you mean `lib.t1` or `lib.t2`?";
    assert_eq!(found[0].help.as_deref(), Some(help));
    assert_eq!(found[0].fixes, []);
}

#[test]
fn one_reference_is_blamed_and_no_definition_in_another_file() {
    let asked = "  - {id: a, uses: lib.t1, with: {one: true}}\n  \
                 - {id: b, uses: assert, with: {that: \"${{ steps.a.outputs.fail }}\"}}\n";
    let (places, found) = told_of(asked);
    assert_eq!(places, ["main.yaml:6:61 unknown-name"]);
    assert_eq!(found[0].fixes[0].title, "change to `fails`");
}

pub(super) const SUB: (&str, &str) = (
    "sub.yaml",
    "\
workflow: 1
name: sub
summary: Does it
inputs: {po: {type: host, vars: {drive: text}}, times: {type: int, default: 2}}
outputs: {code: \"${{ steps.run.outputs.exit }}\"}
defaults: {host: \"${{ inputs.po }}\"}
steps:
  - {id: run, uses: exec, host: h, with: {argv: [a]}}
finally:
  - {id: last, uses: assert, with: {that: true}}
",
);

#[test]
fn a_workflow_is_a_step_of_another() {
    let main = "\
workflow: 1
name: x
inputs: {one: host}
steps:
  - {id: a, uses: ./sub.yaml, with: {po: \"${{ inputs.one }}\"}}
  - {id: b, uses: assert, with: {that: \"${{ steps.a.outputs.code == 0 }}\"}}
";
    let workflow = good(&[("main.yaml", main), SUB]);
    let all = ["a", "a.run", "a.finally", "a.finally.last", "b"];
    assert_eq!(dotted(&workflow), all);
    assert!(workflow.inputs["one"].vars.contains_key("drive"));
    assert_eq!(&*workflow.nodes[1].doc, "Does it");
}

#[test]
fn a_workflow_without_finally_ends_with_an_empty_one() {
    let main = "workflow: 1\nname: x\nsteps: [{id: a, uses: ./sub.yaml}]\n";
    let sub = "workflow: 1\nname: s\nsteps: [{id: b, uses: assert, with: {that: true}}]\n";
    let workflow = good(&[("main.yaml", main), ("sub.yaml", sub)]);
    assert_eq!(dotted(&workflow), ["a", "a.b", "a.finally"]);
}

#[test]
fn files_that_call_each_other_are_told() {
    let main = "workflow: 1\nname: x\nsteps: [{id: a, uses: ./sub.yaml}]\n";
    let sub = "workflow: 1\nname: s\nsteps: [{id: b, uses: ./main.yaml}]\n";
    let told = told(&[("main.yaml", main), ("sub.yaml", sub)]);
    assert_eq!(told, ["sub.yaml:3:23 cyclic-include"]);
}

#[test]
fn two_included_files_have_two_names() {
    let main = "\
workflow: 1
name: x
include: [a/lib.yaml, b/lib.yaml]
steps: [{id: a, uses: assert, with: {that: true}}]
";
    let library = "workflow: 1\ndefine: {}\n";
    let told = told(&[
        ("main.yaml", main),
        ("a/lib.yaml", library),
        ("b/lib.yaml", library),
    ]);
    assert_eq!(told, ["main.yaml:3:23 name-taken"]);
}

#[test]
fn a_library_alone_lacks_nothing() {
    let text = "workflow: 1\ndefine: {}\n";
    assert_eq!(told(&[("lib.yaml", text)]), [""; 0]);
    let text = "workflow: 1\nname: lib\ndefine: {}\n";
    assert_eq!(told(&[("lib.yaml", text)]), ["lib.yaml:1:1 missing-key"]);
}

#[test]
fn only_a_library_has_no_steps_of_its_own() {
    let (library, found, _) = read(&[("lib.yaml", "workflow: 1\ndefine: {}\n")]);
    assert!(found.is_empty() && library.is_library, "{found:?}");
    let bare = "workflow: 1\nname: bare\nsteps: []\n";
    let (bare, found, _) = read(&[("bare.yaml", bare)]);
    assert!(found.is_empty() && !bare.is_library, "{found:?}");
}

#[test]
fn kinds_types_and_causes_may_be_called_as_an_included_file_would_call_them() {
    let main = "\
workflow: 1
name: one
types: {mail.word: text}
causes: {mail.odd: [{when: true, say: it is odd}]}
define:
  mail.deep.say:
    inputs: {what: list<mail.word>}
    steps: [{id: it, uses: assert, with: {that: \"${{ len(inputs.what) > 0 }}\"}, causes: mail.odd}]
steps:
  - {id: a, uses: mail.deep.say, with: {what: [b]}}
";
    let workflow = good(&[("one.yaml", main)]);
    assert_eq!(dotted(&workflow), ["a", "a.it"]);
    let user = "workflow: 1\nname: user\ninclude: [one.yaml]\ninputs: {w: one.mail.word}\nsteps:\n  - {id: a, uses: one.mail.deep.say, with: {what: [\"${{ inputs.w }}\"]}, causes: [one.mail.odd]}\n";
    let workflow = good(&[("user.yaml", user), ("one.yaml", main)]);
    assert_eq!(dotted(&workflow), ["a", "a.it"]);
}

#[test]
fn an_own_name_does_not_look_like_one_of_an_included_file() {
    let main = "workflow: 1\nname: m\ninclude: [other.yaml]\ntypes: {other.a: text}\ncauses: {other.b: []}\ndefine: {other.c: {steps: []}}\nsteps: []\n";
    let other = "workflow: 1\ntypes: {t: text}\n";
    assert_eq!(
        told(&[("m.yaml", main), ("other.yaml", other)]),
        [
            "m.yaml:4:9 name-taken",
            "m.yaml:5:10 name-taken",
            "m.yaml:6:10 name-taken"
        ]
    );
}

#[test]
fn a_library_that_is_called_is_told_at_the_call() {
    let main = "workflow: 1\nname: x\nsteps:\n  - {id: a, uses: ./lib/mail.yaml}\n";
    let library =
        "workflow: 1\ndefine:\n  push:\n    steps: [{id: b, uses: assert, with: {that: true}}]\n";
    let files = [("main.yaml", main), ("lib/mail.yaml", library)];
    assert_eq!(told(&files), ["main.yaml:4:19 unknown-kind"]);
    let (_, found, _) = read(&files);
    let help = "say `include: [./lib/mail.yaml]`, and call what it defines: `uses: mail.push`";
    assert_eq!(found[0].help.as_deref(), Some(help));
}

#[test]
fn a_patch_of_an_input_or_of_a_step_by_its_name_is_told_how_it_is_written() {
    let base = "workflow: 1\nname: x\ninputs: {limit: {type: duration, default: 2m}}\nsteps: [{id: a, uses: assert, timeout: \"${{ inputs.limit }}\", with: {that: true}}]\n";
    let variant =
        |patch: &str| format!("workflow: 1\nname: y\nextends: base.yaml\npatch: {patch}\n");
    for (wrong, right) in [
        ("{inputs: {limit: 3m}}", "{inputs: {limit: {default: 3m}}}"),
        (
            "{steps: {a: {timeout: 3m}}}",
            "{steps: [{id: a, timeout: 3m}]}",
        ),
    ] {
        let (_, found, sources) = read(&[("w.yaml", &variant(wrong)), ("base.yaml", base)]);
        let [only] = found.as_slice() else {
            panic!("{found:#?}");
        };
        let mended = only.fixes[0].apply(&sources, sources.iter().next().unwrap().0);
        assert_eq!(mended, variant(right));
        good(&[("w.yaml", &mended), ("base.yaml", base)]);
    }
}

#[test]
fn an_included_file_under_its_name_is_told_once() {
    let library = (
        "parts/mail.yaml",
        "workflow: 1\nname: mail\ndefine:\n  send:\n    steps: [{id: s, uses: assert, with: {that: true}}]\n",
    );
    let user = |include: &str| {
        format!("workflow: 1\nname: x\ninclude:{include}\nsteps: [{{id: a, uses: mail.send}}]\n")
    };
    let right = "\n  - {file: parts/mail.yaml, as: mail}";
    for (wrong, place) in [
        ("\n  mail: parts/mail.yaml", "4:3 wrong-type"),
        ("\n  - mail: parts/mail.yaml", "4:5 unknown-key"),
    ] {
        let text = user(wrong);
        let files = [("main.yaml", text.as_str()), library];
        assert_eq!(told(&files), [format!("main.yaml:{place}")]);
        let (_, found, sources) = read(&files);
        let fixed = found[0].fixes[0].apply(&sources, found[0].span().unwrap().source);
        assert_eq!(fixed, user(right));
        good(&[("main.yaml", &fixed), library]);
    }
    let text = user("\n  - {path: parts/mail.yaml, as: mail}");
    let files = [("main.yaml", text.as_str()), library];
    assert_eq!(told(&files), ["main.yaml:4:6 unknown-key"]);
}
