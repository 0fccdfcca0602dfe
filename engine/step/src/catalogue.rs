//! The kinds and facilities there are, by name. Only the command line fills one.

use std::collections::BTreeMap;
use std::sync::Arc;

use crate::{Facility, Name, Step};

/// Kinds and facilities by name.
#[derive(Clone, Default)]
pub struct Catalogue {
    steps: BTreeMap<Name, Arc<dyn Step>>,
    facilities: BTreeMap<Name, Arc<dyn Facility>>,
}

impl Catalogue {
    /// With one more kind.
    #[must_use]
    pub fn step(mut self, step: impl Step + 'static) -> Catalogue {
        self.steps.insert(step.kind().into(), Arc::new(step));
        self
    }

    /// With one more facility.
    #[must_use]
    pub fn facility(mut self, facility: impl Facility + 'static) -> Catalogue {
        self.facilities
            .insert(facility.name().into(), Arc::new(facility));
        self
    }

    /// Without the kind of this name.
    #[must_use]
    pub fn without(mut self, kind: &str) -> Catalogue {
        self.steps.remove(kind);
        self
    }

    /// The kind of this name.
    #[must_use]
    pub fn kind(&self, name: &str) -> Option<&dyn Step> {
        self.steps.get(name).map(|step| &**step)
    }

    /// The facility of this name.
    #[must_use]
    pub fn facility_named(&self, name: &str) -> Option<&dyn Facility> {
        self.facilities.get(name).map(|facility| &**facility)
    }

    /// All kinds, by name.
    pub fn kinds(&self) -> impl Iterator<Item = (&str, &dyn Step)> {
        self.steps.iter().map(|(name, step)| (&**name, &**step))
    }

    /// All facilities, by name.
    pub fn facilities(&self) -> impl Iterator<Item = (&str, &dyn Facility)> {
        self.facilities
            .iter()
            .map(|(name, facility)| (&**name, &**facility))
    }
}
