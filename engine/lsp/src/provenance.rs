//! What a value is and who says so, for whoever points at it: what `explain` tells of its address.

use std::sync::Arc;

use runsheet_diagnostics::diagnostic::Diagnostic;
use runsheet_diagnostics::source::Sources;
use runsheet_language::bound::{Bound, Given, bind};
use runsheet_language::compose::{Files, Overlay, paths};
use runsheet_language::provenance::{Asked, Chain, Layer, SiteOrigins, written};
use runsheet_language::site::{Site, read_site_with};

use crate::check::Checked;
use crate::session::Session;
use crate::tree::{Id, Part, Tree};

/// The site that a workflow runs on unless another is named.
const SITE: &str = "sites/lab.yaml";

/// How many layers are shown.
const MOST: usize = 8;

/// The address of what stands at a node: keys, and the ids of steps. Those of a patch may lead
/// through several lists.
pub(crate) fn address(tree: &Tree, id: Id) -> Option<String> {
    let mut way: Vec<Id> = tree.upward(id).collect();
    way.reverse();
    let mut names: Vec<String> = Vec::new();
    for (part, id) in tree.path(id).into_iter().zip(way.into_iter().skip(1)) {
        match part {
            Part::Key(key) => names.push(key),
            Part::Item(n) => match tree.scalar_of(id, "id") {
                Some(id) => names.extend(id.split('.').map(str::to_owned)),
                None => names.push(n.to_string()),
            },
        }
    }
    // What a patch says is said of what it patches.
    if names.first().is_some_and(|name| name == "patch") {
        names.remove(0);
    }
    let is_directive = |name: &String| name.starts_with('$');
    let is_plain = !names.is_empty() && !names.iter().any(is_directive);
    is_plain.then(|| written(names.iter().map(String::as_str)))
}

/// What is known of the value at an address of a file, if its text is the one that was read.
pub(crate) fn told(session: &Session, path: &str, address: &str) -> Option<String> {
    let (checked, _) = session.fresh(path)?;
    let (workflow, origins) = (checked.workflow.as_ref()?, checked.origins.as_ref()?);
    let given = Given::default();
    let placed = Placed::of(session, checked);
    let site = placed
        .as_ref()
        .map(|placed| (&placed.origins, &placed.site));
    let asked = Asked {
        origins,
        workflow,
        given: &given,
        site,
        bound: placed.as_ref().and_then(|placed| placed.bound.as_ref()),
        catalogue: session.kinds_of(path),
    };
    let chain = asked.chain(address).ok()?;
    let sources = placed
        .as_ref()
        .map_or(&checked.sources, |placed| &placed.sources);
    words(
        &chain,
        placed.as_ref().map(|placed| &*placed.site.name),
        sources,
    )
}

/// A site, and the workflow on it.
struct Placed {
    sources: Sources,
    site: Site,
    origins: SiteOrigins,
    bound: Option<Bound>,
}

impl Placed {
    /// The site beside a workflow, or in the folder above, which a folder of variants is in.
    fn of(session: &Session, checked: &Checked) -> Option<Placed> {
        let workflow = checked.workflow.as_ref()?;
        let places = [SITE.to_owned(), format!("../{SITE}")].into_iter();
        let mut paths = places.map(|site| paths::beside(&checked.of, &site));
        let text = paths.find_map(|path| session.store.read(&path).ok())?;
        let mut sources = checked.sources.clone();
        let source = sources.add(SITE, text);
        let overlays: Vec<Overlay> = checked
            .overlay
            .iter()
            .map(|one| Overlay::clone(one))
            .collect();
        let kinds = checked.kinds.as_deref().unwrap_or(&session.catalogue);
        let (site, found) = read_site_with(source, &overlays, &sources, kinds);
        let origins = SiteOrigins::read(source, &overlays, &sources);
        let mut all = found.iter().chain(&checked.found);
        let sound = !all.any(Diagnostic::is_error);
        let bound = sound.then(|| bind(&Arc::clone(workflow), &site, &Given::default()).0);
        Some(Placed {
            sources,
            site,
            origins,
            bound: bound.flatten(),
        })
    }
}

/// The value, and a line for each layer where there are several.
fn words(chain: &Chain, site: Option<&str>, sources: &Sources) -> Option<String> {
    let mut words = String::new();
    let written = chain.layers.first().map(|layer| layer.value.as_str());
    if let (Some(value), Some(site)) = (&chain.value, site)
        && written != Some(value)
    {
        words = format!("is `{value}` at {site}");
    }
    if chain.layers.len() > 1 {
        for layer in chain.layers.iter().take(MOST) {
            words.push_str(&line(layer, sources));
        }
    }
    let words = words.trim_start().to_owned();
    (!words.is_empty()).then_some(words)
}

fn line(layer: &Layer, sources: &Sources) -> String {
    let place = layer.span.map(|span| {
        let place = sources.place(span);
        let (_, file) = paths::split(&place);
        format!(", {file}")
    });
    let value = layer.value.replace('`', "'");
    format!("\n- `{value}`: {layer}{}", place.unwrap_or_default())
}

#[cfg(test)]
mod tests {
    use super::address;
    use crate::tree::{Hit, Tree};

    #[test]
    fn a_name_that_would_come_apart_stands_in_quotes() {
        let table = [
            (
                "hosts: {\"O'Brien\": {vars: {|drive: M}}}",
                Some(r#"hosts["O'Brien"].vars.drive"#),
            ),
            (
                "vars: {mail.exe: {|path: M}}",
                Some(r#"vars["mail.exe"].path"#),
            ),
            (
                "steps:\n  - id: a\n    with: {|at: 1}",
                Some("steps.a.with.at"),
            ),
            (
                "patch: {steps: [{id: t1.send, |uses: x}]}",
                Some("steps.t1.send.uses"),
            ),
            ("steps: [{id: a, with: {$replace: {|at: 1}}}]", None),
        ];
        for (marked, wanted) in table {
            let at = marked.find('|').expect("a place");
            let tree = Tree::parse(marked.replacen('|', "", 1));
            let Some(Hit::Key(id)) = tree.at(at) else {
                panic!("{marked}");
            };
            assert_eq!(address(&tree, id).as_deref(), wanted, "{marked}");
        }
    }
}
