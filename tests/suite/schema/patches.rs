//! Patches, as schemas take them and as they are applied.

use crate::product::{self, Texts};

use super::{OVERLAY, WORKFLOW, against};

/// What is patched.
const BASE: &str = "\
workflow: 1
name: other
defaults: {timeout: 10m}
inputs: {timeout: {type: duration, default: 5m}, who: {type: list<text>, default: [A]}}
steps:
  - {id: pause, uses: manual, with: {say: wait}}
  - {id: t1, steps: [{id: send, uses: manual, with: {say: send}}]}
  - {id: t2, uses: assert, timeout: 5m, accept: [timeout], with: {that: true}}
";

/// What a variant may say of the file it extends, and whether that is a patch. Where a schema takes
/// anything, as for a default, it takes any directive too.
const PATCHES: [(&str, bool); 30] = [
    ("{}", true),
    ("inputs: {timeout: {default: 30m}}", true),
    ("inputs: {timeout: {$delete: true}}", true),
    ("inputs: {timeout: {$optional: true, default: 5m}}", true),
    (
        "steps: [{id: t2, accept: {$append: [{win32: 1}], $prepend: [transient]}}]",
        true,
    ),
    ("steps: [{id: t1.send, timeout: 10m}]", true),
    ("steps: [{id: pause, $delete: true}]", true),
    ("steps: [{id: paws, $delete: true, $optional: true}]", true),
    ("steps: [{id: t2, $rename: kick}]", true),
    (
        "steps: [{id: t2, $rename: kick, $first: true, timeout: 1m}]",
        true,
    ),
    (
        "steps: [{id: new, $after: t2, uses: manual, with: {say: go}}]",
        true,
    ),
    (
        "steps: [{id: t2, $replace: true, $last: true, uses: manual, with: {say: go}}]",
        true,
    ),
    ("steps: [{id: t2, accept: {$append: [{win32: 1}]}}]", true),
    ("defaults: {timeout: {$replace: {total: 5m}}}", true),
    ("finally: [{id: last, $optional: true, timeout: 1m}]", true),
    ("steps: [{timeout: 10m}]", false),
    ("steps: [{id: t2, $delte: true}]", false),
    ("steps: {t2: {timeout: 10m}}", false),
    ("steps: [t2]", false),
    ("defaults: {timout: 5m}", false),
    ("inputs: {timeout: {$delete: true, $replace: 5m}}", false),
    (
        "steps: [{id: t2, accept: {$append: [{win32: 1}], $replace: timeout}}]",
        false,
    ),
    ("inputs: {timeout: {$delete: false}}", false),
    ("inputs: {timeout: {$delete: true, default: 5m}}", false),
    ("steps: [{id: t2, $delete: true, timeout: 5m}]", false),
    ("steps: [{id: t2, $delete: true, $rename: kick}]", false),
    ("steps: [{id: t2, $delete: true, $replace: true}]", false),
    ("steps: [{id: t2, $rename: [kick]}]", false),
    ("steps: [{id: t2, $before: t1, $first: true}]", false),
    ("steps: [{id: t2, $first: 1}]", false),
];

/// What is wrong with the base under a patch, in a variant of it and in an overlay over it.
fn refused(variant: &str, overlay: &str) -> [Vec<String>; 2] {
    let texts = Texts::from([("other.yaml".to_owned(), BASE.into())]);
    let variant = product::workflow_among("variant.yaml", variant, &texts);
    let overlaid = product::variant("other.yaml", BASE, &[overlay], &texts);
    [variant, overlaid].map(|read| {
        let errors = read.found.iter().filter(|one| one.is_error());
        errors.map(|one| one.message.clone()).collect()
    })
}

#[test]
fn what_a_patch_may_say_the_schemas_and_the_reader_agree_upon() {
    for (patch, is_one) in PATCHES {
        let text = format!("patch: {{{patch}}}\n").replace("{{}}", "{}");
        let variant = format!("workflow: 1\nname: variant\nextends: other.yaml\n{text}");
        let overlay = format!("overlay: 1\n{text}");
        let schemas = [against(&WORKFLOW, &variant), against(&OVERLAY, &overlay)];
        let reader = refused(&variant, &overlay);
        for against in schemas.iter().chain(&reader) {
            assert_eq!(
                against.is_empty(),
                is_one,
                "{patch}: {schemas:?} {reader:?}"
            );
        }
    }
}
