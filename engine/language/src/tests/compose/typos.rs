//! A slip in a patch is told with what the base has, not with what it has not.

use std::slice;

use runsheet_diagnostics::diagnostic::Diagnostic;
use runsheet_diagnostics::source::Sources;

use super::read;
use crate::compose::read_overlay;
use crate::site::read_site_with;
use crate::tests::catalogue::catalogue;

const BASE: &str = "\
workflow: 1
name: base
inputs:
  requestors: {type: list<text>, default: [HQ], doc: Who asks}
defaults: {timeout: 5m}
steps:
  - id: first
    foreach: {item: \"${{ inputs.requestors }}\", parallel: 2}
    uses: assert
    with: {that: \"${{ item != '' }}\"}
";

/// What is told first of a patch of the base: the message and the help.
fn told(patch: &str) -> (String, String) {
    let variant = format!("workflow: 1\nname: variant\nextends: base.yaml\npatch: {{{patch}}}\n");
    let (_, found, _) = read(&[("variant.yaml", &variant), ("base.yaml", BASE)]);
    first(found)
}

fn first(found: Vec<Diagnostic>) -> (String, String) {
    let first = found.into_iter().next().expect("a mistake is told");
    (first.message, first.help.unwrap_or_default())
}

#[test]
fn a_key_that_the_base_has_is_suggested() {
    let table = [
        ("inputs: {requestors: {defalt: [PLANT]}}", "default"),
        ("defaults: {timeot: 9m}", "timeout"),
        ("steps: [{id: first, foreach: {paralel: 1}}]", "parallel"),
        ("steps: [{id: first, with: {taht: false}}]", "that"),
        ("steps: [{id: first, wiht: {that: false}}]", "with"),
    ];
    for (patch, meant) in table {
        let (message, help) = told(patch);
        assert!(message.contains("is no key of"), "{patch}: {message}");
        assert_eq!(help, format!("did you mean `{meant}`?"), "{patch}");
    }
}

#[test]
fn a_key_that_the_patch_itself_has_is_not_suggested() {
    let (_, help) = told("inputs: {requestors: {default: [A], defalt: [B]}}");
    assert!(!help.contains("default"), "{help}");
}

#[test]
fn a_key_that_the_site_has_is_suggested() {
    let mut sources = Sources::new();
    let overlay = "overlay: 1\nsite: {lab: {poling: 2m}}\n";
    let overlay = sources.add("overlay.yaml", overlay);
    let (overlay, wrong) = read_overlay(overlay, &sources);
    assert_eq!(wrong, []);
    let site = "site: 1\nname: small\nhosts: {HQ: {}}\nlab: {polling: 1m}\n";
    let site = sources.add("site.yaml", site);
    let (_, found) = read_site_with(site, slice::from_ref(&overlay), &sources, &catalogue());
    assert_eq!(first(found).1, "did you mean `polling`?");
}

#[test]
fn an_input_that_the_base_nearly_has_is_suggested() {
    let (message, help) = told("inputs: {requestor: {default: [PLANT]}}");
    assert_eq!(message, "there is no input `requestor` to change");
    assert_eq!(help, "did you mean `requestors`?");
    let (message, _) = told("inputs: {postmaster: {default: me}}");
    assert_eq!(message, "an input needs the key `type`");
    // With a type it is an input of its own.
    let own = "workflow: 1\nname: v\nextends: base.yaml\npatch: {inputs: {requestor: {type: text, default: A}}}\n";
    let (_, found, _) = read(&[("variant.yaml", own), ("base.yaml", BASE)]);
    assert!(!found.iter().any(Diagnostic::is_error), "{found:?}");
}

/// What is told of a patch of a workflow with steps in groups, rescues and `finally:`: the help, and
/// the patch after the change that is offered.
fn mended(patch: &str) -> (String, Option<String>) {
    const DEEP: &str = "\
workflow: 1
name: deep
steps:
  - id: t1
    steps:
      - id: send
        uses: assert
        with: {that: true}
        rescue:
          - {id: again, uses: assert, with: {that: true}}
          - {id: then, uses: assert, with: {that: true}}
      - {id: left, uses: assert, with: {that: true}}
  - {id: t2, uses: assert, with: {that: true}}
finally:
  - {id: tidy, uses: assert, with: {that: true}}
";
    let variant = format!("workflow: 1\nname: variant\nextends: deep.yaml\npatch: {{{patch}}}\n");
    let (_, found, sources) = read(&[("variant.yaml", &variant), ("deep.yaml", DEEP)]);
    let [only] = found.as_slice() else {
        panic!("{patch}\n{found:#?}");
    };
    let source = only.span().expect("it has a place").source;
    let fix = only.fixes.first();
    let mended = fix.map(|fix| fix.apply(&sources, source));
    if let Some(mended) = &mended {
        let (_, mut left, _) = read(&[("variant.yaml", mended), ("deep.yaml", DEEP)]);
        left.retain(Diagnostic::is_error);
        assert_eq!(left, [], "{mended}");
    }
    (only.help.clone().unwrap_or_default(), mended)
}

#[test]
fn a_step_that_rescues_or_stands_further_in_is_suggested_by_its_whole_address() {
    for (address, meant) in [
        ("again", "t1.send.rescue.again"),
        ("t1.again", "t1.send.rescue.again"),
        ("t1.send.again", "t1.send.rescue.again"),
        ("send", "t1.send"),
        ("send.rescue.again", "t1.send.rescue.again"),
    ] {
        for change in ["with: {that: false}", "$delete: true"] {
            let (help, mended) = mended(&format!("steps: [{{id: {address}, {change}}}]"));
            assert_eq!(help, format!("did you mean `{meant}`?"), "{address}");
            assert!(mended.is_some_and(|text| text.contains(&format!("id: {meant},"))));
        }
    }
}

#[test]
fn a_step_of_the_other_list_is_told_with_that_list() {
    for (list, id, other, meant) in [
        ("steps", "tidy", "finally", "tidy"),
        ("steps", "finally.tidy", "finally", "tidy"),
        ("finally", "t2", "steps", "t2"),
        ("finally", "steps.t2", "steps", "t2"),
        ("finally", "t1.send", "steps", "t1.send"),
    ] {
        for change in ["with: {that: false}", "$delete: true", "when: false"] {
            let (help, fix) = mended(&format!("{list}: [{{id: {id}, {change}}}]"));
            let wanted = format!("patch it there: `{other}: [{{id: {meant}, ..}}]`");
            assert_eq!((help, fix), (wanted, None), "{list} {id}");
        }
    }
    let (help, _) = mended("finally: [{id: finally.tidy, doc: Tidies}]");
    assert_eq!(help, "did you mean `tidy`?");
}

#[test]
fn a_place_without_its_sign_is_told_to_lack_it() {
    let patch = "steps: [{id: new, after: first, uses: assert, with: {that: true}}]";
    let (message, help) = told(patch);
    assert_eq!(message, "there is no step `new` to change");
    assert_eq!(help, "a directive begins with `$`");
    let (_, help) = told("steps: [{id: first, delete: true}]");
    assert_eq!(help, "in a patch, `$delete: true` takes a step out");
}
