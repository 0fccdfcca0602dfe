//! Where values come from: for each, everything that was said of it, the winner first.
//!
//! [`Origins`] keeps the files that a workflow is made of and what is laid over them; [`Asked`]
//! looks an address up in them: `inputs.timeout`, `t1.send.with.argv`, `hosts.SALES.vars.drive`.

mod address;
mod hosts;
mod inherit;
mod inputs;
mod items;
mod known;
mod layer;
mod meaning;
mod of_inputs;
mod outputs;
pub mod secrets;
mod spot;
mod versions;
mod words;

use runsheet_diagnostics::source::{SourceId, Sources};
use runsheet_diagnostics::suggest;
use runsheet_step::{Catalogue, Name};

use crate::bound::{Bound, Given};
use crate::compose::{Overlay, Subject, overlaid};
use crate::document::Document;
use crate::read::Shelf;
use crate::read::library::LibraryId;
use crate::site::Site;
use crate::workflow::Workflow;

use address::segments;
pub use address::written;
pub use layer::{By, Chain, Layer};
use secrets::Secrets;
use spot::Spot;
use versions::{Part, Said, said};
use words::Words;

/// The files that a workflow is made of, and what is laid over them.
#[derive(Debug)]
pub struct Origins {
    shelf: Shelf,
    overlays: Vec<(SourceId, Name)>,
}

/// A site file as a tree, and what is laid over it.
#[derive(Debug)]
pub struct SiteOrigins {
    document: Document,
    overlays: Vec<(SourceId, Name)>,
}

/// Everything that has a say.
#[derive(Clone, Copy)]
pub struct Asked<'a> {
    /// The files of the workflow.
    pub origins: &'a Origins,
    /// The workflow that was read from them.
    pub workflow: &'a Workflow,
    /// What is given from outside.
    pub given: &'a Given,
    /// The site, if one is named.
    pub site: Option<(&'a SiteOrigins, &'a Site)>,
    /// Workflow and site together, if they fit; values are known then.
    pub bound: Option<&'a Bound>,
    /// The kinds there are.
    pub catalogue: &'a Catalogue,
}

/// An address that leads nowhere.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct NoAddress {
    /// The address that was most likely meant.
    pub near: Option<String>,
    /// The name that leads nowhere.
    pub name: String,
    /// The address before that name; empty where that is the first.
    pub after: String,
    /// What there is in its place, where that is an item of a `foreach`.
    pub items: Vec<String>,
}

impl Origins {
    pub(crate) fn new(shelf: Shelf, overlays: &[Overlay]) -> Origins {
        Origins {
            shelf,
            overlays: named(overlays),
        }
    }

    /// Who made a version of a file.
    fn by(&self, file: LibraryId, said: &Said<'_>) -> By {
        let version = said.version;
        let source = version.by.unwrap_or(version.root).span().source;
        if let Some(overlay) = overlay(&self.overlays, source) {
            return overlay;
        }
        match version.by {
            Some(by) if by.get("extends").is_none() => By::Patch,
            _ if source != self.shelf.document(file).source() => By::Base,
            _ if file == self.shelf.main() => By::Workflow,
            _ => By::Library,
        }
    }

    /// What is said of the value at a way of a file.
    fn layers(&self, file: LibraryId, way: &[Part], words: &Words) -> Vec<Layer> {
        let said = said(self.shelf.document(file), way);
        layers(&said, |said| self.by(file, said), way, words)
    }
}

impl SiteOrigins {
    /// Reads a site file as a tree; what is wrong with it is not told here.
    #[must_use]
    pub fn read(source: SourceId, overlays: &[Overlay], sources: &Sources) -> SiteOrigins {
        let text = sources.get(source).text.clone();
        let (document, mut found) = Document::parse(source, text);
        SiteOrigins {
            document: overlaid(document, overlays, Subject::Site, &mut found),
            overlays: named(overlays),
        }
    }

    fn layers(&self, way: &[Part], words: &Words) -> Vec<Layer> {
        let by = |said: &Said<'_>| {
            let source = said.version.by.map(|by| by.span().source);
            let overlay = source.and_then(|source| overlay(&self.overlays, source));
            overlay.unwrap_or(By::Site)
        };
        layers(&said(&self.document, way), by, way, words)
    }
}

