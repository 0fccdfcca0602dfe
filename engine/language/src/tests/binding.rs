//! A workflow and a site brought together.

use std::sync::Arc;

use runsheet_diagnostics::diagnostic::Diagnostic;
use runsheet_diagnostics::source::Sources;
use runsheet_step::Name;

use super::catalogue::{catalogue, good};
use crate::bound::{Bound, bind};
use crate::site::{SecretSource, Site, read_site, secret_sources};

const WORKFLOW: &str = r#"workflow: 1
name: x
inputs:
  hub: {type: host, vars: {version: version, on: {type: bool, default: true}}, default: "${{ site.groups.hubs[0] }}"}
  offices: {type: list<host>, vars: {pw: secret}, default: "${{ site.groups.offices }}"}
  limit: {type: int, default: 3}
steps:
  - {id: a, uses: assert, with: {that: true}}
"#;

const SITE: &str = r#"site: 1
name: small
vars: {pw: {env: PW}, note: 012}
groups:
  hubs: [HQ]
  offices: {hosts: [N, S], vars: {pw: {ask: password}}}
hosts:
  HQ: {vars: {version: 5.10}}
  N: {}
  S: {exclusive: m, vars: {pw: {file: s.pw}}}
"#;

fn site(text: &str) -> (Site, Vec<Diagnostic>) {
    let mut sources = Sources::new();
    let id = sources.add("site.yaml", text);
    read_site(id, &sources, &catalogue())
}

fn bound(site_text: &str, sets: &[(&str, &str)]) -> Result<Bound, String> {
    let (site, found) = site(site_text);
    assert_eq!(found, []);
    let sets: Vec<(Name, Name)> = sets
        .iter()
        .map(|(a, b)| ((*a).into(), (*b).into()))
        .collect();
    let (bound, found) = bind(&Arc::new(good(WORKFLOW)), &site, &sets);
    let told: Vec<_> = found.into_iter().map(|one| one.message).collect();
    bound.ok_or(told.join("; "))
}

#[test]
fn variables_have_the_types_that_the_workflow_declares() {
    let bound = bound(SITE, &[]).expect("all is there");
    let hq = &bound.hosts["HQ"].vars;
    assert_eq!(
        (hq["version"].kind(), hq["version"].to_string().as_str()),
        ("version", "5.10")
    );
    assert_eq!(hq["on"].kind(), "bool");
    assert_eq!(
        (hq["note"].kind(), hq["note"].to_string().as_str()),
        ("text", "012")
    );
    assert_eq!(bound.inputs["offices"].to_string(), "[N, S]");
    assert_eq!(bound.exclusive["S"].to_string(), "m");
}

#[test]
fn secrets_are_references_whose_sources_the_site_knows() {
    let bound = bound(SITE, &[]).expect("all is there");
    assert_eq!(bound.hosts["S"].vars["pw"].to_string(), "***");
    let sources = secret_sources(&site(SITE).0);
    assert_eq!(sources["HQ.pw"], SecretSource::Env("PW".into()));
    assert_eq!(sources["N.pw"], SecretSource::Ask("password".into()));
    assert_eq!(sources["S.pw"], SecretSource::File("s.pw".into()));
}

#[test]
fn what_is_set_goes_before_the_default() {
    let bound_with = |sets: &[(&str, &str)]| bound(SITE, sets);
    let set = bound_with(&[("limit", "5"), ("hub", "HQ"), ("offices", "S, N")]);
    let inputs = set.expect("all is there").inputs;
    assert_eq!(inputs["limit"].as_int(), Some(5));
    assert_eq!(inputs["hub"].kind(), "host");
    assert_eq!(inputs["offices"].to_string(), "[S, N]");
    let wrong = bound_with(&[("limit", "many"), ("hub", "HK"), ("limt", "1")]).err();
    let told = wrong.expect("three mistakes");
    assert!(told.contains("no input `limt`"), "{told}");
    assert!(told.contains("expected int, found `many`"), "{told}");
    assert!(told.contains("has no host `HK`"), "{told}");
}

#[test]
fn what_the_site_lacks_is_told() {
    let lacks = |from: &str, to: &str| bound(&SITE.replace(from, to), &[]).err();
    assert_eq!(
        lacks("{version: 5.10}", "{}").as_deref(),
        Some("the host `HQ` has no variable `version`")
    );
    assert_eq!(
        lacks("  hubs:", "  hub:").as_deref(),
        Some("the site `small` has no group `hubs`")
    );
    assert_eq!(
        lacks("version: 5.10", "version: new").map(|told| told.contains("version")),
        Some(true)
    );
}

#[test]
fn a_site_is_read_with_all_its_mistakes() {
    let wrong = "site: 1
nmae: x
groups: {a: [NO]}
lab: {profile: exchange-4.1, usres: 3}
hosts:
  N: {at: M, facilities: {registry: {drvier: a}}}
";
    let told: Vec<_> = site(wrong).1.into_iter().map(|one| one.code.name).collect();
    let mut sorted = told.clone();
    sorted.sort_unstable();
    let wanted = [
        "missing-key",
        "unknown-host",
        "unknown-host",
        "unknown-key",
        "unknown-key",
        "unknown-word",
    ];
    assert_eq!(sorted, wanted);
}
