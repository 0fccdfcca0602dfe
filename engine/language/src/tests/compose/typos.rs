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
