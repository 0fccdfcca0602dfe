//! The laws of rendering, held by variants that are made up: the text is a fixpoint, in order, and
//! means what the variant means.

use proptest::prelude::{Just, Strategy, prop_oneof};
use proptest::sample::subsequence;
use proptest::test_runner::Config as ProptestConfig;
use proptest::{collection, proptest};

use super::{sound, texts};

/// Changes of the base, none of which stands in the way of another.
const CHANGES: [&str; 9] = [
    "- {id: first, $rename: begin}",
    "- id: first   # a word\n      doc: with a word\n      with: {at: {$replace: [1, 2]}}",
    "# gone\n    - {id: second, $optional: true, $delete: true}",
    "- id: group.inner\n      # longer\n      timeout: 1h",
    "- {id: group.other, $replace: true, uses: look, with: {at: \"a, b\", more: ~}}",
    "- {id: new, $after: group, uses: kit.watch, with: {that: yes}}  # new",
    "- id: newer\n      $first: true\n      steps:\n        - {id: deep, uses: ./sub.yaml}",
    "- {id: last, $before: group}",
    "- {id: group, doc: 'it''s'}",
];

const LIBRARY: &str = "\
workflow: 1
types: {name: {type: text}}
causes:
  plain: [{when: true, say: it is so}]
  odd: [plain, {when: outputs.seen == 1, say: it is odd}]   # both
define:
  watch:   # it
    inputs:
      that:
        type: name
        default: |
          several
            lines
    steps: [{id: it, uses: look, with: {at: \"${{ inputs.that }}\"}, causes: odd}]
";

const SUB: &str = "\
workflow: 1
name: sub
include: [kit.yaml]
inputs: {name: {type: kit.name, default: x}}
steps:
  - {id: only, uses: kit.watch, with: {that: \"${{ inputs.name }}\"}}
";

/// A base, written in different ways.
fn base() -> impl Strategy<Value = String> {
    let flow = "  - {uses: look, id: first, with: {at: 1, more: \"${{ inputs.a }}\"}}";
    let block = "  - id: first # one\n    with:\n      # at\n      at: 1\n\n      more: ${{ inputs.a }}\n    uses: look";
    let first = prop_oneof![Just(flow), Just(block)];
    let gap = prop_oneof![
        Just(""),
        Just("\n"),
        Just("\n  # and\n"),
        Just("  # so\n\n")
    ];
    let input = prop_oneof![
        Just("{a: {type: text, default: 1.10}}"),
        Just("\n  # the only one\n  a:\n    default: >\n      folded\n      text\n    type: text"),
    ];
    (first, collection::vec(gap, 3), input).prop_map(|(first, gaps, input)| {
        format!(
            "workflow: 1\nname: base\ninclude: [kit.yaml]\ninputs: {input}\nsteps:\n{first}\n{}  - {{id: second, when: steps.first.changed, uses: kit.watch}}\n{}  - id: group\n    steps:\n      - {{id: inner, uses: look}}   # in\n      - {{id: other, needs: [inner], uses: look}}\n{}  - {{id: last, uses: look, causes: [kit.odd], with: {{at: \"${{{{ steps.first.changed }}}}\"}}}}\n",
            gaps[0], gaps[1], gaps[2]
        )
    })
}

/// Some of the changes under `patch:`, or nothing.
fn patch() -> impl Strategy<Value = String> {
    subsequence(CHANGES.to_vec(), 0..CHANGES.len()).prop_map(|changes| {
        let patch: String = changes.iter().map(|it| format!("    {it}\n")).collect();
        match patch.as_str() {
            "" => String::new(),
            patch => format!("patch:\n  steps:\n{patch}"),
        }
    })
}

/// Fewer cases than usual, since each is read and rendered four times; as many as are asked for.
fn config() -> ProptestConfig {
    let usual = ProptestConfig::default();
    let cases = match std::env::var_os("PROPTEST_CASES") {
        Some(_) => usual.cases,
        None => 48,
    };
    ProptestConfig {
        cases,
        failure_persistence: None,
        ..usual
    }
}

proptest! {
    #![proptest_config(config())]

    #[test]
    fn a_rendered_variant_means_what_it_meant(base in base(), patch in patch()) {
        let variant = format!("workflow: 1\nname: variant\nextends: base.yaml\n{patch}");
        let overlay = format!("overlay: 1\n{patch}");
        let files = texts(&[
            ("kit.yaml", LIBRARY),
            ("sub.yaml", SUB),
            ("base.yaml", &base),
            ("v.yaml", &variant),
            ("o.yaml", &overlay),
        ]);
        sound("v.yaml", &[], &files);
        sound("base.yaml", &["o.yaml"], &files);
    }
}
