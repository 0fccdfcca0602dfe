//! What one file took away and another still says.

use std::sync::Arc;

use runsheet_diagnostics::diagnostic::Diagnostic;
use runsheet_diagnostics::source::Sources;

use crate::compose::{NoFiles, read_overlay};
use crate::read_variant;
use crate::tests::catalogue::catalogue;

const BASE: &str = "\
workflow: 1
name: base
inputs:
  timeout: {type: duration, default: 5m}
steps:
  - {id: first, uses: assert, with: {that: true}}
  - id: second
    uses: assert
    needs: [first]
    when: steps.first.status == \"succeeded\"
    timeout: ${{ inputs.timeout }}
    with: {that: true}
  - id: t1
    steps:
      - {id: kick, uses: assert, with: {that: true}}
";

/// What is told of the base under overlays with these patches: every label as `text: label`, and
/// the remedy.
fn told(patches: &[&str]) -> Vec<Vec<String>> {
    let mut sources = Sources::new();
    let overlay = |(at, patch): (usize, &&str)| {
        let text = format!("overlay: 1\nname: o{at}\npatch: {{{patch}}}\n");
        let source = sources.add(format!("o{at}.yaml"), Arc::from(text));
        read_overlay(source, &sources).0
    };
    let overlays: Vec<_> = patches.iter().enumerate().map(overlay).collect();
    let base = sources.add("base.yaml", BASE);
    let (_, found) = read_variant(base, &overlays, &mut sources, &catalogue(), &NoFiles);
    let lines = |one: &Diagnostic| {
        let label = |label: &runsheet_diagnostics::diagnostic::Label| {
            let file = &sources.get(label.span.source).name;
            format!("{file}: {}: {}", sources.text(label.span), label.text)
        };
        let labels = one.labels.iter().map(label);
        labels.chain(one.help.clone()).collect()
    };
    found.iter().map(lines).collect()
}

#[test]
fn what_an_overlay_took_out_is_told_with_the_place_where_it_did() {
    let step = told(&["steps: [{id: first, $delete: true}]"]);
    let wanted = |label: &str| {
        [
            format!("base.yaml: first: {label}"),
            "o0.yaml: $delete: taken out here".to_owned(),
            "keep it there, or patch this too".to_owned(),
        ]
    };
    assert_eq!(step, [wanted("unknown step"), wanted("unknown")]);
    let input = told(&["inputs: {timeout: {$delete: true}}"]);
    assert_eq!(input.len(), 1);
    assert_eq!(input[0][0], "base.yaml: timeout: unknown");
    assert_eq!(input[0][1], "o0.yaml: $delete: taken out here");
    let patched = told(&[
        "steps: [{id: t1.kick, $delete: true}]",
        "steps: [{id: t1.kick, timeout: 5m}]",
    ]);
    assert_eq!(
        patched,
        [[
            "o1.yaml: t1.kick: hits nothing",
            "o0.yaml: $delete: taken out here",
            "keep it there, or leave this out",
        ]]
    );
}

/// What a later overlay says of a step that has another name since an earlier one: what it says, and
/// what is meant, as it stands there and by itself.
const OLD_NAMES: [(&str, &str, &str, &str); 7] = [
    ("id: first, timeout: 5m", "first", "begin", "begin"),
    ("id: t1.kick, timeout: 5m", "t1.kick", "t1.go", "go"),
    ("$after: first, ", "first", "begin", "begin"),
    ("$last: true, needs: [first], ", "first", "begin", "begin"),
    (
        "$last: true, when: steps.first.changed, ",
        "first",
        "begin",
        "begin",
    ),
    (
        "$last: true, when: steps.t1.kick.changed, ",
        "kick",
        "go",
        "go",
    ),
    (
        "id: new, $last: true, since: first, uses: wait, host: A, with: {log: a, until: {id: 1}}",
        "first",
        "begin",
        "begin",
    ),
];

