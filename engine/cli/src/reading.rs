//! From file names to a workflow bound to its site. Everything that is wrong is told in one go.

mod elsewhere;
mod plugins;
mod sort;
mod traced;

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use runsheet_diagnostics::diagnostic::Diagnostic;
use runsheet_diagnostics::source::{SourceId, Sources};
use runsheet_language::bound::{Bound, Given, bind};
use runsheet_language::compose::{NoFiles, Overlay, read_overlay};
use runsheet_language::definitions::{Definition, definitions};
use runsheet_language::parts::Parts;
use runsheet_language::plugins::NamedPlugin;
use runsheet_language::read_workflow;
use runsheet_language::site::{
    SecretSource, Site, check_options, check_options_alone, read_site_with,
};
use runsheet_language::workflow::{StepId, Workflow};
use runsheet_step::shape::Field;
use runsheet_step::{Catalogue, Name};
use runsheet_trust::drivers::Brought;
use runsheet_trust::entry::Depth;

use crate::args::{Laid, Where};
use crate::complaint::Complaint;
use crate::console::Console;
use crate::disk::Disk;
use crate::drafts::{Drafted, Drafts};
use crate::drivers::is_own;
use crate::inputs;
pub(crate) use sort::is_overlay;
pub(crate) use traced::Traced;

/// Where the site is that a workflow is run on unless another is named: seen from its folder, or
/// from the one above, which a folder of variants is in.
const DEFAULT_SITE: &str = "sites/lab.yaml";

/// What was read so far, and what is wrong with it.
pub(crate) struct Reading {
    pub(crate) sources: Sources,
    pub(crate) found: Vec<Diagnostic>,
    /// Texts that take the place of those on the disk.
    pub(crate) drafts: Drafts,
    /// What is laid over all that is read.
    pub(crate) overlays: Vec<Overlay>,
    /// How far it is looked into plugins.
    pub(crate) depth: Depth,
    /// The kinds and facilities there were in what was read last.
    pub(crate) kinds: Arc<Catalogue>,
    /// The drivers that plugins bring to it.
    pub(crate) brought: Vec<Brought>,
    /// What is to be said of what else there is, after what is wrong.
    elsewhere: Vec<String>,
    /// The plugins that the site names.
    of_site: Vec<NamedPlugin>,
}

/// A workflow, its site, and both together.
pub(crate) struct Whole {
    pub(crate) bound: Arc<Bound>,
    pub(crate) site: Site,
    pub(crate) site_path: PathBuf,
    /// Where secrets are found that are given beside the site.
    pub(crate) given: BTreeMap<Name, SecretSource>,
    pub(crate) sources: Sources,
    /// The kinds and facilities there are.
    pub(crate) kinds: Arc<Catalogue>,
    /// The drivers that plugins bring.
    pub(crate) brought: Vec<Brought>,
}

impl Reading {
    /// Nothing was read yet.
    pub(crate) fn new(console: &Console) -> Reading {
        Reading {
            sources: Sources::default(),
            found: Vec::new(),
            drafts: Drafts::default(),
            overlays: Vec::new(),
            depth: Depth::Files,
            kinds: Arc::clone(console.shelf.linked()),
            brought: Vec::new(),
            elsewhere: Vec::new(),
            of_site: Vec::new(),
        }
    }

    /// Overlays by their files, which are laid over all that is read after them. A file that is
    /// named several times is read once.
    ///
    /// # Errors
    /// A file that cannot be read.
    pub(crate) fn overlays(&mut self, laid: &Laid, console: &Console) -> Result<(), Complaint> {
        let mut known: BTreeMap<&Path, Overlay> = BTreeMap::new();
        for path in &laid.overlays {
            if let Some(overlay) = known.get(&**path) {
                self.overlays.push(overlay.clone());
                continue;
            }
            let source = self.file(path, "an overlay", console)?;
            let (overlay, found) = read_overlay(source, &self.sources);
            self.found.extend(found);
            self.overlays.push(overlay.clone());
            known.insert(path, overlay);
        }
        Ok(())
    }

