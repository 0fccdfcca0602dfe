//! Several files rendered into one.

use super::{Texts, sound, texts};

const MAIL: &str = "\
# parts of mail
workflow: 1
include: [{file: deep.yaml, as: dp}]
types:
  # a word
  word: {type: text}
define:
  # says it
  say:
    inputs: {what: word, more: list<dp.thing>}   # both
    outputs: {said: \"${{ steps.it.outputs.x }}\"}
    steps:
      - {id: it, uses: dp.watch, with: {that: true}}
  unused:
    steps: [{id: a, uses: look}]
";

const DEEP: &str = "\
workflow: 1
types: {thing: text}
define:
  watch:
    inputs: {that: bool}
    outputs: {x: \"${{ inputs.that }}\"}
    steps:
      - {id: sure, uses: look, with: {at: \"${{ inputs.that }}\"}}
";

const SUB: &str = "\
workflow: 1
name: sub
summary: A whole one
include: [fragments/deep.yaml]
define:
  own:
    steps: [{id: z, uses: deep.watch, with: {that: true}}]
steps:
  - {id: one, uses: own}
";

const BASE: &str = "\
# the base
workflow: 1
name: base
summary: The base
include: [fragments/mail.yaml]
inputs:
  word: {type: mail.word, default: hello}
  # how long
  timeout: {type: duration, default: 5m}
steps:
  # first of all
  - id: a
    uses: mail.say
    with: {what: \"${{ inputs.word }}\", more: [q, w]}

  - {id: b, uses: ./sub.yaml, timeout: \"${{ inputs.timeout }}\"}   # the whole
  - id: c
    when: steps.a.outputs.said
    uses: look
";

const VARIANT: &str = "\
# the variant
workflow: 1
name: v
extends: ../base.yaml
patch:
  inputs: {timeout: {default: 30m}}   # slower
  steps:
    - {id: a, $rename: start}
    - {id: b, timeout: 10m}  # it takes long
    - {id: settle, $after: b, uses: look}
";

const OVERLAY: &str = "\
overlay: 1
name: o
patch:
  steps: [{id: settle, doc: by o}]
";

const RENDERED: &str = r#"# the variant
workflow: 1
name: v
summary: The base                               # from ../base.yaml:4

types:
  mail.dp.thing: text                           # from ../fragments/deep.yaml:2
  # a word
  mail.word: {type: text}                       # from ../fragments/mail.yaml:6

# from ../base.yaml:6
inputs:
  word: {type: mail.word, default: hello}
  # how long
  timeout:
    type: duration
    # from v.yaml:6
    default: 30m                                # slower

define:
  # from ../fragments/deep.yaml:4
  mail.dp.watch:
    inputs: {that: bool}
    outputs: {x: "${{ inputs.that }}"}
    steps:
      - {id: sure, uses: look, with: {at: "${{ inputs.that }}"}}

  # says it
  # from ../fragments/mail.yaml:9
  mail.say:
    inputs: {what: mail.word, more: list<mail.dp.thing>}  # both
    outputs: {said: "${{ steps.it.outputs.x }}"}
    steps:
      - {id: it, uses: mail.dp.watch, with: {that: true}}

  # from ../sub.yaml:6
  sub.own:
    steps: [{id: z, uses: mail.dp.watch, with: {that: true}}]

  # from ../sub.yaml:1
  sub:
    doc: A whole one
    steps:
      - {id: one, uses: sub.own}
    finally: []

# from ../base.yaml:10
steps:
  # first of all
  - id: start                                   # from v.yaml:8
    uses: mail.say
    with: {what: "${{ inputs.word }}", more: [q, w]}

  # the whole
  - id: b
    uses: sub
    # from v.yaml:9
    timeout: 10m                                # it takes long

  # from v.yaml:10
  - id: settle
    doc: by o                                   # from ../o.yaml:4
    uses: look

  - id: c
    uses: look
    when: steps.start.outputs.said
"#;

fn files() -> Texts {
    texts(&[
        ("fragments/mail.yaml", MAIL),
        ("fragments/deep.yaml", DEEP),
        ("sub.yaml", SUB),
        ("base.yaml", BASE),
        ("variants/v.yaml", VARIANT),
        ("o.yaml", OVERLAY),
    ])
}

#[test]
fn all_files_become_one() {
    let files = files();
    assert_eq!(sound("variants/v.yaml", &["o.yaml"], &files), RENDERED);
}

#[test]
fn a_whole_workflow_gets_a_name_that_nobody_has() {
    let main = "workflow: 1\nname: m\ndefine:\n  look-2:\n    steps: []\nsteps:\n  - {id: a, uses: ./look.yaml}\n  - {id: b, uses: look-2}\n  - {id: c, uses: ./f/look-2.x.yaml}\n";
    let sub = "workflow: 1\nname: s\nsteps: []\n";
    let files = texts(&[
        ("m.yaml", main),
        ("look.yaml", sub),
        ("f/look-2.x.yaml", sub),
    ]);
    let text = sound("m.yaml", &[], &files);
    let uses: Vec<&str> = text.lines().filter(|line| line.contains("uses:")).collect();
    assert_eq!(
        uses,
        [
            "  - {id: a, uses: look-3}",
            "  - {id: b, uses: look-2}",
            "  - {id: c, uses: look-2-2}"
        ]
    );
}

#[test]
fn what_is_rendered_may_be_included_in_its_turn() {
    let mut files = files();
    let (library, _) = super::rendered("fragments/mail.yaml", &[], &{
        let mut files = files.clone();
        let mail = files["fragments/mail.yaml"].replace("types:", "name: mail\nsteps: []\ntypes:");
        files.insert("fragments/mail.yaml".to_owned(), mail.into());
        files
    });
    files.insert("one.yaml".to_owned(), library.into());
    let main = "workflow: 1\nname: m\ninclude: [one.yaml]\ninputs: {w: {type: one.dp.thing, default: x}}\nsteps:\n  - {id: a, uses: one.say, with: {what: \"${{ inputs.w }}\", more: []}}\n";
    files.insert("m.yaml".to_owned(), main.into());
    let text = sound("m.yaml", &[], &files);
    assert!(text.contains("  one.dp.thing: text"), "{text}");
    assert!(text.contains("uses: one.dp.watch"), "{text}");
}

#[test]
fn plugins_of_all_files_are_named_from_where_the_one_file_stands() {
    let main = "workflow: 1\nname: m\nextends: ../bases/base.yaml\n";
    let base = "workflow: 1\nname: b\nplugins: {own: plugins/own, both: ../both}\ninclude: [../lib/lib.yaml]\nsteps:\n  - {id: a, uses: look}\n";
    let lib = "workflow: 1\nplugins:\n  sum: ./plugins/sum # adds up\n  both: {file: ../both, isolation: process}\n";
    let overlay = "overlay: 1\npatch: {plugins: {late: late, own: {$replace: own}}}\n";
    let files = texts(&[
        ("variants/m.yaml", main),
        ("bases/base.yaml", base),
        ("lib/lib.yaml", lib),
        ("overlays/o.yaml", overlay),
    ]);
    let text = sound("variants/m.yaml", &["overlays/o.yaml"], &files);
    let at = text.find("plugins:").unwrap();
    let wanted = "\
plugins:
  # from ../lib/lib.yaml:3
  sum: ../lib/plugins/sum                       # adds up
  both: {file: ../both, isolation: process}     # from ../lib/lib.yaml:4
  own: ../overlays/own                          # from ../overlays/o.yaml:2
  late: ../overlays/late                        # from ../overlays/o.yaml:2

# from ../bases/base.yaml:5
steps:
  - {id: a, uses: look}
";
    assert_eq!(&text[at..], wanted);
}

#[test]
fn a_file_from_which_patches_only_took_something_tells_that_it_was_made() {
    const USED: &str = "\
workflow: 1
name: base
inputs:
  flag: {type: bool, default: true}
steps:
  - {id: a, uses: look, with: {at: \"${{ inputs.flag }}\"}}
  - {id: b, uses: look, with: {at: here}}
";
    const OVERLAY: &str = "overlay: 1\nname: o\npatch:\n  steps: [{id: a, $delete: true}]\n";
    let texts = texts(&[("base.yaml", USED), ("o.yaml", OVERLAY)]);
    let one = sound("base.yaml", &["o.yaml"], &texts);
    assert!(one.starts_with("workflow: 1"), "{one}");
    assert!(
        one.lines().next().unwrap().ends_with("# from base.yaml:1"),
        "{one}"
    );
}

#[test]
fn brackets_that_a_patch_opens_leave_room_above_them() {
    let base = "workflow: 1\nname: b\ninputs: {h: {type: text, default: a}}\nsteps:\n  - {id: one, uses: look, with: {at: \"${{ inputs.h }}\"}}\n";
    let variant = "workflow: 1\nname: v\nextends: b.yaml\npatch: {inputs: {h: {default: c}}}\n";
    let text = sound(
        "v.yaml",
        &[],
        &texts(&[("b.yaml", base), ("v.yaml", variant)]),
    );
    assert!(
        text.starts_with("workflow: 1\nname: v\n\n# from b.yaml:3\ninputs:\n"),
        "{text}"
    );
}
