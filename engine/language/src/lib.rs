//! Text to document to workflow: what people write, and what it means.
//!
//! Pure: it reads no file, asks no clock and runs nothing. It knows kinds only by the catalogue it
//! is given. Reading never stops at the first fault: every function answers with a value and a
//! list of diagnostics.
//!
//! Start reading at [`workflow`], then [`document`], [`compose`], [`expression`] and [`bound`].

pub mod bound;
mod checks;
pub mod compose;
pub mod definitions;
pub mod document;
pub mod expression;
pub mod format;
pub mod keys;
pub mod names;
pub mod parts;
pub mod plugins;
pub mod provenance;
mod read;
pub mod reader;
mod resolve;
pub mod site;
pub mod spanned;
pub mod workflow;

use std::collections::BTreeSet;

use runsheet_diagnostics::code::Code;
use runsheet_diagnostics::diagnostic::{self, Diagnostic};
use runsheet_diagnostics::source::{SourceId, Sources};
use runsheet_step::Catalogue;
use sha2::{Digest, Sha256};

use crate::compose::lost::LostNames;
use crate::compose::{Files, Loader, Overlay};
use crate::plugins::NamedPlugin;
use crate::provenance::Origins;
use crate::read::Shelf;
use crate::workflow::Workflow;

/// Reads a workflow: its text with those that it names, its names, its order. There is always a
/// workflow; it can be planned and run only if none of the diagnostics is an error. They come in
/// the order of their places. Texts that are read by the way are added to the sources.
#[must_use]
pub fn read_workflow(
    source: SourceId,
    sources: &mut Sources,
    catalogue: &Catalogue,
    files: &dyn Files,
) -> (Workflow, Vec<Diagnostic>) {
    read_variant(source, &[], sources, catalogue, files)
}

/// Reads a workflow with overlays laid over it, in their order; else as [`read_workflow`].
#[must_use]
pub fn read_variant(
    source: SourceId,
    overlays: &[Overlay],
    sources: &mut Sources,
    catalogue: &Catalogue,
    files: &dyn Files,
) -> (Workflow, Vec<Diagnostic>) {
    let (workflow, _, found) = read_traced(source, overlays, sources, catalogue, files);
    (workflow, found)
}

/// As [`read_variant`], with the files it was read from: for those who ask where values came from.
#[must_use]
pub fn read_traced(
    source: SourceId,
    overlays: &[Overlay],
    sources: &mut Sources,
    catalogue: &Catalogue,
    files: &dyn Files,
) -> (Workflow, Origins, Vec<Diagnostic>) {
    let (shelf, found) = shelf(source, overlays, sources, files);
    let (workflow, found) = read_shelf(&shelf, found, sources, catalogue, None);
    (workflow, Origins::new(shelf, overlays), found)
}

/// As [`read_traced`], where the kinds there are hang on the plugins that the files name; `kinds`
/// is asked once, and tells what is wrong with those.
#[must_use]
pub fn read_with_plugins<C: AsRef<Catalogue>>(
    source: SourceId,
    overlays: &[Overlay],
    sources: &mut Sources,
    files: &dyn Files,
    kinds: impl FnOnce(&[NamedPlugin], &Sources, &mut Vec<Diagnostic>) -> C,
) -> (Workflow, Origins, Vec<Diagnostic>, C) {
    let (shelf, of_text) = shelf(source, overlays, sources, files);
    let mut of_plugins = Vec::new();
    let catalogue = kinds(&plugins::of_shelf(&shelf), sources, &mut of_plugins);
    let (workflow, mut found) = read_shelf(&shelf, of_text, sources, catalogue.as_ref(), None);
    if of_plugins.iter().any(Diagnostic::is_error) || plugins::is_misread(&shelf) {
        // What is missing may be a kind of the plugin that cannot be used.
        found.retain(|one| one.code.name != read::UNKNOWN_KIND.name);
    }
    found.extend(of_plugins);
    diagnostic::sort(&mut found);
    (workflow, Origins::new(shelf, overlays), found, catalogue)
}

/// All files that a workflow is read from, and what is wrong with their texts.
fn shelf(
    source: SourceId,
    overlays: &[Overlay],
    sources: &mut Sources,
    files: &dyn Files,
) -> (Shelf, Vec<Diagnostic>) {
    let mut loader = Loader::new(sources, files);
    let document = loader.variant(source, overlays);
    let shelf = Shelf::of(document, &mut loader);
    (shelf, loader.told())
}

