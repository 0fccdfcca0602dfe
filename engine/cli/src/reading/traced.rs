//! A workflow with all that has a say in its values, for whoever asks where they come from.
//! Mistakes keep nobody from asking: they may be why somebody asks.

use std::path::Path;

use runsheet_language::bound::{Bound, Given, bind};
use runsheet_language::provenance::{Asked, Origins, SiteOrigins};
use runsheet_language::read_traced;
use runsheet_language::site::{Site, read_site_with};
use runsheet_language::workflow::SharedWorkflow;
use runsheet_step::Catalogue;

use super::{DEFAULT_SITE, Reading};
use crate::args::Where;
use crate::complaint::Complaint;
use crate::console::Console;
use crate::disk::Disk;
use crate::drafts::Drafted;
use crate::inputs;

/// A workflow, its site and what is given, with the files they were read from.
pub(crate) struct Traced {
    pub(crate) reading: Reading,
    workflow: SharedWorkflow,
    origins: Origins,
    given: Given,
    site: Option<(SiteOrigins, Site)>,
    bound: Option<Bound>,
}

impl Traced {
    /// Reads all of it; a site that nobody names need not be there.
    ///
    /// # Errors
    /// A file that cannot be read.
    pub(crate) fn read(
        path: &Path,
        place: &Where,
        catalogue: &Catalogue,
        console: &Console,
    ) -> Result<Traced, Complaint> {
        let mut reading = Reading::default();
        reading.overlays(&place.laid, console)?;
        let source = reading.workflow_file(path, console)?;
        let files = Drafted {
            drafts: &reading.drafts,
            disk: Disk(console),
        };
        let (overlays, sources) = (&reading.overlays, &mut reading.sources);
        let (workflow, origins, found) = read_traced(source, overlays, sources, catalogue, &files);
        reading.found.extend(found);
        let site = site(&mut reading, path, place, catalogue, console)?;
        let given = inputs::said(place, &mut reading, console)?;
        let workflow = SharedWorkflow::new(workflow);
        let mut bound = None;
        if let Some((_, site)) = site.as_ref().filter(|_| !reading.is_broken()) {
            let (both, found) = bind(&workflow, site, &given);
            reading.found.extend(found);
            bound = both;
        }
        Ok(Traced {
            reading,
            workflow,
            origins,
            given,
            site,
            bound,
        })
    }

    /// What can be asked.
    pub(crate) fn asked<'a>(&'a self, catalogue: &'a Catalogue) -> Asked<'a> {
        Asked {
            origins: &self.origins,
            workflow: &self.workflow,
            given: &self.given,
            site: self.site.as_ref().map(|(origins, site)| (origins, site)),
            bound: self.bound.as_ref(),
            catalogue,
        }
    }
}

fn site(
    reading: &mut Reading,
    workflow: &Path,
    place: &Where,
    catalogue: &Catalogue,
    console: &Console,
) -> Result<Option<(SiteOrigins, Site)>, Complaint> {
    let beside = workflow
        .parent()
        .unwrap_or(Path::new(""))
        .join(DEFAULT_SITE);
    let path = match &place.site {
        Some(path) => path,
        None if console.resolve(&beside).is_file() => &beside,
        None => return Ok(None),
    };
    let source = reading.site_file(path, console)?;
    let (overlays, sources) = (&reading.overlays, &reading.sources);
    let (site, found) = read_site_with(source, overlays, sources, catalogue);
    let origins = SiteOrigins::read(source, overlays, sources);
    reading.found.extend(found);
    Ok(Some((origins, site)))
}
