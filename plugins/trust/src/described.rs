//! Kinds and facilities as a manifest tells of them: enough to check a workflow, to complete one
//! and to explain its kinds. Nothing of the plugin runs.

use runsheet_messages::describe::{Answered, FacilityDescription, StepDescription};
use runsheet_step::{Catalogue, Facility, Input, Outcome, Shape, Step, Stop, Unknown, World};

use crate::manifest::Manifest;

/// The catalogue with all that a manifest tells of.
pub(crate) fn fill(manifest: &Manifest, mut catalogue: Catalogue) -> Catalogue {
    for step in &manifest.kinds {
        catalogue = catalogue.step(DescribedStep(step.clone()));
    }
    for facility in &manifest.facilities {
        catalogue = catalogue.facility(DescribedFacility(facility.clone()));
    }
    catalogue
}

struct DescribedStep(StepDescription);

struct DescribedFacility(FacilityDescription);

impl Step for DescribedStep {
    fn kind(&self) -> &str {
        &self.0.kind
    }

    fn shape(&self) -> &Shape {
        &self.0.shape
    }

    fn acts(&self, _: &Input) -> bool {
        self.0.acts != Answered::Never
    }

    fn waits(&self, _: &Input) -> bool {
        // Where it hangs on the input nothing is known, and nobody is warned for nothing.
        self.0.waits == Answered::Always
    }

    fn run(&self, _: &Input, _: &World<'_>) -> Result<Outcome, Stop> {
        let why = "what a plugin does, which is known where it runs";
        Err(Stop::Unknown(Unknown::because(why)))
    }
}

impl Facility for DescribedFacility {
    fn name(&self) -> &str {
        &self.0.name
    }

    fn page(&self) -> &str {
        &self.0.doc
    }
}