    /// A workflow by its file, with the kinds of the plugins that it and the site name.
    ///
    /// # Errors
    /// A file that cannot be read.
    pub(crate) fn workflow(
        &mut self,
        path: &Path,
        console: &Console,
    ) -> Result<Arc<Workflow>, Complaint> {
        let (workflow, _) = self.traced(path, console)?;
        Ok(Arc::new(workflow))
    }

    /// The files that a workflow is made of.
    ///
    /// # Errors
    /// A file that cannot be read.
    pub(crate) fn parts(&mut self, path: &Path, console: &Console) -> Result<Parts, Complaint> {
        let source = self.workflow_file(path, console)?;
        let files = Drafted {
            drafts: &self.drafts,
            disk: Disk(console),
        };
        Ok(Parts::of(source, &self.overlays, &mut self.sources, &files))
    }

    /// The kinds that a workflow or a library defines or includes. Those of the plugins it names
    /// are known from then on.
    ///
    /// # Errors
    /// A file that cannot be read.
    pub(crate) fn definitions(
        &mut self,
        path: &Path,
        console: &Console,
    ) -> Result<Vec<Definition>, Complaint> {
        self.expect(&[path.to_owned()], console);
        let source = self.workflow_file(path, console)?;
        let files = Drafted {
            drafts: &self.drafts,
            disk: Disk(console),
        };
        Ok(definitions(source, &mut self.sources, &self.kinds, &files))
    }

    /// A site by its file, with the facilities of the plugins that it and the workflow name.
    ///
    /// # Errors
    /// A file that cannot be read.
    pub(crate) fn site(&mut self, path: &Path, console: &Console) -> Result<Site, Complaint> {
        let source = self.site_file(path, console)?;
        Ok(self.site_of(source))
    }

    fn site_of(&mut self, source: SourceId) -> Site {
        let (site, found) = read_site_with(source, &self.overlays, &self.sources, &self.kinds);
        self.found.extend(found);
        let takes = |name: &str| self.options(name);
        let found = check_options(source, &self.overlays, &self.sources, &takes);
        self.found.extend(found);
        site
    }

    /// Tells what is wrong with what the overlays say of drivers, where no site is named.
    pub(crate) fn without_site(&mut self) {
        let takes = |name: &str| self.options(name);
        let overlays = self.overlays.iter();
        let found = overlays.flat_map(|overlay| check_options_alone(overlay, &takes));
        let found: Vec<Diagnostic> = found.collect();
        self.tell_once(found);
    }

    /// What a driver takes, as far as it is known.
    fn options(&self, name: &str) -> Option<Vec<Field>> {
        if is_own(name) {
            return Some(Vec::new());
        }
        let mut named = self.brought.iter().filter(|one| *one.driver.name == *name);
        named.find_map(|one| one.driver.options.clone())
    }

    /// That a workflow has no steps, told at its empty list where it has one.
    fn no_steps(&self, path: &Path, read: &Workflow) -> Complaint {
        let list = read.node(StepId::MAIN).span;
        let is_list = self.sources.text(list).starts_with('[');
        let complaint = Complaint::new("there are no steps to run");
        let complaint = match is_list {
            true => complaint.at(Path::new(&self.sources.place(list))),
            false => complaint.at(path),
        };
        complaint.help(match read.is_library {
            true => "name a workflow that includes this file",
            false => "add a step: `- {id: .., uses: ..}`",
        })
    }

    /// Whether anything keeps it from being run.
    pub(crate) fn is_broken(&self) -> bool {
        self.found.iter().any(Diagnostic::is_error)
    }

    /// Tells everything that is wrong.
    ///
    /// # Errors
    /// Anything that keeps it from being run; it has been told.
    pub(crate) fn tell(&self, console: &Console) -> Result<(), Complaint> {
        console.diagnose(&self.found, &self.sources);
        let unread = self.unread();
        for note in unread.iter().chain(&self.elsewhere) {
            console.note(note);
        }
        if self.is_broken() {
            Err(Complaint::told())
        } else {
            Ok(())
        }
    }
}

