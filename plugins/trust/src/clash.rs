//! What plugins bring is called as nothing else is.

use std::collections::BTreeMap;

use runsheet_step::{Catalogue, Name};

use crate::entry::Entry;
use crate::manifest::Manifest;
use crate::rules::{CLASH, Trouble};

/// Which plugin has brought which kind and facility.
#[derive(Default)]
pub(crate) struct Owners {
    kinds: BTreeMap<Name, Name>,
    facilities: BTreeMap<Name, Name>,
    names: BTreeMap<Name, String>,
}

impl Owners {
    /// Takes up what a plugin brings, unless something of it is there already.
    pub(crate) fn free(
        &mut self,
        entry: &Entry<'_>,
        manifest: &Manifest,
        linked: &Catalogue,
    ) -> Result<(), Trouble> {
        let name = &entry.named.name;
        if let Some(other) = self.names.insert(name.clone(), entry.shown.clone()) {
            let message = format!(
                "two plugins are called `{name}`: {other} and {}",
                entry.shown
            );
            return Err(Trouble::new(&CLASH, message, "leave one of them out"));
        }
        for step in &manifest.kinds {
            let other = self.kinds.insert(step.kind.clone(), name.clone());
            let is_linked = linked.kind(&step.kind).is_some();
            clash(name, "kind", &step.kind, is_linked, other.as_ref())?;
        }
        for facility in &manifest.facilities {
            let other = self.facilities.insert(facility.name.clone(), name.clone());
            let is_linked = linked.facility_named(&facility.name).is_some();
            clash(name, "facility", &facility.name, is_linked, other.as_ref())?;
        }
        Ok(())
    }
}

fn clash(
    name: &str,
    what: &str,
    brought: &str,
    is_linked: bool,
    other: Option<&Name>,
) -> Result<(), Trouble> {
    let whose = match other {
        Some(other) => format!("which the plugin `{other}` brings too"),
        None if is_linked => "which Runsheet has itself".to_owned(),
        None => return Ok(()),
    };
    let message = format!("the plugin `{name}` brings the {what} `{brought}`, {whose}");
    let help = "leave the plugin out, or ask its author for another name";
    Err(Trouble::new(&CLASH, message, help))
}
