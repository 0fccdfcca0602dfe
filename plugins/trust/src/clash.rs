//! What plugins bring is called as nothing else is.

use std::collections::BTreeMap;

use runsheet_diagnostics::span::Span;
use runsheet_messages::describe::Description;
use runsheet_step::{Catalogue, Name};

use crate::entry::Entry;
use crate::manifest::Manifest;
use crate::rules::{CLASH, Trouble};

/// Which plugin has brought what.
#[derive(Default)]
pub(crate) struct Owners {
    plugins: BTreeMap<Name, Owner>,
    kinds: BTreeMap<Name, Owner>,
    facilities: BTreeMap<Name, Owner>,
    drivers: BTreeMap<Name, Owner>,
}

/// A plugin that was there first.
#[derive(Clone)]
struct Owner {
    name: Name,
    /// As people would type it.
    path: String,
    /// Where it is named, if that is in what is read.
    place: Option<Span>,
}

/// Two who have brought the same.
pub(crate) struct Clash {
    pub(crate) trouble: Box<Trouble>,
    /// The kinds that may mean either.
    pub(crate) kinds: Vec<Name>,
}

impl Owners {
    /// Takes up what a plugin brings, unless something of it is there already; `own` are the drivers
    /// of Runsheet itself.
    pub(crate) fn take(
        &mut self,
        entry: &Entry<'_>,
        manifest: &Manifest,
        linked: &Catalogue,
        own: &[&str],
    ) -> Result<(), Clash> {
        let owner = Owner {
            name: entry.named.name.clone(),
            path: entry.shown.clone(),
            place: entry.place(),
        };
        if let Some(other) = self.plugins.insert(owner.name.clone(), owner.clone()) {
            let trouble = Box::new(same_name(&owner, &other));
            return Err(Clash {
                trouble,
                kinds: Vec::new(),
            });
        }
        let mut clashes = Vec::new();
        let mut kinds = Vec::new();
        for step in &manifest.kinds {
            let is_ours = linked.kind(&step.kind).is_some();
            let trouble = brings(&mut self.kinds, &owner, "kind", &step.kind, is_ours);
            kinds.extend(trouble.is_some().then(|| step.kind.clone()));
            clashes.extend(trouble);
        }
        for facility in &manifest.facilities {
            let (name, all) = (&facility.name, &mut self.facilities);
            let is_ours = linked.facility_named(name).is_some();
            clashes.extend(brings(all, &owner, "facility", name, is_ours));
        }
        for driver in &manifest.drivers {
            let (name, all) = (&driver.name, &mut self.drivers);
            clashes.extend(brings(all, &owner, "driver", name, own.contains(&&**name)));
        }
        match clashes.into_iter().next() {
            Some(trouble) => Err(Clash {
                trouble: Box::new(trouble),
                kinds,
            }),
            None => Ok(()),
        }
    }
}

/// What a plugin brings that Runsheet has itself, so that no workflow could name it; `own` are the
/// drivers of Runsheet.
pub(crate) fn with_ours(said: &Description, linked: &Catalogue, own: &[&str]) -> Option<String> {
    let kinds = said.steps.iter().map(|step| ("kind", &step.kind));
    let facilities = said.facilities.iter().map(|one| ("facility", &one.name));
    let drivers = said.drivers.iter().map(|one| ("driver", &one.name));
    let is_ours = |(what, name): &(&str, &Name)| match *what {
        "kind" => linked.kind(name).is_some(),
        "facility" => linked.facility_named(name).is_some(),
        _ => own.contains(&&***name),
    };
    let taken = kinds.chain(facilities).chain(drivers).find(is_ours);
    taken.map(|(what, name)| format!("it brings the {what} `{name}`, which Runsheet has itself"))
}

fn same_name(owner: &Owner, other: &Owner) -> Trouble {
    let message = format!(
        "two plugins are called `{}`: {} and {}",
        owner.name, other.path, owner.path
    );
    Trouble {
        other: other.place.map(|place| (place, "and this one")),
        ..Trouble::new(&CLASH, message, "leave one of them out")
    }
}

/// Takes up that a plugin brings something; what is wrong with that.
fn brings(
    all: &mut BTreeMap<Name, Owner>,
    owner: &Owner,
    what: &str,
    brought: &Name,
    is_ours: bool,
) -> Option<Trouble> {
    let other = all.insert(brought.clone(), owner.clone());
    let (whose, place) = match &other {
        _ if is_ours => ("which Runsheet has itself".to_owned(), None),
        Some(other) if other.name == owner.name => ("and brings it twice".to_owned(), None),
        Some(other) if other.place.is_none() => {
            let Owner { name, path, .. } = other;
            (
                format!("which the plugin `{name}` of your own file brings too: {path}"),
                None,
            )
        }
        Some(other) => (
            format!("which the plugin `{}` brings too", other.name),
            other.place,
        ),
        None => return None,
    };
    let name = &owner.name;
    let message = format!("the plugin `{name}` brings the {what} `{brought}`, {whose}");
    let help = "leave one of them out, or ask an author for another name";
    let alone = "leave the plugin out, or ask its author for another name";
    let help = if place.is_some() { help } else { alone };
    Some(Trouble {
        other: place.map(|place| (place, "brings it too")),
        ..Trouble::new(&CLASH, message, help)
    })
}