/// Reads a workflow and its site and binds the two; warnings are told.
///
/// # Errors
/// Anything that keeps it from being planned or run.
pub(crate) fn whole(workflow: &Path, place: &Where, console: &Console) -> Result<Whole, Complaint> {
    let mut reading = Reading::new(console);
    reading.depth = Depth::Running;
    reading.overlays(&place.laid, console)?;
    reading.expect_usual_site(workflow, place, console);
    let read = reading.workflow(workflow, console)?;
    if !read.has_steps() && !reading.is_broken() {
        return Err(reading.no_steps(workflow, &read));
    }
    let site_path = site_path(workflow, place, console)?;
    let site = reading.site(&site_path, console)?;
    let given = inputs::given((&read, &site), place, &mut reading, console)?;
    // What follows from a fault in one of the files would only hide it.
    let bound = if reading.is_broken() {
        None
    } else {
        let (bound, found) = bind(&read, &site, &given);
        reading.found.extend(found);
        if bound.is_none() && place.site.is_none() {
            let other = reading.fitting(&read, &site_path, &given, console);
            reading.elsewhere.extend(other);
        }
        bound
    };
    reading.tell(console)?;
    let bound = bound.ok_or_else(Complaint::told)?;
    Ok(Whole {
        bound: Arc::new(bound),
        site,
        site_path,
        given: inputs::secrets(&given, &read, place, console),
        sources: reading.sources,
        kinds: reading.kinds,
        brought: reading.brought,
    })
}

/// What a site is bound to where no workflow is run on it.
const NO_WORKFLOW: &str = "\
workflow: 1
name: none
summary: Nothing is done
steps:
  - {id: nothing, uses: assert, with: {that: true}}
";

/// A site by itself, with the variables of its hosts; warnings are told.
///
/// # Errors
/// Anything that is wrong with it.
pub(crate) fn site_alone(path: &Path, console: &Console) -> Result<Whole, Complaint> {
    let mut reading = Reading::new(console);
    let source = reading.site_file(path, console)?;
    alone(reading, source, path, console)
}

/// As [`site_alone`], of a text that is no file yet.
///
/// # Errors
/// Anything that is wrong with it.
pub(crate) fn site_in_text(path: &Path, text: &str, console: &Console) -> Result<Whole, Complaint> {
    let mut reading = Reading::new(console);
    let source = reading.sources.add(path.display().to_string(), text);
    alone(reading, source, path, console)
}

fn alone(
    mut reading: Reading,
    site: SourceId,
    path: &Path,
    console: &Console,
) -> Result<Whole, Complaint> {
    reading.plugins_of_site(site, console);
    let site = reading.site_of(site);
    let source = reading.sources.add("no workflow", NO_WORKFLOW);
    let (none, _) = read_workflow(source, &mut reading.sources, &reading.kinds, &NoFiles);
    reading.tell(console)?;
    let (bound, found) = bind(&Arc::new(none), &site, &Given::default());
    reading.found = found;
    reading.tell(console)?;
    let bound = bound.ok_or_else(Complaint::told)?;
    Ok(Whole {
        bound: Arc::new(bound),
        site,
        site_path: path.to_owned(),
        given: BTreeMap::new(),
        sources: reading.sources,
        kinds: reading.kinds,
        brought: reading.brought,
    })
}

/// The site that was named, or the one beside the workflow if there is one.
fn usual_site(workflow: &Path, place: &Where, console: &Console) -> Option<PathBuf> {
    if let Some(site) = &place.site {
        return Some(site.clone());
    }
    let mut usual = usual_sites(workflow);
    usual.find(|site| console.resolve(site).is_file())
}

/// Where a site is looked for if none is named.
fn usual_sites(workflow: &Path) -> impl Iterator<Item = PathBuf> {
    let folders = workflow.ancestors().skip(1).take(2);
    folders.map(|folder| folder.join(DEFAULT_SITE))
}

/// As [`usual_site`], and says which.
fn site_path(workflow: &Path, place: &Where, console: &Console) -> Result<PathBuf, Complaint> {
    if let Some(site) = usual_site(workflow, place, console) {
        if place.site.is_none() {
            let shown = site.display();
            console.note(&format!("site: {shown}, since no other is named"));
        }
        return Ok(site);
    }
    let beside = usual_sites(workflow).next();
    let beside = beside.unwrap_or_else(|| DEFAULT_SITE.into());
    let message = format!(
        "{} has no site: there is no {}",
        workflow.display(),
        beside.display()
    );
    Err(Complaint::new(message).help("name one with --site FILE"))
}
