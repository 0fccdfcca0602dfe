//! Plugin after plugin, as they fill a shelf.

use std::sync::Arc;

use runsheet_diagnostics::diagnostic::Diagnostic;
use runsheet_step::{Catalogue, Name};

use crate::clash::Owners;
use crate::drivers::Brought;
use crate::entry::{Depth, Entry, Found};
use crate::rules::{CLASH, Trouble};
use crate::shelf::{Shelf, Shelved};

/// What is there so far.
pub(crate) struct Filling<'s> {
    shelf: &'s Shelf,
    depth: Depth,
    kinds: Arc<Catalogue>,
    drivers: Vec<Brought>,
    plugins: Vec<Found>,
    owners: Owners,
    /// The kinds that several have brought.
    contested: Vec<Name>,
}

impl<'s> Filling<'s> {
    /// What is linked, and no plugins yet.
    pub(crate) fn new(shelf: &'s Shelf, depth: Depth) -> Filling<'s> {
        Filling {
            shelf,
            depth,
            kinds: Arc::clone(shelf.linked()),
            drivers: Vec::new(),
            plugins: Vec::new(),
            owners: Owners::default(),
            contested: Vec::new(),
        }
    }

    /// Takes up a plugin with all that it brings.
    pub(crate) fn put(&mut self, entry: &Entry<'_>, looked: Found) -> Result<(), Trouble> {
        let shelf = self.shelf;
        let manifest = &looked.manifest;
        let owned = self
            .owners
            .take(entry, manifest, shelf.linked(), shelf.own_drivers());
        if let Err(clash) = owned {
            // What is only in a person's own file takes nothing away.
            let contested = clash.kinds.into_iter();
            self.contested
                .extend(contested.filter(|_| entry.place().is_some()));
            return Err(*clash.trouble);
        }
        let kinds = Catalogue::clone(&self.kinds);
        let (kinds, drivers) = shelf.brought(entry, &looked, self.depth, kinds)?;
        self.kinds = Arc::new(kinds);
        self.drivers.extend(drivers);
        self.plugins.push(looked);
        Ok(())
    }

    /// What is told of a plugin that cannot be used. What is not run may be checked all the same:
    /// that nobody knows its kinds would follow from what is told here.
    pub(crate) fn without(&mut self, entry: &Entry<'_>, trouble: Trouble) -> Diagnostic {
        let is_contested = *trouble.code == CLASH;
        let told = entry.told(trouble);
        if self.depth > Depth::Manifest && told.is_error() && !is_contested {
            let (kinds, drivers) = entry.described(Catalogue::clone(&self.kinds));
            self.kinds = Arc::new(kinds);
            self.drivers.extend(drivers);
        }
        told
    }

    /// All that there is now. What may mean either of two is held against neither.
    pub(crate) fn shelved(self) -> Shelved {
        let without = |kinds: Arc<Catalogue>, kind: Name| {
            let kinds = Catalogue::clone(&kinds);
            Arc::new(kinds.without(&kind))
        };
        Shelved {
            kinds: self.contested.into_iter().fold(self.kinds, without),
            drivers: self.drivers,
            plugins: self.plugins,
        }
    }
}
