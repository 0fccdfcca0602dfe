//! A workflow and a site brought together.

use std::sync::Arc;

use runsheet_diagnostics::diagnostic::Diagnostic;
use runsheet_diagnostics::source::Sources;

use super::catalogue::{catalogue, good};
use crate::bound::{Bound, Given, bind};
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
    let sets = sets.iter().copied();
    let (bound, found) = bind(&Arc::new(good(WORKFLOW)), &site, &Given::sets(sets));
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
fn a_slip_in_the_name_of_a_group_may_be_that_of_the_site() {
    let (site, _) = site(&SITE.replace("  hubs:", "  hub:"));
    let nothing = Given::default();
    let (_, found) = bind(&Arc::new(good(WORKFLOW)), &site, &nothing);
    let [told] = found.as_slice() else {
        panic!("{found:#?}");
    };
    assert_eq!(told.labels[1].text, "is of the group `hub`");
    assert!(told.fixes.iter().all(|fix| fix.is_choice), "{told:#?}");
}

#[test]
fn of_hosts_that_are_equally_near_none_is_chosen() {
    let text = SITE.replace("hosts: [N, S]", "hosts: [N12, S]");
    let text = text.replace("  N: {}", "  N13: {}\n  N14: {}\n  N: {}");
    let (_, found) = site(&text);
    let [told] = found.as_slice() else {
        panic!("{found:#?}");
    };
    assert_eq!(told.help.as_deref(), Some("did you mean `N13` or `N14`?"));
    assert_eq!(told.fixes, []);
}

#[test]
fn a_mistake_in_what_all_hosts_share_is_told_once() {
    let wrong = SITE.replace("vars: {pw: {env: PW}", "vars: {version: new, pw: {env: PW}");
    let wrong = wrong.replace("{version: 5.10}", "{}");
    let told = bound(&wrong, &[]).expect_err("`new` is no version");
    assert_eq!(told.matches("version").count(), 2, "{told}");
    let wrong = SITE.replace("{pw: {file: s.pw}}", "{pw: {files: s.pw}}");
    assert_eq!(
        bound(&wrong, &[]).err().as_deref(),
        Some("`pw`: expected secret, found a map")
    );
}

#[test]
fn texts_in_lists_keep_their_source_too() {
    let workflow = "workflow: 1
name: x
inputs:
  hub: {type: host, vars: {drives: list<text>}, default: \"${{ site.groups.hubs[0] }}\"}
steps: [{id: a, uses: assert, with: {that: true}}]
";
    let (site, _) = site(&SITE.replace("{version: 5.10}", "{drives: [NO, 1.10, 0777]}"));
    let (bound, found) = bind(&Arc::new(good(workflow)), &site, &Given::default());
    assert_eq!(found, []);
    let drives = bound.expect("all is there").hosts["HQ"].vars["drives"].clone();
    assert_eq!(drives.to_string(), "[NO, 1.10, 0777]");
    assert_eq!(drives.items()[0].kind(), "text");
}

#[test]
fn an_input_that_is_a_secret_names_one_of_the_site() {
    let workflow = Arc::new(good(
        "workflow: 1
name: x
inputs:
  pw: secret
  other: {type: secret, default: \"${{ secrets.db }}\"}
steps: [{id: a, uses: assert, with: {that: true}}]
",
    ));
    let (site, found) = site(&format!("{SITE}secrets: {{db: {{env: DB}}}}\n"));
    assert_eq!(found, []);
    let told = |set: &str| {
        let (bound, found) = bind(&workflow, &site, &Given::sets([("pw", set)]));
        let told = found.into_iter().map(|one| one.message).collect::<String>();
        bound.map(|bound| bound.inputs).ok_or(told)
    };
    let inputs = told("secrets.db").expect("the site keeps it");
    assert_eq!(inputs["pw"], inputs["other"]);
    assert_eq!(inputs["pw"].kind(), "secret");
    let written = told("hunter2").expect_err("it is written out");
    assert_eq!(written, "`--set pw=..`: a secret is never written out");
    let unknown = told("secrets.bd").expect_err("there is none");
    assert_eq!(
        unknown,
        "`--set pw=..`: the site `small` keeps no secret `bd`"
    );
}

#[test]
fn a_site_says_only_where_a_secret_is_kept() {
    let secrets =
        "secrets: {a: hunter2, b: {evn: X}, c: {env: A, file: b}, d: {ask: what}, e: 5}\n";
    let found = site(&format!("{SITE}{secrets}")).1;
    let told: Vec<_> = found.into_iter().map(|one| one.message).collect();
    let written = "a secret is never written out";
    let wanted = [
        written,
        "`evn` is no key of a secret",
        "a secret is kept in one place",
        written,
    ];
    assert_eq!(told, wanted);
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

#[test]
fn a_variable_that_hosts_lack_is_told_once_with_all_of_them() {
    let lacks = |hosts: &str, names: &str| {
        let site = SITE.replace(", vars: {pw: {ask: password}}", "");
        let site = site.replace("vars: {pw: {env: PW}, note: 012}\n", "");
        let site = site.replace("  S: {exclusive: m, vars: {pw: {file: s.pw}}}\n", hosts);
        bound(&site.replace("[N, S]", names), &[]).err()
    };
    assert_eq!(
        lacks("  S: {}\n", "[N, S]").as_deref(),
        Some("the hosts `N` and `S` have no variable `pw`")
    );
    let many = |n: usize| (0..n).map(move |n| format!("H{n}"));
    let hosts: String = many(20).map(|host| format!("  {host}: {{}}\n")).collect();
    let names: Vec<String> = many(20).collect();
    assert_eq!(
        lacks(&hosts, &format!("[{}]", names.join(", "))).as_deref(),
        Some(
            "the hosts `H0`, `H1`, `H2`, `H3`, `H4`, `H5`, `H6`, `H7` and 12 others have no variable `pw`"
        )
    );
}

#[test]
fn a_site_whose_hosts_cannot_be_read_is_told_of_that_alone() {
    let (_, hosts) = SITE.split_once("hosts:\n  HQ").expect("it has hosts");
    let text = SITE.replace(
        &format!("hosts:\n  HQ{hosts}"),
        "hosts: ${{ inputs.hosts }}\n",
    );
    let (_, found) = site(&text);
    let told: Vec<&str> = found.iter().map(|one| one.message.as_str()).collect();
    assert_eq!(told, ["expected a map, found `${{ inputs.hosts }}`"]);
}