/// What is said, as people are told. Overlays that set a value to different things disagree.
fn layers(
    said: &[Said<'_>],
    by: impl Fn(&Said<'_>) -> By,
    way: &[Part],
    words: &Words,
) -> Vec<Layer> {
    let mut layers: Vec<Layer> = said
        .iter()
        .map(|said| layer(said, by(said), way, words))
        .collect();
    let of_overlay = |at: &usize| said[*at].is_whole && matches!(layers[*at].by, By::Overlay(..));
    let set: Vec<usize> = (0..said.len()).filter(of_overlay).collect();
    let differ = set
        .windows(2)
        .any(|two| layers[two[0]].value != layers[two[1]].value);
    for at in set {
        layers[at].disagrees = differ;
    }
    layers
}

fn named(overlays: &[Overlay]) -> Vec<(SourceId, Name)> {
    let named = overlays.iter().map(|one| (one.source, one.name.clone()));
    named.collect()
}

fn overlay(overlays: &[(SourceId, Name)], source: SourceId) -> Option<By> {
    let at = overlays.iter().rposition(|(own, _)| *own == source)?;
    Some(By::Overlay(at + 1, overlays[at].1.clone()))
}

fn layer(said: &Said<'_>, by: By, way: &[Part], words: &Words) -> Layer {
    let names = way.iter().filter_map(|part| match part {
        Part::Key(name) => Some(name.as_str()),
        Part::Item(_) => None,
    });
    let names: Vec<&str> = names.collect();
    // A step is shown by its first line: its id.
    let span = match said.node.get("id") {
        Some(id) if said.node.is_map() => id.key.span(),
        _ => said.node.place(),
    };
    Layer {
        by,
        of: None,
        value: words.line(said.node, &names),
        span: Some(span),
        is_removal: said.is_removed,
        disagrees: false,
    }
}

impl Asked<'_> {
    /// What is said of the value at an address.
    ///
    /// # Errors
    /// An address that leads nowhere.
    pub fn chain(&self, address: &str) -> Result<Chain, NoAddress> {
        let segments = segments(address);
        let names = segments.iter().map(|one| one.name.clone());
        let names: Vec<String> = names.collect();
        let words = self.words();
        let first = names.first().map_or("", String::as_str);
        if let ("inputs", [_, name]) = (first, &names[..])
            && let Some(input) = self.workflow.inputs.get(&**name)
        {
            return Ok(self.input(name, input, &words));
        }
        if let ("hosts", [_, host, vars, var]) = (first, &names[..])
            && vars == "vars"
            && let Some(chain) = self.var(host, var, &words)
        {
            return Ok(chain);
        }
        if let Some(chain) = self.var_of_input(&names, &words) {
            return Ok(chain);
        }
        let lost = match spot::find(&self.origins.shelf, &segments) {
            Ok(spot) => match self.renamed(&spot, &names) {
                Some(renamed) => return Err(renamed),
                None => {
                    let unsure = self.unsure(&spot, &segments)?;
                    let chain = self.of_file(&spot, &words);
                    return Ok(Chain { unsure, ..chain });
                }
            },
            Err(lost) => lost,
        };
        if let Some(of_run) = self.of_run(&segments, &words) {
            return of_run;
        }
        let of_site = self.of_site(&names, &words);
        if let (Some(Err(_)), Some(chain)) = (&of_site, self.vars_of(&names, &words)) {
            return Ok(chain);
        }
        match of_site {
            Some(Ok(chain)) => Ok(chain),
            Some(Err(of_site)) if of_site.after > lost.after => Err(self.lost(&names, &of_site)),
            _ => Err(self.lost(&names, &lost)),
        }
    }

    /// That an address says the old id of a step, which only an older tree has.
    fn renamed(&self, spot: &Spot, names: &[String]) -> Option<NoAddress> {
        if self.node(spot).is_some() {
            return None;
        }
        let document = self.origins.shelf.document(spot.file);
        let (at, now) = versions::renamed(document, &spot.way)?;
        let Part::Item(old) = &spot.way[at] else {
            return None;
        };
        let at = *spot.from.get(at)?;
        let mut near = names.to_vec();
        now.clone_into(&mut near[at]);
        Some(NoAddress {
            near: Some(joined(&near)),
            name: old.clone(),
            after: joined(&names[..at]),
            ..NoAddress::default()
        })
    }

    /// A value of a workflow file or of one that it includes or calls.
    fn of_file(&self, spot: &Spot, words: &Words) -> Chain {
        if let Some(chain) = self.given_to_call(spot, words) {
            return chain;
        }
        let mut layers = self.origins.layers(spot.file, &spot.way, words);
        let node = self.node(spot);
        if spot.step_at == spot.way.len() && spot.step.is_some() {
            layers.extend(self.calls(spot, words));
        }
        layers.extend(self.inherited(spot, words));
        let value = match node {
            Some(node) => self.meaning(spot, node),
            None => self.inherited_value(spot),
        };
        Chain {
            value,
            layers,
            reads: node.map_or_else(Vec::new, |node| self.reads(spot, node)),
            ..Chain::default()
        }
    }

    /// The steps that call what a step stands in, the innermost first.
    fn calls(&self, spot: &Spot, words: &Words) -> Vec<Layer> {
        let calls = spot.calls.iter().rev();
        let layers = calls.flat_map(|call| {
            let layers = self.origins.layers(call.spot.file, &call.spot.way, words);
            layers.into_iter().map(|layer| Layer {
                of: Some(format!("the call of `{}`", call.kind)),
                ..layer
            })
        });
        layers.collect()
    }

    /// Which names have values that are secrets.
    fn words(&self) -> Words {
        Words {
            secrets: Secrets::of(self.workflow, self.catalogue),
        }
    }

    fn lost(&self, names: &[String], lost: &spot::Lost) -> NoAddress {
        let name = names.get(lost.after).cloned().unwrap_or_default();
        let after = joined(&names[..lost.after.min(names.len())]);
        let near = self
            .host_for_input(names)
            .or_else(|| self.near(names, lost, &name));
        NoAddress {
            near,
            name,
            after,
            ..NoAddress::default()
        }
    }

    fn near(&self, names: &[String], lost: &spot::Lost, name: &str) -> Option<String> {
        let near = suggest::nearest(name, lost.known.iter().map(String::as_str));
        let near = near.map(|near| {
            let rest = names.iter().skip(lost.after + 1).map(String::as_str);
            let before = names[..lost.after].iter().map(String::as_str);
            written(before.chain([near]).chain(rest))
        });
        near.or_else(|| {
            let all = self.addresses();
            let whole = joined(names);
            // What leads to the name that leads nowhere is right.
            let others = all.iter().filter(|other| !whole.starts_with(*other));
            let near = suggest::nearest(&whole, others.map(String::as_str));
            near.map(str::to_owned)
        })
    }
}

fn joined(names: &[String]) -> String {
    written(names.iter().map(String::as_str))
}

#[cfg(test)]
#[path = "tests/provenance/mod.rs"]
mod tests;
