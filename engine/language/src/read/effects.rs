//! `effects: none | opaque | [{facility: resource}]`.

use runsheet_diagnostics::diagnostic::Diagnostic;
use runsheet_diagnostics::suggest;
use runsheet_step::{Catalogue, Name};

use crate::document::{Entry, Node};
use crate::keys::{Takes, words};
use crate::reader::{self, Reader, UNKNOWN_WORD};
use crate::workflow::Effects;

const WORDS: &[(&str, Effects)] = &[("none", Effects::None), ("opaque", Effects::Opaque)];

/// A word, or facilities and resources.
pub(super) const TAKES: Takes = Takes::Either(&[
    Takes::Word(|| words(WORDS)),
    Takes::List(&Takes::Facilities(&Takes::Text)),
]);

/// What a workflow says that a step changes.
pub(super) fn effects(reader: &mut Reader<'_, '_>, catalogue: &Catalogue) -> Effects {
    let Some(entry) = reader.take("effects") else {
        return Effects::Unsaid;
    };
    let found = reader.found();
    if !entry.value.is_list() {
        return super::one_of(entry.value, WORDS, found).unwrap_or_default();
    }
    let mut these = Vec::new();
    for item in entry.value.items() {
        these.extend(resources(item, catalogue, found));
    }
    Effects::These(these)
}

fn resources(
    node: Node<'_>,
    catalogue: &Catalogue,
    found: &mut Vec<Diagnostic>,
) -> Vec<(Name, Name)> {
    let what = "a facility and its resource";
    let entries = reader::entries(node, what, found).map(Iterator::collect::<Vec<Entry<'_>>>);
    let mut read = Vec::new();
    for entry in entries.unwrap_or_default() {
        let facility = facility(entry, catalogue, found);
        if let Some(resource) = reader::text(entry.value, found) {
            read.push((facility, resource.value.into()));
        }
    }
    read
}

fn facility(entry: Entry<'_>, catalogue: &Catalogue, found: &mut Vec<Diagnostic>) -> Name {
    let name = reader::named(entry);
    if catalogue.facility_named(name.value).is_some() {
        return name.value.into();
    }
    let near = suggest::nearest(name.value, catalogue.facilities().map(|(known, _)| known));
    let message = format!("there is no facility `{}`", name.value);
    let diagnostic = Diagnostic::error(&UNKNOWN_WORD, message).at(name.span, "unknown facility");
    match near {
        Some(near) => {
            found.push(diagnostic.did_you_mean(near, name.span));
            near.into()
        }
        None => {
            found.push(diagnostic);
            name.value.into()
        }
    }
}
