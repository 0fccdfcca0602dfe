//! A plugin whose line is up.

use std::sync::Arc;

use runsheet_messages::describe::{Description, FacilityDescription, StepDescription};
use runsheet_messages::method::Method;
use runsheet_step::{Catalogue, Facility, Step};

use crate::facility::LoadedFacility;
use crate::line::{Line, Trouble, ask};
use crate::steady::Steady;
use crate::step::LoadedStep;

/// A plugin that answers.
pub struct Plugin {
    /// What it says of itself.
    pub description: Description,
    line: Arc<dyn Line>,
}

impl Plugin {
    /// Asks what is at the other end of a line.
    ///
    /// # Errors
    /// It does not say.
    pub fn at(line: Arc<dyn Line>) -> Result<Plugin, Trouble> {
        let nothing = serde_json::Map::new();
        let description = ask(&*line, Method::Describe, &nothing)?;
        Ok(Plugin { description, line })
    }

    /// The catalogue with all that this plugin has.
    #[must_use]
    pub fn fill(&self, mut catalogue: Catalogue) -> Catalogue {
        for described in &self.description.steps {
            catalogue = catalogue.step(self.step(described));
        }
        for described in &self.description.facilities {
            catalogue = catalogue.facility(self.facility(described));
        }
        catalogue
    }

    fn step(&self, described: &StepDescription) -> impl Step + use<> {
        LoadedStep {
            plugin: (&*self.description.name).into(),
            described: described.clone(),
            line: self.line.clone(),
            steady: Steady::default(),
        }
    }

    fn facility(&self, described: &FacilityDescription) -> impl Facility + use<> {
        LoadedFacility {
            plugin: (&*self.description.name).into(),
            described: described.clone(),
            line: self.line.clone(),
        }
    }
}
