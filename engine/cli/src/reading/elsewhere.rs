//! What else there is to say where something is wrong: which site fits a workflow that does not fit
//! the usual one, and of which files not all was looked at.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use runsheet_diagnostics::diagnostic::Diagnostic;
use runsheet_diagnostics::source::SourceId;
use runsheet_language::bound::{Given, bind};
use runsheet_language::document::{Document, is_of_text};
use runsheet_language::site::read_site_with;
use runsheet_language::workflow::Workflow;

use super::{Reading, sort};
use crate::console::Console;
use crate::disk;

/// How many files beside a site are tried.
const TRIED: usize = 32;

impl Reading {
    /// In words, a site beside one that does not fit a workflow, if it fits.
    pub(super) fn fitting(
        &self,
        workflow: &Arc<Workflow>,
        tried: &Path,
        given: &Given,
        console: &Console,
    ) -> Option<String> {
        let folder = tried.parent().unwrap_or(Path::new(""));
        let names = disk::names(&console.resolve(folder)).into_iter();
        let others = names
            .filter(|name| name.ends_with(".yaml") || name.ends_with(".yml"))
            .map(|name| folder.join(name))
            .filter(|path| path != tried);
        let fits = |path: &PathBuf| self.fits(workflow, path, given, console);
        let fitting = others.take(TRIED).find(fits)?;
        let shown = fitting.display();
        Some(format!(
            "{shown} is a site that fits: name it with --site {shown}"
        ))
    }

    fn fits(
        &self,
        workflow: &Arc<Workflow>,
        path: &Path,
        given: &Given,
        console: &Console,
    ) -> bool {
        let Ok(text) = self.drafts.text(path, console) else {
            return false;
        };
        if sort::first(&text) != Some("site") {
            return false;
        }
        let mut sources = self.sources.clone();
        let source = sources.add(path.display().to_string(), text);
        let (site, found) = read_site_with(source, &self.overlays, &sources, &self.kinds);
        !found.iter().any(Diagnostic::is_error) && bind(workflow, &site, given).0.is_some()
    }

    /// In words, the files that mistakes of YAML kept from being read to their end.
    pub(super) fn unread(&self) -> Vec<String> {
        let places = self
            .found
            .iter()
            .filter(|one| is_of_text(one))
            .filter_map(|one| Some(one.span()?.source));
        let files: BTreeSet<SourceId> = places.collect();
        let files = files.into_iter().filter(|file| {
            let text = Arc::clone(&self.sources.get(*file).text);
            !Document::parse(*file, text).0.is_complete()
        });
        let told = files.map(|file| {
            let name = &self.sources.get(file).name;
            format!("{name}: its other mistakes are told when its YAML can be read")
        });
        told.collect()
    }
}
