//! Where the values of the house's own workflows come from: every address leads somewhere, and what
//! is told to win is what a run would have.

use std::sync::Arc;

use runsheet_diagnostics::source::Sources;
use runsheet_language::bound::{Given, bind};
use runsheet_language::compose::{Overlay, read_overlay};
use runsheet_language::provenance::{Asked, Chain, SiteOrigins};
use runsheet_language::read_traced;
use runsheet_language::site::read_site_with;

use crate::product::{CATALOGUE, FLAGSHIP, LAB, Repository};
use crate::repository::{files, read};

/// Asks a workflow on the lab, under overlays, for every address it has.
fn all_addresses(path: &str, over: &[&str]) -> Vec<(String, Chain)> {
    let mut sources = Sources::new();
    let source = sources.add(path, read(path));
    let mut overlays: Vec<Overlay> = Vec::new();
    for path in over {
        let source = sources.add(*path, read(path));
        overlays.push(read_overlay(source, &sources).0);
    }
    let (workflow, origins, _) =
        read_traced(source, &overlays, &mut sources, &CATALOGUE, &Repository);
    let workflow = Arc::new(workflow);
    let source = sources.add(LAB, read(LAB));
    let (site, _) = read_site_with(source, &overlays, &sources, &CATALOGUE);
    let site_origins = SiteOrigins::read(source, &overlays, &sources);
    let given = Given::default();
    let bound = bind(&workflow, &site, &given).0;
    let asked = Asked {
        origins: &origins,
        workflow: &workflow,
        given: &given,
        site: Some((&site_origins, &site)),
        bound: bound.as_ref(),
        catalogue: &CATALOGUE,
    };
    let chain = |address: String| match asked.chain(&address) {
        Ok(chain) => (address, chain),
        Err(lost) => panic!("{path} under {over:?}: {address}: {lost:?}"),
    };
    asked.addresses().into_iter().map(chain).collect()
}

/// Holds the winner of a chain against the value, where it is written out in its last form.
fn agrees(address: &str, chain: &Chain) -> bool {
    let (Some(value), Some(first)) = (&chain.value, chain.layers.first()) else {
        return false;
    };
    let plain = ["text", "int", "bool", "version", "path"];
    let is_plain = chain
        .kind
        .as_deref()
        .is_some_and(|kind| plain.contains(&kind));
    if !is_plain || first.value.contains("${{") {
        return false;
    }
    assert_eq!(first.value.trim_matches(['"', '\'']), value, "{address}");
    true
}

#[test]
fn every_address_of_a_workflow_of_the_house_leads_somewhere() {
    let paths = files().into_iter();
    let is_workflow = |path: &String| {
        path.starts_with("workflows/") && path.ends_with(".yaml") && !path.contains("/sites/")
    };
    let mut count = 0;
    for path in paths.filter(is_workflow) {
        let text = read(&path);
        if text.starts_with("overlay:") || !text.contains("\nsteps:") {
            continue;
        }
        count += all_addresses(&path, &[]).len();
    }
    assert!(count > 500, "{count} addresses");
}

#[test]
fn who_is_told_to_win_says_the_value_under_every_overlay() {
    let paths = files();
    let overlays = paths
        .iter()
        .filter(|path| read_if_yaml(path).starts_with("overlay:"));
    let mut held = 0;
    let mut count = 0;
    for overlay in overlays {
        let all = all_addresses(FLAGSHIP, &[overlay]);
        held += all
            .iter()
            .filter(|(address, chain)| agrees(address, chain))
            .count();
        count += 1;
    }
    assert!(
        count > 4 && held > 10 * count,
        "{held} values of {count} overlays"
    );
}

fn read_if_yaml(path: &str) -> String {
    match path.starts_with("workflows/") && path.ends_with(".yaml") {
        true => read(path),
        false => String::new(),
    }
}
