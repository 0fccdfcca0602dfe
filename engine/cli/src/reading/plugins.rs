//! What the plugins that files name add to what can be read: a workflow may use kinds that its
//! site brings, and a site may bind facilities that its workflow brings.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use runsheet_diagnostics::diagnostic::Diagnostic;
use runsheet_diagnostics::source::SourceId;
use runsheet_language::plugins::NamedPlugin;
use runsheet_language::plugins::{plugins_of_site, plugins_of_workflow, slips};
use runsheet_language::provenance::Origins;
use runsheet_language::read_with_plugins;
use runsheet_language::workflow::Workflow;
use runsheet_trust::entry::{Depth, Found};
use runsheet_trust::manifest::Tested;
use runsheet_trust::shelf::Shelved;
use runsheet_trust::signature::Signed;

use super::{Reading, sort, usual_site};
use crate::args::Where;
use crate::complaint::Complaint;
use crate::console::Console;
use crate::disk::Disk;
use crate::drafts::Drafted;

impl Reading {
    /// As [`Reading::workflow`], with the files it was read from.
    ///
    /// # Errors
    /// As [`Reading::workflow`].
    pub(super) fn traced(
        &mut self,
        path: &Path,
        console: &Console,
    ) -> Result<(Workflow, Origins), Complaint> {
        let source = self.workflow_file(path, console)?;
        let files = Drafted {
            drafts: &self.drafts,
            disk: Disk(console),
        };
        let (of_site, depth) = (&self.of_site, self.depth);
        let mut all = of_site.clone();
        let (workflow, origins, found, shelved) = read_with_plugins(
            source,
            &self.overlays,
            &mut self.sources,
            &files,
            |named, sources, found| {
                all.extend_from_slice(named);
                console.shelf.shelved(&all, sources, depth, found)
            },
        );
        if depth == Depth::Running {
            shelved.plugins.iter().for_each(|one| tell_of(one, console));
        }
        self.take_up(shelved);
        self.tell_once(found);
        Ok((workflow, origins))
    }

    /// Takes up what is wrong, unless it is known: what is wrong with a plugin of a site is found
    /// with each workflow for it.
    pub(crate) fn tell_once(&mut self, found: Vec<Diagnostic>) {
        let place = |one: &Diagnostic| (one.code.name, one.span());
        let mut known: BTreeMap<_, Vec<usize>> = BTreeMap::new();
        for (at, one) in self.found.iter().enumerate() {
            known.entry(place(one)).or_default().push(at);
        }
        for one in found {
            let alike = known.entry(place(&one)).or_default();
            if !alike.iter().any(|at| self.found[*at] == one) {
                alike.push(self.found.len());
                self.found.push(one);
            }
        }
    }

    /// Makes the kinds and facilities known that the plugins of workflows bring, for a site that
    /// is read before them. Nothing is told.
    pub(crate) fn expect(&mut self, workflows: &[PathBuf], console: &Console) {
        let mut sources = self.sources.clone();
        let mut all = self.of_site.clone();
        for path in workflows {
            let Ok(text) = self.drafts.text(path, console) else {
                continue;
            };
            let source = sources.add(path.display().to_string(), text);
            let files = Drafted {
                drafts: &self.drafts,
                disk: Disk(console),
            };
            let named = plugins_of_workflow(source, &self.overlays, &mut sources, &files);
            all.extend(named);
        }
        let depth = Depth::Manifest;
        let shelved = console
            .shelf
            .shelved(&all, &sources, depth, &mut Vec::new());
        self.take_up(shelved);
    }

    /// Tells what is wrong with the plugins of a workflow and its site, since some kind is not
    /// known; whether anything is.
    pub(crate) fn tell_of_plugins(&mut self, workflow: &Path, console: &Console) -> bool {
        let mut all = self.of_site.clone();
        all.extend(self.named(workflow, console).unwrap_or_default().0);
        let (shelf, mut found) = (&console.shelf, Vec::new());
        shelf.shelved(&all, &self.sources, Depth::Manifest, &mut found);
        console.diagnose(&found, &self.sources);
        !found.is_empty()
    }

