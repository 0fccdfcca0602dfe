//! A workflow with all that has a say in its values, for whoever asks where they come from.
//! Mistakes keep nobody from asking: they may be why somebody asks.

use std::path::Path;

use runsheet_language::bound::{Bound, Given, bind};
use runsheet_language::provenance::{Asked, Origins, SiteOrigins};
use runsheet_language::site::Site;
use runsheet_language::workflow::SharedWorkflow;

use super::{Reading, usual_site};
use crate::args::Where;
use crate::complaint::Complaint;
use crate::console::Console;
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
    pub(crate) fn read(path: &Path, place: &Where, console: &Console) -> Result<Traced, Complaint> {
        let mut reading = Reading::new(console);
        reading.overlays(&place.laid, console)?;
        reading.expect_usual_site(path, place, console);
        let (workflow, origins) = reading.traced(path, console)?;
        let site = site(&mut reading, path, place, console)?;
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
    pub(crate) fn asked(&self) -> Asked<'_> {
        Asked {
            origins: &self.origins,
            workflow: &self.workflow,
            given: &self.given,
            site: self.site.as_ref().map(|(origins, site)| (origins, site)),
            bound: self.bound.as_ref(),
            catalogue: &self.reading.kinds,
        }
    }
}

fn site(
    reading: &mut Reading,
    workflow: &Path,
    place: &Where,
    console: &Console,
) -> Result<Option<(SiteOrigins, Site)>, Complaint> {
    let Some(path) = usual_site(workflow, place, console) else {
        return Ok(None);
    };
    let source = reading.site_file(&path, console)?;
    let site = reading.site_of(source);
    let origins = SiteOrigins::read(source, &reading.overlays, &reading.sources);
    Ok(Some((origins, site)))
}