#[test]
fn the_remedy_for_an_old_name_is_the_new_one_and_says_which_file_gave_it() {
    let rename = "steps: [{id: first, $rename: begin}, {id: t1.kick, $rename: go}]";
    for (patch, old, meant, now) in OLD_NAMES {
        let patch = match patch.strip_prefix('$') {
            Some(_) => format!("id: new, {patch}uses: assert, with: {{that: true}}"),
            None => patch.to_owned(),
        };
        let told = told(&[rename, &format!("steps: [{{{patch}}}]")]);
        assert_eq!(told.len(), 1, "{patch}: {told:?}");
        let [said, named, remedy] = told[0].as_slice() else {
            panic!("{told:?}");
        };
        assert!(said.starts_with(&format!("o1.yaml: {old}: ")), "{said}");
        let last = old.rsplit('.').next().unwrap();
        let label = format!("o0.yaml: {now}: `{last}` has another name since here");
        assert_eq!(*named, label);
        assert_eq!(*remedy, format!("did you mean `{meant}`?"));
    }
}

#[test]
fn a_name_that_went_from_step_to_step_is_followed_to_its_end() {
    let again = "steps: [{id: second, needs: [begin]}]";
    let both = [
        "steps: [{id: first, $rename: begin}]",
        "steps: [{id: begin, $rename: start}]",
        again,
    ];
    assert_eq!(told(&both)[0][2], "did you mean `start`?");
    let gone = [
        "steps: [{id: first, $rename: begin}]",
        "steps: [{id: begin, $delete: true}, {id: second, $replace: true, uses: assert, with: {that: true}}]",
        "steps: [{id: first, timeout: 5m}]",
    ];
    assert_eq!(told(&gone)[0][1], "o1.yaml: $delete: taken out here");
    // Two that took each other's name are both still there.
    let swapped = ["steps: [{id: first, $rename: second}, {id: second, $rename: first}]"];
    assert_eq!(told(&swapped).len(), 0);
}

#[test]
fn a_directive_that_wants_a_list_is_told_where_it_stands_and_where_none_is() {
    let grows = told(&["steps: [{id: second, timeout: {$append: [5m]}}]"]);
    assert_eq!(grows[0][0], "o0.yaml: $append: would grow");
    assert_eq!(grows[0][1], "base.yaml: ${{ inputs.timeout }}: no list");
    let by = told(&["steps: [{id: second, needs: {$append: t1}}]"]);
    assert_eq!(by[0], ["o0.yaml: t1: no list"]);
    let inner = told(&["steps: [{id: new, $before: kick, uses: assert, with: {that: true}}]"]);
    assert_eq!(inner[0][1], "base.yaml: kick: stands in `t1`");
}

#[test]
fn a_patch_that_uses_a_name_that_it_gives_is_told_the_one_until_then() {
    let table = [
        "steps: [{id: first, $rename: begin}, {id: second, $before: begin}]",
        "steps: [{id: first, $rename: begin}, {id: begin, timeout: 5m}]",
    ];
    for patch in table {
        let told = told(&[patch]);
        assert_eq!(told.len(), 1, "{told:?}");
        assert_eq!(told[0][1], "o0.yaml: begin: only after this patch");
        assert_eq!(told[0][2], "did you mean `first`?");
    }
}

#[test]
fn a_step_that_a_patch_put_too_early_is_told_with_the_place_where_it_did() {
    let told = told(&["steps: [{id: second, needs: {$delete: true}, $first: true}]"]);
    assert_eq!(told.len(), 1, "{told:?}");
    assert_eq!(told[0][0], "base.yaml: first: not before this step");
    assert_eq!(told[0][2], "o0.yaml: $first: put there here");
}

#[test]
fn a_step_of_that_name_in_another_list_is_not_meant() {
    let table = [
        "steps: [{id: t1.kick, $rename: go}, {id: second, needs: [kick]}]",
        "steps: [{id: t1.kick, $delete: true}, {id: second, when: steps.kick.changed}]",
    ];
    for patch in table {
        for labels in told(&[patch]) {
            let label = labels.join("; ");
            assert!(!label.contains("since here"), "{label}");
            assert!(!label.contains("taken out here"), "{label}");
        }
    }
    let both = told(&[
        "steps: [{id: t1.kick, $rename: go}, {id: t1, $rename: kick-all}]",
        "steps: [{id: second, needs: {$delete: true}, $last: true, when: steps.kick-all.kick.changed}]",
    ]);
    assert_eq!(both[0][2], "did you mean `go`?", "{both:?}");
}