    /// Makes the kinds known that the plugins of a workflow's usual site bring.
    pub(crate) fn expect_usual_site(&mut self, workflow: &Path, place: &Where, console: &Console) {
        if let Some(site) = usual_site(workflow, place, console) {
            self.expect_site(&site, console);
        }
    }

    /// Takes up what plugins bring.
    fn take_up(&mut self, shelved: Shelved) {
        self.kinds = shelved.kinds;
        self.brought = shelved.drivers;
    }

    /// Makes the kinds and facilities known that the plugins of a site bring, for a workflow that
    /// is read before it. A site that cannot be read, or names none, is left for later.
    pub(crate) fn expect_site(&mut self, path: &Path, console: &Console) {
        let Ok(text) = self.drafts.text(path, console) else {
            return;
        };
        let mut sources = self.sources.clone();
        let source = sources.add(path.display().to_string(), text);
        let named = plugins_of_site(source, &self.overlays, &sources);
        if !named.is_empty() {
            self.sources = sources;
            self.of_site = named;
        }
    }

    /// Takes up the plugins that a site names, and tells what is wrong with them.
    pub(super) fn plugins_of_site(&mut self, source: SourceId, console: &Console) {
        self.of_site = plugins_of_site(source, &self.overlays, &self.sources);
        let mut found = Vec::new();
        let (shelf, depth) = (&console.shelf, self.depth);
        let shelved = shelf.shelved(&self.of_site, &self.sources, depth, &mut found);
        self.take_up(shelved);
        self.tell_once(found);
    }

    /// Refuses what is no workflow and no site, since nothing else names plugins here.
    ///
    /// # Errors
    /// That it is another sort of file, or cannot be read.
    pub(crate) fn names_plugins(
        &mut self,
        path: &Path,
        console: &Console,
    ) -> Result<(), Complaint> {
        let source = self.file(path, "a workflow or a site", console)?;
        match sort::first(&self.sources.get(source).text) {
            Some("workflow" | "site") => Ok(()),
            _ => {
                let why = format!("{} is no workflow and no site", path.display());
                let help = "name such a file, or none: then all of this folder are looked at";
                Err(Complaint::new(why).help(help))
            }
        }
    }

    /// The plugins that a workflow or a site names, and what keeps others from being found; none
    /// where a file is neither.
    ///
    /// # Errors
    /// A file that cannot be read.
    pub(crate) fn named(
        &mut self,
        path: &Path,
        console: &Console,
    ) -> Result<(Vec<NamedPlugin>, Vec<Diagnostic>), Complaint> {
        let source = self.file(path, "a workflow or a site", console)?;
        let files = Drafted {
            drafts: &self.drafts,
            disk: Disk(console),
        };
        let (overlays, sources) = (&self.overlays, &mut self.sources);
        let named = match sort::first(&sources.get(source).text) {
            Some("workflow") => plugins_of_workflow(source, overlays, sources, &files),
            Some("site") => plugins_of_site(source, overlays, sources),
            _ => return Ok((Vec::new(), Vec::new())),
        };
        Ok((named, slips(source, sources)))
    }
}

/// Says how far a plugin that is about to run can be trusted.
fn tell_of(found: &Found, console: &Console) {
    let manifest = &found.manifest;
    let signed = match &found.signed {
        Signed::By(name) => format!("signed by {name}"),
        Signed::No | Signed::Stranger(_) => "signed by nobody you trust".to_owned(),
    };
    let tested = match manifest.tested() {
        Tested::With(score) => format!("{score} checks of it hold, says {}", found.tester()),
        Tested::Before => "not tested as it is".to_owned(),
        Tested::Never => "not tested".to_owned(),
    };
    let (name, version) = (&manifest.name, &manifest.version);
    console.note(&format!("plugin: {name} {version}, {signed}, {tested}"));
}
