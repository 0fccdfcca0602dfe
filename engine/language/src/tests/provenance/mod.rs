//! Where values come from: every layer, in the order in which they count.

mod hosts;
mod laws;
mod steps;
mod workflows;

use std::collections::BTreeMap;
use std::sync::Arc;

use runsheet_diagnostics::source::Sources;

use super::{Asked, Chain, NoAddress, SiteOrigins};
use crate::bound::{Given, GivenVar, bind, read_inputs};
use crate::compose::{Files, read_overlay};
use crate::read_traced;
use crate::site::read_site_with;
use crate::tests::catalogue::catalogue;

/// Files by their names; what begins with `overlay:` is laid over the first, in order.
#[derive(Default)]
pub(super) struct Case {
    texts: Vec<(&'static str, &'static str)>,
    sets: Vec<(&'static str, &'static str)>,
    vars: Vec<(&'static str, &'static str, &'static str)>,
}

pub(super) fn case(texts: &[(&'static str, &'static str)]) -> Case {
    Case {
        texts: texts.to_vec(),
        ..Case::default()
    }
}

impl Case {
    pub(super) fn set(mut self, name: &'static str, text: &'static str) -> Self {
        self.sets.push((name, text));
        self
    }

    pub(super) fn set_var(
        mut self,
        owner: &'static str,
        name: &'static str,
        text: &'static str,
    ) -> Self {
        self.vars.push((owner, name, text));
        self
    }

    /// What the chain of an address says, a line for each layer.
    #[track_caller]
    pub(super) fn says(&self, address: &str, lines: &[&str]) {
        let (chain, sources) = self.ask(address);
        let chain = chain.unwrap_or_else(|lost| panic!("{address}: {lost:?}"));
        assert_eq!(told(&chain, &sources), lines, "{address}");
    }

    pub(super) fn value(&self, address: &str) -> Option<String> {
        self.ask(address).0.unwrap().value
    }

    /// What was meant by an address that leads nowhere.
    pub(super) fn meant(&self, address: &str) -> Option<String> {
        self.ask(address).0.unwrap_err().near
    }

    pub(super) fn ask(&self, address: &str) -> (Result<Chain, NoAddress>, Sources) {
        self.with(|asked| asked.chain(address))
    }

    pub(super) fn addresses(&self) -> Vec<String> {
        self.with(|asked| asked.addresses()).0
    }

    fn with<T>(&self, ask: impl FnOnce(&Asked<'_>) -> T) -> (T, Sources) {
        let mut sources = Sources::new();
        let file = |(path, text): &(&str, &str)| (path.to_string(), Arc::from(*text));
        let files: BTreeMap<String, Arc<str>> = self.texts.iter().map(file).collect();
        let mut overlays = Vec::new();
        let mut given = Given::sets(self.sets.iter().copied());
        given.vars = self
            .vars
            .iter()
            .map(|(owner, name, text)| GivenVar {
                owner: (*owner).into(),
                name: (*name).into(),
                text: (*text).into(),
            })
            .collect();
        for (path, text) in &self.texts {
            if text.starts_with("overlay:") {
                let source = sources.add(*path, *text);
                overlays.push(read_overlay(source, &sources).0);
            } else if path.starts_with("inputs") {
                let source = sources.add(*path, *text);
                given.inputs = read_inputs(source, &sources).0;
            }
        }
        let catalogue = catalogue();
        let main = sources.add(self.texts[0].0, self.texts[0].1);
        let (workflow, origins, _) = read_traced(main, &overlays, &mut sources, &catalogue, &files);
        let workflow = Arc::new(workflow);
        let site = files.read("site.yaml").ok().map(|text| {
            let source = sources.add("site.yaml", text);
            let (site, _) = read_site_with(source, &overlays, &sources, &catalogue);
            (SiteOrigins::read(source, &overlays, &sources), site)
        });
        let bound = site
            .as_ref()
            .and_then(|(_, site)| bind(&workflow, site, &given).0);
        let asked = Asked {
            origins: &origins,
            workflow: &workflow,
            given: &given,
            site: site.as_ref().map(|(origins, site)| (origins, site)),
            bound: bound.as_ref(),
            catalogue: &catalogue,
        };
        (ask(&asked), sources)
    }
}

fn told(chain: &Chain, sources: &Sources) -> Vec<String> {
    let line = |layer: &super::Layer| {
        let place = layer.span.map(|span| sources.place(span));
        let place = place.unwrap_or_else(|| "-".to_owned());
        format!("{} | {place} | {layer}", layer.value)
    };
    chain.layers.iter().map(line).collect()
}

pub(super) const SITE: (&str, &str) = (
    "site.yaml",
    "\
site: 1
name: small
groups:
  hubs: [HQ]
  spokes: {hosts: [N, S], vars: {drive: G}}
vars: {drive: A, mailexe: M}
hosts:
  HQ: {vars: {drive: B, password: {env: HQ_PW}}}
  N: {}
  S: {vars: {drive: D}}
",
);