/// As [`read_workflow`], of a text that is a part of a larger one, as an editor reads the steps that
/// somebody types in: how familiar a name is, the whole text says.
#[must_use]
pub fn read_part(
    source: SourceId,
    whole: &str,
    sources: &mut Sources,
    catalogue: &Catalogue,
    files: &dyn Files,
) -> (Workflow, Vec<Diagnostic>) {
    let mut loader = Loader::new(sources, files);
    let document = loader.main(source);
    let shelf = Shelf::of(document, &mut loader);
    let found = std::mem::take(&mut loader.found);
    read_shelf(&shelf, found, sources, catalogue, Some(whole))
}

/// Reads what stands in the files; `found` is what was wrong with their texts, and `whole` the text
/// that they are a part of, if they are.
fn read_shelf(
    shelf: &Shelf,
    mut found: Vec<Diagnostic>,
    sources: &Sources,
    catalogue: &Catalogue,
    whole: Option<&str>,
) -> (Workflow, Vec<Diagnostic>) {
    let of_text = found.len();
    let read = read::read(shelf, sources, catalogue, &mut found);
    let texts = shelf.sources().into_iter();
    let texts: Vec<&str> = texts.map(|source| &*sources.get(source).text).collect();
    let words = whole.map_or_else(|| texts.clone(), |whole| vec![whole]);
    let lost = LostNames::of(shelf.documents());
    let texts_and_lost = (words.as_slice(), &lost);
    let mut resolve =
        |draft| resolve::resolve(draft, catalogue, sources, texts_and_lost, &mut found);
    let (resolved, uncalled) = (resolve(read.workflow), resolve(read.uncalled));
    forget_what_follows(&mut found, of_text, sources, shelf.is_complete());
    if !found.iter().any(Diagnostic::is_error) {
        let texts = (shelf, sources);
        found.extend(checks::look(&resolved, &uncalled, texts, catalogue));
    }
    let mut workflow = resolved.workflow;
    expression::fit(&mut found, sources);
    workflow.source_hash = hash(&texts);
    diagnostic::sort(&mut found);
    tell_once(&mut found);
    (workflow, found)
}

/// Keeps one of those that say the same of the same bytes: what an anchor marks is read at each of
/// its aliases, what a definition holds is read for each call, and both stand in the text once.
fn tell_once(found: &mut Vec<Diagnostic>) {
    let mut told = BTreeSet::new();
    found.retain(|one| match one.span() {
        Some(span) => told.insert((one.code.name, span)),
        None => true,
    });
}

/// Forgets what only follows from the mistakes of YAML, the first `of_text`. Where the text breaks
/// off, names may be defined, and keys may stand, in what could not be read; and a line that YAML
/// takes apart is not what its author meant.
fn forget_what_follows(
    found: &mut Vec<Diagnostic>,
    of_text: usize,
    sources: &Sources,
    complete: bool,
) {
    if !complete {
        found.truncate(of_text);
        return;
    }
    let line = |one: &Diagnostic| {
        let span = one.span()?;
        let line = sources.get(span.source).line_of(span.start as usize);
        Some((span.source, line))
    };
    let errors = found[..of_text].iter().filter(|one| one.is_error());
    let broken: Vec<_> = errors.map(line).collect();
    let mut number = 0;
    found.retain(|one| {
        number += 1;
        number <= of_text || !broken.contains(&line(one))
    });
}

/// SHA-256 in hex, of one text after the other.
fn hash(texts: &[&str]) -> runsheet_step::Name {
    let mut all = Sha256::new();
    for text in texts {
        all.update(text.as_bytes());
    }
    let digest = all.finalize();
    let hex: String = digest.iter().map(|byte| format!("{byte:02x}")).collect();
    hex.into()
}

/// All rules that a workflow or a site file can break, by name.
#[must_use]
pub fn codes() -> Vec<&'static Code> {
    let mut codes: Vec<&Code> = [
        document::CODES,
        compose::CODES,
        expression::CODES,
        reader::CODES,
        read::CODES,
        resolve::CODES,
        checks::CODES,
        site::CODES,
        bound::CODES,
    ]
    .concat();
    codes.sort_unstable_by_key(|code| code.name);
    codes
}

/// The rules about what is hardly meant: they are told only where no rule is broken.
#[must_use]
pub fn codes_of_advice() -> &'static [&'static Code] {
    checks::CODES
}

#[cfg(test)]
mod tests;
