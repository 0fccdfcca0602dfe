//! The product as tests see it below its command line: its catalogue, and reading with it.

use std::collections::BTreeMap;
use std::sync::{Arc, LazyLock};

use runsheet_diagnostics::diagnostic::Diagnostic;
use runsheet_diagnostics::render::{self, Look};
use runsheet_diagnostics::source::{SourceId, Sources};
use runsheet_language::bound::Given;
use runsheet_language::compose::{Files, Unreadable, read_overlay};
use runsheet_language::site::{Site, read_site};
use runsheet_language::workflow::Workflow;
use runsheet_language::{bound, read_variant};
use runsheet_step::Catalogue;

use crate::repository;

/// The workflow that the product is for.
pub(crate) const FLAGSHIP: &str = "workflows/manual-dirsync-exchange-server.yaml";

/// The site it runs on unless another is named.
pub(crate) const LAB: &str = "workflows/sites/lab.yaml";

/// All kinds and facilities.
pub(crate) static CATALOGUE: LazyLock<Catalogue> =
    LazyLock::new(runsheet_cli::catalogue::catalogue);

/// A workflow that was read, and what was found in it.
pub(crate) struct ReadWorkflow {
    /// The texts.
    pub(crate) sources: Sources,
    /// Which of them it is.
    pub(crate) source: SourceId,
    /// The workflow.
    pub(crate) workflow: Arc<Workflow>,
    /// What was found.
    pub(crate) found: Vec<Diagnostic>,
}

/// The files of the repository, by their paths in it.
pub(crate) struct Repository;

impl Files for Repository {
    fn read(&self, path: &str) -> Result<Arc<str>, Unreadable> {
        let there = repository::files().iter().any(|file| file == path);
        match there {
            true => Ok(repository::read(path).into()),
            false => Err(Unreadable::new("there is no such file")),
        }
    }
}

/// Reads a workflow, and with it the files of the repository that it names.
pub(crate) fn workflow(name: &str, text: &str) -> ReadWorkflow {
    workflow_among(name, text, &Repository)
}

/// Texts by their paths.
pub(crate) type Texts = BTreeMap<String, Arc<str>>;

/// Reads a workflow that names other files.
pub(crate) fn workflow_among(name: &str, text: &str, files: &dyn Files) -> ReadWorkflow {
    variant(name, text, &[], files)
}

/// Reads a workflow under overlays.
pub(crate) fn variant(
    name: &str,
    text: &str,
    overlays: &[&str],
    files: &dyn Files,
) -> ReadWorkflow {
    let mut sources = Sources::new();
    let source = sources.add(name, text);
    let mut wrong = Vec::new();
    let mut read = Vec::new();
    for (number, text) in overlays.iter().enumerate() {
        let source = sources.add(format!("overlay-{number}.yaml"), *text);
        let (overlay, found) = read_overlay(source, &sources);
        read.push(overlay);
        wrong.extend(found);
    }
    let (workflow, mut found) = read_variant(source, &read, &mut sources, &CATALOGUE, files);
    found.extend(wrong);
    ReadWorkflow {
        sources,
        source,
        workflow: Arc::new(workflow),
        found,
    }
}

/// Reads a site.
pub(crate) fn site(text: &str) -> (Site, Vec<Diagnostic>) {
    let mut sources = Sources::new();
    let source = sources.add("site.yaml", text);
    read_site(source, &sources, &CATALOGUE)
}

impl ReadWorkflow {
    /// Reads a site beside it and binds the two: the number of the site's text, and what is found.
    pub(crate) fn at_site(&mut self, text: &str) -> (SourceId, Vec<Diagnostic>) {
        let source = self.sources.add("site.yaml", text);
        let (site, mut found) = read_site(source, &self.sources, &CATALOGUE);
        if found.is_empty() {
            found = self.bound_to(&site);
        }
        (source, found)
    }

    /// What is found when it is bound to a site, without inputs from outside.
    pub(crate) fn bound_to(&self, site: &Site) -> Vec<Diagnostic> {
        bound::bind(&self.workflow, site, &Given::default()).1
    }

    /// All that was found, as a person sees it.
    pub(crate) fn screen(&self) -> String {
        render::graphical(&self.found, &self.sources, Look::default())
    }
}