#[test]
fn an_address_in_the_place_of_a_key_is_told_as_the_file_would_say_it() {
    let table = [
        (
            "steps.first.timeout: 5m",
            "steps: [{id: first, timeout: ..}]",
        ),
        (
            "steps.first.retry.max: 2",
            "steps: [{id: first, retry: {max: ..}}]",
        ),
        (
            "inputs.timeout.default: 5m",
            "inputs: {timeout: {default: ..}}",
        ),
    ];
    for (patch, written) in table {
        let told = told(&[patch]);
        let wanted = format!("a patch is written as the file is: `{written}`");
        assert_eq!(told.len(), 1, "{told:?}");
        assert_eq!(told[0][1], wanted);
    }
}

#[test]
fn a_step_of_another_kind_with_the_input_of_the_one_before_is_told_once() {
    let told = told(&["steps: [{id: first, uses: exec, host: A, with: {argv: [x]}}]"]);
    assert_eq!(told.len(), 1, "{told:?}");
    assert_eq!(told[0][0], "o0.yaml: exec: another kind");
    assert_eq!(
        told[0][1],
        "base.yaml: that: is no key of the input of `exec`"
    );
    let anew = "steps: [{id: first, uses: exec, host: A, with: {$replace: {argv: [x]}}}]";
    assert_eq!(self::told(&[anew]).len(), 0);
}

#[test]
fn what_is_given_for_an_input_that_a_called_file_lost_is_told_with_the_place_where_it_did() {
    const BASE: &str = "workflow: 1\nname: sub\ninputs: {old: {type: int, default: 1}}\nsteps:\n  - {id: a, uses: assert, with: {that: true}}\n";
    let variant =
        "workflow: 1\nname: v\nextends: sub.yaml\npatch: {inputs: {old: {$delete: true}}}\n";
    let main =
        "workflow: 1\nname: main\nsteps:\n  - {id: s, uses: ./v.yaml, with: {old: 4, odd: 1}}\n";
    let files = [("main.yaml", main), ("v.yaml", variant), ("sub.yaml", BASE)];
    let (_, found, sources) = super::read(&files);
    let shown = found.iter().map(|one| {
        let labels = one.labels.iter().map(|label| {
            let file = &sources.get(label.span.source).name;
            format!("{file}: {}: {}", sources.text(label.span), label.text)
        });
        labels.collect::<Vec<_>>().join(", ")
    });
    let shown: Vec<String> = shown.collect();
    let wanted = [
        "main.yaml: old: unknown key, v.yaml: $delete: taken out here",
        "main.yaml: odd: unknown key",
    ];
    assert_eq!(shown, wanted);
}

#[test]
fn what_is_changed_after_it_was_taken_out_leads_to_where_it_was() {
    let gone =
        "inputs: {timeout: {$delete: true}}, steps: [{id: second, timeout: {$delete: true}}]";
    let input = told(&[gone, "inputs: {timeout: {default: 2m}}"]);
    assert_eq!(
        input,
        [[
            "o1.yaml: timeout: hits nothing",
            "o0.yaml: $delete: taken out here",
            "keep it there, or leave this out",
        ]]
    );
    let replaced = told(&[gone, "steps: [{id: second, timeout: {$replace: 2m}}]"]);
    assert_eq!(replaced[0][1], "o0.yaml: $delete: taken out here");
    // What is there again is wholly what the later one says.
    let again = told(&[
        gone,
        "inputs: {timeout: {type: duration}}, steps: [{id: second, timeout: 2m}]",
    ]);
    assert_eq!(again.len(), 2, "{again:#?}");
    for one in &again {
        assert_eq!(
            one[0],
            "o1.yaml: timeout: this counts, since it comes later"
        );
        assert_eq!(one[1], "o0.yaml: {$delete: true}: this does not");
    }
}
